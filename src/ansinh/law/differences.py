"""What the law changed between two days, in words: derived from the law files, day of change by day of change.

A day of change is one on which a rule, a number or a step begins or ends; and the first month a level reaches back to, when its own
day of force lies beyond the second day. Between two days everything is told as it was on the eve and as it is on the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from ansinh.kernel.money import money_text
from ansinh.kernel.periods import month_of, month_text
from ansinh.kernel.words import gettext as _
from ansinh.law.benefit_text import ONCE_NUMBERS, Uncertain, numbers_on, payee_words, reaches_back, uncertain_points, with_unit
from ansinh.law.engine.lawfile import LawBook, load
from ansinh.law.engine.parameters import DatedValue, Instrument, Parameter
from ansinh.law.engine.rules import Rule
from ansinh.law.engine.words import Words
from ansinh.law.one_off_words import facility_provisions, one_off_provisions, told_kinds
from ansinh.law.provisions import Provision, provisions

DAY = timedelta(days=1)
FIRST = date(2015, 1, 1)


@dataclass(frozen=True)
class Change:
    """One thing that changed: what it is, sentences about it, the article now in force (or last in force), its mark.

    `was`: the article before, where it was another one.
    """

    title: str
    lines: tuple[str, ...]
    basis: str
    kind: str = ""
    mark: str = ""
    was: str = ""


@dataclass(frozen=True)
class Section:
    """Changes of one sort on one day."""

    key: str
    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Step:
    """Everything that changed on one day. `month_only`: nothing is in force yet, only money of that month on."""

    day: date
    heading: str
    sections: tuple[Section, ...]
    month_only: bool = False
    note: str = ""


@dataclass(frozen=True)
class Difference:
    """The law of one day against that of another, later one."""

    first: date
    second: date
    steps: tuple[Step, ...]
    law_hash: str


def change_days(book: LawBook | None = None) -> tuple[date, ...]:
    """Days since 2015 on which the law of social assistance changed, oldest first."""
    book = book or load()
    spans = [(one.start, one.end) for one in book.rules] + [(one.start, one.end) for one in book.procedures]
    found = {day for span in spans for day in span if day}
    found |= {value.in_force_from for parameter in book.parameters.values() for value in parameter.values}
    return tuple(sorted(day for day in found if day >= FIRST))


def difference(first: date, second: date, *, english: bool = False, book: LawBook | None = None) -> Difference:
    """What changed after `first` up to and on `second`. Days given the wrong way round are turned."""
    book = book or load()
    first, second = sorted((first, second))
    days = [day for day in change_days(book) if first < day <= second]
    steps = [_step(book, day, english) for day in days]
    steps += [_month_step(book, month, later, english) for month, later in _reaching(book, first, second)]
    kept = sorted((step for step in steps if step.sections), key=lambda step: step.day)
    return Difference(first, second, tuple(kept), book.hash)


def _step(book: LawBook, day: date, english: bool) -> Step:
    teller = _Teller(book, day, english)
    rows = (
        ("instruments", _("Văn bản quy phạm pháp luật"), teller.instruments()),
        ("money", _("Mức tiền và tháng được tính"), teller.money()),
        ("began", _("Quy tắc bắt đầu có hiệu lực"), teller.began()),
        ("ended", _("Quy tắc hết hiệu lực"), teller.ended()),
        ("changed", _("Quy tắc thay đổi"), teller.changed()),
        ("renumbered", _("Quy tắc chỉ đổi điều, khoản"), teller.renumbered()),
        ("numbers", _("Độ tuổi, số lần, thời hạn"), teller.other_numbers()),
        ("provisions", _("Cách tính tháng, cách kết hợp, khoản một lần"), teller.provisions()),
        ("procedures", _("Trình tự, thủ tục"), teller.procedures()),
        ("uncertain", _("Điểm cần xác nhận mới"), teller.uncertain(opened=True)),
        ("settled", _("Điểm không còn đặt ra"), teller.uncertain(opened=False)),
    )
    sections = tuple(Section(key, title, tuple(found)) for key, title, changes in rows if (found := list(changes)))
    return Step(day, _("Từ {0}").format(f"{day:%d/%m/%Y}"), sections, note=teller.note())


# --- months that a later law reaches back to -------------------------------------------------------------------------


def _reaching(book: LawBook, first: date, second: date) -> Iterator[tuple[date, list[tuple[Parameter, DatedValue]]]]:
    """Months after `first` up to `second` for which a value already counts whose day of force comes only after `second`."""
    found: dict[date, list[tuple[Parameter, DatedValue]]] = {}
    for parameter in book.parameters.values():
        for value in parameter.values:
            month = value.applies_to_months_from
            if month_of(first) < month <= second < value.in_force_from and _before(parameter, value) is not None:
                found.setdefault(month, []).append((parameter, value))
    yield from sorted(found.items())


def _month_step(book: LawBook, month: date, later: Sequence[tuple[Parameter, DatedValue]], english: bool) -> Step:
    changes = []
    for parameter, value in later:
        old = _before(parameter, value)
        assert old is not None
        told = _("{0} thay cho {1}, nhưng chỉ từ ngày {2} văn bản mới có hiệu lực; trước ngày đó vẫn theo quy định cũ.")
        text = told.format(with_unit(parameter, value.value), with_unit(parameter, old.value), f"{value.in_force_from:%d/%m/%Y}")
        changes.append(Change(_label(parameter, english), (text,), value.basis, mark=value.mark))
    sections = (Section("money", _("Mức tiền và tháng được tính"), tuple(changes)),)
    return Step(month, _("Từ tháng hưởng {0}").format(month_text(month)), sections, month_only=True)


def _before(parameter: Parameter, value: DatedValue) -> DatedValue | None:
    """The value that this one follows, when they differ."""
    ordered = sorted(parameter.values, key=lambda one: one.applies_to_months_from)
    old = next((old for old, new in pairwise(ordered) if new is value), None)
    return old if old and old.value != value.value else None


def _label(thing: Parameter, english: bool) -> str:
    return thing.label_en if english else thing.label


class _Teller:
    """Tells the changes of one day."""

    def __init__(self, book: LawBook, day: date, english: bool) -> None:
        self.book, self.day, self.english = book, day, english
        self.eve = day - DAY
        self.old_words = Words(book, numbers_on(book, self.eve), english=english)
        self.new_words = Words(book, numbers_on(book, day), english=english)
        old = {rule.key: rule for rule in book.rules if rule.in_force(self.eve)}
        new = {rule.key: rule for rule in book.rules if rule.in_force(day)}
        self.fresh = [rule for key, rule in new.items() if key not in old]
        self.gone = [rule for key, rule in old.items() if key not in new]
        self.kept = [(old[key], rule) for key, rule in new.items() if key in old]

    # --- documents and numbers -------------------------------------------------------------------------------------

    def instruments(self) -> Iterator[Change]:
        """Documents that come into force or end on the day."""
        for one in self.book.instruments.values():
            if one.in_force_from == self.day:
                issued = _("Ban hành ngày {0}, có hiệu lực từ ngày {1}.")
                since = _("Có hiệu lực từ ngày {0}.").format(f"{self.day:%d/%m/%Y}")
                line = issued.format(f"{one.issued_on:%d/%m/%Y}", f"{self.day:%d/%m/%Y}") if one.issued_on else since
                yield Change(one.number, (f"{self._title(one)}.", line), "", mark=one.mark)
            if one.in_force_to == self.day:
                line = _("Hết hiệu lực từ ngày {0}.").format(f"{self.day:%d/%m/%Y}")
                yield Change(one.number, (f"{self._title(one)}.", line), "", mark=one.mark)

    def note(self) -> str:
        """A warning where the law before was not read in full: what is called new may be old."""
        before, after = self.book.regime_on(self.eve), self.book.regime_on(self.day)
        instrument = self.book.instruments[before.instrument] if before else None
        if instrument is None or before is after or instrument.mark == "V":
            return ""
        text = _("Văn bản trước đó ({0}) chưa được đối chiếu toàn văn: mục ghi là mới có thể đã có từ trước.")
        return text.format(instrument.number)

    def _title(self, one: Instrument) -> str:
        return one.title_en if self.english else one.title

    def _values(self) -> Iterator[tuple[Parameter, DatedValue | None, DatedValue]]:
        """Each number set on the day, with what it replaces."""
        for parameter in self.book.parameters.values():
            for value in parameter.values:
                if value.in_force_from == self.day:
                    earlier = [v for v in parameter.values if v.applies_to_months_from < value.applies_to_months_from]
                    old = max(earlier, key=lambda v: v.applies_to_months_from, default=None)
                    if old.value != value.value if old else not _is_told_elsewhere(parameter.key):
                        yield parameter, old, value

    def money(self) -> Iterator[Change]:
        """Levels in đồng, with the months that a level reaches back to."""
        for parameter, old, value in self._values():
            if parameter.unit.startswith("vnd"):
                yield self._number(parameter, old, value)

    def other_numbers(self) -> Iterator[Change]:
        """Ages, multiples and deadlines; and those that no rule names any more."""
        for parameter, old, value in self._values():
            if not parameter.unit.startswith("vnd"):
                yield self._number(parameter, old, value)
        for key in sorted(self._named(self.eve) - self._named(self.day)):
            parameter = self.book.parameters[key]
            last = parameter.on_day(self.eve)
            text = _("Không còn quy tắc nào hỏi đến (trước đây {0}).").format(with_unit(parameter, last.value))
            yield Change(_label(parameter, self.english), (text,), last.basis, mark=last.mark)

    def _named(self, day: date) -> set[str]:
        """Numbers that the rules of a day name."""
        rules = (rule for rule in self.book.rules if rule.in_force(day))
        return {name for rule in rules for name in rule.when.names | rule.coefficient.names} & self.book.parameters.keys()

    def _number(self, parameter: Parameter, old: DatedValue | None, value: DatedValue) -> Change:
        new = with_unit(parameter, value.value)
        if old is None:
            lines = [_("Quy định mới: {0}.").format(new)]
        else:
            lines = [_("{0} thay cho {1}.").format(new, with_unit(parameter, old.value))]
        lines += self._months_told(parameter, old, value)
        return Change(_label(parameter, self.english), tuple(lines), value.basis, mark=value.mark)

    def _months_told(self, parameter: Parameter, old: DatedValue | None, value: DatedValue) -> list[str]:
        """The trap: issued, in force and counted from three different days."""
        months = reaches_back(value)
        if not months or old is None:
            return []
        since = month_text(value.applies_to_months_from)
        day = f"{value.in_force_from:%d/%m/%Y}"
        if parameter.unit != "vnd_per_month":
            return [_("Có hiệu lực từ ngày {0} nhưng tính cho tháng hưởng từ {1}.").format(day, since)]
        issued = f"{value.issued_on:%d/%m/%Y}" if value.issued_on else "…"
        told = _("Ban hành ngày {0}, có hiệu lực từ ngày {1}, nhưng tiền tính cho tháng hưởng từ {2}.").format(issued, day, since)
        if parameter.key == "standard":
            owed = _("Các tháng {0} và tháng nào sau đó đã chi theo mức cũ được truy lĩnh {1} × hệ số mỗi tháng.")
        else:
            owed = _("Các tháng {0} và tháng nào sau đó đã chi theo mức cũ được truy lĩnh {1} mỗi tháng.")
        more = value.value - old.value
        return [told, owed.format(months, money_text(more))] if more > 0 else [told]

    # --- rules -----------------------------------------------------------------------------------------------------

    def began(self) -> Iterator[Change]:
        """Rules that no rule of the eve corresponds to."""
        for rule in self.fresh:
            conditions = "; ".join(self.new_words.clauses(rule.when.tree))
            lines = [_("Điều kiện: {0}.").format(conditions), f"{self.new_words.level(rule)}.", payee_words(rule)]
            yield self._change(rule, [line for line in lines if line])

    def ended(self) -> Iterator[Change]:
        """Rules without a successor."""
        for rule in self.gone:
            conditions = "; ".join(self.old_words.clauses(rule.when.tree))
            yield self._change(rule, [_("Điều kiện trước đây: {0}.").format(conditions), f"{self.old_words.level(rule)}."])

    def changed(self) -> Iterator[Change]:
        """Rules of which more than the article changed."""
        for old, new in self.kept:
            if lines := self._lines(old, new):
                yield self._change(new, lines, old)

    def renumbered(self) -> Iterator[Change]:
        """Rules that stand in another article and say the same."""
        for old, new in self.kept:
            if _articles(old) != _articles(new) and not self._lines(old, new):
                yield self._change(new, [], old)

    def _change(self, rule: Rule, lines: Iterable[str], old: Rule | None = None) -> Change:
        title = rule.title_en if self.english else rule.title
        was = _articles(old) if old else ""
        basis = _articles(rule)
        return Change(title, tuple(lines), basis, rule.kind, rule.mark, "" if was == basis else was)

    def _lines(self, old: Rule, new: Rule) -> list[str]:
        before, after = self.old_words.parts(old.when.tree), self.new_words.parts(new.when.tree)
        lines = []
        if gone := [words for shape, words in before.items() if shape not in after]:
            lines.append(_("Bỏ điều kiện: {0}.").format("; ".join(gone)))
        if fresh := [words for shape, words in after.items() if shape not in before]:
            lines.append(_("Thêm điều kiện: {0}.").format("; ".join(fresh)))
        for shape in before:
            if shape in after and before[shape] != after[shape]:
                lines.append(_("Điều kiện trước: {0}. Nay: {1}.").format(before[shape], after[shape]))
        if self.old_words.level(old) != self.new_words.level(new):
            lines.append(
                _("Hệ số trước: {0}. Nay: {1}.").format(_coefficient(old, self.old_words), _coefficient(new, self.new_words))
            )
        return lines

    # --- provisions, steps, points ---------------------------------------------------------------------------------

    def provisions(self) -> Iterator[Change]:
        """Provisions of the regime and of one-off support that read otherwise than on the eve."""
        yield from self._told(self._provisions(self.eve), self._provisions(self.day))
        for kind, label in told_kinds(self.book, english=self.english).items():
            old, new = (one_off_provisions(self.book, kind, day) for day in (self.eve, self.day))
            yield from self._told(old, new, label, kind)
        yield from self._told(facility_provisions(self.book, self.eve), facility_provisions(self.book, self.day))

    def _provisions(self, day: date) -> tuple[Provision, ...]:
        regime = self.book.regime_on(day)
        return provisions(regime.key) if regime else ()

    def _told(self, old: Sequence[Provision], new: Sequence[Provision], label: str = "", kind: str = "") -> Iterator[Change]:
        before = {one.title: one for one in old}
        after = {one.title: one for one in new}
        for title, one in {**before, **after}.items():
            then, now = before.get(title), after.get(title)
            if then.text == now.text if then and now else _is_said(one.text, new if then else old):
                continue
            if then and now:
                lines = [_("Trước: {0}").format(then.text), _("Nay: {0}").format(now.text)]
            else:
                lines = [_("Quy định mới: {0}").format(one.text) if now else _("Không còn quy định: {0}").format(one.text)]
            was = then.basis if then and now and then.basis != now.basis else ""
            yield Change(f"{label}: {title}" if label else title, tuple(lines), one.basis, kind, one.mark, was)

    def procedures(self) -> Iterator[Change]:
        """Steps of the procedures, each against the one of the same key on the eve."""
        old = {one.key: one for one in self.book.procedures if one.in_force(self.eve)}
        new = {one.key: one for one in self.book.procedures if one.in_force(self.day)}
        for key, one in {**old, **new}.items():
            then, now = old.get(key), new.get(key)
            if then and now and then.text == now.text:
                continue
            title = one.title_en if self.english else one.title
            labels = ", ".join(self.book.kinds[kind][1 if self.english else 0] for kind in one.kinds)
            texts = [step and (step.text_en if self.english else step.text) for step in (then, now)]
            if then and now:
                lines = [_("Trước: {0}").format(texts[0]), _("Nay: {0}").format(texts[1])]
            else:
                words = _("Quy định mới: {0}") if now else _("Không còn quy định: {0}")
                lines = [words.format(texts[1] if now else texts[0])]
            was = then.basis if then and now and then.basis != now.basis else ""
            yield Change(f"{title} ({labels})", tuple(lines), one.basis, mark=one.mark, was=was)

    def uncertain(self, *, opened: bool) -> Iterator[Change]:
        """Points that arise with the day, or that it leaves behind."""
        days = (self.eve, self.day) if opened else (self.day, self.eve)
        known = {point.key for point in uncertain_points(self.book, days[0], self.english, reaching=False)}
        for point in uncertain_points(self.book, days[1], self.english, reaching=False):
            if point.key not in known:
                lines = _point_lines(point) if opened else [point.question]
                yield Change(point.label, tuple(lines), point.basis, mark="?" if opened else "")


def _articles(rule: Rule) -> str:
    """The articles of a rule, each once."""
    return "; ".join(dict.fromkeys((rule.basis, rule.coefficient_basis)))


def _coefficient(rule: Rule, words: Words) -> str:
    """The coefficient of a rule with what it is counted by."""
    times = words.phrases.times_count.format(words.label(rule.count)) if rule.count else ""
    return words.coefficient(rule.coefficient.tree, rule.when.tree) + times


def _is_said(text: str, others: Sequence[Provision]) -> bool:
    """Whether every part of a provision stands in the others, cut otherwise."""
    said = " ".join(one.text for one in others).lower()
    return bool(others) and all(part in said for part in text.lower().rstrip(".").split("; "))


def _is_told_elsewhere(key: str) -> bool:
    """Whether a new number is told in the sentences of one-off support or of facilities anyway."""
    return key.startswith("facility_") or any(key in keys for keys in ONCE_NUMBERS.values()) and not key.startswith("decide_")


def _point_lines(point: Uncertain) -> list[str]:
    lines = [point.question]
    if point.choices:
        lines.append(_("Các cách hiểu: {0}.").format("; ".join(label for _value, label in point.choices)))
    if point.default:
        lines.append(_("Tạm tính: {0}.").format(point.default))
    return lines
