"""The journal on the screen. The inspector reads it whole, the administrator its outline: no key, no detail of a person."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.database.clock import now
from ansinh.files.kinds import XLSX
from ansinh.journal import operations as journal
from ansinh.journal.models import Entry, Outline, ReadEvent
from ansinh.journal.queries import entry_is_sound, kept_heads
from ansinh.pages.lists import Column, Listing, render_list
from ansinh.web.journal.exports import journal_workbook
from ansinh.web.journal.forms import JournalFilter
from ansinh.web.journal.words import act_words, noun_words

EXPORT_LIMIT = 50_000
_COLUMNS = (
    Column("luc", gettext_lazy("Lúc")),
    Column("ai", gettext_lazy("Người làm")),
    Column("viec", gettext_lazy("Việc")),
    Column("ve", gettext_lazy("Về")),
    Column("so", gettext_lazy("Số")),
)


@for_roles(Role.INSPECTOR, Role.ADMINISTRATOR)
def entries(request):
    """Every act, newest first. Filters stand in the address; taking the list out is itself noted."""
    whole = request.post.role == Role.INSPECTOR
    rows = Entry.objects.all() if whole else Outline.objects.all()
    return _list(request, rows, key="key" if whole else "open_key", title=_("NHẬT KÝ"), is_entries=True)


@for_roles(Role.INSPECTOR)
def reads(request):
    """Every read and export of personal data, newest first."""
    return _list(request, ReadEvent.objects.all(), key="key", title=_("LƯỢT XEM, XUẤT DỮ LIỆU CÁ NHÂN"), is_entries=False)


def _list(request, rows, *, key: str, title: str, is_entries: bool):
    form = JournalFilter(request.GET, keys=key == "key")
    found = form.applied_to(rows)
    listing = Listing(
        request, found, columns=_COLUMNS, sorts={"moi": ("-id",)}, form=form, counted=False, exported=True, name=_moment
    )
    if listing.wants_export:
        return _export(request, listing, key=key, title=title, noun="entry" if is_entries else "read_event")
    for row in listing.rows:
        row.act_words, row.noun_words, row.shown_key = act_words(row.act), noun_words(row.noun), getattr(row, key)
    context = {"listing": listing, "is_entries": is_entries, "whole": key == "key"}
    return render_list(request, "web/journal/entries.html", "web/journal/_rows.html", context)


def _moment(row) -> str:
    return f"{timezone.localtime(row.at):%d/%m/%Y %H:%M}"


def _export(request, listing: Listing, *, key: str, title: str, noun: str) -> HttpResponse:
    moment = now()
    journal.note_read(
        by=request.post.actor, act="export", noun=noun, key="", detail={"filter": listing.query.urlencode()}, at=moment
    )
    watermark = _("%(who)s xuất lúc %(when)s") % {"who": request.post.actor.text, "when": f"{moment:%H:%M %d/%m/%Y}"}
    rows = listing.queryset.order_by(*listing.order)[:EXPORT_LIMIT]
    response = HttpResponse(journal_workbook(rows, title=title, key=key, watermark=watermark), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="nhat-ky.xlsx"'
    return response


@for_roles(Role.INSPECTOR, Role.ADMINISTRATOR)
def entry(request, number):
    """One entry, and whether it still is what was written: its own hash, its link, the heads kept outside."""
    whole = request.post.role == Role.INSPECTOR
    found = (Entry if whole else Outline).objects.filter(pk=number).first()
    if found is None:
        raise Http404
    context = {
        "entry": found,
        "act_words": act_words(found.act),
        "noun_words": noun_words(found.noun),
        "key": found.key if whole else found.open_key,
        "detail": sorted(found.detail.items()) if whole else [],
        "whole": whole,
        # Only who may read the content can reckon its hash again.
        "sound": entry_is_sound(found.id) if whole else None,
        "kept": next((head for head in kept_heads(settings.ANSINH_HEADS) if head.entry >= found.id), None),
        "before": found.id - 1,
        "after": found.id + 1 if Outline.objects.filter(pk=found.id + 1).exists() else None,
    }
    return TemplateResponse(request, "web/journal/entry.html", context)
