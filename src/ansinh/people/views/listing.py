"""The list of people, a new one, and a household."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.access.queries import communes_of
from ansinh.database.clock import now, today
from ansinh.files.kinds import XLSX
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError
from ansinh.pages.lists import Column, Listing, render_list
from ansinh.pages.nouns import noun_url
from ansinh.people import operations
from ansinh.people.exports import people_workbook
from ansinh.people.forms import NewcomerForm, PeopleFilter
from ansinh.people.models import Household, Person
from ansinh.people.numbers import number_warnings
from ansinh.people.operations import Newcomer
from ansinh.people.queries.birthdays import turning, years_before
from ansinh.people.queries.past import household_lines
from ansinh.people.queries.search import search
from ansinh.people.workflow import JUDGES

LOOKS = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.CLERK, Role.ONE_STOP,
    Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER, Role.INSPECTOR,
)  # fmt: skip
WRITES = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.DIVISION_OFFICER)
_COLUMNS = (
    Column("ten", _("Họ và tên")),
    Column("sinh", _("Ngày sinh")),
    Column("so", _("Số định danh")),
    Column("noi", _("Nơi ở")),
)
EXPORT_LIMIT = 50_000


@for_roles(*LOOKS)
def people(request):
    """People of one's places; filters stand in the address."""
    form = PeopleFilter(request.GET, units=communes_of(request.post, on=today()))
    found = Person.objects.filter(same_as__isnull=True).select_related("unit", "village")
    if form.is_valid():
        found = _filtered(found, form.cleaned_data, today())
    if request.GET.get("xuat") == "xlsx":
        journal.note_read(by=request.post.actor, act="export", noun="person", key="", at=now())
        response = HttpResponse(people_workbook(found.order_by("sort_key", "id")[:EXPORT_LIMIT]), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="danh-sach-nguoi.xlsx"'
        return response
    sorts = {"ten": ("sort_key", "id"), "sinh": ("born_on", "id")}
    listing = Listing(
        request, found, columns=_COLUMNS, sorts=sorts, form=form, counted=False, exported=True, name=lambda p: p.full_name
    )
    context = {"listing": listing, "may_write": request.post.role in WRITES, "may_judge": request.post.role in JUDGES}
    return render_list(request, "people/list.html", "people/_rows.html", context)


def _filtered(found, data: dict, on: date):
    if data["tim"]:
        found = found.filter(id__in=[hit.person.id for hit in search(data["tim"], limit=200)])
    if data["xa"]:
        found = found.filter(unit=data["xa"])
    if data["hoan_canh"]:
        found = found.filter(circumstances__kind=data["hoan_canh"], circumstances__period__contains=on).distinct()
    if data["sap"]:
        found = found.filter(pk__in=turning(int(data["sap"]), on=on).values("pk"))
    if data["tuoi"]:
        low, high = (int(part) for part in data["tuoi"].split("-"))
        found = found.filter(born_on__lte=years_before(on, low))
        if high < 200:
            found = found.filter(born_on__gt=years_before(on, high + 1))
    return found


@for_roles(*WRITES)
def register(request):
    """Write a new person down. People who look the same are shown first."""
    known = {"full_name": request.GET.get("ten", ""), "born": request.GET.get("sinh", "")}
    data = request.POST if request.method == "POST" else None
    form = NewcomerForm(data, initial=known, units=communes_of(request.post, on=today()))
    alike = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        operations.hold_name(full_name=data["full_name"])
        alike = search(f"{data['full_name']} {data['born'].on.year if data['born'] else ''}", limit=5)
        shown = request.POST.get("sure", "").split()
        if all(hit.person.code in shown for hit in alike):
            try:
                return redirect(noun_url("person", _register(request, data).code))
            except AnsinhError as error:
                field = {"born_on": "born"}.get(error_field := getattr(error, "field", None), error_field)
                form.add_error(field if field in form.fields else None, str(error))
    status = 422 if form.errors else 200
    return TemplateResponse(request, "people/register.html", {"form": form, "alike": alike}, status=status)


def _register(request, data: dict) -> Person:
    names = (
        "full_name", "sex", "personal_number", "ethnicity", "telephone", "payment_book", "address", "old_number",
    )  # fmt: skip
    born = data["born"]
    birth = {"born_on": born.on, "birth_precision": born.precision} if born else {}
    person = operations.register_person(
        newcomer=Newcomer(**{name: data[name] for name in names}, **birth), unit=data["unit"], village=data["village"],
        since=data["since"], source=data["source"], by=request.post, now=now(),
    )  # fmt: skip
    if person.personal_number:
        for words in number_warnings(
            person.personal_number, sex=person.sex, born_on=person.born_on, precision=person.birth_precision
        ):
            messages.warning(request, words)
    messages.success(request, _("Đã ghi vào sổ. Việc nên làm tiếp ở dưới: ghi hộ, hoàn cảnh, rồi soạn quyết định."))
    return person


@for_roles(*LOOKS)
def household(request, code):
    """One household: who belongs to it, now and before, and what is true of it."""
    found = get_object_or_404(Household.objects.select_related("unit", "village"), code=code)
    members = list(found.memberships.select_related("person").order_by("-is_head", "person__born_on"))
    on = today()
    context = {
        "household": found,
        "members": [m for m in members if m.period.upper is None or on < m.period.upper],
        "former": [m for m in members if m.period.upper is not None and m.period.upper <= on],
        "facts": household_lines(found),
        "may_write": request.post.role in WRITES,
    }
    return TemplateResponse(request, "people/household.html", context)
