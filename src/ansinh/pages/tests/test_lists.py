"""Lists: order, paging by key, filters in the address. The rows are plain objects: the conditions are what matters."""

from types import SimpleNamespace

import pytest
from django import forms
from django.db.models import Q
from django.test import RequestFactory

from ansinh.pages.forms import OfficeForm, SearchInput
from ansinh.pages.lists import Column, Listing, render_list


def holds(condition: Q, row: SimpleNamespace) -> bool:
    """A Q asked of one object, as PostgreSQL would."""
    found = [holds(c, row) if isinstance(c, Q) else _compare(c[0], c[1], row) for c in condition.children]
    answer = all(found) if condition.connector == Q.AND else any(found)
    return not answer if condition.negated else answer


def _compare(lookup: str, value: object, row: SimpleNamespace) -> bool:
    name, _, word = lookup.partition("__")
    own = getattr(row, name)
    if word == "isnull":
        return (own is None) == value
    if word == "in":
        return own in value
    if own is None:
        return False
    return {"": own == value, "gt": own > value, "lt": own < value, "gte": own >= value, "lte": own <= value}[word]


FILLED = SimpleNamespace(null=False, one_to_many=False, many_to_many=False, related_model=None)
MAY_LACK = SimpleNamespace(null=True)


class Rows(list):
    """As much of a queryset as a listing asks for. Nulls come last upwards and first downwards."""

    model = SimpleNamespace(
        _default_manager=SimpleNamespace(filter=lambda pk: Rows()),
        _meta=SimpleNamespace(pk=FILLED, get_field=lambda name: {"id": FILLED, "place": FILLED}.get(name, MAY_LACK)),
    )

    def order_by(self, *fields: str) -> "Rows":
        rows = list(self)
        for field in reversed(fields):
            name = field.removeprefix("-")
            rows.sort(key=lambda r: ((v := getattr(r, name)) is None, v or 0), reverse=field.startswith("-"))
        return self._of(rows)

    def filter(self, condition: Q | None = None, *, pk: str | None = None) -> "Rows":
        if pk is not None:
            return self._of(r for r in self if r.pk == int(pk))
        return self._of(r for r in self if holds(condition, r))

    def first(self) -> SimpleNamespace | None:
        return self[0] if self else None

    def __getitem__(self, place):
        found = super().__getitem__(place)
        return self._of(found) if isinstance(place, slice) else found

    def count(self) -> int:
        return len(self)

    def iterator(self, chunk_size: int) -> "Rows":
        return self

    def _of(self, rows) -> "Rows":
        found = Rows(rows)
        found.model = self.model
        return found


def people() -> Rows:
    amounts = [500, None, 300, 500, None, 700, 300]
    return Rows(SimpleNamespace(pk=i, id=i, amount=a, name=f"N{i}") for i, a in enumerate(amounts, 1))


class Filter(OfficeForm):
    ten = forms.CharField(label="Tên", required=False, widget=SearchInput)
    thon = forms.ChoiceField(label="Thôn", required=False, choices=[("", "Tất cả"), ("vd", "Vạn Đồn")])


COLUMNS = [Column("ten", "Họ và tên", value=lambda r: r.name), Column("muc", "Mức", True, value=lambda r: r.amount)]
SORTS = {"ten": ("id",), "muc": ("amount", "id")}


def listing(address: str = "/nguoi/", rows: Rows | None = None, **more) -> Listing:
    request = RequestFactory().get(address)
    return Listing(request, people() if rows is None else rows, columns=COLUMNS, sorts=SORTS, page_size=3, **more)


def walk(address: str, forward: bool = True) -> list[int]:
    seen: list[int] = []
    while address:
        page = listing(address)
        ids = [row.id for row in page.rows]
        seen = seen + ids if forward else ids + seen
        address = page.next_url if forward else page.previous_url
    return seen


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("ten", [1, 2, 3, 4, 5, 6, 7]),
        ("-ten", [7, 6, 5, 4, 3, 2, 1]),
        ("muc", [3, 7, 1, 4, 6, 2, 5]),
        ("-muc", [5, 2, 6, 4, 1, 7, 3]),
    ],
)
def test_paging_shows_each_row_once_in_order_with_ties_and_gaps(sort, order):
    assert walk(f"/nguoi/?sap={sort}") == order


def test_going_back_shows_the_rows_before_and_ends_at_the_first():
    page = listing("/nguoi/?sap=muc&truoc=4")
    assert [row.id for row in page.rows] == [3, 7, 1]
    assert page.previous_url == ""
    assert page.next_url == "/nguoi/?sap=muc&sau=1"


def test_going_back_with_few_rows_before_shows_a_whole_first_page():
    assert [row.id for row in listing("/nguoi/?truoc=2").rows] == [1, 2, 3]


def test_the_way_forward_says_who_comes_next():
    assert listing(name=lambda row: row.name).next_name == "N4"


def test_the_last_page_has_no_way_forward():
    page = listing("/nguoi/?sau=6")
    assert [row.id for row in page.rows] == [7]
    assert page.next_url == ""


@pytest.mark.parametrize("key", ["999", "x", "-1", "1;drop", "9" * 40, "²"])
def test_a_key_that_names_no_row_begins_at_the_first_page(key):
    assert [row.id for row in listing(f"/nguoi/?sau={key}").rows] == [1, 2, 3]


def test_a_row_that_left_the_list_still_says_where_to_go_on():
    rows = people()
    gone = rows.pop(2)
    rows.model = SimpleNamespace(_default_manager=SimpleNamespace(filter=lambda pk: Rows([gone])), _meta=Rows.model._meta)
    assert [row.id for row in listing("/nguoi/?sau=3", rows).rows] == [4, 5, 6]


def test_a_column_turns_round_on_the_second_press_and_says_how_it_sorts():
    first, second = listing("/nguoi/?sap=muc").heads
    assert (first.aria_sort, first.url) == ("", "/nguoi/?sap=ten")
    assert (second.aria_sort, second.url) == ("ascending", "/nguoi/?sap=-muc")


def test_an_unknown_order_is_the_usual_order():
    assert listing("/nguoi/?sap=mat-khau").order == ["id"]


def test_sorting_keeps_the_filters_and_goes_to_the_first_page():
    assert listing("/nguoi/?thon=vd&ten=&sau=3").heads[1].url == "/nguoi/?thon=vd&sap=muc"


def test_each_filter_in_force_is_a_chip_that_drops_it():
    form = Filter({"thon": "vd", "ten": "mùi"})
    chips = listing("/nguoi/?thon=vd&ten=m%C3%B9i&sap=muc", form=form).chips
    assert [chip.words for chip in chips] == ["Tên: mùi", "Thôn: Vạn Đồn"]
    assert chips[1].url == "/nguoi/?ten=m%C3%B9i&sap=muc"


def test_no_filter_means_no_chips():
    assert listing(form=Filter({"thon": "", "ten": ""})).chips == []


def test_an_export_takes_every_row_in_the_order_on_the_screen():
    page = listing("/nguoi/?sap=-muc&xuat=xlsx", exported=True)
    assert page.wants_export
    assert page.export_head == ["Họ và tên", "Mức"]
    assert [row[0] for row in page.export_rows()] == ["N5", "N2", "N6", "N4", "N1", "N7", "N3"]


def test_a_long_list_is_counted_so_far_and_says_that_there_are_more():
    whole = len(people())
    assert (listing().total, listing().has_uncounted) == (whole, False)
    assert (listing(counted_to=whole).total, listing(counted_to=whole).has_uncounted) == (whole, False)
    assert (listing(counted_to=whole - 1).total, listing(counted_to=whole - 1).has_uncounted) == (whole - 1, True)
    assert (listing(counted=False, counted_to=1).total, listing(counted=False, counted_to=1).has_uncounted) == (None, False)


def test_a_list_that_is_not_exported_ignores_the_wish():
    assert not listing("/nguoi/?xuat=xlsx").wants_export


def test_htmx_gets_the_rows_alone_and_caches_are_told():
    request = RequestFactory().get("/nguoi/")
    whole = render_list(request, "a.html", "_rows.html", {})
    request.htmx = SimpleNamespace(history_restore_request=False)
    rows = render_list(request, "a.html", "_rows.html", {})
    assert (whole.template_name, rows.template_name) == ("a.html", "_rows.html")
    assert "HX-Request" in rows.headers["Vary"]
