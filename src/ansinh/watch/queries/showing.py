"""What the page “Sửa sai” shows before and after: what followed, and the months that would be given back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ansinh.entitlements.drafts import ItemDraft
from ansinh.entitlements.models import Act, Decision, DecisionItem, Entitlement
from ansinh.entitlements.queries.resting import resting_on_decision
from ansinh.kernel.periods import add_months, month_of
from ansinh.pages.nouns import noun_url
from ansinh.people.models import Person
from ansinh.watch.models import Correction
from ansinh.watch.queries.followed import Consequence, Followed, at_once, by_itself, followed_death, followed_merge, to_decide
from ansinh.watch.queries.overpaid import funeral_to_recover, lines_to_set_right
from ansinh.watch.queries.resuming import lines_to_resume, stopped_entries


@dataclass(frozen=True)
class Plan:
    """What a correction would do. `lines`: those of the drafts; `waiting`: months that hang on an unconfirmed point."""

    at_once: Sequence[Consequence] = ()
    to_decide: Sequence[Consequence] = ()
    by_itself: Sequence[Consequence] = ()
    lines: Sequence[ItemDraft] = ()
    waiting: Sequence[date] = ()

    @property
    def told(self) -> list[tuple[str, ItemDraft]]:
        """The lines of the drafts, each with the words of its act."""
        return [(str(Act(line.act).label), line) for line in self.lines]

    @property
    def is_empty(self) -> bool:
        """Whether nothing followed."""
        return not (self.at_once or self.to_decide or self.by_itself)


def plan_of(person: Person, found: Followed, *, on: date) -> Plan:
    """The plan for a wrong death or merge. The law is asked as if the wrong mark were not there."""
    until = add_months(month_of(on), 1)
    resumption = lines_to_resume(person=person, entries=found.stopped, until=until, why="", alive=True)
    funerals = [item for entry in found.funerals for item in funeral_to_recover(entry, due_vnd=0)]
    return Plan(
        list(at_once(found)), list(to_decide(found)), list(by_itself(found)), (*resumption.items, *funerals), resumption.waiting
    )  # fmt: skip


def plan_for_death(person: Person, *, on: date) -> Plan:
    """What followed a death, and what would come back."""
    return plan_of(person, followed_death(person, person.died_on or on), on=on)


def plan_for_merge(person: Person, *, on: date) -> Plan:
    """The same for a row that was taken for another."""
    return plan_of(person, followed_merge(person), on=on)


def plan_for_line(item: DecisionItem, *, on: date) -> Plan:
    """The lines that would be drafted for a wrong line of a signed decision."""
    if item.act == "stop":
        until = add_months(month_of(on), 1)
        found = lines_to_resume(person=item.person, entries=stopped_entries(item.person, by=item), until=until, why="")
        return Plan(lines=found.items, waiting=found.waiting)
    entry = Entitlement.objects.filter(granted_by=item).select_related("person__unit").first()
    return Plan(lines=lines_to_set_right(entry, on) if entry else ())


def left_of(correction: Correction) -> list[Consequence]:
    """What somebody must still decide about the person of a correction, as the register stands now."""
    person = correction.person
    if person is None:
        return []
    died_on = correction.was.get("died_on")
    if correction.kind == "death" and person.died_on is None and died_on:
        found = followed_death(person, date.fromisoformat(died_on))
    elif correction.kind == "merge" and person.same_as_id is None:
        found = followed_merge(person)
    else:
        return []  # of papers the drafts are all there is; what is marked again is marked rightly
    return [*to_decide(found), *at_once(found)]


def resting(decision: Decision) -> list[Consequence]:
    """What keeps a decision from being taken back as a whole, each once, at most ten."""
    said: dict[str, Consequence] = {}
    for row in resting_on_decision(decision):
        one = _resting(row)
        said.setdefault(one.words, one)
    return list(said.values())[:10]


def _resting(row) -> Consequence:
    name = row.person.full_name if getattr(row, "person", None) else ""
    if isinstance(row, DecisionItem):
        words = _("%(paper)s: %(name)s") % {"paper": row.decision, "name": name}
        return Consequence(words, noun_url("decision", row.decision.code))
    if found := getattr(row, "list", None):
        words = _("Dòng chi trả tháng %(month)s: %(name)s, danh sách %(list)s") % {
            "month": f"{row.benefit_month:%m/%Y}", "name": name, "list": found.code,
        }  # fmt: skip
        return Consequence(words, noun_url("payment_list", found.code))
    return Consequence(_("Điều đã ghi thêm: %(name)s") % {"name": name or row})


def lines_about(person: Person) -> list[DecisionItem]:
    """Lines of signed decisions about somebody, the newest first; those that a page of its own may set right."""
    found = DecisionItem.objects.filter(person=person, decision__state="signed").select_related("decision", "entitlement")
    return list(found.order_by("-from_month", "-id"))


def corrections_of(person: Person) -> list[Correction]:
    """What was set right about somebody before."""
    return list(Correction.objects.filter(person=person).select_related("made_by__user").order_by("-id"))


def drafts_of(correction: Correction) -> list[Decision]:
    """The drafts a correction made, as they stand now."""
    return list(Decision.objects.filter(code__in=correction.drafts).order_by("id"))
