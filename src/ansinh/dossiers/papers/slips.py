"""What stands on the papers of a dossier, in Vietnamese whoever prints it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from ansinh.access.models import Post
from ansinh.access.queries import signing_posts
from ansinh.documents.kinds import PaperKind
from ansinh.documents.letterhead import full_name, letterhead, office_on
from ansinh.documents.models import OutgoingEntry
from ansinh.documents.notice import refusal_content
from ansinh.documents.operations import Content
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.papers import COMPLETION, RECEIPT
from ansinh.people.models import Person

_BY_HAND = ["NGƯỜI TIẾP NHẬN HỒ SƠ"]


@override("vi")
def receipt_content(dossier: Dossier, *, by: Post, on: date) -> Content:
    """Who handed in what, when, and on which day the answer is due; the copy for the person."""
    papers = list(dossier.papers.themselves().order_by("id"))
    given = [f"- {one.label}." for one in papers if one.given_on]
    version = dossier.version
    known = {one.key for one in version.papers if one.in_databases} if version else set()
    spared = " (không yêu cầu nộp khi tra được trong cơ sở dữ liệu)"
    lacking = [f"- {one.label}{spared if one.key in known else ''}." for one in papers if not one.given_on]
    unit = "ngày làm việc" if version and version.unit == "working" else "ngày"
    lines = [
        f"Mã hồ sơ: {dossier.code}.",
        *_asking(dossier),
        *_brought(dossier),
        f"Nội dung yêu cầu giải quyết: {dossier.sheet.label}.",
        "Giấy tờ đã nhận:" if given else "Giấy tờ đã nhận: chưa có.",
        *given,
        *(["Giấy tờ chưa nộp:", *lacking] if lacking else []),
        f"Thời hạn giải quyết theo quy định: {version.days if version else ''} {unit}.",
        f"Thời gian nhận hồ sơ: ngày {dossier.received_on:%d/%m/%Y}.",
        f"Ngày hẹn trả kết quả: ngày {dossier.due_on:%d/%m/%Y}." if dossier.due_on else "Ngày hẹn trả kết quả: sau khi bổ sung đủ hồ sơ.",
        f"Nơi trả kết quả: {full_name(dossier.office)}.",
    ]  # fmt: skip
    return _slip(RECEIPT, dossier, lines, f"Hồ sơ của {dossier.person_name}", by=by, on=on)


@override("vi")
def completion_content(dossier: Dossier, *, by: Post, on: date) -> Content:
    """Every paper that is missing, and the words to the person; the clock stands still until they came."""
    asked = dossier.steps.filter(act="ask").order_by("-id").first()
    missing = [one.label for one in dossier.papers.filter(asked_on__isnull=False, given_on=None).order_by("id")]
    day = timezone.localdate(asked.at) if asked else on
    lines = [
        f"Hồ sơ mã {dossier.shown_code} của {dossier.person_name}, nội dung: {dossier.sheet.label}.",
        *_brought(dossier),
        "Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:",
        *(f"{number}. {label}." for number, label in enumerate(missing, start=1)),
        f"Lý do: {asked.note.rstrip('.')}." if asked else "",
        f"Thời hạn giải quyết tạm dừng từ ngày {day:%d/%m/%Y} cho đến khi bổ sung đủ.",
        f"Nơi nộp: {full_name(dossier.office)}. Mọi việc chưa rõ, xin liên hệ người tiếp nhận hồ sơ để được hướng dẫn./.",
    ]  # fmt: skip
    return _slip(COMPLETION, dossier, [line for line in lines if line], f"Hồ sơ của {dossier.person_name}", by=by, on=on)


@override("vi")
def refusal_paper_content(
    dossier: Dossier, person: Person | None, *, signer: Post, entry: OutgoingEntry | None, on: date
) -> Content:  # fmt: skip
    """The notice that nothing is granted, with the reason and the article of the proposal."""
    other = dossier.details.get("name") or dossier.applicant_name
    title = "ông (bà)" if other or person is None else {"male": "ông", "female": "bà"}.get(person.sex, "ông (bà)")
    # What a free-text reason says of somebody with a fact that tells an illness, is for those alone who may know.
    tells = bool(person and person.circumstances.filter(is_sensitive=True).exists())
    asked = dossier.sheet.label.removeprefix("Thực hiện ")  # one is not eligible for the allowance, not for its granting
    return refusal_content(
        office=dossier.office, noun="dossier", about=dossier.code, to=f"{title} {other or dossier.person_name}",
        asked=f"{asked[0].lower()}{asked[1:]}", reason=dossier.reason, article=dossier.article, signer=signer, on=on, entry=entry,
        is_sensitive=tells, benefit=dossier.sheet.benefit,
    )  # fmt: skip


def refusal_signers(dossier: Dossier, *, on: date) -> list[Post]:
    """Posts that may sign the refusal on a day: heads, deputies, then who signs TUQ."""
    office = office_on(dossier.office, on)
    return list(signing_posts(dossier.sheet.benefit, unit_ids=[office.unit_id], on=on))


def _asking(dossier: Dossier) -> list[str]:
    """Who asks: the person, or of a funeral whoever arranges it."""
    if dossier.sheet.tells != "organiser":
        return [f"Họ và tên người đề nghị: {dossier.person_name}."]
    return [f"Họ và tên người đề nghị: {dossier.details.get('name', '')}.", f"Họ và tên người mất: {dossier.person_name}."]


def _brought(dossier: Dossier) -> list[str]:
    told = [dossier.applicant_name, dossier.applicant_relation]
    phone = f"; điện thoại {dossier.applicant_telephone}" if dossier.applicant_telephone else ""
    return [f"Người nộp: {', '.join(part for part in told if part)}{phone}."] if dossier.applicant_name else []


def _slip(kind: PaperKind, dossier: Dossier, lines: list[str], summary: str, *, by: Post, on: date) -> Content:
    values: dict[str, Any] = {
        **letterhead(office=dossier.office, symbol=kind.symbol, number=None, dated_on=on, on=on),
        "trich_yeu": summary, "cac_doan": lines, "noi_nhan": ["Người nộp hồ sơ;", "Lưu hồ sơ."],
        "quyen_ky": _BY_HAND, "nguoi_ky": by.user.full_name if by.user else "",
    }  # fmt: skip
    return Content(
        kind=kind.key, office=dossier.office, noun="dossier", about=dossier.code, summary=f"{kind.label}: {dossier.person_name}",
        values=values, signer=by, signer_title="Người tiếp nhận hồ sơ",
    )  # fmt: skip
