"""The NumPy backend: the same expressions over columns of many people."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np

from ansinh.law.engine.errors import LawFileError
from ansinh.law.engine.expressions import Expression, pairs

Array = np.ndarray[Any, np.dtype[Any]]


def vectorised(expression: Expression) -> Callable[[Mapping[str, Any]], Any]:
    """The expression as a function of columns and numbers."""
    return _compiled(expression.text, ast.dump(expression.tree), _source(expression.tree))


@cache
def _compiled(text: str, dump: str, source: str) -> Callable[[Mapping[str, Any]], Any]:
    code = compile(f"lambda v: {source}", "<law columns>", "eval")
    return eval(code, {"__builtins__": {}, "np": np})  # type: ignore[no-any-return]


def _source(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return f"v[{name!r}]"
        case ast.Constant(value=value):
            return repr(value)
        case ast.BoolOp(op=op, values=values):
            return "(" + (" & " if isinstance(op, ast.And) else " | ").join(_source(value) for value in values) + ")"
        case ast.UnaryOp(operand=operand):
            return f"np.logical_not({_source(operand)})"
        case ast.Compare():
            return "(" + " & ".join(f"({_source(a)} {op} {_source(b)})" for a, op, b in pairs(node)) + ")"
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return f"np.where({_source(test)}, {_source(body)}, {_source(orelse)})"
    raise LawFileError(f"Biểu thức có thành phần lạ: {type(node).__name__}.")
