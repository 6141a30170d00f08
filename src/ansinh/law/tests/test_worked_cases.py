"""The project's own worked cases pass, each for itself, and so do those that were given."""

from __future__ import annotations

from typing import Any

import pytest

from ansinh.law.caseformat import support
from ansinh.law.caseformat.comparing import differences
from ansinh.law.coverage import given_cases, own_cases


@pytest.mark.parametrize("case", [*own_cases(), *given_cases()], ids=lambda case: str(case["id"]))
def test_the_engine_gives_what_the_case_expects(case: dict[str, Any]) -> None:
    assert differences(case) == []


@pytest.mark.parametrize("case", own_cases(support.FORMAT), ids=lambda case: str(case["id"]))
def test_the_law_gives_every_support_as_the_case_expects(case: dict[str, Any]) -> None:
    assert support.differences(case) == []
