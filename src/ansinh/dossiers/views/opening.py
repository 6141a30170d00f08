"""At the counter: who is it, what for, what is declared."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ansinh.access.guards import for_roles
from ansinh.access.queries import communes_of
from ansinh.database.clock import now, today
from ansinh.dossiers import operations, queries
from ansinh.dossiers.detail_fields import Beside
from ansinh.dossiers.forms import DeclarationForm, NewPersonForm, OpenForm
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.operations import Applicant
from ansinh.dossiers.workflow import OPEN, RECEIVERS
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError
from ansinh.localities.queries import scope_ids
from ansinh.pages.nouns import noun_url
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.operations import Newcomer
from ansinh.people.queries.matching import Match, MatchRow, match
from ansinh.people.queries.search import search

NUMBER_LENGTH = 12
HITS, LIKE = 20, 20  # a match of 20 points has at least the same name


@for_roles(*RECEIVERS)
def start(request):
    """Find the person; those with an open dossier say so."""
    text = request.GET.get("q", "").strip()
    hits = search(text, limit=HITS) if text else []
    running = Dossier.objects.filter(person__in=[hit.person.pk for hit in hits], state__in=("writing", *OPEN)).order_by("id")
    by_person: dict[int, list[Dossier]] = {}
    for dossier in running:
        by_person.setdefault(dossier.person_id, []).append(dossier)
    rows = [(hit, by_person.get(hit.person.pk, [])) for hit in hits]
    return TemplateResponse(request, "dossiers/start.html", {"text": text, "rows": rows})


@for_roles(*RECEIVERS)
def newcomer(request):
    """Write down somebody the register does not know; who looks the same is shown first, from other communes masked."""
    units = communes_of(request.post, on=today())
    form = NewPersonForm(request.POST or None, units=units, initial=_typed(request.GET.get("ten", "")))
    alike: list[Match] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        people.hold_name(full_name=data["full_name"])
        alike = _alike(request, data)
        shown = request.POST.get("sure", "").split()
        if all(one.code in shown for one in alike):
            try:
                return redirect("dossiers:open", code=_register(request, data).code)
            except AnsinhError as error:
                field = {"born_on": "born"}.get(getattr(error, "field", None), getattr(error, "field", None))
                form.add_error(field if field in form.fields else None, str(error))
    status = 422 if form.errors else 200
    return TemplateResponse(request, "dossiers/newcomer.html", {"form": form, "alike": alike}, status=status)


def _typed(text: str) -> dict[str, str]:
    """What was searched for, in the boxes of the form: letters are a name, twelve figures a number, four or a date a birth."""
    words = text.replace(",", " ").split()
    figures = [word for word in words if any(letter.isdecimal() for letter in word)]
    numbers = [word for word in figures if word.isdecimal() and len(word) == NUMBER_LENGTH]
    births = [word for word in figures if word not in numbers and len(word) <= len("08/03/1942")]
    return {
        "full_name": " ".join(word for word in words if word not in figures), "personal_number": "".join(numbers[:1]),
        "born": "".join(births[:1]),
    }  # fmt: skip


def _alike(request, data: dict) -> list[Match]:
    unit = data["unit"]
    row = MatchRow(1, data["full_name"], data["born"].on, data["born"].precision, data["personal_number"], unit.pk)
    journal.note_read(by=request.post.actor, act="match_across", noun="person", key="", at=now())
    return [one for one in match([row], units=scope_ids(unit, on=today())).get(1, []) if one.score >= LIKE]


def _register(request, data: dict) -> Person:
    born = data["born"]
    person = Newcomer(
        full_name=data["full_name"], sex=data["sex"], born_on=born.on, birth_precision=born.precision,
        personal_number=data["personal_number"],
    )  # fmt: skip
    return people.register_person(
        newcomer=person,
        unit=data["unit"],
        village=data["village"],
        since=None,
        source="Khai khi nộp hồ sơ",
        by=request.post,
        now=now(),
    )


@for_roles(*RECEIVERS)
def open_one(request, code):
    """What for, and who brings it; then the form."""
    person = get_object_or_404(Person.objects.select_related("unit", "village"), code=code)
    form = OpenForm(request.POST or None, initial={"procedure": request.GET.get("thu_tuc", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        applicant = Applicant(data["applicant_name"], data["applicant_relation"], data["applicant_telephone"])
        try:
            made = operations.open_dossier(
                procedure=data["procedure"],
                case=data["case"],
                person=person,
                channel=data["channel"],
                applicant=applicant,
                by=request.post,
                now=now(),
            )
            return redirect("dossiers:declaration", code=made.code)
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    mine = Dossier.objects.filter(person=person).filter(~Q(state="withdrawn")).order_by("-id")[:HITS]
    context = {"person": person, "form": form, "earlier": mine}
    return TemplateResponse(request, "dossiers/open.html", context, status=422 if form.errors else 200)


@for_roles(*RECEIVERS)
def declaration(request, code):
    """The form: the case first, then what it turns on, filled from what is known. A draft is kept at any point."""
    dossier = get_object_or_404(Dossier.objects.select_related("unit"), code=code)
    kinds = {kind for case in dossier.sheet.cases for kind in case.asks}
    person = dossier.seen_person()
    known = queries.known_facts(person, kinds, on=today()) if person else {}
    mates = queries.housemates(person, on=today()) if person and dossier.sheet.tells == "carer" else []
    beside = Beside(person.died_on if person else None, mates)
    form = DeclarationForm(request.POST or None, dossier=dossier, known=known, on=today(), beside=beside)
    if request.method == "POST" and form.is_valid():
        try:
            operations.declare(
                dossier=dossier,
                facts=form.declared,
                case=form.cleaned_data["case"],
                details=form.told,
                by=request.post,
                now=now(),
                seen=seen_by(request),
            )
            return _onward(request, dossier, form)
        except AnsinhError as error:
            form.add_error(None, str(error))
    context = {
        "dossier": dossier,
        "form": form,
        "known": {kind.key for kind in form.kinds if kind.key in known},
        "form_name": form_name(dossier, form["case"].value() or "", today()),
        "last": last_step(dossier),
    }
    return TemplateResponse(request, "dossiers/declaration.html", context, status=422 if form.errors else 200)


def _onward(request, dossier: Dossier, form: DeclarationForm):
    """To the questions of a case that was only now chosen, to the receipt, or back to the dossier."""
    asked = any(name.startswith("fact_") for name in request.POST)
    if form.kinds and not asked:
        return redirect("dossiers:declaration", code=dossier.code)
    messages.success(request, _("Đã lưu tờ khai."))
    if request.POST.get("go") == "receive" and dossier.state == "writing":
        return redirect("dossiers:act", code=dossier.code, act="tiep-nhan")
    return redirect(noun_url("dossier", dossier.code))


def form_name(dossier: Dossier, case: str, on: date) -> str:
    """The form of the decree for this case."""
    version = dossier.version or dossier.sheet.on(on)
    form = version.form_for(case) if version else None
    return form.number if form else ""


def seen_by(request) -> int | None:
    """The last step the page showed, as it sends it back."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def last_step(dossier: Dossier) -> int:
    """The last step of a dossier, for the page to send back."""
    return dossier.steps.order_by("-id").values_list("pk", flat=True).first() or 0
