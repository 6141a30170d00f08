"""Places on the screen: the tree on a day, one unit through time, villages."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.access.queries import communes_of
from ansinh.database.clock import now, today
from ansinh.database.columns import on_day
from ansinh.kernel.errors import AnsinhError
from ansinh.localities import operations
from ansinh.localities.models import Level, Unit, Village
from ansinh.localities.queries import search_units, unit_on, where_today
from ansinh.localities.queries import tree as tree_on
from ansinh.pages.forms import DayField
from ansinh.web.places.forms import MapFilter, VillageForm

LOOKS = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.CLERK, Role.ONE_STOP,
    Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER, Role.INSPECTOR, Role.ADMINISTRATOR,
)  # fmt: skip
WRITES = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.DIVISION_OFFICER)


@for_roles(*LOOKS)
def tree(request):
    """A province on a day, districts with their communes while there were districts; or places found by a name of any time."""
    data = request.GET.copy()
    form = MapFilter(data, provinces=_provinces())
    asked = form.cleaned_data if form.is_valid() else {}
    day = asked.get("ngay") or today()
    province = asked.get("tinh") or _own_province(request)
    data.setdefault("tinh", province)
    data.setdefault("ngay", f"{day:%d/%m/%Y}")
    text = asked.get("tim", "").strip()
    units = [] if text else list(tree_on(day, province_code=province))
    context = {
        "form": MapFilter(data, provinces=_provinces()) if form.is_valid() else form,
        "day": day,
        "text": text,
        "found": search_units(text, on=day) if text else [],
        "groups": _groups(units),
        "communes": sum(1 for unit in units if unit.level == Level.COMMUNE),
    }
    return TemplateResponse(request, "web/places/tree.html", context)


def _provinces() -> list[tuple[str, str]]:
    """Provinces whose communes are known, the newest name of each."""
    codes = Unit.objects.filter(level=Level.COMMUNE).values_list("province_code", flat=True).distinct()
    rows = Unit.objects.filter(level=Level.PROVINCE, code__in=set(codes)).order_by("code", "period")
    return list({unit.code: unit.name for unit in rows}.items())


def _own_province(request) -> str:
    unit = request.post.office.unit
    return unit.province_code if unit else _provinces()[0][0]


def _groups(units: list[Unit]) -> list[tuple[Unit | None, list[Unit]]]:
    """Communes under what stands right above them, in the order of the tree."""
    uppers = {unit.id: unit for unit in units if unit.level != Level.COMMUNE}
    groups: dict[int | None, list[Unit]] = {}
    for unit in units:
        if unit.level == Level.COMMUNE:
            groups.setdefault(unit.parent_id if unit.parent_id in uppers else None, []).append(unit)
    ordered = [*(key for key in uppers if key in groups), *([None] if None in groups else [])]
    return [(uppers.get(key) if key else None, sorted(groups[key], key=lambda u: u.name_folded)) for key in ordered]


@for_roles(*LOOKS)
def unit(request, key):
    """One place: what came into it, where its area is today, what it was on a day, its villages."""
    found = get_object_or_404(Unit.objects.select_related("parent"), key=key)
    return _unit_page(request, found, VillageForm())


def _unit_page(request, found: Unit, form: VillageForm, status: int = 200):
    on = today()
    day = _asked_day(request)
    context = {
        "unit": found,
        "is_now": found.period.upper is None or found.period.upper > on,
        "heirs": where_today(found, on=on) if found.period.upper and found.period.upper <= on else [],
        "after": found.successions.select_related("new").order_by("event_on", "-is_default"),
        "before": found.predecessions.select_related("old__parent").order_by("event_on", "old__name_folded"),
        "children": Unit.objects.filter(parent=found).order_by("name_folded") if found.level != Level.COMMUNE else [],
        "day": day,
        "that_day": _on_that_day(found, day) if day else [],
        "villages": found.villages.order_by("name_folded"),
        "may_write": _may_write(request, found),
        "form": form,
        "today": on,
    }
    return TemplateResponse(request, "web/places/unit.html", context, status=status)


def _asked_day(request) -> date | None:
    text = request.GET.get("ngay", "").strip()
    try:
        return DayField(required=False).clean(text) if text else None
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return None


def _on_that_day(found: Unit, day: date) -> list[Unit]:
    """What held this area on a day: the row of the same code, or what came into it, or what it became."""
    same = unit_on(found.code, day)
    if found.period.upper is not None and day >= found.period.upper:
        return [heir.unit for heir in where_today(found, on=day)]
    if found.period.lower is None or day >= found.period.lower:
        return [found]
    before = {step.old for step in found.predecessions.select_related("old")}
    rows = [row for old in before for row in (_on_that_day(old, day) if _began_after(old, day) else [old])]
    return sorted(set(rows) | ({same} if same in before else set()), key=lambda row: row.name_folded)


def _began_after(row: Unit, day: date) -> bool:
    return row.period.lower is not None and row.period.lower > day


def _may_write(request, found: Unit) -> bool:
    if request.post.role not in WRITES or found.level != Level.COMMUNE:
        return False
    return communes_of(request.post, on=today()).filter(pk=found.pk).exists()


def _writable(request, key: str) -> Unit:
    found = get_object_or_404(Unit, on_day(today()), key=key)
    if not _may_write(request, found):
        raise PermissionDenied(_("Chỉ xã sở tại và phòng chuyên môn được sửa thôn của xã này."))
    return found


@require_POST
@for_roles(*WRITES)
def add_village(request, key):
    """Add a village to a commune."""
    found = _writable(request, key)
    form = VillageForm(request.POST)
    if form.is_valid():
        try:
            operations.open_village(unit=found, **form.cleaned_data, by=request.post.actor, now=now())
        except AnsinhError as error:
            form.add_error(getattr(error, "field", None) or "name", str(error))
        else:
            messages.success(request, _("Đã thêm thôn."))
            return redirect("localities:unit", key=key)
    return _unit_page(request, found, form, status=422)


@require_POST
@for_roles(*WRITES)
def change_village(request, key, number):
    """Rename a village, or end it today."""
    village = get_object_or_404(Village.objects.select_related("unit"), unit=_writable(request, key), pk=number)
    who = {"village": village, "by": request.post.actor, "now": now()}
    try:
        if request.POST.get("act") == "end":
            operations.end_village(on=today(), **who)
            messages.success(request, _("Đã thôi dùng tên thôn này."))
        else:
            operations.rename_village(name=request.POST.get("name", ""), **who)
            messages.success(request, _("Đã đổi tên thôn."))
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("localities:unit", key=key)
