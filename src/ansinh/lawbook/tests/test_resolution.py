"""A resolution counts only when somebody else confirmed it; it lies over the decree, never below it, and is never edited after."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from ansinh import law
from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.journal.models import Entry
from ansinh.kernel.errors import InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.law.resolution_file import FileFaults
from ansinh.lawbook import operations, queries
from ansinh.lawbook.models import LineKind, Resolution, ResolutionEffect, ResolutionLine
from ansinh.lawbook.resolutions.sample import sample
from ansinh.lawbook.tests.factories import (
    OLD_PROVINCE,
    PROVINCE,
    confirmed,
    counted,
    head,
    level,
    officer,
    paper,
    proposed,
    written,
)
from ansinh.lawbook.workflow import RESOLUTION
from ansinh.localities.queries import province_keys, unit_on

pytestmark = pytest.mark.django_db

JUN, NOV = date(2026, 6, 1), date(2026, 11, 1)


def standard(month: date = NOV) -> int:
    with as_maintenance():
        return law.standard_on(month, queries.provincial_at(commune().id))[0]


def acting(by, operation, **given):
    with as_post(by, on=DAY):
        return operation(by=by, now=NOW, **given)


# Who, and when it counts ---------------------------------------------------------------------------------------------
def test_nothing_counts_before_a_second_person_confirmed_it():
    made = proposed(written())
    assert standard() == 540_000

    acting(head(), operations.confirm_resolution, resolution=made)

    assert standard() == 650_000


def test_whoever_wrote_or_proposed_it_does_not_confirm_it_in_whatever_post():
    made = proposed(written())
    other_chair = post(Role.DEPARTMENT_LEADER, office="SYT", user=officer().user)

    with pytest.raises(NotAllowed, match="không tự xác nhận"):
        acting(other_chair, operations.confirm_resolution, resolution=made)
    acting(head(), operations.return_resolution, resolution=made, note="Sai ngày")
    acting(head(), operations.propose_resolution, resolution=made)
    with pytest.raises(NotAllowed, match="không tự xác nhận"):
        acting(head(), operations.confirm_resolution, resolution=made)
    acting(post(Role.DEPARTMENT_LEADER, office="BTXH"), operations.confirm_resolution, resolution=made)
    assert standard() == 650_000


def test_what_is_not_issued_yet_may_be_tried_but_neither_proposed_nor_confirmed():
    tomorrow = DAY + timedelta(days=1)
    made = counted(written(issued_on=tomorrow, in_force_from=tomorrow))
    with pytest.raises(InvalidInput, match=f"{tomorrow:%d/%m/%Y}, sau ngày hôm nay"):
        acting(officer(), operations.propose_resolution, resolution=made)

    with as_post(officer(), on=tomorrow):
        operations.propose_resolution(resolution=made, by=officer(), now=NOW + timedelta(days=1))
    with pytest.raises(InvalidInput, match="sau ngày hôm nay"):
        acting(head(), operations.confirm_resolution, resolution=made)


@pytest.mark.parametrize("role", [Role.DIVISION_OFFICER, Role.INSPECTOR])
def test_a_post_without_that_duty_confirms_nothing(role):
    made = proposed(written())

    with pytest.raises(NotAllowed):
        acting(
            post(role, office="BTXH" if role == Role.DIVISION_OFFICER else "SYT"), operations.confirm_resolution, resolution=made
        )


def test_a_commune_writes_no_resolution():
    with as_maintenance():
        head_of = paper()
    with pytest.raises(NotAllowed, match="của Sở nhập nghị quyết"):
        acting(post(), operations.write_resolution, paper=head_of)


def test_it_is_proposed_only_once_its_effect_was_counted_and_an_edit_makes_it_be_counted_again():
    made = counted(written())
    acting(officer(), operations.add_line, resolution=made, line=level(700_000, "carers"))

    with pytest.raises(InvalidInput, match="Hãy tính tác động"):
        acting(officer(), operations.propose_resolution, resolution=made)


def test_each_act_is_journaled_with_the_number():
    confirmed()
    with as_maintenance():
        said = list(Entry.objects.filter(noun="resolution").order_by("id").values_list("act", flat=True))
        last = Entry.objects.filter(noun="resolution").latest("id")

    assert said == [
        "write_resolution", "write_resolution", "count_resolution", "propose_resolution", "confirm_resolution"
    ]  # fmt: skip
    assert last.detail == {"number": "99/2025/NQ-HĐND", "from": "awaiting", "to": "confirmed"}


@pytest.mark.parametrize(("act", "operation"), [("return", "return_resolution"), ("withdraw", "withdraw_resolution")])
def test_to_return_or_withdraw_one_says_why(act, operation):
    made, by = proposed(written()), head()
    assert RESOLUTION.find(act, "awaiting", by.role).needs_note

    with pytest.raises(InvalidInput, match="Hãy ghi lý do"):
        acting(by, getattr(operations, operation), resolution=made, note=" ")
    found = acting(by, getattr(operations, operation), resolution=made, note="Nhập nhầm số")
    with as_maintenance():
        assert found.steps.latest("id").note == "Nhập nhầm số"
    assert standard() == 540_000


def test_who_proposed_one_takes_it_back_to_mend_it_and_nobody_else():
    made = proposed(written())
    assert RESOLUTION.find("recall", "awaiting", officer().role).target == "drafting"
    with pytest.raises(NotAllowed, match="mới lấy lại được"):
        acting(head(), operations.recall_resolution, resolution=made, note="Sai số")
    with pytest.raises(InvalidInput, match="Hãy ghi lý do"):
        acting(officer(), operations.recall_resolution, resolution=made, note=" ")
    found = acting(officer(), operations.recall_resolution, resolution=made, note="Sai số")
    assert found.state == "drafting"
    acting(officer(), operations.add_line, resolution=made, line=level(700_000, "carers"))
    with pytest.raises(MoveNotAllowed):
        acting(officer(), operations.recall_resolution, resolution=made, note="Sai số")


@pytest.mark.parametrize("act", ["propose", "confirm"])
def test_a_move_that_the_table_does_not_have_is_refused(act):
    made = confirmed()

    with pytest.raises(MoveNotAllowed):
        acting(head(), getattr(operations, f"{act}_resolution"), resolution=made)


# Kept ----------------------------------------------------------------------------------------------------------------
def test_what_is_confirmed_is_edited_by_nobody_not_even_past_the_operations():
    made = confirmed()
    with pytest.raises(InvalidInput, match="hãy nhập nghị quyết thay thế"):
        acting(officer(), operations.add_line, resolution=made, line=level())
    with as_maintenance():
        for change in (
            lambda: Resolution.objects.update(number="1"),
            lambda: ResolutionLine.objects.update(amount_vnd=1),
            lambda: ResolutionLine.objects.all().delete(),
            lambda: ResolutionLine.objects.create(resolution=made, kind="level", amount_vnd=1),
        ):
            with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
                change()


def test_a_later_one_takes_over_from_its_first_month_and_the_older_one_stays_readable():
    old = confirmed()
    confirmed(level(700_000, "monthly"), number="1/2026/NQ-HĐND", replaces=old, applies_to_months_from=NOV)

    assert (standard(date(2026, 10, 1)), standard(NOV)) == (650_000, 700_000)
    with as_maintenance():
        ends = {part.standard_vnd: part.end for part in queries.provincial()}
    assert ends == {650_000: NOV, 700_000: None}


def test_one_that_abolishes_another_needs_no_line_of_its_own():
    old = confirmed()
    with as_post(officer(), on=DAY):
        made = operations.write_resolution(
            paper=paper("2/2026/NQ-HĐND", replaces=old, applies_to_months_from=NOV), by=officer(), now=NOW
        )
    acting(head(), operations.confirm_resolution, resolution=proposed(made))

    assert (standard(date(2026, 10, 1)), standard(NOV)) == (650_000, 540_000)


def test_one_that_replaces_another_from_its_own_first_month_leaves_nothing_of_it():
    old = confirmed()
    confirmed(level(600_000, "monthly"), number="1/2026/NQ-HĐND", replaces=old)

    assert standard(date(2026, 2, 1)) == 600_000


def test_it_ends_with_the_month_it_says():
    confirmed(until=NOV)

    assert (standard(date(2026, 10, 1)), standard(NOV)) == (650_000, 540_000)


def test_one_that_goes_on_beside_it_is_told_so_that_nobody_forgets_to_replace_it():
    old = confirmed()
    with as_maintenance():
        assert queries.beside(written(number="1/2026/NQ-HĐND")) == [old]
        assert queries.beside(written(number="2/2026/NQ-HĐND", replaces=old)) == []
        assert queries.beside(written(number="3/2025/NQ-HĐND", until=date(2026, 2, 1))) == [old]
        assert queries.beside(written(level(600_000, "monthly"), number="4/2026/NQ-HĐND", territory=OLD_PROVINCE)) == []


# Where ---------------------------------------------------------------------------------------------------------------
def test_the_area_of_an_old_province_is_known_on_both_maps():
    with as_maintenance():
        today, district = commune(), unit_on("12472", date(2024, 1, 1))
        of_hung_yen = unit_on("12031", date(2026, 1, 1)) or unit_on("11953", date(2026, 1, 1))
        keys = province_keys([today.id, district.id, *([of_hung_yen.id] if of_hung_yen else [])])

    assert keys[today.id] == {"34@0000", "33@2025-07-01"}
    assert keys[district.id] == {"34@0000", "33@2025-07-01"}
    assert OLD_PROVINCE not in keys.get(of_hung_yen.id if of_hung_yen else 0, ())


def test_a_resolution_of_an_old_province_counts_in_its_area_alone_before_and_after_the_merger():
    first = date(2024, 7, 1)
    confirmed(
        level(600_000, "monthly"), territory=OLD_PROVINCE, applies_to_months_from=first, issued_on=first, in_force_from=first
    )
    assert (standard(date(2024, 8, 1)), standard(NOV)) == (600_000, 600_000)
    with as_maintenance():
        elsewhere = next(
            unit for unit in commune().__class__.objects.filter(level=3, province_code="33", period__endswith=None).order_by("code")
            if OLD_PROVINCE not in province_keys([unit.id])[unit.id]
        )  # fmt: skip
        assert law.standard_on(NOV, queries.provincial_at(elsewhere.id))[0] == 540_000


def test_a_resolution_does_not_reach_back_before_its_province_was():
    early = {"applies_to_months_from": date(2025, 6, 1), "issued_on": date(2025, 5, 1), "in_force_from": date(2025, 5, 10)}
    made = written(level(650_000, "monthly"), **early)
    with as_maintenance():
        assert any("có từ 01/07/2025" in fault for fault in queries.faults(made))


# Floors and faults ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("line", "told"),
    [
        (level(499_980, "monthly"), "thấp hơn mức chung 500.000"),
        (ResolutionLine(kind=LineKind.AMOUNT, of="DISABLED_SEVERE", amount_vnd=700_000), "thấp hơn mức chung"),
        (ResolutionLine(kind=LineKind.AMOUNT, of="nothing", amount_vnd=700_000), "Không biết khoản"),
        (ResolutionLine(kind=LineKind.GROUP, title="Nhóm", condition="poor and rich", coefficient=100), "không biết tên “rich”"),
        (ResolutionLine(kind=LineKind.GROUP, title="Nhóm", condition="open('x')", coefficient=100), "không được phép"),
    ],
)
def test_a_line_below_a_floor_or_without_sense_is_refused_in_words(line, told):
    made = written()
    with pytest.raises(InvalidInput) as refused:
        acting(officer(), operations.add_line, resolution=made, line=line)
    assert told in str(refused.value).replace("\N{NO-BREAK SPACE}", " ")
    with as_maintenance():
        assert made.lines.count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"in_force_from": date(2025, 1, 1)}, "trước ngày ban hành"),
        ({"until": date(2026, 1, 1)}, "phải sau tháng bắt đầu"),
        ({"applies_to_months_from": date(1990, 1, 1)}, "bắt đầu từ 01/01/2015"),
    ],
)
def test_dates_that_cannot_be_are_refused(wrong, told):
    with as_maintenance():
        head_of = paper(**wrong)
    with pytest.raises(InvalidInput, match=told):
        acting(officer(), operations.write_resolution, paper=head_of)


def test_the_same_resolution_is_entered_once():
    made = written()
    with as_maintenance():
        head_of = paper()
    with pytest.raises(InvalidInput, match="đã được nhập"):
        acting(officer(), operations.write_resolution, paper=head_of)
    acting(officer(), operations.withdraw_resolution, resolution=made, note="Nhập nhầm")
    acting(officer(), operations.write_resolution, paper=head_of)


# Files ---------------------------------------------------------------------------------------------------------------
def test_a_file_gives_the_same_resolution_as_the_form():
    with as_maintenance():
        text = sample(paper().territory)
    made = acting(officer(), operations.take_resolution_file, data=text.encode())
    with as_maintenance():
        kinds = list(made.lines.order_by("id").values_list("kind", "amount_vnd", "coefficient"))
        assert (made.state, made.territory.key, made.applies_to_months_from) == ("drafting", PROVINCE, date(2027, 1, 1))
        assert kinds == [("level", 600_000, None), ("amount", 1_500_000, None), ("group", None, 100)]
        assert queries.faults(made) == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("600000", "100000", "thấp hơn mức chung"),
        ("33@2025-07-01", "99@2025-07-01", "Không có tỉnh với khóa “99@2025-07-01”"),
        ("title:", "tittle:", "không có mục “tittle”"),
        ("  # replaces:", "  replaces:", "Không có nghị quyết đã xác nhận số 00/2025/NQ-HĐND"),
    ],
)
def test_a_file_that_is_wrong_leaves_nothing_behind(before, after, told):
    with as_maintenance():
        text = sample(paper().territory).replace(before, after)
    with pytest.raises((InvalidInput, FileFaults), match=told):
        acting(officer(), operations.take_resolution_file, data=text.encode())
    with as_maintenance():
        assert not Resolution.objects.exists() and not ResolutionEffect.objects.exists()
