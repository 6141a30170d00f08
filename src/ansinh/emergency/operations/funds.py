"""Relief funds: opened, received into, allocated from, corrected by counter-entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.emergency.models import AidList, FundEntry, FundEntryKind, ReliefFund
from ansinh.emergency.workflow import GIVERS, OPENERS
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.kernel.money import money_text

KEEPERS = tuple(dict.fromkeys((*GIVERS, *OPENERS)))


@dataclass(frozen=True)
class NewEntry:
    """One receipt or allocation: money, goods with their worth, from or to whom, with which receipt."""

    kind: str
    on: date
    party: str
    receipt: str
    amount_vnd: int = 0
    goods: str = ""
    goods_vnd: int = 0
    aid_list: AidList | None = None


@transaction.atomic
def open_fund(*, name: str, purpose: str, by: Post, now: datetime) -> ReliefFund:
    """Open a fund of one's own place. Raises AlreadyDone for a name the place has already."""
    if by.role not in KEEPERS or by.office.unit is None:
        raise NotAllowed(_("Chức vụ này không lập quỹ."))
    if not name.strip():
        raise InvalidInput(_("Hãy ghi tên quỹ."), field="name")
    try:
        with transaction.atomic():
            made = ReliefFund.objects.create(
                unit=by.office.unit, name=name.strip(), purpose=purpose.strip(), opened_by=by, opened_at=now
            )
    except IntegrityError:
        raise AlreadyDone(_("Đã có quỹ tên “%(name)s”.") % {"name": name.strip()}) from None
    journal.record(by=by.actor, act="open_fund", noun="relief_fund", key=made.code, at=now)
    return made


def _open(fund: ReliefFund, by: Post) -> ReliefFund:
    if by.role not in KEEPERS or by.office.unit_id != fund.unit_id:
        raise NotAllowed(_("Chỉ cơ quan giữ quỹ ghi sổ quỹ."))
    return ReliefFund.objects.select_for_update(of=("self",)).get(pk=fund.pk)


@transaction.atomic
def record_fund_entry(*, fund: ReliefFund, new: NewEntry, by: Post, now: datetime) -> FundEntry:
    """Write down what was received from whom, or allocated to what. Never more is allocated than remains.

    Raises InvalidInput for what is missing or more than remains, AlreadyDone for a receipt number used before.
    """
    held = _open(fund, by)
    _check(held, new, now.date())
    try:
        with transaction.atomic():
            made = FundEntry.objects.create(
                fund=held, kind=new.kind, on=new.on, party=new.party.strip(), receipt=new.receipt.strip(),
                amount_vnd=new.amount_vnd, goods=new.goods.strip(), goods_vnd=new.goods_vnd, list=new.aid_list, recorded_by=by,
                recorded_at=now,
            )  # fmt: skip
    except IntegrityError:
        raise AlreadyDone(_("Số chứng từ %(number)s đã ghi trong quỹ này.") % {"number": new.receipt}) from None
    detail = {"kind": made.kind, "vnd": made.amount_vnd}
    journal.record(by=by.actor, act="record_fund_entry", noun="fund_entry", key=made.code, detail=detail, at=now)
    return made


def _check(held: ReliefFund, new: NewEntry, on: date) -> None:
    if new.kind not in FundEntryKind:
        raise InvalidInput(_("Hãy chọn loại bút toán."), field="kind")
    if new.on > on:
        raise InvalidInput(_("Ngày chưa tới."), field="on")
    if min(new.amount_vnd, new.goods_vnd) < 0 or not (new.amount_vnd or new.goods.strip()):
        raise InvalidInput(_("Hãy ghi số tiền lớn hơn 0, hoặc hiện vật."), field="amount_vnd")
    if new.kind != FundEntryKind.OPENING and not (new.receipt.strip() and (new.party.strip() or new.aid_list)):
        raise InvalidInput(_("Hãy ghi số chứng từ và người ủng hộ, nơi được phân bổ."), field="receipt")
    if new.kind != FundEntryKind.ALLOCATED:
        return
    if new.aid_list and (new.aid_list.unit_id != held.unit_id or new.aid_list.state == "accounted"):
        raise InvalidInput(_("Chỉ phân bổ cho danh sách của mình, chưa quyết toán."), field="aid_list")
    left_vnd, left_goods = remaining(held)
    if new.amount_vnd > left_vnd or new.goods_vnd > left_goods:
        words = _("Quỹ còn %(money)s tiền và hiện vật trị giá %(goods)s; không phân bổ quá số còn lại.")
        raise InvalidInput(words % {"money": money_text(left_vnd), "goods": money_text(left_goods)}, field="amount_vnd")


def remaining(fund: ReliefFund) -> tuple[int, int]:
    """(money, worth of goods) that a fund has left: opening and received less allocated. One query."""
    rows = fund.entries.values("kind").annotate(vnd=Sum("amount_vnd"), goods=Sum("goods_vnd")).order_by()
    signs = {row["kind"]: -1 if row["kind"] == FundEntryKind.ALLOCATED else 1 for row in rows}
    return sum(signs[r["kind"]] * r["vnd"] for r in rows), sum(signs[r["kind"]] * r["goods"] for r in rows)


@transaction.atomic
def correct_fund_entry(*, entry: FundEntry, reason: str, by: Post, now: datetime) -> FundEntry:
    """Take a wrong entry back by its counter-entry. Raises InvalidInput when what it brought is allocated already."""
    held = _open(entry.fund, by)
    if entry.corrects_id:
        raise InvalidInput(_("Bút toán đảo không sửa được; hãy ghi lại bút toán đúng."))
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do."), field="note")
    if entry.list and entry.list.state == "accounted":
        raise InvalidInput(_("Danh sách nhận phân bổ đã quyết toán; không đảo bút toán này."))
    left_vnd, left_goods = remaining(held)
    if entry.kind != FundEntryKind.ALLOCATED and (entry.amount_vnd > left_vnd or entry.goods_vnd > left_goods):
        raise InvalidInput(_("Phần này đã được phân bổ; hãy đảo bút toán phân bổ trước."))
    try:
        with transaction.atomic():
            made = FundEntry.objects.create(
                fund=held, kind=entry.kind, on=now.date(), party=entry.party, receipt=entry.receipt, amount_vnd=-entry.amount_vnd,
                goods=entry.goods, goods_vnd=-entry.goods_vnd, list=entry.list, corrects=entry, reason=reason.strip(),
                recorded_by=by, recorded_at=now,
            )  # fmt: skip
    except IntegrityError:
        raise AlreadyDone(_("Bút toán này đã có bút toán đảo.")) from None
    entry.is_taken_back = True
    entry.save(update_fields=["is_taken_back"])
    journal.record(by=by.actor, act="correct_fund_entry", noun="fund_entry", key=made.code, detail={"of": entry.code}, at=now)
    return made
