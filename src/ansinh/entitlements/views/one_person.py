"""A decision for one person, drafted with the law's answer beside it. Somebody else records it once it is signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from ansinh import law
from ansinh.access.guards import for_roles
from ansinh.access.models import Office, OfficeKind, Role
from ansinh.database.clock import now, today
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.queries import may_propose
from ansinh.entitlements import operations
from ansinh.entitlements.forms import NEW_LEVEL, DecideForm
from ansinh.entitlements.models import PERSONAL, Act, Benefit, Decision, Entitlement
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.queries import (
    care_decided_elsewhere,
    explanation_for,
    holds_sensitive,
    law_for,
    month_of_change,
    month_of_move,
    month_of_stop,
    taken_over,
)
from ansinh.entitlements.views.caring import propose_care
from ansinh.entitlements.views.funeral import propose_funeral
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.money import amount_of
from ansinh.kernel.periods import month_of, next_month
from ansinh.lawbook.queries import provincial_at
from ansinh.localities.queries import scope_ids
from ansinh.pages.nouns import noun_url
from ansinh.people.models import Person

_DRAFTS = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.DIVISION_OFFICER)
_AS_IT_STANDS = ("stop", "suspend", "resume")
PROPOSES = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD)


@for_roles(*_DRAFTS)
def decide(request, code):
    """Draft a decision for one person."""
    person = get_object_or_404(Person.objects.select_related("unit"), code=code)
    month = month_of(today())
    lines = law_for(person, month)
    entries = _entries(person)
    if holds_sensitive(person.entitlements.all()) or person.circumstances.filter(is_sensitive=True).exists():
        journal.note_read(by=request.post.actor, act="read_sensitive", noun="person", key=person.code, at=now())
    form = DecideForm(request.POST or None, entries=entries, today=today(), initial=_initial(person, lines, entries, month))
    if request.method == "POST" and form.is_valid():
        try:
            decision = _draft(request, person, form.cleaned_data)
            messages.success(request, _("Đã soạn dự thảo. Khi quyết định được ký, người khác ghi nhận ở trang này."))
            return redirect("entitlements:decision", code=decision.code)
        except AnsinhError as error:
            form.add_error(None, str(error))
    context = {
        "person": person, "form": form, "lines": lines, "month": month, "why": explanation_for(person, month), "entries": entries
    }  # fmt: skip
    return TemplateResponse(request, "entitlements/decide.html", context, status=422 if form.errors else 200)


def _entries(person: Person, kinds=None) -> list[Entitlement]:
    """Open entries of the person, of these benefits where they are named. A funeral is over with its month."""
    found = person.entitlements.filter(ended_by__isnull=True).exclude(benefit=Benefit.FUNERAL).select_related("cared_for")
    return list((found.filter(benefit__in=kinds) if kinds else found).order_by("id"))


@for_roles(*PROPOSES)
def propose(request, code):
    """Draft the decision that answers a dossier, with the law's answer beside it; the dossier goes to the person who signs."""
    dossier = get_object_or_404(Dossier.objects.select_related("unit", "office"), code=code)
    person = dossier.seen_person()
    if draft := Decision.objects.filter(dossier=dossier, state="draft").first():  # pressed twice, or in another window
        messages.info(request, _("Hồ sơ đã trình ký; đây là dự thảo."))
        return redirect("entitlements:paper", code=draft.code)
    if person is None or not may_propose(dossier, request.post):
        messages.error(request, _("Hồ sơ chưa tới bước trình ký, hoặc điều đã khai chưa ghi vào sổ."))
        return redirect(noun_url("dossier", code))
    if dossier.sheet.benefit == Benefit.FUNERAL:
        return propose_funeral(request, dossier, person, seen=_seen(request))
    if dossier.sheet.benefit == Benefit.CARER_MONEY:
        return propose_care(request, dossier, person, seen=_seen(request))
    month = month_of(today())
    kinds = (Benefit.DISABLED_PARENT,) if dossier.case == "disabled_parent" else PERSONAL
    lines = law_for(person, month, kinds)
    follows = _follows(dossier, person)
    entries = _entries(person, kinds=None if dossier.sheet.act in _AS_IT_STANDS else kinds) or follows
    if holds_sensitive(person.entitlements.all()) or person.circumstances.filter(is_sensitive=True).exists():
        journal.note_read(by=request.post.actor, act="read_sensitive", noun="person", key=person.code, at=now())
    initial = _initial(person, lines, entries, month) | _asked_for(dossier, person, entries, month)
    form = DecideForm(request.POST or None, entries=entries, today=today(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = _propose(request, dossier, person, form.cleaned_data, follows)
            messages.success(request, _("Đã trình ký. Hãy in để ký; khi quyết định được ký, người khác ghi nhận."))
            return redirect("entitlements:paper", code=made.code)
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    context = {
        "person": person, "dossier": dossier, "form": form, "lines": lines, "month": month, "entries": entries,
        "why": explanation_for(person, month), "last": dossier.steps.order_by("-id").values_list("pk", flat=True).first(),
        "follows": [entry for entry in follows if entry not in entries],
    }  # fmt: skip
    return TemplateResponse(request, "entitlements/decide.html", context, status=422 if form.errors else 200)


def _follows(dossier: Dossier, person: Person) -> list[Entitlement]:
    """Money for care that moves together with the person: one decision of the new commune takes all of it over."""
    if dossier.sheet.act != "move":
        return []
    return care_decided_elsewhere(person, unit_ids=scope_ids(dossier.unit, on=today()))


def _asked_for(dossier: Dossier, person: Person, entries: list[Entitlement], month: date) -> dict:
    """What the procedure of the dossier is about, over the law's own proposal: a stop, or the same amount paid at the new place."""
    act, case = dossier.sheet.act, dossier.told_case
    if not entries or act not in (*_AS_IT_STANDS, "move"):
        return {}
    entry = entries[0]
    if act in _AS_IT_STANDS:
        reason = f"Từ trần ngày {person.died_on:%d/%m/%Y}" if act == "stop" and person.died_on else case.label if case else ""
        since = {"stop": month_of_stop(person, entry, month), "suspend": next_month(month)}.get(act, month)  # this month is paid
        return {"act": act, "entry": str(entry.id), "from_month": since, "reason": reason}
    return {
        "act": "adjust", "entry": str(entry.id), "category": entry.category, "count": entry.count,
        "from_month": month_of_move(person, entry, month),
        "coefficient": f"{entry.coefficient / 100:.1f}".replace(".", ","), "reason": f"Chuyển đến {dossier.unit.name}",
    }  # fmt: skip


def _propose(request, dossier: Dossier, person: Person, data: dict, follows: list[Entitlement]) -> Decision:
    item = _new_level(person, data) if data["act"] in NEW_LEVEL else _as_it_stands(person, data)
    with override("vi"):
        title = f"{Act(data['act']).label}: {person.full_name}"
    others = [taken_over(entry, data["from_month"]) for entry in follows if entry != data["entry"]]
    return operations.propose_decision(
        dossier=dossier, kind=data["act"], items=[item, *others], by=request.post, now=now(), title=title, seen=_seen(request)
    )


def _seen(request) -> int | None:
    """The last step the page showed."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def _initial(person: Person, lines, entries, month: date) -> dict:
    """The law's own proposal: the officer changes it only with a reason."""
    if entries and (not lines or person.died_on):
        entry = entries[0]
        paused = entry.suspensions.filter(months__endswith=None, resumed_by=None)
        if not person.died_on and paused.exists():  # the law gives nothing because of the suspension alone
            return {"act": "resume", "entry": str(entry.id), "from_month": month}
        reason = f"Từ trần ngày {person.died_on:%d/%m/%Y}" if person.died_on else ""
        return {"act": "stop", "entry": str(entry.id), "from_month": month_of_stop(person, entry, month), "reason": reason}
    if not lines:
        return {"act": "grant", "entry": "", "from_month": month}
    line = lines[0]
    entry = _changed(entries, line)
    # Another benefit instead of the one drawn is granted anew, from the month of signing.
    if entry and entry.benefit == line.kind:
        month = month_of_change(person, entry, month)
    return {
        "act": "adjust" if entries else "grant",
        "entry": str(entry.id) if entry else "",
        "category": line.category,
        "coefficient": f"{line.coefficient / 100:.1f}".replace(".", ","),
        "count": line.count,
        "from_month": month,
        # What rests on a point nobody confirmed is not proposed by the law alone: the officer says why.
        "reason": "" if line.held else _basis(line),
    }


def _changed(entries: list[Entitlement], line) -> Entitlement | None:
    """The one entry that the line of the law would change: of the same benefit, else the only one drawn to live on."""
    same = [entry for entry in entries if entry.benefit == line.kind]
    own = same or [entry for entry in entries if entry.benefit in PERSONAL]
    return own[0] if len(own) == 1 else None


def _draft(request, person: Person, data: dict):
    item = _new_level(person, data) if data["act"] in NEW_LEVEL else _as_it_stands(person, data)
    office = Office.objects.filter(unit=person.unit, kind=OfficeKind.COMMUNE).order_by("-id").first() or request.post.office
    with override("vi"):  # the register is written in Vietnamese, whatever the officer reads
        title = f"{Act(data['act']).label}: {person.full_name}"
    return operations.draft_decision(
        office=office, unit=person.unit, kind=data["act"], origin="recorded", items=[item], by=request.post, now=now(),
        title=title,
    )  # fmt: skip


def _new_level(person: Person, data: dict) -> ItemDraft:
    """A grant or an adjustment, beside what the law gives in its own first month."""
    if data["entry"] and data["entry"].benefit == Benefit.CARER_MONEY:
        return replace(taken_over(data["entry"], data["from_month"]), reason=data["reason"])
    category, month = law.categories()[data["category"]], data["from_month"]
    level = (law.pension_level_on if category.kind == "social_pension" else law.standard_on)(
        month, provincial_at(person.unit_id)
    )[0]
    same = next((line for line in law_for(person, month, (category.kind,)) if line.category == category.key), None)
    return ItemDraft(
        person_id=person.id,
        act=data["act"],
        benefit=category.kind,
        category=category.key,
        law_code=same.code if same else next(iter(dict(category.codes).values()), ""),
        coefficient=data["coefficient"],
        count=data["count"],
        standard_vnd=level,
        amount_vnd=amount_of(data["coefficient"], level, data["count"]),
        from_month=month,
        reason=_of_its_month(person, data["reason"], same),
        article="; ".join(same.basis) if same else "",
        entitlement=data["entry"],
        law_amount_vnd=same.amount_vnd if same else 0,
        law={"hash": law.law_hash()} | ({"unconfirmed": list(same.unconfirmed)} if same and same.held else {}),
    )


def _of_its_month(person: Person, reason: str, same) -> str:
    """The ground as typed; where it is still the one proposed for today, the law of the month the level begins with."""
    proposed = {_basis(line) for line in law_for(person, month_of(today()))}
    return _basis(same) if same and reason in proposed else reason


def _basis(line) -> str:
    return "; ".join(dict.fromkeys(line.basis))


def _as_it_stands(person: Person, data: dict) -> ItemDraft:
    """A stop, a suspension or a resumption: about the entry, whatever else stands in the form."""
    entry: Entitlement = data["entry"]
    kept = ("benefit", "category", "law_code", "coefficient", "count", "standard_vnd", "amount_vnd")
    return ItemDraft(
        person_id=person.id, act=data["act"], from_month=data["from_month"], reason=data["reason"], entitlement=entry,
        cared_for_id=entry.cared_for_id, law={"hash": law.law_hash()}, **{name: getattr(entry, name) for name in kept},
    )  # fmt: skip
