"""What followed from a wrong act: what may be undone with it, what somebody has to decide, what comes right by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from ansinh.dossiers.models import Dossier
from ansinh.entitlements.models import Benefit, Decision, DecisionItem, Entitlement
from ansinh.kernel.money import money_text
from ansinh.kernel.periods import month_of, month_text, months_text, parse_month
from ansinh.pages.nouns import noun_url
from ansinh.payments.models import PaymentLine
from ansinh.people.models import Person
from ansinh.watch.models import WatchItem, WatchKind
from ansinh.watch.queries.listing import unanswered
from ansinh.watch.queries.resuming import stopped_entries

# Dossiers that only a death explains, by procedure; of the others those whose case says so.
DEATH_PROCEDURES = ("funeral",)
DEATH_CASES = ("death", "died")
HELD_BY_DEATH = "Đã mất ngày"  # how a list begins to say why it holds such a line


@dataclass(frozen=True)
class Consequence:
    """One thing that followed, in words, with its page."""

    words: str
    url: str = ""


@dataclass
class Followed:
    """What followed, row by row. `drafts`: unsigned decisions about this person alone; `shared`: unsigned ones about others too."""

    items: list[WatchItem] = field(default_factory=list)
    dossiers: list[Dossier] = field(default_factory=list)
    answered: list[Dossier] = field(default_factory=list)
    drafts: list[Decision] = field(default_factory=list)
    shared: list[Decision] = field(default_factory=list)
    stopped: list[Entitlement] = field(default_factory=list)
    held: list[PaymentLine] = field(default_factory=list)
    asked: list[PaymentLine] = field(default_factory=list)
    recoveries: list[DecisionItem] = field(default_factory=list)
    funerals: list[Entitlement] = field(default_factory=list)  # each with `lines_out`: what signed lists hold of it


def followed_death(person: Person, died_on: date) -> Followed:
    """Everything that followed a death of the register, also after it was taken back. A constant number of queries."""
    dossiers = Dossier.objects.filter(person=person)
    dossiers = dossiers.filter(procedure__in=DEATH_PROCEDURES) | dossiers.filter(case__in=DEATH_CASES)
    open_ones = set(unanswered([person.id]).values_list("pk", flat=True))
    found = _followed(person, stopped_entries(person, since=month_of(died_on)))
    found.items = list(WatchItem.objects.filter(person=person, kind=WatchKind.DEATH, state="open").order_by("id"))
    found.dossiers = [one for one in dossiers.order_by("id") if one.pk in open_ones]
    found.answered = [one for one in dossiers.order_by("id") if one.pk not in open_ones and one.state in ("decided", "delivered")]
    found.funerals = _funerals(person)
    # Money for the care of the person is held by the death as well; it stands on the carer's lines.
    care = list(Entitlement.objects.filter(cared_for=person).values_list("pk", flat=True))
    theirs = PaymentLine.objects.filter(Q(person=person) | Q(entitlement__in=care)).select_related("list__run", "stop_request")
    held = theirs.filter(state="held").order_by("benefit_month", "id")
    last = month_of(died_on)
    by_death = [one for one in held if one.hold_reason.startswith(HELD_BY_DEATH) or hasattr(one, "stop_request")]
    dead = person.pk if person.died_on else None
    found.held = [one for one in held if one in by_death or (one.person_id == dead and one.benefit_month > last)]
    found.asked = list(theirs.filter(state="due", stop_request__isnull=False).order_by("benefit_month", "id"))
    return found


def _funerals(person: Person) -> list[Entitlement]:
    """Support decided for the funeral and not taken back by a decision."""
    rows = person.entitlements.filter(benefit=Benefit.FUNERAL, ended_by=None).select_related("granted_by__decision", "person")
    found = list(rows.order_by("id"))
    signed = PaymentLine.objects.filter(entitlement__in=found).exclude(list__state__in=("proposed", "checking"))
    signed = signed.select_related("list").order_by("id") if found else ()
    for entry in found:
        entry.lines_out = [line for line in signed if line.entitlement_id == entry.pk]
    return found


def followed_merge(person: Person) -> Followed:
    """What was stopped of somebody taken for another."""
    return _followed(person, stopped_entries(person))


def _followed(person: Person, stopped: list[Entitlement]) -> Followed:
    found = Followed(stopped=stopped)
    about = Q(person=person) | Q(cared_for=person)
    stops = DecisionItem.objects.filter(about, act="stop", decision__state="draft", decision__dossier=None).values("decision")
    for draft in Decision.objects.filter(pk__in=stops).order_by("id"):
        others = draft.items.exclude(about).exists()
        (found.shared if others else found.drafts).append(draft)
    since = min((one.months.upper for one in found.stopped), default=None)
    if since:
        items = DecisionItem.objects.filter(about, act="recovery", decision__state="signed").exclude(benefit=Benefit.FUNERAL)
        items = items.select_related("decision").order_by("id")
        found.recoveries = [one for one in items if max(map(parse_month, one.months)) >= since]
    return found


# In words -------------------------------------------------------------------------------------------------------------
def at_once(found: Followed) -> Iterator[Consequence]:
    """What is undone together with the act itself."""
    for item in found.items:
        yield Consequence(_("Đóng việc cần rà soát: %(what)s") % {"what": item.reason})
    for dossier in found.dossiers:
        words = _("Rút hồ sơ %(code)s: %(what)s") % {"code": dossier.shown_code, "what": dossier.sheet.label}
        yield Consequence(words, noun_url("dossier", dossier.code))
    for draft in found.drafts:
        yield Consequence(_("Bỏ %(draft)s: %(title)s") % {"draft": draft, "title": draft.title}, noun_url("decision", draft.code))
    for line in found.held:
        if releasable(line):
            yield Consequence(_("Bỏ dừng chi %(what)s") % {"what": _line(line)}, noun_url("payment_list", line.list.code))


def releasable(line: PaymentLine) -> bool:
    """Whether a line is held by the death alone, on a list nobody signed: what an officer held by hand is released by hand."""
    return line.list.state == "proposed" and line.hold_reason.startswith(HELD_BY_DEATH)


def to_decide(found: Followed) -> Iterator[Consequence]:
    """What somebody competent has to decide: each with its page."""
    for entry in found.stopped:
        paper = entry.ended_by.decision
        words = _("%(paper)s thôi hưởng %(amount)s từ tháng %(month)s (dòng sổ hưởng %(code)s): cần quyết định hưởng lại") % {
            "paper": paper, "amount": money_text(entry.amount_vnd), "month": month_text(entry.months.upper), "code": entry.code,
        }  # fmt: skip
        yield Consequence(words, noun_url("decision", paper.code))
    for draft in found.shared:
        words = _("%(draft)s có dòng thôi hưởng người này cùng người khác: bỏ dự thảo rồi soạn lại, không ký bản này") % {
            "draft": draft
        }
        yield Consequence(words, noun_url("decision", draft.code))
    for entry in found.funerals:
        yield _funeral(entry)
    for dossier in found.answered:
        if dossier.procedure == "funeral" and found.funerals:
            continue  # told with its money
        words = _("Hồ sơ %(code)s (%(what)s) đã có kết quả: xem xét thu hồi tiền đã chi, nếu có") % {
            "code": dossier.shown_code, "what": dossier.sheet.label,
        }  # fmt: skip
        yield Consequence(words, noun_url("dossier", dossier.code))
    for item in found.recoveries:
        months = months_text([parse_month(text) for text in item.months])
        words = _("%(paper)s thu hồi %(amount)s mỗi tháng của %(months)s: cần thu hồi quyết định này; phần đã thu nằm trong dự thảo") % {
            "paper": item.decision, "amount": money_text(item.amount_vnd), "months": months,
        }  # fmt: skip
        yield Consequence(words, noun_url("decision", item.decision.code))
    yield from _of_lists(found)


def _of_lists(found: Followed) -> Iterator[Consequence]:
    """Lines that are held or were asked to be stopped, where an officer has to say otherwise."""
    for line in found.held:
        if line.list.state == "checking":
            words = _("%(what)s đang trình ký mà dừng chi: trả lại danh sách rồi bỏ dừng chi") % {"what": _line(line)}
            yield Consequence(words, noun_url("payment_list", line.list.code))
        elif hasattr(line, "stop_request"):
            words = _("%(what)s đã dừng theo yêu cầu: danh sách sau nêu lại, cần bỏ dừng chi ở đó") % {"what": _line(line)}
            yield Consequence(words, noun_url("payment_list", line.list.code))
        elif line.list.state == "proposed" and not releasable(line):
            words = _("%(what)s đang dừng chi (%(why)s): xem lại rồi bỏ dừng chi") % {
                "what": _line(line),
                "why": line.hold_reason,
            }
            yield Consequence(words, noun_url("payment_list", line.list.code))
    for line in found.asked:
        words = _("%(what)s đã gửi yêu cầu dừng chi: báo tổ chức chi trả vẫn chi") % {"what": _line(line)}
        yield Consequence(words, noun_url("payment_list", line.list.code))


def _funeral(entry: Entitlement) -> Consequence:
    """A funeral that was none: what was handed out is taken back by a decision, what was not is revoked."""
    paper = entry.granted_by.decision
    told = {"paper": paper, "amount": money_text(entry.amount_vnd), "name": (entry.payee or {}).get("name", "")}
    states = {line.state for line in entry.lines_out}
    if "paid" in states:
        words = _("%(paper)s hỗ trợ mai táng %(amount)s, đã chi cho %(name)s: cần quyết định thu hồi")
    elif "due" in states:
        words = _("%(paper)s hỗ trợ mai táng %(amount)s, đã chuyển chi trả cho %(name)s: yêu cầu dừng chi; đã nhận thì thu hồi")
        return Consequence(words % told, noun_url("payment_list", entry.lines_out[-1].list.code))
    else:
        words = _("%(paper)s hỗ trợ mai táng %(amount)s cho %(name)s, chưa chi: cần thu hồi quyết định")
    return Consequence(words % told, noun_url("decision", paper.code))


def by_itself(found: Followed) -> Iterator[Consequence]:
    """What the next list sets right without anybody."""
    for line in found.held:
        if line.list.state not in ("proposed", "checking") and not hasattr(line, "stop_request"):
            words = _("%(what)s đã dừng chi: danh sách sau truy lĩnh") % {"what": _line(line)}
            yield Consequence(words, noun_url("payment_list", line.list.code))


def _line(line: PaymentLine) -> str:
    return _("dòng chi trả %(amount)s tháng %(month)s, danh sách %(list)s") % {
        "amount": money_text(line.amount_vnd), "month": month_text(line.benefit_month), "list": line.list.code,
    }  # fmt: skip
