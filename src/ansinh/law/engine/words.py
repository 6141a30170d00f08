"""A rule as a Vietnamese sentence, and each of its conditions with the value found."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from ansinh.kernel.money import coefficient_text, money_text
from ansinh.law.engine.expressions import pairs
from ansinh.law.engine.lawfile import LawBook

_AND = " và "
_OR = " hoặc "
_COUNT = {">=": "từ {0} trở lên", ">": "trên {0}", "<": "dưới {0}", "<=": "không quá {0}", "==": "bằng {0}", "!=": "khác {0}"}
_YEARS = {">=": "từ đủ {0} tuổi", ">": "trên {0} tuổi", "<": "dưới {0} tuổi", "<=": "không quá {0} tuổi", "==": "{0} tuổi"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


class Words:
    """Renders expressions; `numbers` are the parameters of the month that fill the sentence."""

    def __init__(self, book: LawBook, numbers: Mapping[str, int]) -> None:
        self.book, self.numbers = book, numbers
        self._told: dict[ast.expr, str] = {}

    def condition(self, node: ast.expr) -> str:
        """A condition in Vietnamese words."""
        if node not in self._told:
            self._told[node] = self._condition(node)
        return self._told[node]

    def _condition(self, node: ast.expr) -> str:
        match node:
            case ast.BoolOp(op=ast.And(), values=values):
                return _AND.join(self._part(value) for value in values)
            case ast.BoolOp(values=values):
                return self._named(node) or _OR.join(self._part(value) for value in values)
            case ast.UnaryOp(operand=operand):
                return self._negated(operand)
            case ast.Compare():
                return _AND.join(self._compare(*pair) for pair in pairs(node))
            case ast.Name(id=name):
                return self.label(name)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return f"{self.condition(body)} nếu {self.condition(test)}, còn lại {self.condition(orelse)}"
        return ast.unparse(node)

    def clauses(self, node: ast.expr) -> list[str]:
        """The conditions that must all hold, each in words: a lower and an upper age are told together."""
        told: list[str] = []
        for value in _all_of(node):
            text = self.condition(value)
            if told and text.startswith("dưới ") and re.fullmatch(r"từ đủ \S+ tuổi", told[-1]):
                told[-1] = f"{told[-1]} đến {text}"
            else:
                told.append(text)
        return told

    def coefficient(self, node: ast.expr) -> str:
        """A coefficient in Vietnamese words."""
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            return coefficient_text(node.value)
        if isinstance(node, ast.IfExp):
            test = self.condition(node.test)
            return f"{self.coefficient(node.body)} nếu {test}; {self.coefficient(node.orelse)} đối với các trường hợp khác"
        return ast.unparse(node)

    def label(self, name: str) -> str:
        """The Vietnamese label of a fact, or the number a parameter has."""
        if name in self.book.facts:
            return self.book.facts[name].label
        return self.number(name)

    def number(self, name: str) -> str:
        """The value of a parameter in words."""
        value = self.numbers.get(name)
        parameter = self.book.parameters[name]
        if value is None:
            return parameter.label
        return money_text(value) if parameter.unit.startswith("vnd") else str(value)

    def value(self, name: str, value: Any) -> str:
        """What was found for a fact."""
        fact = self.book.facts[name]
        if fact.type == "boolean":
            return fact.label if value else fact.negative
        if fact.unit.startswith("vnd"):
            return f"{fact.label}: {money_text(value)}"
        if fact.key == "age":
            return f"{value} tuổi" if value >= 0 else "chưa sinh"
        return f"{fact.label}: {value}"

    def _named(self, node: ast.expr) -> str:
        """The label of the definition that is this choice between plain facts, or this whole condition."""
        plain = all(isinstance(value, ast.Name) for value in getattr(node, "values", ()))
        return self._definitions.get(ast.dump(node), "") if plain else ""

    @cached_property
    def _definitions(self) -> Mapping[str, str]:
        return {ast.dump(one.expression.tree): one.label for one in self.book.definitions.values()}

    def _part(self, node: ast.expr) -> str:
        text = self.condition(node)
        return f"({text})" if isinstance(node, ast.BoolOp) and not self._named(node) else text

    def _negated(self, node: ast.expr) -> str:
        if isinstance(node, ast.Name) and self.book.facts[node.id].negative:
            return self.book.facts[node.id].negative
        label = self._definitions.get(ast.dump(node))
        return f"không thuộc trường hợp {label}" if label else f"không thuộc trường hợp ({self.condition(node)})"

    def _compare(self, left: ast.expr, op: str, right: ast.expr) -> str:
        if not isinstance(left, ast.Name) or left.id not in self.book.facts:
            left, op, right = right, _TURNED[op], left
        shown = self._number(right)
        if isinstance(left, ast.Name) and left.id == "age":
            return _YEARS[op].format(shown)
        phrases = self.book.facts[left.id].phrases if isinstance(left, ast.Name) else {}
        if op in phrases:
            return phrases[op].format(shown)
        return f"{self.condition(left)} {_COUNT[op].format(shown)}"

    def _number(self, node: ast.expr) -> str:
        return self.number(node.id) if isinstance(node, ast.Name) else ast.unparse(node)


def _all_of(node: ast.expr) -> Iterator[ast.expr]:
    """The parts of a conjunction, nested ones taken apart."""
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        for value in node.values:
            yield from _all_of(value)
    else:
        yield node
