"""Numbers of papers going out: without gap and without double, one series for paper and electronic (NĐ 30/2020, Điều 15)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from ansinh.access.models import Office, Post
from ansinh.documents.letterhead import office_on, symbol_of
from ansinh.documents.models import Numbering, NumberSeries, OutgoingEntry, Paper, Source
from ansinh.documents.queries import keeps_papers, numbering_on
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed


def _check_hand(by: Post, office: Office) -> None:
    if not keeps_papers(by, office):
        raise NotAllowed(_("Chỉ văn thư, trưởng phòng của chính cơ quan ban hành mới lấy số, sửa sổ văn bản đi của cơ quan đó."))


@transaction.atomic
def set_numbering(*, office: Office, source: str, per_kind: bool, since: date, by: Post, now: datetime) -> Numbering:
    """From a day on, number an office's papers so. What held before ends the day before. Raises InvalidInput for a day before it began."""
    _check_hand(by, office)
    before = office.numberings.select_for_update().filter(period__endswith=None, period__isempty=False).first()
    if before:
        if since < before.period.lower:
            raise InvalidInput(
                _("Cách đánh số đang dùng bắt đầu từ %(day)s; hãy chọn ngày sau đó.")
                % {"day": f"{before.period.lower:%d/%m/%Y}"},
                field="since",
            )
        if before.source == source == Source.OWN and before.per_kind != per_kind:
            _check_year_is_new(office, since)
        before.period = DateRange(before.period.lower, since)
        before.save(update_fields=["period"])
    made = Numbering.objects.create(
        office=office, unit=office.unit, source=source, per_kind=per_kind, period=DateRange(since, None), set_by=by, set_at=now
    )
    journal.record(by=by.actor, act="set_numbering", noun="numbering", key=office.code, detail={"source": source}, at=now)
    return made


def _check_year_is_new(office: Office, since: date) -> None:
    """Series are put together or parted with a new year: within one, numbers would meet or leave gaps."""
    if OutgoingEntry.objects.filter(office=office, year=since.year).exclude(number=None).exists():
        raise InvalidInput(
            _("Sổ năm %(year)d đã cấp số. Chia hay gộp dãy số từ ngày 01/01/%(next)d.")
            % {"year": since.year, "next": since.year + 1},
            field="since",
        )


@transaction.atomic
def start_series(*, office: Office, year: int, symbol: str, last: int, by: Post, now: datetime) -> NumberSeries:
    """Go on after a number of the paper register. Only while nothing of the series was taken here: later it would leave a gap."""
    _check_hand(by, office)
    series = _held(office, year, _series_of(office, symbol, min(now.date(), date(year, 12, 31))))
    if OutgoingEntry.objects.filter(office=office, year=year, series=series.series).exclude(number=None).exists():
        raise AlreadyDone(_("Sổ năm %(year)d đã cấp số; không đổi số bắt đầu được nữa.") % {"year": year})
    series.last = last
    series.save(update_fields=["last"])
    journal.record(
        by=by.actor, act="start_series", noun="number_series", key=office.code, detail={"year": year, "last": last}, at=now
    )
    return series


@transaction.atomic
def take_number(
    *, office: Office, symbol: str, kind: str, summary: str, on: date, by: Post, now: datetime, paper: Paper | None = None,
    signer: str = "", recipients: str = "", kept_by: str = "", copies: int = 1,
) -> OutgoingEntry:  # fmt: skip
    """Take the next number of the office's own register for a paper dated `on`.

    Whoever else takes one waits until this is done or undone, so that no number is doubled and none is lost. Raises
    InvalidInput where numbers are typed from elsewhere, for a day that lies ahead or before the last paper's; AlreadyDone for
    a paper that has its number.
    """
    _check_hand(by, office)
    rule = numbering_on(office, on)
    if rule is None or rule.source != Source.OWN:
        raise InvalidInput(_("Cơ quan ghi số do văn thư hoặc hệ thống quản lý văn bản cấp; sổ này không tự cấp số."))
    if on > now.date():
        raise InvalidInput(_("Ngày văn bản %(day)s chưa tới.") % {"day": f"{on:%d/%m/%Y}"}, field="dated_on")
    series = _held(office, on.year, _series_of(office, symbol, on))
    _check_order(series, on)
    if paper:
        _check_unnumbered(paper)
    given = _next_symbol(series, symbol, on)
    series.save(update_fields=["last"])
    made = OutgoingEntry.objects.create(
        office=office, unit=office.unit, series=series.series, number=series.last,
        symbol=given, dated_on=on, kind=kind, summary=summary, signer=signer,
        recipients=recipients, kept_by=kept_by, copies=copies, paper=paper, taken_by=by, taken_at=now,
    )  # fmt: skip
    journal.record(by=by.actor, act="take_number", noun="outgoing_entry", key=made.code, detail={"symbol": made.symbol}, at=now)
    return made


def _series_of(office: Office, symbol: str, on: date) -> str:
    rule = numbering_on(office, on)
    return symbol if rule is None or rule.per_kind else ""


def _held(office: Office, year: int, series: str) -> NumberSeries:
    """The row of the series, held until the transaction ends; made by whoever comes first."""
    made, _is_new = NumberSeries.objects.get_or_create(office=office, year=year, series=series, defaults={"unit": office.unit})
    return NumberSeries.objects.select_for_update(of=("self",)).select_related("office__unit", "office__parent").get(pk=made.pk)


def _check_order(series: NumberSeries, on: date) -> None:
    """Numbers follow the days: a paper dated before the last one's day would stand out of order in the register."""
    entries = OutgoingEntry.objects.filter(office=series.office_id, year=series.year, series=series.series)
    last = entries.exclude(number=None).order_by("-number").first()
    if last and on < last.dated_on:
        raise InvalidInput(
            _("Số gần nhất %(symbol)s ghi ngày %(day)s; văn bản sau không ghi ngày trước đó.")
            % {"symbol": last.symbol, "day": f"{last.dated_on:%d/%m/%Y}"},
            field="dated_on",
        )


def _next_symbol(series: NumberSeries, symbol: str, on: date) -> str:
    """Move the series on by one; past numbers that stand in the register already, because they were typed for a while."""
    body = office_on(series.office, on)
    while True:
        series.last += 1
        given = symbol_of(symbol, body, series.last)
        if not OutgoingEntry.objects.filter(office=series.office_id, year=series.year, symbol=given).exists():
            return given


def _check_unnumbered(paper: Paper) -> None:
    if entry := paper.entries.filter(voided_at__isnull=True).first():
        raise AlreadyDone(_("Văn bản này đã có số %(symbol)s.") % {"symbol": entry.symbol})


@transaction.atomic
def register_typed(
    *,
    office: Office,
    symbol: str,
    kind: str,
    summary: str,
    on: date,
    by: Post,
    now: datetime,
    paper: Paper | None = None,
    signer: str = "",
    recipients: str = "",
) -> OutgoingEntry:
    """Write a number given elsewhere into the register. Raises InvalidInput when it stands there already in the year."""
    symbol = symbol.strip()
    try:
        with transaction.atomic():
            made = OutgoingEntry.objects.create(
                office=office, unit=office.unit, symbol=symbol, dated_on=on, kind=kind, summary=summary, paper=paper,
                signer=signer, recipients=recipients, taken_by=by, taken_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        if "outgoing_symbol_once_a_year" not in str(error):
            raise
        raise InvalidInput(
            _("Số %(symbol)s năm %(year)d đã ghi trong sổ văn bản đi cho văn bản khác.") % {"symbol": symbol, "year": on.year},
            field="number",
        ) from None
    journal.record(by=by.actor, act="register_number", noun="outgoing_entry", key=made.code, detail={"symbol": symbol}, at=now)
    return made


@transaction.atomic
def void_entry(*, entry: OutgoingEntry, reason: str, by: Post, now: datetime) -> OutgoingEntry:
    """Give a number back: it stays in the register with the reason, and is never given again.

    Raises AlreadyDone when it was given back or its paper is signed, InvalidInput without a reason.
    """
    entry = OutgoingEntry.objects.select_for_update(of=("self",)).select_related("paper", "office").get(pk=entry.pk)
    _check_hand(by, entry.office)
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do bỏ số."), field="reason")
    if entry.voided_at:
        raise AlreadyDone(_("Số %(symbol)s đã bỏ trước đó.") % {"symbol": entry.symbol})
    if (entry.paper and entry.paper.signed_at) or entry.about:
        raise AlreadyDone(_("Văn bản số %(symbol)s đã ký; số không bỏ được nữa.") % {"symbol": entry.symbol})
    return _void(entry, reason, by, now)


@transaction.atomic
def give_number_back(*, paper: Paper, reason: str, by: Post, now: datetime) -> None:
    """The number of a paper that will not be issued, if it has one. For use inside the operation that drops the paper."""
    entry = paper.entries.select_for_update(of=("self",)).filter(voided_at__isnull=True).first()
    if entry:
        _void(entry, reason, by, now)


def _void(entry: OutgoingEntry, reason: str, by: Post, now: datetime) -> OutgoingEntry:
    entry.voided_at, entry.voided_by, entry.void_reason = now, by, reason.strip()
    entry.save(update_fields=["voided_at", "voided_by", "void_reason"])
    journal.record(by=by.actor, act="void_number", noun="outgoing_entry", key=entry.code, detail={"symbol": entry.symbol}, at=now)
    return entry
