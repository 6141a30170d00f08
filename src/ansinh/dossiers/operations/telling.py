"""Whom a step of a dossier concerns is told inside the programme. No ground stands in such words."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.models import Post, Role
from ansinh.dossiers.models import Dossier
from ansinh.work.operations import notify

_TOLD = {
    "return": "Hồ sơ {code} ({name}) bị trả lại: {note}",
    "decide": "Hồ sơ {code} ({name}) đã có quyết định được ký.",
    "refuse": "Hồ sơ {code} ({name}) đã có văn bản từ chối được ký.",
    "reassign": "Hồ sơ {code} ({name}) được giao cho ông, bà xử lý.",
    "reopen": "Hồ sơ {code} ({name}) được mở lại: {note}",
}
_SUBMITTED = "Hồ sơ {code} ({name}) trình ký."


def tell(dossier: Dossier, act: str, *, by: Post, now: datetime, note: str = "") -> None:
    """Part of a step: whoever holds the dossier hears what others did with it, whoever signs hears what was submitted."""
    if act == "submit":
        signers = Post.objects.on(now.date()).filter(office=dossier.office_id, role=Role.COMMUNE_CHAIRMAN)
        _leave(dossier, list(signers.values_list("pk", flat=True)), _SUBMITTED, by=by, now=now)
    elif act in _TOLD:
        _leave(dossier, [dossier.holder_id], _TOLD[act], by=by, now=now, note=note)


def _leave(dossier: Dossier, to: list[int | None], words: str, *, by: Post, now: datetime, note: str = "") -> None:
    text = words.format(code=dossier.shown_code, name=dossier.person_name, note=note.strip())
    notify(to=to, text=text, noun="dossier", about=dossier.code, unit=dossier.unit, by=by, now=now)
