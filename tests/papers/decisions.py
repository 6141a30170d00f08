"""Decisions of the ledger as papers: one of each act for one person, one with a list, one on a change of law."""

from __future__ import annotations

from datetime import date

from tests.papers.printing import deputy, numbered, word_of

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, at, commune, post
from ansinh.entitlements import operations
from ansinh.entitlements.models import Decision, DecisionItem, Entitlement
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.papers.decision import decision_content
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.people.models import Person
from ansinh.people.tests.factories import person

NOV, DEC = date(2026, 11, 1), date(2026, 12, 1)
_DISABLED = {
    "benefit": "monthly_allowance", "category": "DISABLED_EXTREME", "law_code": "ND335.5.6", "coefficient": 200,
    "standard_vnd": 540_000, "amount_vnd": 1_080_000, "from_month": NOV, "article": "Khoản 6 Điều 5 NĐ 335/2026/NĐ-CP",
}  # fmt: skip
_PENSION = {"benefit": "social_pension", "category": "SOCIAL_PENSION_75", "law_code": "ND335.5.5.a", "coefficient": 100}


def examples() -> dict[str, bytes]:
    """Each as a Word file, by name."""
    vice, chairman = deputy(), post(Role.COMMUNE_CHAIRMAN)
    papers = {f"quyet-dinh-{name}.docx": _word(_draft(item), signer=chairman) for name, item in _of_one().items()}
    several = _draft(*_of_several(), kind="mixed")
    entry = numbered(237, "QĐ", DAY)
    return papers | {
        "quyet-dinh-danh-sach.docx": _word(several, signer=vice, entry=entry),
        "quyet-dinh-chuyen-muc.docx": _word(_transition(), signer=chairman),
    }


def _word(decision: Decision, **known) -> bytes:
    given = {"entry": None, "by": post(), "on": DAY, **known}
    return word_of(decision_content(decision, **given))


def _draft(*items: ItemDraft, kind: str = "", **known) -> Decision:
    by = post()
    return operations.draft_decision(
        office=by.office, unit=by.office.unit, kind=kind or items[0].act, origin="recorded", items=items, by=by, now=NOW, month=DEC,
        **known,
    )  # fmt: skip


def _item(whose: Person, act: str, **known) -> ItemDraft:
    return ItemDraft(person_id=whose.id, act=act, **{**_DISABLED, **known})


def _drawn(name: str) -> Entitlement:
    """Somebody on the social pension."""
    return grant(person(name, "1947-03-08", address="Số 5, ngõ 3"))


def _change(name: str, act: str, **known) -> ItemDraft:
    entry = _drawn(name)
    given = {**_PENSION, "standard_vnd": 540_000, "amount_vnd": 540_000, "article": "", "entitlement": entry, "from_month": DEC}
    return _item(entry.person, act, **{**given, **known})


def _of_one() -> dict[str, ItemDraft]:
    child = person("Lê Văn Bé", "2015-04-02", sex="male")
    son = {"name": "Trần Văn Con", "relation": "con", "number": "034085000001"}
    return {
        "huong": _item(person("Nguyễn Thị Tư", address="Số 5, ngõ 3"), "grant"),
        "dieu-chinh": _change("Trần Thị Năm", "adjust", law={"owed": {"2026-10": 40_000, "2026-11": 40_000}}),
        "thoi-huong": _change("Lê Thị Sáu", "stop", reason="Từ trần ngày 02/11/2026"),
        "tam-dung": _change("Bùi Thị Bảy", "suspend", reason="Ba tháng liền không nhận trợ cấp"),
        "huong-lai": _change("Đỗ Thị Tám", "resume", reason="Đã trở về địa phương"),
        "truy-linh": _change("Hoàng Thị Chín", "arrears", months=["2026-07", "2026-08"], amount_vnd=40_000, reason="Tính thiếu"),
        "thu-hoi": _change("Phạm Thị Mười", "recovery", months=["2026-09", "2026-10"], reason="Đã chuyển đi từ tháng 9"),
        "xoa-no": _write_off(),
        "mai-tang": _item(
            person("Trần Thị Mất", "1940-02-01"), "grant", benefit="funeral", category="FUNERAL", law_code="ND335.11.1.a",
            coefficient=2000, amount_vnd=10_800_000, to_month=DEC, payee=son, article="", reason="Từ trần ngày 01/11/2026",
        ),
        "cham-soc": _item(
            person("Vũ Thị Nuôi", "1985-06-01"), "grant", benefit="carer_money", category="HH_CARE_EXTREME", law_code="ND335.17",
            coefficient=100, amount_vnd=540_000, cared_for_id=child.id, article="",
        ),
    }  # fmt: skip


def _write_off() -> ItemDraft:
    """The rest of a signed recovery is let go."""
    entry = _drawn("Ngô Thị Hậu")
    taken = _item(
        entry.person, "recovery", **_PENSION, standard_vnd=500_000, amount_vnd=500_000, article="", entitlement=entry,
        from_month=date(2026, 8, 1), months=["2026-07"],
    )  # fmt: skip
    made = _draft(taken)
    operations.record_decision(decision=made, signature=signature(DAY), by=post(Role.CLERK), now=NOW)
    about = DecisionItem.objects.get(decision=made)
    given = {**_PENSION, "standard_vnd": 500_000, "amount_vnd": 500_000, "article": "", "about": about, "months": ["2026-07"]}
    return _item(entry.person, "write_off", **given, from_month=DEC, reason="Người phải hoàn trả đã chết, không có tài sản")


def _of_several() -> list[ItemDraft]:
    names = ("Trần Thị Ba", "Trần Thị Bốn", "Lê Thị Lan Phương", "Nguyễn Văn Bính", "Phạm Thị Thu Huyền")
    items = [_item(person(name, "1961-05-01", address="Thôn An Phú"), "grant") for name in names]
    return [*items, _change("Lê Văn Hai", "stop", reason="Từ trần ngày 02/11/2026.")]


def _transition() -> Decision:
    """Three who draw what the law gave in June and receive the new level from July on."""
    for name, category, coefficient, benefit, code in (
        ("Đặng Thị Hưu", "SOCIAL_PENSION_75", 100, "social_pension", "ND176.2.1"),
        ("Đinh Văn Nặng", "DISABLED_SEVERE", 150, "monthly_allowance", "ND20.5.6"),
    ):
        born = "1948-03-01" if benefit == "social_pension" else "1980-03-01"
        facts = {"disability": "severe"} if coefficient == 150 else {}
        whose = person(name, born, facts=facts)
        grant(whose, category, coefficient=coefficient, benefit=benefit, law_code=code, months_from=date(2026, 6, 1), signed=at(2026, 5, 10))  # fmt: skip
    operations.draft_transitions(units=[commune()], change="2026", by=None, now=NOW)
    return Decision.objects.exclude(transition="").get()
