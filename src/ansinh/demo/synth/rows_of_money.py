"""Rows of the ledger and of the lists: decisions with their items, entries, lines, and the lists, hand-overs and steps around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from ansinh.demo.synth import columns as c
from ansinh.demo.synth.columns import NEVER, NULL, Array
from ansinh.demo.synth.ground import Calendar
from ansinh.demo.synth.ledger import OPEN, Entries, RuleBook
from ansinh.demo.synth.loading import Block
from ansinh.demo.synth.months import AWAY, DEAD, KINDS, Lines
from ansinh.demo.synth.people import TODAY, YEAR
from ansinh.demo.synth.rows_of_people import ACTOR, AT, RECORDED, TAIL, Settled
from ansinh.law.benefits.monthly_allowance.months import R3_START
from ansinh.law.benefits.monthly_allowance.orphans import point_of

ACCOUNT = ("person_id", "holder", "bank", "number", "period", *RECORDED)
PAYEE = ("person_id", "name", "relation", "number", "telephone", "basis", "period", *RECORDED)
ENTRY = (
    "id", "person_id", "unit_id", "benefit", "category", "law_code", "coefficient", "count", "standard_vnd", "amount_vnd", "months",
    "granted_by_id", "ended_by_id",
)  # fmt: skip
ITEM = (
    "id", "decision_id", "number", "person_id", "act", "benefit", "category", "law_code", "coefficient", "count", "standard_vnd",
    "amount_vnd", "from_month", "reason", "article", "entitlement_id", "months", "law_amount_vnd", "law",
)  # fmt: skip
LINE = (
    "id", "list_id", "unit_id", "handover_id", "kind", "benefit_month", "amount_vnd", "state", "paid_on", "return_note", "corrects_id",
    "carried_from_id", "entitlement_id", "benefit", "category", "law_code", "coefficient", "count", "standard_vnd", "decision_number",
    "person_id", "person_name", "sort_key", "book", "born_text", "payee_name", "payee_relation", "payee_number", "method",
    "account_number", "bank", "village_id", "village_name", "household_code", "address", "law_hash", "hold_reason", "received_by",
)  # fmt: skip
ACTS = ("grant", "adjust", "stop")
METHODS = ("cash", "bank")
BENEFITS = ("monthly_allowance", "social_pension")
RECEIVED_SINCE, AUTHORISED, RELATION = "2021-07-01", "Giấy ủy quyền", "chủ hộ"
_BANKS = ("Agribank", "VietinBank", "BIDV")
_NEW_LEVEL = "Điều chỉnh theo luật"


@dataclass
class Paper:
    """A decision: one unit, day and act. `number` is the running number of its office."""

    key: int
    number: int
    items: int = 0


@dataclass
class Papers:
    """Decisions so far, by unit, day and act."""

    offices: dict[int, int]
    found: dict[tuple[int, int, int], Paper] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)

    def place(self, unit: Array, on: Array, act: Array) -> tuple[Array, Array, Array]:
        """For each item its decision: key, the item's number in it, the decision's running number."""
        rows = np.empty((len(unit), 3), np.int64)
        for place, asked in enumerate(zip(unit.tolist(), on.tolist(), act.tolist(), strict=True)):
            paper = self.found.get(asked) or self._open(asked)
            paper.items += 1
            rows[place] = paper.key, paper.items, paper.number
        return rows[:, 0], rows[:, 1], rows[:, 2]

    def _open(self, asked: tuple[int, int, int]) -> Paper:
        office = self.offices[asked[0]]
        self.numbers[office] = self.numbers.get(office, 0) + 1
        self.found[asked] = Paper(len(self.found) + 1, self.numbers[office])
        return self.found[asked]


def paper_number(number: int) -> str:
    return f"{number}/QĐ-UBND"


@dataclass
class Keys:
    """The next key of each table filled commune by commune."""

    person: int = 1
    household: int = 1
    entry: int = 1
    item: int = 1
    line: int = 1


@dataclass
class Receivers:
    """How each beneficiary of a commune receives money. Positions of people; `account` empty: in cash."""

    people: Array
    bank: list[str]
    account: list[str]
    payee: list[str]

    @classmethod
    def of(cls, settled: Settled, entries: Entries, seed: int) -> Receivers:
        chance = np.random.default_rng([seed, int(settled.ground.code), 5])
        people = np.unique(entries.person)
        lives = settled.lives
        has_account = chance.random(len(people)) < 0.5
        age = (TODAY - lives.born[people]) / YEAR
        head = _head_of(settled)[people]
        helped = ((age < 18) | (age > 88)) & ~has_account & (head != people) & (chance.random(len(people)) < 0.7)
        names = lives.names.of(head)
        return cls(
            people,
            [_BANKS[n % 3] if has else "" for n, has in zip(people.tolist(), has_account.tolist(), strict=True)],
            [
                f"{(n + settled.first) * 7919 % 10**10:010d}" if has else ""
                for n, has in zip(people.tolist(), has_account.tolist(), strict=True)
            ],
            [name if has else "" for name, has in zip(names, helped.tolist(), strict=True)],
        )


def _head_of(settled: Settled) -> Array:
    head = np.zeros(len(settled.lives.village_of_house), np.int64)
    heads = np.flatnonzero(settled.lives.is_head)
    head[settled.lives.house[heads]] = heads
    return head[settled.lives.house]


def receiving(settled: Settled, receivers: Receivers) -> Iterator[Block]:
    """Accounts and payees."""
    names = settled.lives.names.of(receivers.people)
    keys = c.texts(receivers.people + settled.first)
    accounts = [row for row in zip(keys, names, receivers.bank, receivers.account, strict=True) if row[3]]
    payees = [row for row in zip(keys, receivers.payee, strict=True) if row[1]]
    yield "people_bankaccount", ACCOUNT, _ended(accounts, f"\t[{RECEIVED_SINCE},){TAIL}")
    authorised = f"\t{RELATION}\t\t\t{AUTHORISED}\t[{RECEIVED_SINCE},)\t{AUTHORISED}\t{ACTOR}\t{AT}"
    yield "people_payee", PAYEE, _ended(payees, authorised)


def _ended(rows: list[tuple[str, ...]], tail: str) -> bytes:
    return "".join("\t".join(row) + tail + "\n" for row in rows).encode()


@dataclass
class Written:
    """What the lines of a commune need of its entries' rows."""

    first_entry: int
    fragment: list[str]
    unit: Array


def ledger(
    settled: Settled, entries: Entries, book: RuleBook, calendar: Calendar, papers: Papers, keys: Keys
) -> tuple[list[Block], Written]:
    """Entries and items of a commune; decisions grow in `papers`."""
    unit = settled.unit_on(calendar, entries.person, np.maximum(entries.start, c.months_of(entries.signed)))
    ends = np.flatnonzero(entries.stopped < NEVER)
    act = np.where(entries.after >= 0, 1, 0)
    end_unit = settled.unit_on(calendar, entries.person[ends], c.months_of(entries.stopped[ends]))
    decision, number, running = papers.place(
        np.concatenate([unit, end_unit]),
        np.concatenate([entries.signed, entries.stopped[ends]]),
        np.concatenate([act, np.full(len(ends), 2)]),
    )
    own = np.arange(entries.size)
    item = keys.item + np.arange(entries.size + len(ends))
    ended = np.full(entries.size, -1)
    ended[ends] = item[entries.size :]
    followed = entries.before >= 0
    ended[followed] = item[entries.before[followed]]
    fragment = _grounds(settled, entries, book)
    person = c.texts(entries.person + settled.first)
    entry_rows = c.block(
        c.texts(own + keys.entry), person, c.texts(unit), fragment, c.texts(entries.amount),
        c.periods(c.first_days(entries.start), np.where(entries.end < OPEN, c.first_days(np.minimum(entries.end, 2000)), NEVER)),
        c.texts(item[: entries.size]), c.keys(ended),
    )  # fmt: skip
    blocks = [
        ("entitlements_entitlement", ENTRY, entry_rows),
        ("entitlements_decisionitem", ITEM, _items(settled, entries, book, ends, item, decision, number, keys.entry)),
    ]
    numbers = [paper_number(n) for n in running[: entries.size].tolist()]
    written = Written(
        keys.entry,
        [f"{key}\t{ground}\t{no}" for key, ground, no in zip(c.texts(own + keys.entry), fragment, numbers, strict=True)],
        unit,
    )
    keys.entry += entries.size
    keys.item += len(item)
    return blocks, written


def _grounds(settled: Settled, entries: Entries, book: RuleBook) -> list[str]:
    """Benefit, category, code, coefficient, count, standard of each entry: the same columns on entries, items and lines."""
    heads = []
    for rule in book.rules:
        points = [""]
        if rule.code.endswith(".*"):
            regime = "R3" if rule.start >= R3_START else "R1"
            points = [point_of(p, abandoned=False, adopted=False, regime=regime) or "" for p in settled.facts.pairs]
        heads.append([f"{rule.kind}\t{rule.category}\t{rule.code.removesuffix('*')}{point}" for point in points])
    pairs = settled.facts.pair[entries.person].tolist()
    sums = zip(pairs, *(x.tolist() for x in (entries.rule, entries.coefficient, entries.count, entries.standard)), strict=True)
    return [
        f"{heads[rule][pair if len(heads[rule]) > 1 else 0]}\t{coefficient}\t{count}\t{standard}"
        for pair, rule, coefficient, count, standard in sums
    ]


def _items(
    settled: Settled, entries: Entries, book: RuleBook, ends: Array, item: Array, decision: Array, number: Array, first_entry: int
) -> bytes:
    size = entries.size
    articles = [f"{rule.basis}; {rule.coefficient_basis}" for rule in book.rules]
    grounds = _grounds(settled, entries, book)
    adjusts = entries.after >= 0
    begun = c.block(
        c.texts(item[:size]), c.texts(decision[:size]), c.texts(number[:size]), c.texts(entries.person + settled.first),
        c.chosen(ACTS, adjusts.astype(int)), grounds, c.texts(entries.amount), c.day_texts(c.first_days(entries.start)),
        c.chosen(("", _NEW_LEVEL), adjusts.astype(int)), c.chosen(articles, entries.rule),
        c.keys(np.where(adjusts, entries.after + first_entry, -1)), ["[]"] * size, c.texts(entries.amount), tail="\t{}",
    )  # fmt: skip
    died = settled.lives.died[entries.person[ends]] < NEVER
    stopped = c.block(
        c.texts(item[size:]), c.texts(decision[size:]), c.texts(number[size:]), c.texts(entries.person[ends] + settled.first),
        ["stop"] * len(ends), [grounds[n] for n in ends.tolist()], ["0"] * len(ends),
        c.day_texts(c.first_days(np.minimum(entries.end[ends], 2000))), c.chosen(("Không còn đủ điều kiện", "Đã mất"), died.astype(int)),
        c.chosen(articles, entries.rule[ends]), c.texts(ends + first_entry), tail="\t[]\t\\N\t{}",
    )  # fmt: skip
    return begun + stopped


@dataclass
class Lists:
    """Keys and sums of all lists: month × unit. `key` 0: no such list."""

    key: dict[tuple[int, int], int]
    law_hash: str
    sums: dict[tuple[int, int, int], list[int]] = field(default_factory=dict)
    benefits: set[tuple[int, str]] = field(default_factory=set)


def lines_rows(
    settled: Settled, entries: Entries, lines: Lines, receivers: Receivers, written: Written, book: RuleBook, calendar: Calendar,
    lists: Lists, names: dict[int, str], keys: Keys,
) -> bytes:  # fmt: skip
    """Lines of a commune, list after list; lists grow in `lists`."""
    person = entries.person[lines.entry]
    unit = settled.unit_on(calendar, person, lines.at)
    place = np.searchsorted(receivers.people, person)
    cash = np.array([not account for account in receivers.account])[place] if len(place) else np.zeros(0, bool)
    order = np.lexsort((person, unit, lines.at))
    key = np.empty(lines.size, np.int64)
    key[order] = keys.line + np.arange(lines.size)
    keys.line += lines.size
    list_key, handover = _count(
        lists, lines, unit, cash, np.array([rule.kind == "social_pension" for rule in book.rules])[entries.rule[lines.entry]]
    )
    people = _people_fragments(settled, receivers)
    towns = _addresses(settled, receivers, names)
    day = c.day_texts(c.first_days(lines.at) + 9)
    state = lines.unpaid
    rows = zip(
        c.texts(key), c.texts(list_key), c.texts(unit), c.texts(handover), c.chosen(KINDS, lines.kind), c.day_texts(c.first_days(lines.month)),
        c.texts(lines.amount), c.chosen(("paid", "unpaid"), state.astype(int)),
        [NULL if no else on for no, on in zip(state.tolist(), day, strict=True)],
        [(DEAD if dead else AWAY) if no else "" for no, dead in zip(state.tolist(), lines.dead.tolist(), strict=True)],
        c.keys(np.where(lines.corrects >= 0, key[lines.corrects], -1)), c.keys(np.where(lines.carried_from >= 0, key[lines.carried_from], -1)),
        c.chosen(written.fragment, lines.entry), c.chosen(people, place), towns(place, unit), strict=True,
    )  # fmt: skip
    found = list(rows)
    tail = f"\t{lists.law_hash}\t\t\n"
    return "".join("\t".join(found[n]) + tail for n in order.tolist()).encode()


def _count(lists: Lists, lines: Lines, unit: Array, cash: Array, pension: Array) -> tuple[Array, Array]:
    """The list and the hand-over of each line, and their sums."""
    method = np.where(cash, 0, 1)
    group = (lines.at * 1_000_000 + unit) * 2 + method
    different, index = np.unique(group, return_inverse=True)
    count = np.bincount(index, minlength=len(different))
    total = np.bincount(index, weights=lines.amount.astype(float), minlength=len(different))
    found = np.zeros(len(different), np.int64)
    for place, code in enumerate(different.tolist()):
        rest, way = divmod(code, 2)
        at, of = divmod(rest, 1_000_000)
        sums = lists.sums.setdefault((at, of, way), [0, 0])
        sums[0] += int(count[place])
        sums[1] += round(total[place])
        found[place] = lists.key[at, of]
    list_key = found[index]
    for code in np.unique(list_key * 2 + pension).tolist():
        lists.benefits.add((code // 2, BENEFITS[code % 2]))
    return list_key, list_key * 2 + method - 1


def _people_fragments(settled: Settled, receivers: Receivers) -> list[str]:
    """The person's side of a line, up to the household's code."""
    lives, people = settled.lives, receivers.people
    known = settled.ground.villages
    born = [f"{d[8:]}/{d[5:7]}/{d[:4]}" for d in c.day_texts(lives.born[people])]
    born = [text[-4:] if only else text for text, only in zip(born, lives.year_only[people].tolist(), strict=True)]
    house = [f"HO{n:08d}" for n in (lives.house[people] + settled.first_house).tolist()]
    rows = zip(
        (people + settled.first).tolist(), lives.names.of(people), lives.names.sorted_of(people), born, receivers.payee,
        receivers.account, receivers.bank, lives.village[people].tolist(), house, strict=True,
    )  # fmt: skip
    return [
        f"{key}\t{name}\t{sort}\tNT{key:08d}\t{when}\t{payee}\t{RELATION if payee else ''}\t\t{'bank' if account else 'cash'}\t{account}\t{bank}"
        f"\t{known[village].id}\t{known[village].name}\t{code}"
        for key, name, sort, when, payee, account, bank, village, code in rows
    ]


def _addresses(settled: Settled, receivers: Receivers, names: dict[int, str]):
    """The address on a line: the village, and the unit of the line's day."""
    known = [village.name for village in settled.ground.villages]
    village = settled.lives.village[receivers.people]

    def told(place: Array, unit: Array) -> list[str]:
        return [f"{known[v]}, {names[u]}" for v, u in zip(village[place].tolist(), unit.tolist(), strict=True)]

    return told
