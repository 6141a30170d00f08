"""The staff shell: my work, search, the person page."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.database.clock import now, today
from ansinh.entitlements.queries import explanation_for, law_for
from ansinh.journal import operations as journal
from ansinh.kernel.periods import month_of
from ansinh.people.queries.search import search as find_people
from ansinh.web.home import briefing
from ansinh.web.person import person_page, visible_person

_SEES_PEOPLE = (
    Role.COMMUNE_OFFICER,
    Role.COMMUNE_HEAD,
    Role.COMMUNE_CHAIRMAN,
    Role.ACCOUNTANT,
    Role.ONE_STOP,
    Role.CLERK,
    Role.DIVISION_OFFICER,
    Role.DIVISION_HEAD,
    Role.DEPARTMENT_LEADER,
    Role.INSPECTOR,
)
_WRITES = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.DIVISION_OFFICER)
_EVERYONE = tuple(role for role in Role if role != Role.SYSTEM)


@for_roles(*_EVERYONE)
def home(request):
    """Việc của tôi: sentences first, every number a link."""
    return TemplateResponse(request, "web/home.html", briefing(request.post, on=today()))


@for_roles(*_SEES_PEOPLE)
def search(request):
    """People by name, number or birth year, without diacritics; one hit opens at once."""
    text = request.GET.get("q", "").strip()
    hits = find_people(text) if text else []
    if len(hits) == 1:
        return redirect("web:person", code=hits[0].person.code)
    return TemplateResponse(request, "web/search.html", {"text": text, "hits": hits})


@for_roles(*_SEES_PEOPLE)
def person(request, code):
    """One person on one day: who, facts, ledger, payments, what the law gives, and why."""
    found = visible_person(code)
    if found is None:
        raise Http404
    on = _asked_day(request)
    page = person_page(found, on=on)
    month = month_of(on)
    context = {
        "page": page,
        "law_total": sum(line.amount_vnd for line in law_for(found, month)),
        "why": explanation_for(found, month),
        "ruling": found.birth_rulings.order_by("-id").first() if found.birth_precision != "day" else None,
        "age_text": _age_text(found, on),
        "may_change": request.post.role in _WRITES,
        "may_decide": request.post.role in _WRITES,
        "shown_number": _show_number(request, found),
    }
    return TemplateResponse(request, "web/person.html", context)


def _show_number(request, person) -> str | None:
    """The whole number, when asked for; the asking is journaled."""
    if request.method != "POST" or request.POST.get("act") != "show_number":
        return None
    journal.note_read(by=request.post.actor, act="show_number", noun="person", key=person.code, at=now())
    return person.personal_number


def _asked_day(request):
    try:
        return datetime.strptime(request.GET.get("ngay", ""), "%d/%m/%Y").date()  # noqa: DTZ007 - a date, no moment
    except ValueError:
        return today()


def _age_text(person, on) -> str:
    if not person.born_on or (person.died_on and person.died_on <= on):
        return ""
    years = on.year - person.born_on.year
    if person.birth_precision != "day":
        return _("khoảng %(years)d tuổi") % {"years": years}
    years -= (on.month, on.day) < (person.born_on.month, person.born_on.day)
    return _("%(years)d tuổi") % {"years": years}
