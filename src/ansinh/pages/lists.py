"""Lists: sorted, filtered by the address, paged by key (never by number), and taken out whole to a spreadsheet.

A key is the id of a row: no name and no number of a person stands in an address. The row's own values are looked up
again, so paging goes on where it was although rows were added or taken away meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db.models import Model, Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers

SORT, AFTER, BEFORE, EXPORT = "sap", "sau", "truoc", "xuat"
OWN = (SORT, AFTER, BEFORE, EXPORT)


@dataclass(frozen=True)
class Column:
    """A column of a list. It sorts when its key is among the sorts; `value` gives the cell of a spreadsheet."""

    key: str
    label: Any
    numeric: bool = False
    value: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class Head:
    """One column head as the template draws it."""

    key: str
    label: Any
    numeric: bool
    aria_sort: str
    url: str


@dataclass(frozen=True)
class Chip:
    """A filter in force and the address without it."""

    words: str
    url: str


class Listing:
    """One page of `queryset`, with everything its template needs.

    sorts: key of a column → the fields it sorts by, the last one unique: {"ten": ("sort_name", "id")}; "-field" turns
    one round. The first sort is the usual one. `name` says how the first row of the next page is called. `form` is the
    bound GET form whose fields filter; the caller has applied it to `queryset`. `counted` asks for the total;
    `counted_to` counts no further than so many rows.
    """

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet,
        *,
        columns: Sequence[Column],
        sorts: dict[str, Sequence[str]],
        page_size: int = 50,
        form: Form | None = None,
        name: Callable[[Any], str] | None = None,
        counted: bool = True,
        counted_to: int | None = None,
        exported: bool = False,
    ) -> None:
        self.path = request.path
        self.query = request.GET
        self.queryset = queryset
        self.columns = list(columns)
        self.sorts = sorts
        self.page_size = page_size
        self.form = form
        self.name = name
        self.counted = counted
        self.counted_to = counted_to
        self.exported = exported

    # Order -----------------------------------------------------------------------------------------------------------
    @cached_property
    def sort(self) -> tuple[str, bool]:
        """The key sorted by, and whether it runs downwards."""
        asked = self.query.get(SORT, "")
        key = asked.removeprefix("-")
        return (key, asked.startswith("-")) if key in self.sorts else (next(iter(self.sorts)), False)

    @property
    def sort_word(self) -> str:
        """The sort as it stands in the address; empty when it is the usual one."""
        return self.query.get(SORT, "") if self.sort != (next(iter(self.sorts)), False) else ""

    @property
    def order(self) -> list[str]:
        key, downwards = self.sort
        return [_turned(field) for field in self.sorts[key]] if downwards else list(self.sorts[key])

    # Page ------------------------------------------------------------------------------------------------------------
    @cached_property
    def _page(self) -> tuple[list[Any], Any, bool]:
        """Rows, the first row after them (None at the end), whether there are rows before them."""
        if (before := self._row(self.query.get(BEFORE, ""))) is not None:
            found = self._take([_turned(field) for field in self.order], before)
            if len(found) >= self.page_size:
                return found[: self.page_size][::-1], before, len(found) > self.page_size
        after = self._row(self.query.get(AFTER, "")) if before is None else None
        found = self._take(self.order, after)
        rest = found[self.page_size] if len(found) > self.page_size else None
        return found[: self.page_size], rest, after is not None

    def _take(self, order: list[str], start: Any) -> list[Any]:
        rows = self.queryset.order_by(*order)
        if start is not None:
            values = [_value(start, field) for field in order]
            rows = rows.filter(_from(self.queryset.model, order[0], values[0]) & beyond(order, values))
        return list(rows[: self.page_size + 1])

    def _row(self, key: str) -> Any:
        """The row that a key names. One that left the list meanwhile still says where to go on."""
        if not (key.isascii() and key.isdecimal()) or len(key) > 18:
            return None
        found = self.queryset.filter(pk=key).first()
        if found is not None:
            return found
        outside = self.queryset.model._default_manager.filter(pk=key).first()
        try:
            [_value(outside, field) for field in self.order]
        except (AttributeError, FieldError):
            return None
        return outside

    @property
    def rows(self) -> list[Any]:
        return self._page[0]

    @property
    def shown(self) -> int:
        return len(self.rows)

    @cached_property
    def _count(self) -> int:
        return self.queryset[: self.counted_to + 1].count() if self.counted_to else self.queryset.count()

    @property
    def total(self) -> int | None:
        """How many rows there are, as far as they were counted; None where nobody asked."""
        return min(self._count, self.counted_to or self._count) if self.counted else None

    @property
    def has_uncounted(self) -> bool:
        """Whether there are more rows than `total`."""
        return self.counted_to is not None and self.counted and self._count > self.counted_to

    @property
    def next_url(self) -> str:
        return self.address(**{AFTER: str(self.rows[-1].pk)}) if self.rows and self._page[1] is not None else ""

    @property
    def next_name(self) -> str:
        return self.name(self._page[1]) if self.name and self._page[1] is not None else ""

    @property
    def previous_url(self) -> str:
        return self.address(**{BEFORE: str(self.rows[0].pk)}) if self.rows and self._page[2] else ""

    # Addresses -------------------------------------------------------------------------------------------------------
    def address(self, drop: str = "", **changes: str) -> str:
        """This list with other keys; the place in it is left behind unless it is among the changes."""
        query = self.query.copy()
        for key in (AFTER, BEFORE, EXPORT, drop):
            query.pop(key, None)
        for key in [k for k in query if not any(query.getlist(k))]:
            del query[key]
        for key, value in changes.items():
            query[key] = value
        return f"{self.path}?{query.urlencode()}" if query else self.path

    @property
    def bare_url(self) -> str:
        """Without any filter, in the same order."""
        query = QueryDict(mutable=True)
        if self.sort_word:
            query[SORT] = self.sort_word
        return f"{self.path}?{query.urlencode()}" if query else self.path

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Head:
        if column.key not in self.sorts:
            return Head(column.key, column.label, column.numeric, "", "")
        key, downwards = self.sort
        here = column.key == key
        word = f"-{column.key}" if here and not downwards else column.key
        aria = ("descending" if downwards else "ascending") if here else ""
        return Head(column.key, column.label, column.numeric, aria, self.address(**{SORT: word}))

    @property
    def chips(self) -> list[Chip]:
        """The filters in force, in the order of the form."""
        if self.form is None or not self.form.is_bound or not self.form.is_valid():
            return []
        return [
            Chip(_words(self.form, name), self.address(drop=self.form.add_prefix(name)))
            for name, value in self.form.cleaned_data.items()
            if value not in (None, "", False, []) and name in self.form.changed_data
        ]

    # Taking it out ---------------------------------------------------------------------------------------------------
    @property
    def export_url(self) -> str:
        return self.address(**{EXPORT: "xlsx"}) if self.exported else ""

    @property
    def wants_export(self) -> bool:
        """The view then writes the workbook from `export_head` and `export_rows`, and journals it."""
        return self.exported and self.query.get(EXPORT) == "xlsx"

    @property
    def export_head(self) -> list[str]:
        return [str(column.label) for column in self.columns if column.value]

    def export_rows(self) -> Iterator[list[Any]]:
        """Every row of the list, not only this page, in the order on the screen."""
        values = [column.value for column in self.columns if column.value]
        for row in self.queryset.order_by(*self.order).iterator(chunk_size=2000):
            yield [value(row) for value in values]


def beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows that come after `values` in `order`. PostgreSQL sorts nulls last upwards and first downwards."""
    condition = Q(pk__in=[])
    for field, value in reversed(list(zip(order, values, strict=True))):
        name, downwards = field.removeprefix("-"), field.startswith("-")
        if value is None:
            same = Q(**{f"{name}__isnull": True})
            further = Q(**{f"{name}__isnull": False}) if downwards else Q(pk__in=[])
        else:
            same = Q(**{name: value})
            further = Q(**{f"{name}__lt": value}) if downwards else Q(**{f"{name}__gt": value})
            if not downwards:
                further |= Q(**{f"{name}__isnull": True})
        condition = further | (same & condition)
    return condition


def render_list(request: HttpRequest, template: str, rows_template: str, context: dict[str, Any]) -> HttpResponse:
    """The page; for htmx only its rows. A page taken from the browser's history is whole."""
    htmx = getattr(request, "htmx", None)
    fragment = bool(htmx) and not htmx.history_restore_request
    response = TemplateResponse(request, rows_template if fragment else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _turned(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"


def _value(row: Any, field: str) -> Any:
    for part in field.removeprefix("-").split("__"):
        row = None if row is None and part == "id" else getattr(row, part)
    return row


def _from(model: type[Model], field: str, value: Any) -> Q:
    """The first column of the order said by itself, where no row lacks it: an index is entered here, not read from its beginning."""
    if value is None or not _is_filled(model, field):
        return Q()
    return Q(**{f"{field.removeprefix('-')}__{'lte' if field.startswith('-') else 'gte'}": value})


def _is_filled(model: type[Model], field: str) -> bool:
    """Whether every row has a value in this column of the model, or of a row it always points at."""
    for part in field.removeprefix("-").split("__"):
        try:
            column = model._meta.pk if part == "pk" else model._meta.get_field(part)
        except FieldDoesNotExist:
            return False
        if column.null or column.one_to_many or column.many_to_many:
            return False
        model = column.related_model or model
    return True


def _words(form: Form, name: str) -> str:
    field, value = form.fields[name], form.cleaned_data[name]
    if value is True:
        return str(field.label)
    chosen = value if isinstance(value, list | tuple | set) else [value]
    labels = dict(_flat(getattr(field, "choices", [])))
    shown = ", ".join(str(labels.get(str(v), labels.get(v, _text(field, v)))) for v in chosen)
    return f"{field.label}: {shown}"


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label


def _text(field: Any, value: Any) -> str:
    """A value as its field takes it: a month stays a month."""
    if not hasattr(value, "strftime"):
        return str(value)
    typed = field.prepare_value(value)
    return typed if isinstance(typed, str) else f"{value:%d/%m/%Y}"
