"""The slow road: the same invented lives written one act after another, as officers would."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime

from ansinh.access.models import Office as Body
from ansinh.access.models import Role
from ansinh.access.tests.factories import at, post
from ansinh.demo.synth import rows_of_lists as papers
from ansinh.demo.synth.circumstances import rows_of_houses, rows_of_people
from ansinh.demo.synth.columns import ALWAYS, NEVER, as_date, day, first_days
from ansinh.demo.synth.people import RELATIONS
from ansinh.demo.synth.rows_of_money import AUTHORISED, RECEIVED_SINCE, RELATION, paper_number
from ansinh.demo.synth.rows_of_people import SOURCE
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.operations import ItemDraft, Signature
from ansinh.law.benefits.monthly_allowance.orphans import point_of
from ansinh.localities.models import Unit
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.operations import Newcomer

NOW = at(2026, 11, 20, 8)
_YOUNG = day("2004-11-20")


def whole(number) -> date | None:
    """A day of a column; None where it is open."""
    return None if number in (ALWAYS, NEVER) else as_date(number)


def month(number) -> date:
    return as_date(first_days(number)[()])


class Office:
    """Writes lives by operations. All acts are of one officer; who wrote a row is not compared."""

    def __init__(self, province) -> None:
        self.province = province
        self.officer, self.clerk = post(Role.COMMUNE_OFFICER), post(Role.CLERK)
        self.by = {"by": self.officer, "now": NOW}
        self.units = Unit.objects.in_bulk()
        self.persons: dict[int, Person] = {}

    def register(self, lived) -> None:
        settled, lives = lived.settled, lived.settled.lives
        houses = [self._household(settled, number) for number in range(len(lives.village_of_house))]
        mine = [self._person(settled, row) for row in range(lives.size)]
        self.persons |= {settled.first + row: person for row, person in enumerate(mine)}
        for row, person in enumerate(mine):
            people.join_household(
                person=person, household=houses[lives.house[row]], relation=RELATIONS[lives.relation[row]], is_head=bool(lives.is_head[row]),
                since=whole(lives.since[row]), source=SOURCE, **self.by,
            )  # fmt: skip
        self._relatives(lives, mine)
        for kind, rows, values, start, end in rows_of_people(lives, settled.facts):
            said = [values] * len(rows) if isinstance(values, str) else values
            for row, value, since, until in zip(rows, said, start, end, strict=True):
                people.set_circumstance(
                    person=mine[row],
                    kind=kind,
                    value=json.loads(value),
                    since=whole(since),
                    until=whole(until),
                    source=SOURCE,
                    **self.by,
                )
        for house, value, since, until in zip(*rows_of_houses(settled.facts), strict=True):
            people.set_household_circumstance(
                household=houses[house], kind="poverty", value=json.loads(value), since=whole(since), until=whole(until), source=SOURCE,
                **self.by,
            )  # fmt: skip
        self._receivers(lived.receivers, mine)
        for row, person in enumerate(mine):
            if lives.died[row] < NEVER:
                people.record_death(person=person, died_on=as_date(lives.died[row]), source=SOURCE, **self.by)

    def _household(self, settled, number):
        village = settled.ground.villages[settled.lives.village_of_house[number]]
        return people.open_household(
            unit=settled.ground.unit, village=village, address=village.name, local_code=f"{settled.ground.code}-{number + 1:05d}",
            source=SOURCE, **self.by,
        )  # fmt: skip

    def _person(self, settled, row) -> Person:
        """Registered where they lived first, then moved with the map and from commune to commune."""
        lives, ground = settled.lives, settled.ground
        village = ground.villages[lives.village[row]]
        homes = self._homes(settled, row)
        number = lives.number[row]
        newcomer = Newcomer(
            full_name=lives.names.full[lives.names.index[row]], sex=("male", "female")[lives.sex[row]], born_on=as_date(lives.born[row]),
            birth_precision="year" if lives.year_only[row] else "day", personal_number=None if number == "\\N" else number,
            ethnicity="Kinh", address=village.name,
        )  # fmt: skip
        since, unit = homes[0]
        person = people.register_person(
            newcomer=newcomer,
            unit=self.units[unit],
            village=village if len(homes) == 1 else None,
            since=since,
            source=SOURCE,
            **self.by,
        )
        for number, (since, unit) in enumerate(homes[1:], start=2):
            people.move_within(
                person=person, unit=self.units[unit], village=village if number == len(homes) else None, address=village.name,
                since=since, source=SOURCE, **self.by,
            )  # fmt: skip
        person.refresh_from_db()
        return person

    def _homes(self, settled, row) -> list[tuple[date | None, int]]:
        """Each unit somebody lived in, with the first day there."""
        lives = settled.lives
        chains = [chain for ground in self.province.map.grounds for chain in ground.chains]
        born = max(int(lives.born[row]), day("2021-01-01"))
        began = ALWAYS if born == day("2021-01-01") else born
        spans = [(began, lives.moved[row], chains[settled.from_chain[row]])] if settled.from_chain[row] >= 0 else []
        spans.append((lives.moved[row] if spans else began, NEVER, chains[settled.chain[row]]))
        found = []
        for begin, end, chain in spans:
            until = [*chain.since[1:], NEVER]
            for unit, since, upper in zip(chain.units, chain.since, until, strict=True):
                if max(since, begin) < min(upper, end):
                    found.append((whole(max(since, begin)), unit))
        return found

    def _relatives(self, lives, mine) -> None:
        for row, person in enumerate(mine):
            since = whole(lives.born[row])
            for kind, parent in (("mother", lives.mother[row]), ("father", lives.father[row])):
                if parent >= 0 and lives.born[row] > _YOUNG:
                    self._related(person, kind, mine[parent], since)
                    self._related(mine[parent], "child", person, since)
            if lives.spouse[row] >= 0:
                self._related(person, "spouse", mine[lives.spouse[row]], None)

    def _related(self, person, kind, other, since) -> None:
        people.record_relative(person=person, kind=kind, name="", known=other, since=since, source=SOURCE, **self.by)

    def _receivers(self, receivers, mine) -> None:
        since = date.fromisoformat(RECEIVED_SINCE)
        for row, bank, account, payee in zip(receivers.people, receivers.bank, receivers.account, receivers.payee, strict=True):
            person = mine[row]
            if account:
                people.set_account(
                    person=person, holder=person.full_name, bank=bank, number=account, since=since, source=SOURCE, **self.by
                )
            if payee:
                people.set_payee(
                    person=person, name=payee, relation=RELATION, number="", basis=AUTHORISED, since=since, **self.by
                )

    def decide(self, communes) -> None:
        """Every decision drafted by one post and recorded by another on its day, the oldest first."""
        found: dict[tuple, list] = {}
        for lived in communes:
            for act, unit, on, entry in self._acts(lived):
                found.setdefault((unit, on, act), []).append((lived, entry))
        running: dict[int, int] = {}
        numbers = {}
        for key in found:
            office = self.province.map.offices[key[0]]
            running[office] = numbers[key] = running.get(office, 0) + 1
        for key in sorted(found, key=lambda one: one[1]):
            self._decision(*key, numbers[key], found[key])

    def _acts(self, lived) -> Iterator[tuple[int, int, int, int]]:
        """(act, unit, day, entry) of a commune: what began, then what was stopped. The place is where the person lived that month."""
        entries = lived.entries
        for entry in range(entries.size):
            on = max(month(entries.start[entry]), as_date(entries.signed[entry]).replace(day=1))
            yield (
                int(entries.after[entry] >= 0),
                self._home_on(lived.settled, entries.person[entry], on),
                int(entries.signed[entry]),
                entry,
            )
        for entry in range(entries.size):
            if entries.stopped[entry] < NEVER:
                on = as_date(entries.stopped[entry]).replace(day=1)
                yield 2, self._home_on(lived.settled, entries.person[entry], on), int(entries.stopped[entry]), entry

    def _home_on(self, settled, row: int, on: date) -> int:
        homes = self._homes(settled, row)
        return next((unit for since, unit in reversed(homes) if since is None or since <= on), homes[0][1])

    def _decision(self, unit: int, on: int, act: int, number: int, entries: list) -> None:
        signed = as_date(on)
        decision = ledger.draft_decision(
            office=Body.objects.get(pk=self.province.map.offices[unit]), unit=self.units[unit], kind=papers.ACTS[act], origin="recorded",
            items=[self._item(act, lived, entry) for lived, entry in entries], by=self.officer, now=_hour(signed, 9),
            title=papers.TITLES[act], basis=papers.BASIS,
        )  # fmt: skip
        signature = Signature(paper_number(number), signed, papers.SIGNER, papers.SIGNER_TITLE)
        ledger.record_decision(decision=decision, signature=signature, by=self.clerk, now=_hour(signed, 15))

    def _item(self, act: int, lived, entry: int) -> ItemDraft:
        entries = lived.entries
        named = int(entries.after[entry]) if act == 1 else entry
        person = lived.settled.first + int(entries.person[entry])
        rule = self.province.book.rules[entries.rule[entry]]
        code, amount = rule.code, int(entries.amount[entry])
        if code.endswith(".*"):
            pair = lived.settled.facts.pairs[lived.settled.facts.pair[entries.person[entry]]]
            regime = "R3" if code.startswith("ND335") else "R2"
            code = code[:-1] + (point_of(pair, abandoned=False, adopted=False, regime=regime) or "")
        old = None if act == 0 else Entitlement.objects.get(person=person, months__startswith=month(entries.start[named]),
                                                            category=self.province.book.rules[entries.rule[named]].category)  # fmt: skip
        died = lived.settled.lives.died[entries.person[entry]] < NEVER
        return ItemDraft(
            person_id=person, act=papers.ACTS[act], benefit=rule.kind, category=rule.category, law_code=code,
            coefficient=int(entries.coefficient[entry]), count=int(entries.count[entry]), standard_vnd=int(entries.standard[entry]),
            amount_vnd=0 if act == 2 else amount, from_month=month(entries.end[entry] if act == 2 else entries.start[entry]),
            reason=("", "Điều chỉnh theo luật", "Đã mất" if died else "Không còn đủ điều kiện")[act],
            article=f"{rule.basis}; {rule.coefficient_basis}", entitlement=old, law_amount_vnd=None if act == 2 else amount,
        )  # fmt: skip


def _hour(on: date, hour: int) -> datetime:
    return at(on.year, on.month, on.day, hour)
