"""Relief funds: the funds of a place, one with its book, counter-entries."""

from __future__ import annotations

from django.db.models import Q, Sum
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.access.guards import for_roles
from ansinh.database.clock import now, today
from ansinh.emergency import operations, queries
from ansinh.emergency.exports import fund_workbook
from ansinh.emergency.forms import FundEntryForm, FundForm, NoteForm
from ansinh.emergency.models import AidList, FundEntry, ReliefFund
from ansinh.emergency.operations.funds import KEEPERS, NewEntry, remaining
from ansinh.emergency.views.answering import LOOKS, form_page, handed_out
from ansinh.files.kinds import XLSX
from ansinh.journal import operations as journal
from ansinh.pages.lists import Column, Listing

_COLUMNS = (
    Column("ngay", gettext_lazy("Ngày")),
    Column("loai", gettext_lazy("Loại")),
    Column("ben", gettext_lazy("Người ủng hộ, nơi nhận")),
    Column("tien", gettext_lazy("Số tiền (đồng)"), numeric=True),
    Column("hang", gettext_lazy("Hiện vật")),
)
_SORTS = {"ngay": ("-on", "-id")}


@for_roles(*LOOKS)
def funds(request):
    """The funds of my place with what is left of each; whoever keeps them opens one here."""
    allocated = Q(entries__kind="allocated")
    rows = ReliefFund.objects.select_related("unit").order_by("unit__name_folded", "name")
    rows = rows.annotate(
        received=Sum("entries__amount_vnd", filter=~allocated, default=0),
        out=Sum("entries__amount_vnd", filter=allocated, default=0),
    )
    may = request.post.role in KEEPERS
    form = FundForm((request.POST or None) if may else None)

    def done() -> str:
        made = operations.open_fund(by=request.post, now=now(), **form.cleaned_data)
        return reverse("emergency:fund", args=[made.code])

    return form_page(
        request, form, done, title=_("Quỹ cứu trợ, ủng hộ"), button=_("Lập quỹ"), rows=[(one, one.received - one.out) for one in rows],
        back=(reverse("emergency:occasions"), _("Trợ giúp khẩn cấp, quà tặng")), may_write=may, template="emergency/funds.html",
    )  # fmt: skip


@for_roles(*LOOKS)
def fund(request, code):
    """One fund: opening and received less allocated is what remains; every entry, and a form for the next."""
    found = get_object_or_404(ReliefFund.objects.select_related("unit"), code=code)
    may = request.post.role in KEEPERS and request.post.office.unit_id == found.unit_id
    entries = found.entries.select_related("list__occasion", "corrects", "corrected_by")
    listing = Listing(request, entries, columns=_COLUMNS, sorts=_SORTS, exported=True)
    if listing.wants_export:
        journal.note_read(by=request.post.actor, act="export", noun="relief_fund", key=found.code, at=now())
        return handed_out(fund_workbook(found, entries.order_by("on", "id"), remaining(found)), f"{found.code}.xlsx", XLSX)
    lists = AidList.objects.filter(unit=found.unit).exclude(state="accounted").select_related("occasion").order_by("-id")
    form = FundEntryForm((request.POST or None) if may else None, lists=lists, initial={"on": today()})

    def done() -> str:
        data = {key: value for key, value in form.cleaned_data.items() if value is not None}
        operations.record_fund_entry(fund=found, new=NewEntry(**data), by=request.post, now=now())
        return reverse("emergency:fund", args=[code])

    return form_page(
        request, form, done, title=found.name, button=_("Ghi bút toán"), back=(reverse("emergency:funds"), _("Quỹ cứu trợ, ủng hộ")),
        fund=found, listing=listing, sums=queries.fund_sums(found), may_write=may, template="emergency/fund.html",
    )  # fmt: skip


@for_roles(*KEEPERS)
def correct_fund_entry(request, code):
    """Take a wrong entry back."""
    entry = get_object_or_404(FundEntry.objects.select_related("fund", "list"), code=code)
    form = NoteForm(request.POST or None)

    def done() -> None:
        operations.correct_fund_entry(entry=entry, reason=form.cleaned_data["note"], by=request.post, now=now())

    back = (reverse("emergency:fund", args=[entry.fund.code]), entry.fund.name)
    return form_page(request, form, done, title=_("Đảo bút toán %(code)s") % {"code": entry.code}, button=_("Đảo"), back=back)
