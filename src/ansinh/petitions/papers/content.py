"""What stands on the papers of a petition, in Vietnamese whoever prints them.

Of a denunciation neither its sender nor the words of the sender stand on any paper: whoever handles it sums it up, and an envelope
is addressed by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import override

from ansinh.access.models import Office, Post
from ansinh.documents.kinds import PaperKind
from ansinh.documents.letterhead import full_name, letterhead, long_day, office_on, signer_fields, signing, title_in_one_line
from ansinh.documents.models import OutgoingEntry
from ansinh.documents.operations import Content
from ansinh.documents.wording import authority, drafting_unit, first_lower, kept_at, legal_grounds
from ansinh.petitions.models import Kind, Outcome, Petition
from ansinh.petitions.papers import (
    ADMISSION,
    COMPLAINT_DECISION,
    CONCLUSION,
    DENUNCIATION_ADMITTED,
    NOT_ADMITTED,
    RESULT,
    TRANSFER,
)

_FREE = " ".join("…" * 24)  # dots that a line may break between
_LAWS = {
    Kind.COMPLAINT: "Luật Khiếu nại số 02/2011/QH13", Kind.DENUNCIATION: "Luật Tố cáo số 25/2018/QH14",
    Kind.PROPOSAL: "Luật Tiếp công dân số 42/2013/QH13", Kind.REPORT: "Luật Tiếp công dân số 42/2013/QH13",
}  # fmt: skip
_AMENDED = "Luật sửa đổi, bổ sung một số điều của Luật Tiếp công dân, Luật Khiếu nại, Luật Tố cáo số 136/2025/QH15"
AMENDED_FROM = date(2026, 7, 1)
_FOUND = {Outcome.RIGHT: "đúng", Outcome.PARTLY: "đúng một phần", Outcome.WRONG: "không đúng"}
_CHANGES = {
    Outcome.RIGHT: "Chấp nhận nội dung khiếu nại", Outcome.PARTLY: "Chấp nhận một phần nội dung khiếu nại",
    Outcome.WRONG: "Không chấp nhận nội dung khiếu nại", Outcome.EXPLAINED: "Giải quyết nội dung khiếu nại",
}  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """What the officer writes for a paper: to whom (a transfer), about whom (a denunciation), what was found, what is decided."""

    to: str = ""
    accused: str = ""
    outcome: str = ""
    findings: str = ""
    text: str = ""


@override("vi")
def petition_content(
    petition: Petition, kind: PaperKind, draft: Draft, *, signer: Post | None, entry: OutgoingEntry | None, on: date
) -> Content:
    """The fields of a paper. Needs `sender`, `holder` and `office` loaded."""
    dated_on = entry.dated_on if entry else None
    body = office_on(petition.office, dated_on or on)
    head: dict[str, Any] = letterhead(
        office=body, symbol=kind.symbol, number=entry.number if entry else None, dated_on=dated_on, on=on
    )
    if entry and entry.number is None:
        head["so_ky_hieu"] = entry.symbol
    decides = kind in (COMPLAINT_DECISION, DENUNCIATION_ADMITTED, CONCLUSION)
    lines = signing(signer, collective=not decides) if signer else ["CHỦ TỊCH"]
    told = _TELLERS[kind.key](petition, draft, body, dated_on or on)
    values = {**head, **signer_fields(signer, lines), "noi_nhan": _recipients(petition, kind, body), **told}
    return Content(
        kind=kind.key, office=petition.office, noun="petition", about=petition.code, summary=f"{kind.label} ({petition.code})",
        values=values, signer=signer, signer_title=title_in_one_line(lines),
    )  # fmt: skip


def _recipients(petition: Petition, kind: PaperKind, body: Office) -> list[str]:
    first = "Như Điều 3;" if kind in (COMPLAINT_DECISION, DENUNCIATION_ADMITTED) else "Như trên;"
    first = "Người bị tố cáo;" if kind == CONCLUSION else first
    told = kind == TRANSFER and not petition.is_guarded and petition.sender.name
    return [first, *([f"{sender_of(petition)};"] if told else []), kept_at(body)]


def sender_of(petition: Petition) -> str:
    """'ông (bà) Trần Văn Ba'; of a denunciation, and where nobody signed, no name."""
    if petition.is_guarded:
        return "người tố cáo"
    return f"ông (bà) {petition.sender.name}" if petition.sender.name else "người gửi đơn"


def _addressed(petition: Petition) -> str:
    """To whom a notice goes: the envelope of a denunciation is written by hand."""
    if petition.is_guarded:
        return f"Người tố cáo (theo đơn mã {petition.code})"
    where = f", {petition.sender.address}" if petition.sender.address and petition.sender.name else ""
    return f"{sender_of(petition)}{where}"


def _noun(petition: Petition) -> str:
    return first_lower(petition.get_kind_display())


def _received(petition: Petition, body: Office) -> str:
    """'Ủy ban nhân dân xã … đã nhận đơn khiếu nại của …'."""
    who = "" if petition.is_guarded else f" của {_addressed(petition)}"
    day = f"{petition.received_on:%d/%m/%Y}"
    return f"Ngày {day}, {full_name(body)} đã nhận được đơn {_noun(petition)} (mã đơn {petition.code}){who}."


def _about(petition: Petition) -> list[str]:
    if petition.is_guarded:
        return []
    verb = "Khiếu nại về việc" if petition.kind == Kind.COMPLAINT else "Nội dung"
    return [f"{verb}: {petition.content.rstrip('.')}."]


def _admission(petition: Petition, draft: Draft, body: Office, on: date) -> dict[str, Any]:
    """Mẫu số 03 of NĐ 155/2026 for a complaint; the same words for the others."""
    noun, day = _noun(petition), petition.admitted_on or on
    due = f" Thời hạn giải quyết đến ngày {petition.answer_due_on:%d/%m/%Y}." if petition.answer_due_on else ""
    words = f"căn cứ quy định của pháp luật về {_law_noun(petition)}, {full_name(body)} nhận thấy đơn đủ điều kiện thụ lý"
    return {
        "trich_yeu": f"Về việc thụ lý giải quyết {noun}", "kinh_gui": _addressed(petition),
        "cac_doan": [
            _received(petition, body), *_about(petition),
            f"Sau khi xem xét nội dung đơn {noun}, {words} và đã thụ lý giải quyết từ {long_day(day)}.{due}",
            f"Vậy thông báo để {sender_of(petition)} được biết./.",
        ],
    }  # fmt: skip


def _law_noun(petition: Petition) -> str:
    return {Kind.COMPLAINT: "khiếu nại", Kind.DENUNCIATION: "tố cáo"}.get(Kind(petition.kind), "tiếp công dân")


def _not_admitted(petition: Petition, draft: Draft, body: Office, on: date) -> dict[str, Any]:
    """Mẫu số 04 of NĐ 155/2026 for a complaint; the same words for the others. The reason is that of the step."""
    noun = _noun(petition)
    article = (
        "Điều 11 của Luật Khiếu nại" if petition.kind == Kind.COMPLAINT else f"quy định của pháp luật về {_law_noun(petition)}"
    )
    whose = "" if petition.is_guarded else f" của {sender_of(petition)}"
    return {
        "trich_yeu": f"Về việc không thụ lý giải quyết {noun}", "kinh_gui": _addressed(petition),
        "cac_doan": [
            _received(petition, body),
            f"Sau khi xem xét nội dung đơn {noun}, căn cứ {article}, {full_name(body)} nhận thấy đơn {noun}{whose} không đủ điều kiện để "
            f"thụ lý giải quyết vì: {_reason(petition, 'refuse').rstrip('.')}.",
            f"Vậy thông báo để {sender_of(petition)} được biết./.",
        ],
    }  # fmt: skip


def _reason(petition: Petition, act: str) -> str:
    return petition.steps.filter(act=act).order_by("-id").values_list("note", flat=True).first() or _FREE


def _transfer(petition: Petition, draft: Draft, body: Office, on: date) -> dict[str, Any]:
    noun = _noun(petition)
    told = sender_of(petition)
    return {
        "trich_yeu": f"Về việc chuyển đơn {noun}", "kinh_gui": draft.to or _FREE,
        "cac_doan": [
            _received(petition, body), *_about(petition),
            f"Sau khi xem xét, {full_name(body)} chuyển đơn đến {draft.to or _FREE} để giải quyết theo thẩm quyền và thông báo kết quả cho "
            f"{told} theo quy định của pháp luật./.",
        ],
    }  # fmt: skip


def _grounds(petition: Petition, body: Office, on: date, *more: str) -> list[str]:
    laws = [_LAWS[Kind(petition.kind)], *([_AMENDED] if on >= AMENDED_FROM else [])]
    return legal_grounds(office=body, on=on, cited=(), powers=(), besides=[*laws, *more], proposed_by=drafting_unit(body))


def _denunciation(petition: Petition, draft: Draft, body: Office, on: date) -> dict[str, Any]:
    """The decision to admit a denunciation: about whom and what, until when, who verifies. It names no denouncer."""
    due = f"Thời hạn giải quyết tố cáo: đến ngày {petition.answer_due_on:%d/%m/%Y}." if petition.answer_due_on else ""
    holder = f"{petition.holder.title} {petition.holder.holder_name}" if petition.holder else _FREE
    return {
        "trich_yeu": "Về việc thụ lý tố cáo", "tham_quyen": authority(body).upper(), "can_cu": _grounds(petition, body, on),
        "cac_dieu": [
            {
                "so": "1", "mo_dau": f"Thụ lý tố cáo (đơn mã {petition.code}) đối với {draft.accused or _FREE}.",
                "cac_doan": [f"Nội dung tố cáo được thụ lý: {(draft.text or _FREE).rstrip('.')}.", *([due] if due else [])],
            },
            {"so": "2", "mo_dau": f"Giao {holder} xác minh nội dung tố cáo, báo cáo {authority(body)}.", "cac_doan": []},
            {
                "so": "3", "cac_doan": [],
                "mo_dau": f"{drafting_unit(body)}, người được giao xác minh, người bị tố cáo và các cơ quan, cá nhân có liên quan chịu trách "
                "nhiệm thi hành Quyết định này./.",
            },
        ],
    }  # fmt: skip


def _complaint(petition: Petition, draft: Draft, body: Office, on: date) -> dict[str, Any]:
    """What the decision on a complaint must say (khoản 2 Điều 31 Luật Khiếu nại): who, what, found, concluded, decided, what remains open."""
    who = sender_of(petition)
    found = _FOUND.get(Outcome(draft.outcome), "") if draft.outcome else ""
    address = f", địa chỉ: {petition.sender.address}" if petition.sender.address else ""
    concluded = f"IV. Kết luận: nội dung khiếu nại của {who} là {found}." if found else f"IV. Kết luận: {_FREE}"
    rights = (
        f"Nếu không đồng ý với Quyết định này, {who} có quyền khiếu nại lần hai đến người có thẩm quyền hoặc khởi kiện vụ án hành chính tại "
        "Tòa án trong thời hạn do pháp luật quy định."
    )
    return {
        "trich_yeu": f"Về việc giải quyết khiếu nại của {who}", "tham_quyen": authority(body).upper(),
        "can_cu": _grounds(petition, body, on),
        "cac_doan": [
            f"Xét đơn khiếu nại (mã {petition.code}) nhận ngày {petition.received_on:%d/%m/%Y} của {who}{address}.",
            f"I. Nội dung khiếu nại: {petition.content.rstrip('.')}.",
            f"II. Kết quả xác minh nội dung khiếu nại, căn cứ pháp luật: {(draft.findings or _FREE).rstrip('.')}.",
            f"III. Kết quả đối thoại (nếu có): {_FREE}",
            concluded,
        ],
        "cac_dieu": [
            {
                "so": "1", "mo_dau": f"{_CHANGES.get(draft.outcome, 'Giải quyết khiếu nại')} của {who}.",
                "cac_doan": [f"{draft.text.rstrip('.')}." if draft.text else _FREE],
            },
            {"so": "2", "mo_dau": rights, "cac_doan": []},
            {
                "so": "3", "cac_doan": [],
                "mo_dau": f"{drafting_unit(body)}, {who} và các cơ quan, đơn vị, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định "
                "này./.",
            },
        ],
    }  # fmt: skip


def _conclusion(petition: Petition, draft: Draft, body: Office, on: date) -> dict[str, Any]:
    """What the conclusion of a denunciation must say (khoản 2 Điều 35 Luật Tố cáo), without its sender."""
    accused = draft.accused or _FREE
    found = _FOUND.get(Outcome(draft.outcome), "") if draft.outcome else ""
    return {
        "trich_yeu": f"Nội dung tố cáo đối với {accused}",
        "cac_doan": [
            f"Thực hiện quy định của Luật Tố cáo, {authority(body)} kết luận nội dung tố cáo (đơn mã {petition.code}) đối với {accused} như sau:",
            f"1. Kết quả xác minh nội dung tố cáo, căn cứ pháp luật: {(draft.findings or _FREE).rstrip('.')}.",
            f"2. Kết luận: nội dung tố cáo {'là ' + found if found else _FREE}.",
            f"3. Các biện pháp xử lý, kiến nghị: {(draft.text or _FREE).rstrip('.')}./.",
        ],
    }  # fmt: skip


def _result(petition: Petition, draft: Draft, body: Office, on: date) -> dict[str, Any]:
    noun = _noun(petition)
    return {
        "trich_yeu": f"Về việc trả lời {noun}", "kinh_gui": _addressed(petition),
        "cac_doan": [
            _received(petition, body), *_about(petition),
            f"Sau khi xem xét, {full_name(body)} trả lời như sau: {(draft.text or _FREE).rstrip('.')}.",
            f"Vậy thông báo để {sender_of(petition)} được biết./.",
        ],
    }  # fmt: skip


_TELLERS: Mapping[str, Any] = {
    ADMISSION.key: _admission, NOT_ADMITTED.key: _not_admitted, TRANSFER.key: _transfer, DENUNCIATION_ADMITTED.key: _denunciation,
    COMPLAINT_DECISION.key: _complaint, CONCLUSION.key: _conclusion, RESULT.key: _result,
}  # fmt: skip
