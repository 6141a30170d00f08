"""Expressions of the law files: names, numbers, comparison, and / or / not, `a if c else b`. Nothing else, ever.

One parsed expression runs as a Python function, as NumPy, as SQL, and as a Vietnamese sentence (`engine.words`).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ansinh.law.engine.errors import LawFileError

Values = Mapping[str, Any]

_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


@dataclass(frozen=True)
class Expression:
    """One condition or number of the law, with the definitions it names put in place."""

    text: str
    tree: ast.expr

    @cached_property
    def names(self) -> frozenset[str]:
        """Every fact and parameter that is named."""
        return frozenset(node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name))

    @cached_property
    def scalar(self) -> Callable[[Values], Any]:
        """The expression as a function of one person's values."""
        source = f"lambda v: {_python(self.tree)}"
        return eval(compile(source, "<law>", "eval"), {"__builtins__": {}})  # type: ignore[no-any-return]

    @cached_property
    def constants(self) -> frozenset[int]:
        """Every number written in the expression."""
        return frozenset(int(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Constant))  # type: ignore[arg-type]

    @cached_property
    def outcomes(self) -> frozenset[int]:
        """Every number that a coefficient may come to."""
        return frozenset(_outcomes(self.tree))


def parse(text: str, definitions: Mapping[str, Expression] | None = None) -> Expression:
    """Read an expression, put in the definitions it names, refuse everything outside the white list."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except SyntaxError as fault:
        raise LawFileError(f"Biểu thức không đọc được: “{text}” ({fault.msg}).") from None
    _check(tree, text)
    if definitions:
        tree = _Inline(definitions).visit(tree)
    return Expression(text.strip(), tree)


class _Inline(ast.NodeTransformer):
    def __init__(self, definitions: Mapping[str, Expression]) -> None:
        self.definitions = definitions

    def visit_Name(self, node: ast.Name) -> ast.expr:
        found = self.definitions.get(node.id)
        return found.tree if found else node


def _outcomes(node: ast.expr) -> set[int]:
    if isinstance(node, ast.IfExp):
        return _outcomes(node.body) | _outcomes(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, int) else set()


def _check(node: ast.expr, text: str) -> None:
    """Refuse calls, attributes, loops, text, arithmetic: the escape is a named, cited function."""
    if isinstance(node, ast.Name):
        return
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return
    if isinstance(node, ast.BoolOp):
        parts: list[ast.expr] = node.values
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        parts = [node.operand]
    elif isinstance(node, ast.Compare) and all(type(op) in _COMPARE for op in node.ops):
        parts = [node.left, *node.comparators]
    elif isinstance(node, ast.IfExp):
        parts = [node.test, node.body, node.orelse]
    else:
        raise LawFileError(f"Biểu thức “{text}” dùng thành phần không được phép: {type(node).__name__}.")
    for part in parts:
        _check(part, text)


def pairs(node: ast.Compare) -> list[tuple[ast.expr, str, ast.expr]]:
    """A chained comparison as its single comparisons."""
    sides = [node.left, *node.comparators]
    return [(sides[i], _COMPARE[type(op)], sides[i + 1]) for i, op in enumerate(node.ops)]


def _python(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return f"v[{name!r}]"
        case ast.Constant(value=value):
            return repr(value)
        case ast.BoolOp(op=op, values=values):
            word = " and " if isinstance(op, ast.And) else " or "
            return "(" + word.join(_python(value) for value in values) + ")"
        case ast.UnaryOp(operand=operand):
            return f"(not {_python(operand)})"
        case ast.Compare():
            return "(" + " and ".join(f"{_python(a)} {op} {_python(b)}" for a, op, b in pairs(node)) + ")"
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return f"({_python(body)} if {_python(test)} else {_python(orelse)})"
    raise LawFileError(f"Biểu thức có thành phần lạ: {type(node).__name__}.")
