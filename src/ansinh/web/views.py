"""The staff shell: my work, search, the person page."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.access.guards import for_roles
from ansinh.access.models import OfficeKind, Role
from ansinh.access.queries import communes_of, sees_sensitive
from ansinh.database.clock import now, today
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.queries import may_open
from ansinh.entitlements.models import Decision
from ansinh.entitlements.queries import explanation_for, holds_sensitive
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.periods import month_of
from ansinh.localities.queries import scope_ids
from ansinh.pages.forms import is_of_our_time
from ansinh.payments import operations as payments
from ansinh.payments.models import PaymentLine
from ansinh.people import operations as people
from ansinh.people.models import DuplicatePair, Household
from ansinh.people.queries.search import elsewhere, may_ask_elsewhere
from ansinh.people.queries.search import search as find_people
from ansinh.petitions.models import Petition
from ansinh.petitions.queries import may_register
from ansinh.rendering import office
from ansinh.watch.queries import keep_count
from ansinh.web.dossier import dossier_page, visible_dossier
from ansinh.web.duplicates import evidence
from ansinh.web.forms import JudgeForm, SearchForm
from ansinh.web.home import briefing
from ansinh.web.next_steps import law_ahead, next_steps
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
_JUDGES = (
    Role.COMMUNE_OFFICER,
    Role.COMMUNE_HEAD,
    Role.COMMUNE_CHAIRMAN,
    Role.DIVISION_OFFICER,
    Role.DIVISION_HEAD,
    Role.DEPARTMENT_LEADER,
    Role.INSPECTOR,
)
_WRITES = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.DIVISION_OFFICER)
_EVERYONE = tuple(role for role in Role if role != Role.SYSTEM)


CODE_LENGTH, OTHERS_SHOWN, DOSSIERS_SHOWN = 3, 10, 5


@for_roles(*_EVERYONE)
def home(request):
    """Việc của tôi: sentences first, every number a link."""
    context = briefing(request.post, on=today())
    keep_count(request.session, context["watched"])
    return TemplateResponse(request, "web/home.html", context)


@for_roles(*_SEES_PEOPLE)
def search(request):
    """People by name, number or birth year, without diacritics; one plain hit opens at once."""
    text = request.GET.get("q", "").strip()
    communes = communes_of(request.post, on=today())
    form = SearchForm({"q": text, "xa": request.GET.get("xa", "")}, units=communes)
    unit = form.cleaned_data["xa"] if form.is_valid() else None
    hits = find_people(text, unit=unit.id if unit else None) if text else []
    if len(hits) == 1 and not hits[0].reason:
        return redirect("web:person", code=hits[0].person.code)
    context = {"text": text, "form": form, "hits": hits, "many_places": len(communes) > 1}
    context |= _elsewhere(request, text) | _as_newcomer(request, text) | _papers_and_households(text)
    if not hits and len(context["others"]) == 1:
        return redirect(context["others"][0][1])
    return TemplateResponse(request, "web/search.html", context)


def _papers_and_households(text: str) -> dict:
    """Households by our code or the village's, decisions by number or code, payment lines, dossiers and petitions by code: (words, address)."""
    if not any(letter.isdecimal() for letter in text) or len(text) < CODE_LENGTH:
        return {"others": []}
    by_code = Q(code__iexact=text)
    households = Household.objects.filter(by_code | Q(local_code__iexact=text)).order_by("id")[:OTHERS_SHOWN]
    papers = by_code | Q(number__istartswith=text) if "/" in text or text[0].isalpha() else Q(number__istartswith=f"{text}/")
    decisions = Decision.objects.filter(papers).select_related("unit").order_by("-id")[:OTHERS_SHOWN]
    lines = PaymentLine.objects.filter(by_code)[:1]
    dossiers = Dossier.objects.filter(by_code | Q(one_stop_code__iexact=text)).order_by("-id")[:OTHERS_SHOWN]
    others = [(f"{_('Hộ')} {one.code}", reverse("people:household", args=[one.code])) for one in households]
    others += [(f"{one}, {one.unit.name}", reverse("entitlements:decision", args=[one.code])) for one in decisions]
    others += [(f"{one.code}, {one.person_name}", reverse("payments:line", args=[one.code])) for one in lines]
    others += [(f"{one.shown_code}, {one.person_name}", reverse("web:dossier", args=[one.code])) for one in dossiers]
    petitions = Petition.objects.filter(code__iexact=text) if text[:2].upper() == "DT" else []
    others += [(f"{one.get_kind_display()} {one.code}", reverse("petitions:petition", args=[one.code])) for one in petitions]
    return {"others": others}


def _as_newcomer(request, text: str) -> dict:
    """What was typed, for the form of a new person: letters are a name, four figures a year of birth."""
    words = text.split(",")[0].split()
    years = [word for word in words if word.isdecimal() and len(word) == 4]
    name = " ".join(word for word in words if not any(letter.isdecimal() for letter in word))
    return {"may_write": request.post.role in _WRITES, "typed_name": name, "typed_year": years[0] if years else ""}


def _elsewhere(request, text: str) -> dict:
    """The door to other communes: a masked name, birth year and commune, only when asked for, and journaled."""
    if request.post.office.kind != OfficeKind.COMMUNE or not may_ask_elsewhere(text):
        return {"elsewhere": None, "may_ask_elsewhere": False}
    if not request.GET.get("noi_khac"):
        return {"elsewhere": None, "may_ask_elsewhere": True}
    journal.note_read(by=request.post.actor, act="search_elsewhere", noun="person", key="", at=now())
    units = scope_ids(request.post.office.unit, on=today())
    return {"elsewhere": elsewhere(text, units=units), "may_ask_elsewhere": False}


@for_roles(*_SEES_PEOPLE)
def person(request, code):
    """One person on one day: who, facts, ledger, payments, what the law gives, why, and what to do next."""
    found = visible_person(code)
    if found is None:
        raise Http404
    on = _asked_day(request)
    page = person_page(found, on=on)
    ahead = law_ahead(found, month_of(on), situation=page.situation)
    may_write = request.post.role in _WRITES
    may_receive, dossiers = may_open(request.post), list(found.dossiers.order_by("-id")[:DOSSIERS_SHOWN])
    context = {
        "page": page,
        "ahead": ahead,
        "why": _why(request, page),
        "steps": next_steps(page, ahead, may_decide=may_write, may_receive=may_receive, dossiers=dossiers),
        "age_text": _age_text(found, page.ruling.born_on if page.ruling else None, on),
        "may_write": may_write,
        "shown_number": _show_number(request, found),
        "dossiers": dossiers,
        "may_receive": may_receive,
        "open_folds": bool(page.current or ahead.now_vnd or request.GET.get("in")),
    }
    return TemplateResponse(request, "web/person.html", context)


@for_roles(*_SEES_PEOPLE)
def explanation(request, code):
    """ "Vì sao?" on paper: the sum of a month with every fact and article, for the file or the auditor."""
    found = visible_person(code)
    if found is None:
        raise Http404
    on = _asked_day(request)
    page = person_page(found, on=on)
    ahead = law_ahead(found, month_of(on), situation=page.situation)
    context = {"page": page, "why": _why(request, page), "ahead": ahead, "printed_at": now()}
    return TemplateResponse(request, "web/explanation.html", context)


@for_roles(*_SEES_PEOPLE)
def dossier(request, code):
    """One dossier: what is to be done next, the clock, the papers, the law beside what was declared, every step."""
    found = visible_dossier(code)
    if found is None:
        raise Http404
    on = today()
    page = dossier_page(found, post=request.post, on=on)
    context = {
        "page": page, "dossier": found, "late": found.is_late(on), "why": None,
        "has_office": office.program() is not None,
        "reads_petitions": request.post.role != Role.ACCOUNTANT, "takes_petitions": may_register(request.post),
    }  # fmt: skip
    about = page.person
    if about and found.state not in ("delivered", "withdrawn") and sees_sensitive(request.post):
        if about.circumstances.filter(is_sensitive=True).exists() or holds_sensitive(about.entitlements.all()):
            journal.note_read(by=request.post.actor, act="read_sensitive", noun="person", key=about.code, at=now())
        context["why"] = explanation_for(about, month_of(on))
    return TemplateResponse(request, "web/dossier.html", context)


def _why(request, page):
    """The panel, for those who decide and who inspect: were it missing for some people only, its absence would tell."""
    if not sees_sensitive(request.post):
        return None
    if page.has_sensitive:
        journal.note_read(by=request.post.actor, act="read_sensitive", noun="person", key=page.person.code, at=now())
    return explanation_for(page.person, month_of(page.on), situation=page.situation)


def _show_number(request, person) -> str | None:
    """The whole number, when asked for; the asking is journaled."""
    if request.method != "POST" or request.POST.get("act") != "show_number":
        return None
    journal.note_read(by=request.post.actor, act="show_number", noun="person", key=person.code, at=now())
    return person.personal_number


def _asked_day(request):
    try:
        day = datetime.strptime(request.GET.get("ngay", ""), "%d/%m/%Y").date()  # noqa: DTZ007 - a date, no moment
    except ValueError:
        return today()
    return day if is_of_our_time(day) else today()


def _age_text(person, ruled: date | None, on) -> str:
    """The age on a day, by the ruling where the birth is not known to the day."""
    born = ruled or person.born_on
    if not born or (person.died_on and person.died_on <= on):
        return ""
    years = on.year - born.year
    if person.birth_precision != "day" and ruled is None:
        return _("khoảng %(years)d tuổi") % {"years": years}
    years -= (on.month, on.day) < (born.month, born.day)
    return _("%(years)d tuổi") % {"years": years}


@for_roles(*_JUDGES)
def duplicate(request, code):
    """The evidence of one pair of records; what may be judged of it."""
    pair = get_object_or_404(DuplicatePair.objects.select_related("judged_by__user"), code=code)
    context = evidence(pair, post=request.post, on=today())
    if context is None:
        messages.error(request, _("Một trong hai hồ sơ nay ở nơi chức vụ này không xem được."))
        return redirect("people:duplicates")
    form = JudgeForm(request.POST or None, pair=pair, initial={"keep": context["keep"].code})
    if request.method == "POST" and form.is_valid():
        try:
            made = _judge(request, pair, form.cleaned_data)
            return redirect("entitlements:decision", code=made.code) if made else redirect("people:duplicates")
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    journal.note_read(by=request.post.actor, act="compare_people", noun="duplicate_pair", key=pair.code, at=now())
    return TemplateResponse(request, "web/duplicate.html", {**context, "form": form}, status=422 if form.errors else 200)


def _judge(request, pair: DuplicatePair, data: dict):
    """One act; gives the draft that a merge proposes."""
    who = {"pair": pair, "note": data["note"], "by": request.post, "now": now()}
    match request.POST.get("act"):
        case "judge_same":
            keep = pair.first if data["keep"] == pair.first.code else pair.second
            made = payments.merge_duplicate(keep=keep, numbers_checked=data.get("numbers_checked", False), **who)
            words = _("Đã nhập hai hồ sơ làm một; lịch sử của cả hai giữ nguyên.")
            more = _("Có khoản nhận hai lần: dự thảo thôi hưởng, thu hồi đã soạn, chưa có hiệu lực khi chưa ký.") if made else ""
            messages.success(request, f"{words} {more}".strip())
            return made
        case "part":
            people.part(**who)
            messages.success(request, _("Đã tách: hai hồ sơ lại đứng riêng trong danh sách."))
        case "look_again":
            people.look_again(**who)
            messages.success(request, _("Đã đưa lại vào danh sách cần xem."))
        case _:
            people.judge_apart(**who)
            messages.success(request, _("Đã ghi là hai người; cặp này không hỏi lại."))
    return None
