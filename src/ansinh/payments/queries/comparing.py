"""A list beside the one of last month: person by person, with a reason each, so that opening + reasons = closing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.entitlements.models import DecisionItem
from ansinh.kernel.periods import month_text
from ansinh.pages.differences import Difference, Group, Reason, Total
from ansinh.payments.models import LineKind, PaymentLine, PaymentList

REASONS = {
    "new": gettext_lazy("Hưởng mới theo quyết định"),
    "released": gettext_lazy("Chi lại sau khi dừng"),
    "resumed": gettext_lazy("Hưởng lại"),
    "died": gettext_lazy("Dừng chi do từ trần"),
    "held": gettext_lazy("Dừng chi chờ xác minh"),
    "stopped": gettext_lazy("Thôi hưởng theo quyết định"),
    "suspended": gettext_lazy("Tạm dừng"),
    "gone": gettext_lazy("Không còn trong sổ hưởng của xã"),
    "standard": gettext_lazy("Mức chuẩn mới"),
    "coefficient": gettext_lazy("Điều chỉnh hệ số"),
    "category": gettext_lazy("Đổi loại đối tượng"),
    "count": gettext_lazy("Đổi số con"),
    "same": gettext_lazy("Khác"),
}
EXTRAS = {
    LineKind.ARREARS: gettext_lazy("Truy lĩnh"),
    LineKind.RECOVERY: gettext_lazy("Thu hồi"),
    LineKind.CARRIED: gettext_lazy("Tháng trước chưa nhận, chi lại"),
    LineKind.ONCE: gettext_lazy("Hỗ trợ một lần"),
}


@dataclass
class Change:
    """One person's difference: before, now, the reason, and where it comes from."""

    person_id: int
    code: str
    name: str
    before_vnd: int
    now_vnd: int
    reason: str
    basis: str = ""

    @property
    def amount_vnd(self) -> int:
        return self.now_vnd - self.before_vnd


@dataclass
class Comparison:
    """The sheet for the page, and the people behind each reason."""

    sheet: Difference
    changes: list[Change] = field(default_factory=list)


def comparison(payment_list: PaymentList, *, url: str = "") -> Comparison:
    """The list beside `payment_list.previous`. Six queries, whatever the number of people; only lines that differ are read."""
    sums = _sums(payment_list)
    changes = _changes(payment_list)
    opening, closing = sums[payment_list.previous_id, LineKind.REGULAR], sums[payment_list.pk, LineKind.REGULAR]
    extras_before, extras_now = _extras(sums, payment_list.previous_id), _extras(sums, payment_list.pk)
    everybody = _everybody(payment_list)
    before, now = everybody[payment_list.previous_id], everybody[payment_list.pk]
    groups = [Group(_("Thường xuyên"), tuple(_reasons(changes, url)))]
    if extras_now:
        rows = [_extra(payment_list, k, v, url) for k, v in extras_now.items()]
        groups.append(Group(_("Chỉ trong đợt này"), (*rows, *_alone(now - closing[0]))))
    if extras_before:
        rows = [_extra(payment_list.previous, k, -v, url, ended=True) for k, v in extras_before.items()]
        groups.append(Group(_("Chỉ trong đợt trước"), (*rows, *_alone(opening[0] - before))))
    total = sum(vnd for (key, _kind), (_people, vnd) in sums.items() if key == payment_list.pk)
    previous = payment_list.previous.run.benefit_month if payment_list.previous_id else None
    label = _("Đã chốt tháng %(month)s") % {"month": month_text(previous)} if previous else _("Chưa có đợt trước")
    sheet = Difference(
        caption=_("Vì sao chênh lệch so với tháng trước"),
        opening=Total(label, before, opening[1] + sum(extras_before.values())),
        groups=tuple(group for group in groups if group.rows),
        closing=Total(_("Tháng %(m)s") % {"m": month_text(payment_list.run.benefit_month)}, now, total),
    )
    return Comparison(sheet, changes)


def _extra(of: PaymentList, kind: str, money: int, url: str, *, ended: bool = False) -> Reason:
    """Money that stands on one of the two lists only; where reasons open, this opens to its lines."""
    lines = f"{reverse('payments:lines', args=[of.code])}?loai={kind}" if url else ""
    words = _("%(kind)s của đợt trước, nay hết") % {"kind": EXTRAS[kind]} if ended else EXTRAS[kind]
    return Reason(str(words), None, money, "", lines)


def _alone(people: int) -> list[Reason]:
    """People who stand on one of the two lists with such money only, so that the people add up as well."""
    return [Reason(_("Người chỉ có các khoản này"), people, 0, "", "")] if people else []


def _everybody(payment_list: PaymentList) -> dict[int | None, int]:
    """Everybody to be paid, whatever for, by list."""
    rows = _both(payment_list).exclude(state="held").values_list("list")
    return defaultdict(int, dict(rows.annotate(people=Count("person", distinct=True))))


def _paid(lines: Iterable[PaymentLine]) -> Iterable[PaymentLine]:
    return (line for line in lines if line.state != "held")


def _both(payment_list: PaymentList) -> QuerySet[PaymentLine]:
    """Lines of the list and of the one before, of people whoever asks may see."""
    keys = [key for key in (payment_list.pk, payment_list.previous_id) if key]
    return PaymentLine.objects.filter(list__in=keys, person__code__isnull=False).order_by()


def _sums(payment_list: PaymentList) -> dict[tuple[int | None, str], tuple[int, int]]:
    """People and money to be paid, by list and kind."""
    rows = _both(payment_list).exclude(state="held").values_list("list", "kind")
    found = rows.annotate(people=Count("person", distinct=True), vnd=Sum("amount_vnd"))
    return defaultdict(lambda: (0, 0), {(key, kind): (people, vnd) for key, kind, people, vnd in found})


def _extras(sums: dict[tuple[int | None, str], tuple[int, int]], key: int | None) -> dict[str, int]:
    return {kind: sums[key, kind][1] for kind in EXTRAS if (key, kind) in sums}


def _changes(payment_list: PaymentList) -> list[Change]:
    old, new = _differing(payment_list)
    items = _items(old.keys() | new.keys(), payment_list.run.benefit_month)
    found = []
    for person in sorted(old.keys() | new.keys()):
        one = (new.get(person) or old[person])[0].person
        reason, basis = _reason(old.get(person, []), new.get(person, []), items.get(person, []))
        found.append(Change(person, one.code, one.full_name, _sum(old.get(person, [])), _sum(new.get(person, [])), reason, basis))
    return found


def _differing(payment_list: PaymentList) -> tuple[dict[int, list[PaymentLine]], dict[int, list[PaymentLine]]]:
    """Regular lines before and now of those who are to be paid more or less than before."""
    regular, payable = _both(payment_list).filter(kind=LineKind.REGULAR), ~Q(state="held")
    sums = regular.values("person").annotate(
        now=Sum("amount_vnd", filter=payable & Q(list=payment_list.pk), default=0),
        rest=Sum("amount_vnd", filter=payable & ~Q(list=payment_list.pk), default=0),
    )
    differing = list(sums.exclude(now=F("rest")).values_list("person", flat=True))
    rows: tuple[dict, dict] = (defaultdict(list), defaultdict(list))
    for line in regular.filter(person__in=differing).select_related("person").order_by("id"):
        rows[line.list_id == payment_list.pk][line.person_id].append(line)
    return rows


def _sum(lines: list[PaymentLine]) -> int:
    return sum(line.amount_vnd for line in _paid(lines))


def _items(persons: Collection[int], month: date) -> dict[int, list[DecisionItem]]:
    """Signed items about these people, newest first: they tell the reason and its paper."""
    rows: dict[int, list[DecisionItem]] = defaultdict(list)
    found = DecisionItem.objects.filter(person__in=persons, decision__state="signed", from_month__lte=month)
    for item in found.select_related("decision").order_by("-id"):
        rows[item.person_id].append(item)
    return rows


def _reason(old: list[PaymentLine], new: list[PaymentLine], items: list[DecisionItem]) -> tuple[str, str]:
    paper = f"Quyết định {items[0].decision.number}" if items else ""
    old_paid, new_paid = list(_paid(old)), list(_paid(new))
    if not new_paid:
        held = [line for line in new if line.state == "held"]
        if held:
            died = held[0].hold_reason.startswith("Đã mất")
            return ("died" if died else "held"), held[0].hold_reason
        last = next((item for item in items if item.act in ("stop", "suspend")), None)
        if last:
            words = {"stop": "stopped", "suspend": "suspended"}[last.act]
            return words, f"Quyết định {last.decision.number}"
        return "gone", ""
    if not old_paid:
        if old:
            return "released", ""
        resumed = next((item for item in items if item.act == "resume"), None)
        return ("resumed" if resumed else "new"), paper
    return _changed_amount(old_paid, new_paid), paper


def _changed_amount(old: list[PaymentLine], new: list[PaymentLine]) -> str:
    if len(old) != len(new):  # one more benefit, or one less, beside what goes on
        return "new" if len(new) > len(old) else "stopped"
    first, second = old[0], new[0]
    if first.category != second.category:
        return "category"
    if first.coefficient != second.coefficient:
        return "coefficient"
    if first.count != second.count:
        return "count"
    return "standard" if first.standard_vnd != second.standard_vnd else "same"


def _reasons(changes: list[Change], url: str) -> Iterable[Reason]:
    """Reasons in the order of REASONS; people count only where somebody came or went."""
    for key, label in REASONS.items():
        mine = [change for change in changes if change.reason == key]
        if not mine:
            continue
        came = sum((c.now_vnd > 0) - (c.before_vnd > 0) for c in mine)
        papers = sorted({c.basis for c in mine if c.basis})
        basis = papers[0] if len(papers) == 1 else ""
        yield Reason(label, came, sum(c.amount_vnd for c in mine), basis, f"{url}?ly-do={key}" if url else "")
