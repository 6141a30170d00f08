"""A rule as a sentence, Vietnamese or in English translation, and each of its conditions with the value found."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from ansinh.kernel.money import coefficient_text, money_text
from ansinh.law.engine.expressions import pairs
from ansinh.law.engine.lawfile import LawBook
from ansinh.law.engine.phrases import ENGLISH, VIETNAMESE, english_words
from ansinh.law.engine.rules import Rule

_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


class Words:
    """Renders expressions; `numbers` are the parameters of the month that fill the sentence."""

    def __init__(self, book: LawBook, numbers: Mapping[str, int], *, english: bool = False) -> None:
        self.book, self.numbers, self.english = book, numbers, english
        self.phrases = ENGLISH if english else VIETNAMESE
        self._told: dict[ast.expr, str] = {}

    def condition(self, node: ast.expr) -> str:
        """A condition in Vietnamese words."""
        if node not in self._told:
            self._told[node] = self._condition(node)
        return self._told[node]

    def _condition(self, node: ast.expr) -> str:
        match node:
            case ast.BoolOp(op=ast.And(), values=values):
                return self.phrases.both.join(self._part(value) for value in values)
            case ast.BoolOp(values=values):
                return self._named(node) or self.phrases.either.join(self._part(value) for value in values)
            case ast.UnaryOp(operand=operand):
                return self._negated(operand)
            case ast.Compare():
                return self.phrases.both.join(self._compare(*pair) for pair in pairs(node))
            case ast.Name(id=name):
                return self.label(name)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self.phrases.otherwise.format(self.condition(body), self.condition(test), self.condition(orelse))
        return ast.unparse(node)

    def clauses(self, node: ast.expr) -> list[str]:
        """The conditions that must all hold, each in words: a lower and an upper age are told together."""
        told: list[str] = []
        before: ast.expr | None = None
        for value in _all_of(node):
            between = self._between(before, value)
            if between:
                told[-1] = between
            else:
                told.append(self.condition(value))
            before = value
        return told

    def parts(self, node: ast.expr) -> dict[str, str]:
        """The conditions that must all hold, each in words by its shape: the same shape may read otherwise with other numbers."""
        return {ast.dump(value): self.condition(value) for value in _all_of(node)}

    def _between(self, lower: ast.expr | None, upper: ast.expr) -> str:
        """ "from 75 to under 80" for two neighbouring comparisons of the age; else nothing."""
        match lower, upper:
            case (
                ast.Compare(left=ast.Name(id="age"), ops=[ast.GtE()], comparators=[first]),
                ast.Compare(left=ast.Name(id="age"), ops=[ast.Lt()], comparators=[second]),
            ):
                return self.phrases.between.format(self._number(first), self._number(second))
        return ""

    def cases(self, node: ast.expr, within: ast.expr | None = None) -> list[tuple[str, int]]:
        """A coefficient case by case: when it holds ("" where nothing is asked), and the coefficient (hundredths).

        `within`: the condition of the rule, so that "from 4" is told as "from 4 to under 16".
        """
        if isinstance(node, ast.IfExp):
            here = [(when or self._case(node.test, within), c) for when, c in self.cases(node.body, within)]
            other = opposite(node.test)
            rest = self._case(other, within) if other else ""
            return here + [(when or rest, c) for when, c in self.cases(node.orelse, within)]
        return [("", node.value)] if isinstance(node, ast.Constant) and isinstance(node.value, int) else []

    def _case(self, test: ast.expr, within: ast.expr | None) -> str:
        for bound in _all_of(within) if within and isinstance(test, ast.Compare) else ():
            if between := self._between(bound, test) or self._between(test, bound):
                return between
        return self.phrases.both.join(self.clauses(test))

    def coefficient(self, node: ast.expr, within: ast.expr | None = None) -> str:
        """A coefficient in words."""
        cases = self.cases(node, within)
        if not cases:
            return ast.unparse(node)
        if len(cases) == 1:
            return coefficient_text(cases[0][1])
        return "; ".join(self._told_case(when, coefficient_text(value)) for when, value in cases)

    def _told_case(self, when: str, value: str) -> str:
        return (self.phrases.in_case if when else self.phrases.in_other_cases).format(value, when)

    def level(self, rule: Rule) -> str:
        """What the rule gives: its coefficient, and the level that it multiplies."""
        level = self.phrases.pension if rule.kind == "social_pension" else self.phrases.allowance
        times = self.phrases.times_count.format(self.label(rule.count)) if rule.count else ""
        return self.phrases.gives.format(level, self.coefficient(rule.coefficient.tree, rule.when.tree), times)

    def label(self, name: str) -> str:
        """The label of a fact, or the number a parameter has."""
        if name in self.book.facts:
            return str(self._fact(name)["label"])
        return self.number(name)

    def _fact(self, name: str) -> Mapping[str, Any]:
        """Label, negative and phrases of a fact in the language of these words."""
        fact = self.book.facts[name]
        if self.english:
            found: Mapping[str, Any] = english_words()["facts"].get(name, {"label": fact.label_en})
            return found
        return {"label": fact.label, "negative": fact.negative, "phrases": fact.phrases}

    def number(self, name: str) -> str:
        """The value of a parameter in words."""
        value = self.numbers.get(name)
        parameter = self.book.parameters[name]
        if value is None:
            return parameter.label_en if self.english else parameter.label
        return money_text(value) if parameter.unit.startswith("vnd") else str(value)

    def value(self, name: str, value: Any) -> str:
        """What was found for a fact."""
        fact, told = self.book.facts[name], self._fact(name)
        if fact.type == "boolean":
            return str(told["label"] if value else told["negative"])
        if fact.unit.startswith("vnd"):
            return f"{told['label']}: {money_text(value)}"
        if fact.key == "age":
            return self.phrases.years["=="].format(value) if value >= 0 else self.phrases.unborn
        return f"{told['label']}: {value}"

    def _named(self, node: ast.expr) -> str:
        """The label of the definition that is this choice between plain facts, or this whole condition."""
        plain = all(isinstance(value, ast.Name) for value in getattr(node, "values", ()))
        return self._definitions.get(ast.dump(node), "") if plain else ""

    @cached_property
    def _definitions(self) -> Mapping[str, str]:
        english = english_words()["definitions"] if self.english else {}
        return {ast.dump(one.expression.tree): english.get(key, one.label) for key, one in self.book.definitions.items()}

    def _part(self, node: ast.expr) -> str:
        text = self.condition(node)
        return f"({text})" if isinstance(node, ast.BoolOp) and not self._named(node) else text

    def _negated(self, node: ast.expr) -> str:
        if isinstance(node, ast.Name) and (negative := self._fact(node.id).get("negative")):
            return str(negative)
        label = self._definitions.get(ast.dump(node))
        return self.phrases.none_of.format(label or f"({self.condition(node)})")

    def _compare(self, left: ast.expr, op: str, right: ast.expr) -> str:
        if not isinstance(left, ast.Name) or left.id not in self.book.facts:
            left, op, right = right, _TURNED[op], left
        shown = self._number(right)
        if isinstance(left, ast.Name) and left.id == "age":
            return self.phrases.years[op].format(shown)
        phrases = self._fact(left.id).get("phrases", {}) if isinstance(left, ast.Name) else {}
        if op in phrases:
            return str(phrases[op]).format(shown)
        return f"{self.condition(left)} {self.phrases.count[op].format(shown)}"

    def _number(self, node: ast.expr) -> str:
        return self.number(node.id) if isinstance(node, ast.Name) else ast.unparse(node)


def opposite(node: ast.expr) -> ast.expr | None:
    """The condition that holds exactly when this one does not, pushed down to the comparisons; None where it cannot be told."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return ast.Compare(left, [_OPPOSITE[type(op)]()], [right])
        case ast.UnaryOp(operand=operand):
            return operand
        case ast.Name():
            return ast.UnaryOp(ast.Not(), node)
        case ast.BoolOp(op=op, values=values):
            turned = [found for value in values if (found := opposite(value)) is not None]
            joint = ast.Or() if isinstance(op, ast.And) else ast.And()
            return ast.BoolOp(joint, turned) if len(turned) == len(values) else None
    return None


def _all_of(node: ast.expr) -> Iterator[ast.expr]:
    """The parts of a conjunction, nested ones taken apart."""
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        for value in node.values:
            yield from _all_of(value)
    else:
        yield node
