"""The joints of a sentence in each language, and the English names of what the law files name.

The Vietnamese text is the law; English is its translation. So English words stand in a file of their own, outside the hash of the law.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_ENGLISH = Path(__file__).resolve().parent.parent / "english.yaml"


@dataclass(frozen=True)
class Phrases:
    """How comparisons, choices and levels are told. `{0}` is the number."""

    both: str
    either: str
    count: Mapping[str, str]
    years: Mapping[str, str]
    between: str
    otherwise: str
    in_case: str
    in_other_cases: str
    none_of: str
    unborn: str
    allowance: str
    pension: str
    gives: str
    times_count: str


VIETNAMESE = Phrases(
    both=" và ",
    either=" hoặc ",
    count={
        ">=": "từ {0} trở lên", ">": "trên {0}", "<": "dưới {0}", "<=": "không quá {0}", "==": "bằng {0}", "!=": "khác {0}",
    },
    years={
        ">=": "từ đủ {0} tuổi", ">": "trên {0} tuổi", "<": "dưới {0} tuổi", "<=": "không quá {0} tuổi", "==": "{0} tuổi",
        "!=": "khác {0} tuổi",
    },
    between="từ đủ {0} tuổi đến dưới {1} tuổi",
    otherwise="{0} nếu {1}, còn lại {2}",
    in_case="{0} nếu {1}",
    in_other_cases="{0} đối với các trường hợp khác",
    none_of="không thuộc trường hợp {0}",
    unborn="chưa sinh",
    allowance="mức chuẩn trợ giúp xã hội",
    pension="mức trợ cấp hưu trí xã hội",
    gives="Mức hưởng: {0} nhân hệ số {1}{2}",
    times_count=" × {0}",
)  # fmt: skip
ENGLISH = Phrases(
    both=" and ",
    either=" or ",
    count={
        ">=": "{0} or more", ">": "more than {0}", "<": "less than {0}", "<=": "at most {0}", "==": "equal to {0}",
        "!=": "other than {0}",
    },
    years={
        ">=": "aged {0} or over", ">": "over {0}", "<": "under {0}", "<=": "at most {0} years old", "==": "aged {0}",
        "!=": "not aged {0}",
    },
    between="aged {0} to under {1}",
    otherwise="{0} if {1}, else {2}",
    in_case="{0} if {1}",
    in_other_cases="{0} in other cases",
    none_of="not a case of: {0}",
    unborn="not born yet",
    allowance="the social assistance standard",
    pension="the social pension level",
    gives="Amount: {0} times the coefficient {1}{2}",
    times_count=" × {0}",
)  # fmt: skip


@cache
def english_words() -> Mapping[str, Mapping[str, Any]]:
    """Sections of `english.yaml`: facts, definitions, questions, unread, each by key."""
    found: Mapping[str, Mapping[str, Any]] = yaml.safe_load(_ENGLISH.read_text(encoding="utf-8"))
    return found
