"""Decisions and the ledger as workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

from django.db.models import QuerySet
from django.utils.translation import override

from ansinh import law
from ansinh.entitlements.models import Decision, Entitlement, TransitionLine
from ansinh.entitlements.papers.wording import born
from ansinh.entitlements.queries import Naming, with_papers
from ansinh.entitlements.queries.insurance import InsuranceChange
from ansinh.law.engine.rules import ChangeOfLaw
from ansinh.rendering.sheets import Column, Sheet, SignBlock, one_group
from ansinh.rendering.workbooks import write_workbook

_ITEMS = (
    Column("index", "STT", 6, "index"),
    Column("name", "Họ và tên", 26),
    Column("born", "Năm sinh", 10, "code"),
    Column("act", "Việc", 14),
    Column("category", "Loại đối tượng", 34),
    Column("article", "Điểm, khoản, điều", 22),
    Column("coefficient", "Hệ số", 8, "coefficient"),
    Column("amount", "Mức (đồng/tháng)", 16, "money", summed=True),
    Column("from_month", "Từ tháng", 10, "month"),
    Column("reason", "Lý do", 40),
)
_LEDGER = (
    Column("index", "STT", 6, "index"),
    Column("code", "Mã dòng sổ", 13, "code"),
    Column("name", "Họ và tên", 26),
    Column("born", "Năm sinh", 10, "code"),
    Column("commune", "Xã, phường", 20),
    Column("category", "Loại đối tượng", 34),
    Column("coefficient", "Hệ số", 8, "coefficient"),
    Column("amount", "Mức (đồng/tháng)", 16, "money", summed=True),
    Column("from_month", "Từ tháng", 10, "month"),
    Column("decision", "Số quyết định", 18, "code"),
)


@override("vi")
def decision_workbook(decision: Decision, naming: Naming) -> bytes:
    """The list of a decision."""
    rows = [
        {
            "name": item.person.full_name,
            "born": f"{item.person.born_on:%Y}" if item.person.born_on else "",
            "act": item.get_act_display(),
            "category": naming.category(item),
            "article": law.citation_of(naming.code(item)),
            "coefficient": item.coefficient,
            "amount": item.amount_vnd,
            "from_month": item.from_month,
            "reason": naming.reason(item),
        }
        for item in decision.items.select_related("person").order_by("number")
    ]
    title = (decision.title.upper() or str(decision).upper(), f"{decision}, {decision.unit.name}")
    return _written(
        Sheet(
            "Danh sách", _ITEMS, one_group(rows), title_lines=title, total_label="Tổng cộng", in_words_of="amount",
            letterhead=((decision.office.name.upper(),), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")),
            sign_blocks=(SignBlock("NGƯỜI LẬP BIỂU"), SignBlock("CHỦ TỊCH", "(Ký tên, đóng dấu)")),
        )
    )  # fmt: skip


_DECISIONS = (
    Column("index", "STT", 6, "index"),
    Column("number", "Số quyết định", 20, "code"),
    Column("signed_on", "Ngày ký", 12, "date"),
    Column("kind", "Loại", 14),
    Column("title", "Trích yếu", 50),
    Column("commune", "Xã, phường", 20),
    Column("people", "Số người", 10, "number", summed=True),
    Column("state", "Tình trạng", 14),
)


@override("vi")
def decisions_workbook(decisions: Iterable[Decision]) -> bytes:
    """The register of decisions as it stands on the screen. Each comes with `people` counted."""
    rows = (
        {
            "number": one.number or one.code, "signed_on": one.signed_on, "kind": one.get_kind_display(), "title": one.title,
            "commune": one.unit.name, "people": one.people, "state": one.get_state_display(),
        }
        for one in decisions
    )  # fmt: skip
    return _written(Sheet("Quyết định", _DECISIONS, one_group(rows), title_lines=("SỔ QUYẾT ĐỊNH",), total_label="Tổng cộng"))


@override("vi")
def ledger_workbook(entries: Sequence[Entitlement], on: date, naming: Naming) -> bytes:
    """Who receives what on a day."""
    rows = (
        {
            "code": entry.code,
            "name": entry.person.full_name,
            "born": f"{entry.person.born_on:%Y}" if entry.person.born_on else "",
            "commune": entry.unit.name,
            "category": naming.category(entry),
            "coefficient": entry.coefficient,
            "amount": entry.amount_vnd,
            "from_month": entry.months.lower,
            "decision": entry.paper.number,
        }
        for entry in with_papers(entries)
    )
    title = ("SỔ HƯỞNG TRỢ CẤP XÃ HỘI, TRỢ CẤP HƯU TRÍ XÃ HỘI", f"Vào ngày {on:%d/%m/%Y}")
    return _written(Sheet("Sổ hưởng", _LEDGER, one_group(rows), title_lines=title, total_label="Tổng cộng", in_words_of="amount"))


_TRANSITIONS = (
    Column("index", "STT", 6, "index"),
    Column("name", "Họ và tên", 26),
    Column("born", "Năm sinh", 10, "code"),
    Column("commune", "Xã, phường", 20),
    Column("kind", "Thay đổi", 20),
    Column("category", "Loại đối tượng", 34),
    Column("before", "Mức cũ", 14, "money", summed=True),
    Column("coefficient", "Hệ số mới", 8, "coefficient"),
    Column("amount", "Mức mới", 14, "money", summed=True),
    Column("change", "Chênh lệch", 14, "money", summed=True),
    Column("from_month", "Từ tháng", 10, "month"),
    Column("months", "Số tháng truy lĩnh", 10, "number"),
    Column("owed", "Truy lĩnh", 14, "money", summed=True),
    Column("article", "Căn cứ", 40),
    Column("reason", "Lý do", 40),
    Column("state", "Tình trạng", 20),
)


@override("vi")
def transitions_workbook(change: ChangeOfLaw, lines: QuerySet[TransitionLine], naming: Naming) -> bytes:
    """The transition list as it is filtered, in its order."""
    found = lines.select_related("person", "unit", "decision").iterator(chunk_size=5000)
    rows = (
        {
            "name": one.person.full_name, "born": f"{one.person.born_on:%Y}" if one.person.born_on else "",
            "commune": one.unit.name, "kind": one.get_kind_display(), "category": naming.category(one), "before": one.before_vnd,
            "coefficient": one.coefficient, "amount": one.amount_vnd, "change": one.change_vnd, "from_month": one.from_month,
            "months": len(one.owed), "owed": one.owed_vnd, "article": naming.article(one) or change.basis, "reason": one.reason,
            "state": "Giữ lại" if one.held else str(one.decision or ""),
        }
        for one in found
    )  # fmt: skip
    title = ("DANH SÁCH CHUYỂN MỨC HƯỞNG", change.label)
    return _written(Sheet("Chuyển mức", _TRANSITIONS, one_group(rows), title_lines=title, total_label="Tổng cộng"))


_INSURANCE = (
    Column("index", "STT", 6, "index"),
    Column("act", "Phương án", 14),
    Column("name", "Họ và tên", 26),
    Column("born", "Ngày sinh", 12, "code"),
    Column("sex", "Giới tính", 9),
    Column("personal_number", "Số định danh", 15, "code"),
    Column("village", "Thôn, tổ dân phố", 20),
    Column("commune", "Xã, phường", 20),
    Column("from_month", "Từ tháng", 10, "month"),
    Column("group", "Nhóm đối tượng tham gia", 40),
    Column("coverage", "Mức hưởng (%)", 10, "code"),
    Column("reason", "Lý do", 26),
    Column("decision", "Số quyết định", 18, "code"),
    Column("recorded_on", "Ngày ghi nhận", 12, "date"),
)
INSURANCE_ACTS = {"increase": "Tăng", "decrease": "Giảm", "change": "Đổi nhóm"}


@override("vi")
def insurance_workbook(changes: Iterable[InsuranceChange], month: date, place: str) -> bytes:
    """Increases and decreases of health-insurance cards, for the social-insurance office: with numbers, without any category."""
    rows = (
        {
            "act": INSURANCE_ACTS[one.act], "name": one.person.full_name, "born": born(one.person),
            "sex": one.person.get_sex_display(), "personal_number": one.person.personal_number or "",
            "village": one.person.village.name if one.person.village else "", "commune": one.person.unit.name,
            "from_month": one.month, "group": one.card.label,
            "coverage": "chưa xác nhận" if one.card.coverage_percent is None else str(one.card.coverage_percent),
            "reason": one.reason, "decision": one.number, "recorded_on": one.recorded_on,
        }
        for one in changes
    )  # fmt: skip
    title = (f"DANH SÁCH TĂNG, GIẢM THẺ BẢO HIỂM Y TẾ THÁNG {month:%m/%Y}", place)
    signs = (SignBlock("NGƯỜI LẬP BIỂU"), SignBlock("CHỦ TỊCH", "(Ký tên, đóng dấu)"))
    return _written(Sheet("BHYT", _INSURANCE, one_group(rows), title_lines=title, sign_blocks=signs))


def _written(sheet: Sheet) -> bytes:
    target = BytesIO()
    write_workbook(target, [sheet])
    return target.getvalue()
