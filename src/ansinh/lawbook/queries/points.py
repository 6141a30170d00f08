"""What officers confirmed, and what waits to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ansinh import law
from ansinh.law.benefit_text import Uncertain
from ansinh.law.engine.parameters import OpenQuestion
from ansinh.lawbook.models import Confirmation


@dataclass(frozen=True)
class Point:
    """An uncertain point of law: a question with choices, or a text not seen yet that is answered in words."""

    key: str
    label: str
    question: str
    basis: str
    choices: tuple[tuple[str, str], ...] = ()
    default: str = ""
    holds: bool = False

    def words(self, value: str) -> str:
        """An answer as people read it."""
        return dict(self.choices).get(value, value)


def points() -> dict[str, Point]:
    """Every uncertain point, those that money depends on first."""
    asked = [_from_question(question) for question in law.questions().values()]
    texts = [Point(one.key, one.label, one.question, one.basis) for one in law.unread()]
    return {point.key: point for point in (*asked, *texts)}


def _from_question(question: OpenQuestion) -> Point:
    choices = tuple((choice.value, choice.label) for choice in question.choices)
    default = question.label_of(question.default) if question.default else ""
    return Point(
        question.key, question.label, question.question, question.basis, choices, default, question.while_unconfirmed == "hold"
    )


def confirmations() -> dict[str, str]:
    """The newest confirmed answer of each open question: the overlay handed to the law."""
    rows = Confirmation.objects.filter(parameter__in=law.questions())
    rows = rows.order_by("parameter", "-confirmed_at", "-id").distinct("parameter")
    return dict(rows.values_list("parameter", "value"))


def waiting() -> tuple[Point, ...]:
    """Points nobody has confirmed."""
    answered = set(Confirmation.objects.values_list("parameter", flat=True).distinct())
    return tuple(point for key, point in points().items() if key not in answered)


def newest() -> dict[str, Confirmation]:
    """The newest confirmation of each point, with who gave it."""
    rows = Confirmation.objects.order_by("parameter", "-confirmed_at", "-id").distinct("parameter")
    return {row.parameter: row for row in rows.select_related("confirmed_by__user")}


def with_answers(uncertain: Sequence[Uncertain]) -> list[tuple[Uncertain, Confirmation | None, str]]:
    """(point, newest confirmation, its answer in words) of the points of a text of law."""
    answers = newest()
    rows = []
    for point in uncertain:
        answer = answers.get(point.key)
        rows.append((point, answer, dict(point.choices).get(answer.value, answer.value) if answer else ""))
    return rows
