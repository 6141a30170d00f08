"""One act each: its form, the operation it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from ansinh.access.guards import for_roles
from ansinh.access.models import Post
from ansinh.database.clock import now, today
from ansinh.dossiers import forms, operations, queries
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.operations.answering import Refusal
from ansinh.dossiers.operations.move import acted_since
from ansinh.dossiers.views.desk import LOOKS
from ansinh.dossiers.views.opening import last_step, seen_by
from ansinh.dossiers.workflow import OFFICERS
from ansinh.files import operations as files
from ansinh.files.models import StoredFile
from ansinh.kernel.errors import AnsinhError
from ansinh.pages.forms import OfficeForm
from ansinh.pages.nouns import noun_url

_WRITTEN_HERE = ("declaration", "request")  # the form itself, filled in a page before


@dataclass(frozen=True)
class Door:
    """How one act is done: the shape of its form, and the operation. `button` when it says more than the title."""

    form: Callable[[Any, Dossier], OfficeForm]
    run: Callable[[Any, Dossier, dict, dict], object]
    hint: Any = ""


def _data(request):
    return request.POST if request.method == "POST" else None


def _plain(request, dossier: Dossier) -> OfficeForm:
    return OfficeForm(_data(request))


def _receive_form(request, dossier: Dossier) -> OfficeForm:
    version = dossier.sheet.on(today())
    papers = [(paper.key, paper.label) for paper in (version.papers_for(dossier.case) if version else ())]
    verifies = request.post.role in OFFICERS
    written = [key for key, _label in papers if key in _WRITTEN_HERE]
    return forms.ReceiveForm(
        _data(request), papers=papers, verifies=verifies, initial={"received_on": today(), "papers": written}
    )


def _receive(request, dossier: Dossier, data: dict, who: dict) -> object:
    return operations.receive_dossier(
        dossier=dossier, received_on=data["received_on"], one_stop_code=data["one_stop_code"], given=data.get("papers", []),
        take_up=data.get("take_up", False), **who,
    )  # fmt: skip


def _papers(dossier: Dossier, *, given: bool | None) -> list[tuple[str, str]]:
    found = dossier.papers.themselves().order_by("id")
    if given is not None:
        found = found.filter(given_on__isnull=not given)
    return list(found.values_list("key", "label"))


def _missing(dossier: Dossier) -> list[tuple[str, str]]:
    return list(dossier.papers.filter(given_on=None, asked_on__isnull=False).order_by("id").values_list("key", "label"))


def _ask_form(request, dossier: Dossier) -> OfficeForm:
    lacking = [key for key, _label in _papers(dossier, given=False)]
    initial = {"papers": lacking, "note": _("Đề nghị nộp đủ giấy tờ còn thiếu.") if lacking else ""}
    return forms.AskForm(_data(request), papers=_papers(dossier, given=None), initial=initial)


def _colleagues(request, dossier: Dossier):
    posts = Post.objects.on(today()).filter(office=dossier.office, role__in=OFFICERS, user__isnull=False)
    return posts.exclude(pk=dossier.holder_id).select_related("user", "office").order_by("id")


def _scan(request, dossier: Dossier, upload) -> StoredFile | None:
    if not upload:
        return None
    return files.store_scan(
        name=upload.name, data=upload.read(), purpose="dossier", unit=dossier.unit, by=request.post, now=now()
    )


def _give(request, dossier: Dossier, data: dict, who: dict) -> object:
    who = {name: value for name, value in who.items() if name != "seen"}  # noting a paper undoes nobody's step
    return operations.give_papers(
        dossier=dossier, papers=data.get("papers", []), scans=[_scan(request, dossier, one) for one in data["scan"]], **who
    )


def _refuse(request, dossier: Dossier, data: dict, who: dict) -> object:
    scan = _scan(request, dossier, data["scan"])
    paper = Refusal(
        data["number"], data["signed_on"], data["signer_name"], data["signer_title"], scan=scan, compared=data["compared"],
        post=queries.printed_signer(dossier, data["signer_name"]),
    )  # fmt: skip
    return operations.record_refusal(dossier=dossier, paper=paper, **who)


def _with_note(operation) -> Door:
    return Door(
        lambda request, dossier: forms.NoteForm(_data(request)),
        lambda request, dossier, data, who: operation(dossier=dossier, note=data["note"], **who),
    )


DOORS: dict[str, Door] = {
    "tiep-nhan": Door(
        _receive_form, _receive,
        _("Thời hạn tính từ ngày làm việc sau ngày tiếp nhận."),
    ),
    "xac-minh": Door(
        _plain, lambda request, dossier, data, who: operations.take_up_dossier(dossier=dossier, **who),
        _("Hồ sơ được giao cho ông, bà xử lý."),
    ),
    "bo-sung": Door(
        _ask_form,
        lambda request, dossier, data, who: operations.ask_for_completion(
            dossier=dossier, papers=data.get("papers", []), others=data["others"].splitlines(), note=data["note"], **who
        ),
        _("Ghi đủ giấy tờ còn thiếu trong một lần. Thời hạn tạm dừng cho đến khi bổ sung đủ."),
    ),
    "du-giay": Door(
        lambda request, dossier: forms.PapersForm(
            _data(request), papers=_missing(dossier), initial={"papers": [key for key, _label in _missing(dossier)]}
        ),
        lambda request, dossier, data, who: operations.complete_dossier(dossier=dossier, papers=data.get("papers", []), **who),
        _("Đánh dấu giấy tờ đã nhận; thời hạn chạy tiếp từ hôm nay."),
    ),
    "giay-to": Door(
        lambda request, dossier: forms.GiveForm(
            _data(request), request.FILES or None, papers=_papers(dossier, given=None)
        ),
        _give,
        _("Chụp bằng điện thoại cũng được; giấy nhiều trang thì chọn nhiều ảnh một lần."),
    ),
    "ghi-so": Door(
        _plain, lambda request, dossier, data, who: operations.accept_declaration(dossier=dossier, **who),
        _("Chỉ ghi khi đã xác minh. Điều trong sổ trước đó được giữ lại cho các tháng trước."),
    ),
    "tu-choi": Door(
        lambda request, dossier: forms.RefusalProposalForm(
            _data(request), initial={name: request.GET.get(name, "") for name in ("reason", "article")}
        ),
        lambda request, dossier, data, who: operations.propose_refusal(dossier=dossier, **data, **who),
        _("Trình người có thẩm quyền ký văn bản từ chối; lý do và căn cứ được ghi vào văn bản."),
    ),
    "ghi-tu-choi": Door(
        lambda request, dossier: forms.RefusalPaperForm(
            _data(request), request.FILES or None, initial=queries.signed_refusal(dossier, on=today())
        ),
        _refuse,
    ),
    "tra-lai": _with_note(operations.return_dossier),
    "rut": _with_note(operations.withdraw_dossier),
    "tra-ket-qua": Door(
        lambda request, dossier: forms.DeliverForm(
            _data(request), initial={"note": dossier.applicant_name or dossier.person_name}
        ),
        lambda request, dossier, data, who: operations.deliver_dossier(dossier=dossier, note=data["note"], **who),
    ),
    "giao": Door(
        lambda request, dossier: forms.ReassignForm(_data(request), posts=_colleagues(request, dossier)),
        lambda request, dossier, data, who: operations.reassign_dossier(dossier=dossier, to=data["to"], note=data["note"], **who),
    ),
}  # fmt: skip


@for_roles(*LOOKS)
def act(request, code, act):
    """The page of one act, open while the post may do it."""
    dossier = get_object_or_404(Dossier.objects.select_related("unit", "office"), code=code)
    known = next((one for one in queries.NEXT_ACTS if one.key == act), None)
    if known is None:
        raise Http404
    door = DOORS[act]
    if not known.is_open(dossier, request.post):
        closed = _("Việc này không làm được ở bước hiện tại của hồ sơ, hoặc không thuộc chức vụ của ông, bà.")
        messages.error(request, acted_since(dossier, seen_by(request)) or closed)
        return redirect(noun_url("dossier", code))
    form = door.form(request, dossier)
    if request.method == "POST" and form.is_valid():
        try:
            door.run(request, dossier, form.cleaned_data, {"by": request.post, "now": now(), "seen": seen_by(request)})
            messages.success(request, _("Đã thực hiện: %(act)s.") % {"act": known.label})
            return redirect(noun_url("dossier", code))
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    context = {
        "dossier": dossier, "act": known, "form": form, "hint": door.hint, "last": last_step(dossier),
        "facts": queries.told_facts(dossier, on=today()) if act == "ghi-so" else [],
        "multipart": form.is_multipart(),
    }  # fmt: skip
    return TemplateResponse(request, "dossiers/act.html", context, status=422 if form.errors else 200)
