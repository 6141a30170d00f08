"""The paper of a decision: what stands on it, for one person and for several, who prints, numbers and signs it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from docx import Document

from ansinh.access import operations as access
from ansinh.access.models import Office, Post, Role
from ansinh.access.tests.factories import NOW, QUYNH_PHU, THAI_BINH, at, make_user, post
from ansinh.documents import operations as documents
from ansinh.documents.models import OutgoingEntry, SignedFile, Source
from ansinh.documents.tests.factories import numbers_itself
from ansinh.documents.tests.keys import page, signed
from ansinh.entitlements import operations
from ansinh.entitlements.models import Decision
from ansinh.entitlements.operations import ItemDraft, Signature
from ansinh.entitlements.papers.decision import decision_content, signers
from ansinh.entitlements.tests.factories import grant
from ansinh.files import operations as files
from ansinh.files.queries import read
from ansinh.kernel.errors import InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.people.tests.factories import person
from ansinh.rendering.tests.pictures import differing, drawn

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
APPROVED = Path(__file__).parent / "pictures"


def line(someone, **known) -> ItemDraft:
    given = {
        "act": "grant", "benefit": "monthly_allowance", "category": "DISABLED_EXTREME", "law_code": "ND335.5.6", "coefficient": 200,
        "standard_vnd": 540_000, "amount_vnd": 1_080_000, "from_month": date(2026, 11, 1),
        "article": "Khoản 6 Điều 5 NĐ 335/2026/NĐ-CP", **known,
    }  # fmt: skip
    return ItemDraft(person_id=someone.id, **given)


def draft(*items: ItemDraft, kind: str = "grant", origin: str = "recorded") -> Decision:
    by = post()
    return operations.draft_decision(
        office=by.office, unit=by.office.unit, kind=kind, origin=origin, items=items, by=by, now=NOW, month=date(2026, 12, 1)
    )


def chairman() -> Post:
    return post(Role.COMMUNE_CHAIRMAN)


def deputy() -> Post:
    return Post.objects.create(
        code="PCT", office=Office.objects.get(code=f"UBND-{QUYNH_PHU}"), role=Role.COMMUNE_CHAIRMAN, title="Phó Chủ tịch UBND",
        is_deputy=True, user=make_user("phochutich", "Lê Văn Phó"), period=DateRange(date(2025, 7, 1), None),
    )  # fmt: skip


def content(decision: Decision, *, signer=None, by=None, entry=None) -> dict:
    return decision_content(decision, signer=signer, entry=entry, by=by or post(), on=ON).values


def said(values: dict) -> str:
    """All words of a paper in one text."""
    return str(values)


@pytest.fixture(autouse=True)
def looking_behind(as_maintenance):
    with as_maintenance():
        yield


def test_a_decision_for_one_person_says_all_in_its_articles():
    values = content(draft(line(person(born="1950-03-08", address="Số 5"))), signer=chairman())
    first, second, third = values["cac_dieu"]
    assert values["trich_yeu"] == "Về việc hưởng trợ cấp xã hội hằng tháng đối với bà Nguyễn Thị Tư"
    assert first["mo_dau"].startswith(
        "Cho hưởng trợ cấp xã hội hằng tháng đối với bà Nguyễn Thị Tư, sinh ngày 08/03/1950, nơi ở: Số 5"
    )
    assert "1.080.000 đồng (Một triệu không trăm tám mươi nghìn đồng), từ tháng 11/2026" in said(first)
    assert "Khuyết tật đặc biệt nặng (Khoản 6 Điều 5 Nghị định số 335/2026/NĐ-CP)" in said(first)
    assert third["mo_dau"].endswith("bà Nguyễn Thị Tư chịu trách nhiệm thi hành Quyết định này./.")
    assert values["cac_nhom"] == []


def test_the_sum_of_arrears_in_a_list_is_that_of_all_their_months():
    known = {"act": "arrears", "amount_vnd": 40_000, "months": ["2026-07", "2026-08", "2026-09"], "reason": "Tính thiếu"}
    values = content(draft(*(line(person(name), **known) for name in ("Lê Thị Ba", "Lê Thị Bốn")), kind="arrears"))
    assert "tổng số tiền 240.000 đồng (Hai trăm bốn mươi nghìn đồng)" in said(values["cac_dieu"][0])
    (row, _other) = values["cac_nhom"][0]["nguoi"]
    assert row["doi_tuong"].endswith("các tháng 07/2026, 08/2026, 09/2026: 120.000 đồng")


def test_a_funeral_names_its_article_and_no_group():
    known = {
        "benefit": "funeral", "category": "FUNERAL", "law_code": "ND335.11.1.a", "coefficient": 2000, "amount_vnd": 10_800_000,
        "to_month": date(2026, 12, 1), "article": "", "payee": {"name": "Trần Văn Con", "relation": "con"},
    }  # fmt: skip
    first = said(content(draft(line(person("Trần Thị Mất"), **known)))["cac_dieu"][0])
    assert "FUNERAL" not in first and "- Căn cứ: Điểm a khoản 1 Điều 11 Nghị định số 335/2026/NĐ-CP." in first


def test_the_letterhead_place_and_date_are_those_of_the_decree():
    values = content(draft(line(person())), signer=chairman())
    assert (values["co_quan_cap_tren"], values["co_quan"]) == ("", "ỦY BAN NHÂN DÂN\nXÃ QUỲNH PHỤ")
    assert values["so_ky_hieu"].strip() == "/QĐ-UBND" and values["dia_danh"] == "Quỳnh Phụ"
    assert values["ngay"].split() == ["ngày", "tháng", "năm", "2026"]
    assert values["tham_quyen"] == "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ QUỲNH PHỤ"
    assert values["quyen_ky"] == ["CHỦ TỊCH"] and values["noi_nhan"][-1].startswith("Lưu: VT")


def test_the_grounds_are_those_the_law_knows_laws_first_and_end_with_the_proposal():
    post(Role.COMMUNE_HEAD)
    lines = content(draft(line(person())))["can_cu"]
    assert lines[0] == "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;"
    assert any(one.startswith("Căn cứ Nghị định số 335/2026/NĐ-CP ngày 21 tháng 8 năm 2026 của Chính phủ") for one in lines)
    assert lines[-1] == "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội."
    assert all(one.endswith(";") for one in lines[:-1])


def test_a_deputy_signs_for_the_chairman():
    decision, head, vice = draft(line(person())), chairman(), deputy()
    assert signers(decision, on=ON) == [head, vice]
    values = content(decision, signer=vice)
    assert (values["quyen_ky"], values["nguoi_ky"]) == (["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "Lê Văn Phó")
    made = operations.print_decision(decision=decision, signer=vice, by=post(), on=ON, now=NOW)
    assert made.signer_title == "KT. Chủ tịch, Phó Chủ tịch"


def test_a_decision_for_several_has_a_list_by_act_with_its_sums():
    old = grant(person("Lê Văn Hai"))
    items = [
        line(person("Trần Thị Ba")), line(person("Vũ Văn Bốn")),
        line(old.person, act="stop", benefit="social_pension", category="SOCIAL_PENSION_75", entitlement=old, reason="Từ trần."),
    ]  # fmt: skip
    values = content(draft(*items, kind="mixed"), signer=chairman())
    grants, stops = values["cac_nhom"]
    assert "đối với 2\u00a0người, tổng mức 2.160.000 đồng/tháng" in grants["ten"]
    assert [one["stt"] for one in (*grants["nguoi"], *stops["nguoi"])] == ["1", "2", "3"]
    assert "Từ trần" in stops["nguoi"][0]["doi_tuong"]
    assert values["so_nguoi"] == "3" and "3\u00a0người" in values["trich_yeu"]


def test_a_paper_of_several_that_holds_hiv_names_no_ground_for_anyone():
    items = [line(person("Trần Thị Ba")), line(person("Vũ Văn Bốn"), category="ADULT_HIV", law_code="ND335.5.8", article="x")]
    words = said(content(draft(*items)))
    assert "Khuyết tật" not in words and "HIV" not in words and "Khoản" not in words
    assert "Đối tượng bảo trợ xã hội" in words


def test_a_single_hiv_paper_is_marked_and_only_who_may_know_prints_it():
    decision = draft(line(person(), category="ADULT_HIV", law_code="ND335.5.8"))
    with pytest.raises(NotAllowed, match="được xem loại đối tượng"):
        operations.print_decision(decision=decision, signer=None, by=post(Role.CLERK), on=ON, now=NOW)
    made = operations.print_decision(decision=decision, signer=None, by=post(), on=ON, now=NOW)
    assert made.paper.is_sensitive and "HIV" not in made.paper.summary
    assert "HIV" in "".join(p.text for p in Document(BytesIO(read(made.word))).paragraphs)


def test_who_has_no_competence_is_no_signer():
    decision = draft(line(person()))
    for stranger in (post(Role.COMMUNE_HEAD), post(Role.COMMUNE_CHAIRMAN, office=f"UBND-{THAI_BINH}")):
        with pytest.raises(NotAllowed, match="không có thẩm quyền"):
            operations.print_decision(decision=decision, signer=stranger, by=post(), on=ON, now=NOW)


# --- number and signature --------------------------------------------------------------------------------------------


def own_register() -> None:
    documents.set_numbering(
        office=post().office, source=Source.OWN, per_kind=True, since=date(2026, 1, 1), by=post(Role.CLERK), now=NOW
    )


def printed() -> Decision:
    decision = draft(line(person()))
    operations.print_decision(decision=decision, signer=chairman(), by=post(), on=ON, now=NOW)
    decision.refresh_from_db()
    return decision


def record(decision: Decision, number: str, on: date = ON) -> Decision:
    signature = Signature(number, on, "Đỗ Thị Thử", "Chủ tịch", post=chairman())
    return operations.record_decision(decision=decision, signature=signature, by=post(Role.CLERK), now=NOW)


def test_a_number_taken_stands_on_the_next_print_and_must_be_the_one_recorded():
    own_register()
    decision = printed()
    entry = operations.number_decision(decision=decision, dated_on=ON, by=post(Role.CLERK), now=NOW)
    made = operations.print_decision(decision=decision, signer=chairman(), by=post(), on=ON, now=NOW)
    cells = [p.text for table in Document(BytesIO(read(made.word))).tables for c in table.rows[0].cells for p in c.paragraphs]
    assert "Số: 01/QĐ-UBND" in cells and "Quỳnh Phụ, ngày 20 tháng 11 năm 2026" in cells
    with pytest.raises(InvalidInput, match="là 01/QĐ-UBND"):
        record(decision, "02/QĐ-UBND")
    with pytest.raises(InvalidInput, match="Ngày trong sổ"):
        record(decision, entry.symbol, date(2026, 11, 19))
    signed = record(decision, entry.symbol)
    assert signed.state == "signed" and made.paper.prints.get(is_signed=True) == made


def test_an_office_with_its_own_register_records_no_printed_paper_without_its_number():
    own_register()
    with pytest.raises(InvalidInput, match="lấy số"):
        record(printed(), "77/QĐ-UBND")


def test_a_number_typed_from_elsewhere_comes_into_the_register_when_it_is_recorded():
    record(printed(), "77/QĐ-UBND")
    entry = OutgoingEntry.objects.get()
    assert (entry.symbol, entry.dated_on, entry.number, entry.signer) == ("77/QĐ-UBND", ON, None, "Đỗ Thị Thử")
    with pytest.raises(InvalidInput, match="văn bản khác"):
        record(draft(line(person("Lê Thị Sáu"))), "77/QĐ-UBND", date(2026, 11, 19))


def test_which_print_was_signed_is_said_where_there_are_several():
    decision = printed()
    operations.print_decision(decision=decision, signer=None, by=post(), on=ON, now=NOW)
    signature = Signature("77/QĐ-UBND", ON, "Đỗ Thị Thử", "Chủ tịch", print_number=1)
    operations.record_decision(decision=decision, signature=signature, by=post(Role.CLERK), now=NOW)
    assert list(decision.paper.prints.order_by("number").values_list("number", "is_signed")) == [(1, True), (2, False)]


def test_a_print_that_is_not_there_was_not_signed():
    decision = printed()
    signature = Signature("77/QĐ-UBND", ON, "Đỗ Thị Thử", "Chủ tịch", print_number=5)
    with pytest.raises(InvalidInput, match="bản in 5"):
        operations.record_decision(decision=decision, signature=signature, by=post(Role.CLERK), now=NOW)


def test_nothing_is_printed_or_numbered_once_it_is_signed():
    decision = record(printed(), "77/QĐ-UBND")
    with pytest.raises(MoveNotAllowed, match="Đã ký"):
        operations.print_decision(decision=decision, signer=None, by=post(), on=ON, now=NOW)
    with pytest.raises(MoveNotAllowed, match="Đã ký"):
        operations.number_decision(decision=decision, dated_on=ON, by=post(Role.CLERK), now=NOW)


def test_no_number_is_taken_before_it_was_printed():
    own_register()
    with pytest.raises(InvalidInput, match="Hãy in"):
        operations.number_decision(decision=draft(line(person())), dated_on=ON, by=post(Role.CLERK), now=NOW)


def test_a_draft_thrown_away_gives_its_number_back_with_the_reason():
    own_register()
    decision = printed()
    operations.number_decision(decision=decision, dated_on=ON, by=post(Role.CLERK), now=NOW)
    operations.discard_draft(decision=decision, reason="Gia đình rút đơn", by=post(), now=NOW)
    entry = OutgoingEntry.objects.get()
    assert entry.voided_at and "Gia đình rút đơn" in entry.void_reason


def test_a_printed_proposal_stays_on_the_desk_when_proposals_are_written_anew():
    printed_one, other = (draft(line(person(name)), kind="mixed", origin="proposed") for name in ("Lê Thị Bảy", "Lê Thị Tám"))
    operations.print_decision(decision=printed_one, signer=None, by=post(), on=ON, now=NOW)
    kept = operations.drop_proposals(unit=post().office.unit, month=date(2026, 12, 1), kinds=("mixed",))
    assert kept == {("mixed", printed_one.items.get().person_id)}
    assert list(Decision.objects.filter(origin="proposed")) == [printed_one]
    assert not Decision.objects.filter(pk=other.pk).exists()


# --- signed with a key, or by mandate ---------------------------------------------------------------------------------


def mandated() -> Post:
    holder = post(Role.COMMUNE_HEAD)
    access.record_mandate(
        giver=chairman(), post=holder, acts=["monthly_allowance"], number="7/GUQ-UBND", signed_on=ON, first=ON, last=date(2026, 11, 30),
        content="", by=post(Role.CLERK), now=NOW,
    )  # fmt: skip
    return holder


def test_who_holds_a_mandate_signs_tuq_on_its_days_and_nothing_else():
    chairman()
    decision, other = draft(line(person())), draft(line(person("Lê Thị Hai"), benefit="social_pension"))
    assert post(Role.COMMUNE_HEAD) not in signers(decision, on=ON)
    holder = mandated()
    assert signers(decision, on=ON)[-1] == holder and holder not in signers(other, on=ON)
    assert holder not in signers(decision, on=date(2026, 12, 1))
    assert content(decision, signer=holder)["quyen_ky"] == ["TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI"]
    with pytest.raises(NotAllowed):
        operations.print_decision(decision=other, signer=holder, by=post(), on=ON, now=NOW)


def test_a_signature_by_mandate_is_recorded_for_its_days_alone():
    holder, decision = mandated(), draft(line(person()))
    late = Signature("5/QĐ-UBND", date(2026, 12, 1), holder.user.full_name, "TUQ. Chủ tịch", post=holder)
    with pytest.raises(NotAllowed, match="không có thẩm quyền"):
        operations.record_decision(decision=decision, signature=late, by=post(Role.CLERK), now=at(2026, 12, 2))
    done = operations.record_decision(
        decision=decision, signature=replace(late, signed_on=ON), by=post(Role.CLERK), now=at(2026, 12, 2)
    )
    assert done.state == "signed" and done.signer_post == holder


def test_who_drafted_a_decision_does_not_sign_it_by_mandate():
    holder = mandated()
    mine = operations.draft_decision(
        office=holder.office, unit=holder.office.unit, kind="grant", origin="recorded", items=[line(person())], by=holder, now=NOW
    )
    assert holder not in signers(mine, on=ON)


def test_a_decision_signed_with_a_key_freezes_the_print_that_was_signed():
    decision, ours = printed(), page("Quyết định", "của bà")
    first = decision.paper.prints.get()
    documents.keep_beside(made=first, data=ours, by=post(), now=NOW)
    operations.print_decision(decision=decision, signer=None, by=post(), on=ON, now=NOW)
    scan = files.store_scan(name="ky.pdf", data=signed(ours), purpose="decision", unit=decision.unit, by=post(), now=NOW)
    signature = Signature("77/QĐ-UBND", ON, "Phạm Văn Ký", "Chủ tịch", scan=scan, print_number=2)
    operations.record_decision(decision=decision, signature=signature, by=post(Role.CLERK), now=NOW)
    assert decision.paper.prints.get(is_signed=True) == first
    assert SignedFile.objects.get().paper == decision.paper


def test_a_broken_signature_records_nothing():
    decision = printed()
    spoilt = signed(page("Quyết định"))[:-60]
    scan = files.store_scan(name="ky.pdf", data=spoilt, purpose="decision", unit=decision.unit, by=post(), now=NOW)
    signature = Signature("77/QĐ-UBND", ON, "Phạm Văn Ký", "Chủ tịch", scan=scan)
    with pytest.raises(InvalidInput, match="Không đọc được chữ ký số"):
        operations.record_decision(decision=decision, signature=signature, by=post(Role.CLERK), now=NOW)
    decision.refresh_from_db()
    assert decision.state == "draft" and not OutgoingEntry.objects.exists()


def test_the_clerk_is_asked_to_compare_what_cannot_be_told(settings):
    settings.ANSINH_TODAY = ON
    decision, clerk = printed(), Client()
    clerk.force_login(post(Role.CLERK).user)
    given = {"number": "77/QĐ-UBND", "signed_on": "20/11/2026", "signer_name": "Phạm Văn Ký", "signer_title": "Chủ tịch"}

    def sent(**more):
        upload = SimpleUploadedFile("ky.pdf", signed(page("Một văn bản khác")))
        return clerk.post(f"/quyet-dinh/{decision.code}/ghi-nhan/", {**given, "scan": upload, **more}, follow=True)

    asked = sent().content.decode()
    assert "Không tự đối chiếu được nội dung" in asked and 'name="compared"' in asked
    decision.refresh_from_db()
    assert decision.state == "draft"
    text = sent(compared="on").content.decode()
    assert "Đã ghi nhận quyết định" in text and "Ký số: xem chữ ký" in text


def test_a_decision_written_elsewhere_is_recorded_with_the_number_taken_for_it(settings):
    settings.ANSINH_TODAY = ON
    numbers_itself()
    decision, clerk = draft(line(person())), Client()
    clerk.force_login(post(Role.CLERK).user)
    given = {"kind": "Quyết định", "symbol": "QĐ", "dated_on": "20/11/2026", "summary": "Trợ cấp của bà Tư"}
    assert "Đã ghi sổ: 01/QĐ-UBND" in clerk.post("/van-ban/so-di/ghi/", given, follow=True).content.decode()

    def recorded(found: Decision, number: str) -> str:
        data = {"number": number, "signed_on": "20/11/2026", "signer_name": "Phạm Văn Ký", "signer_title": "Chủ tịch"}
        data["scan"] = SimpleUploadedFile("quet.pdf", page("Bản quét"))
        return clerk.post(f"/quyet-dinh/{found.code}/ghi-nhan/", data, follow=True).content.decode()

    assert "Lấy số cho văn bản khác" in recorded(decision, "02/QĐ-UBND")
    assert "Đã ghi nhận quyết định" in recorded(decision, "01/QĐ-UBND")
    assert f"/quyet-dinh/{decision.code}/" in clerk.get("/van-ban/so-di/").content.decode()
    assert "đã được ghi cho một quyết định khác" in recorded(draft(line(person("Lê Văn Hai"))), "01/QĐ-UBND")


# --- as it looks -----------------------------------------------------------------------------------------------------


@pytest.mark.office
def test_a_decision_for_one_person_looks_as_approved(tmp_path, monkeypatch):
    post(Role.COMMUNE_HEAD)
    decision = draft(line(person(address="Số 5, ngõ 3")))
    made = operations.print_decision(decision=decision, signer=deputy(), by=post(), on=ON, now=NOW)
    assert differing(drawn(read(made.word), tmp_path, monkeypatch), "one-person", APPROVED) == []


@pytest.mark.office
def test_a_decision_with_its_list_looks_as_approved(tmp_path, monkeypatch):
    post(Role.COMMUNE_HEAD)
    old = grant(person("Lê Văn Hai"))
    stop = line(
        old.person, act="stop", benefit="social_pension", category="SOCIAL_PENSION_75", law_code="ND335.5.5.a", entitlement=old,
        amount_vnd=540_000, coefficient=100, reason="Từ trần ngày 02/11/2026.", article="",
    )  # fmt: skip
    items = [line(person(f"Trần Thị {name}", born="1961-05-01")) for name in ("Ba", "Bốn", "Năm", "Sáu")]
    made = operations.print_decision(decision=draft(*items, stop, kind="mixed"), signer=chairman(), by=post(), on=ON, now=NOW)
    assert differing(drawn(read(made.word), tmp_path, monkeypatch), "several", APPROVED) == []
