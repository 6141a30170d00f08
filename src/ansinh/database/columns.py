"""Columns used by many rooms."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.expressions import Func

from ansinh.kernel.money import coefficient_text


class MoneyField(models.BigIntegerField):
    """Integer đồng."""


class CoefficientField(models.PositiveIntegerField):
    """Integer hundredths: 150 is 1,5."""

    @staticmethod
    def text(value: int) -> str:
        return coefficient_text(value)


class MonthField(models.DateField):
    """A month, kept as its first day. A check constraint in the database is added with `first_day(...)`."""


class PeriodField(DateRangeField):
    """Days from (included) to (excluded); an open end is null."""


def first_day(table: str, field: str) -> models.CheckConstraint:
    """The database keeps that a month is its first day."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__day": 1}), name=f"{table}_{field}_is_first_day")


def no_overlap(name: str, *same: str, period: str = "period", condition: models.Q | None = None) -> ExclusionConstraint:
    """No two rows with the same `same` fields have overlapping periods."""
    expressions = [(field, RangeOperators.EQUAL) for field in same] + [(period, RangeOperators.OVERLAPS)]
    return ExclusionConstraint(name=name, expressions=expressions, condition=condition)


def on_day(day: date, field: str = "period") -> models.Q:
    """Rows whose period holds `day`."""
    return models.Q(**{f"{field}__contains": day})


def code_field(prefix: str) -> models.GeneratedField:
    """The public code of a row, made by the database from its key: 'NT00000123'."""
    expression = Func(template=f"'{prefix}' || lpad((id)::text, 8, '0')", output_field=models.TextField())
    return models.GeneratedField(expression=expression, output_field=models.TextField(), db_persist=True, unique=True)


def folded_field(source: str) -> models.GeneratedField:
    """`source` folded by the database (no marks, lower case), always in step with it."""
    expression = Func(models.F(source), function="fold", output_field=models.TextField())
    return models.GeneratedField(expression=expression, output_field=models.TextField(), db_persist=True)
