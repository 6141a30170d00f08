"""A committed list taken back as a whole: the register is what it was. Once something rests on the list, that is said and nothing changes."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.assistance.tests.lists import ADJUSTMENT, CHANGES, END, ENROLMENT, describe, newcomer, take
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.models import Decision, DecisionItem, Entitlement
from ansinh.entitlements.tests.factories import grant
from ansinh.imports import operations, queries
from ansinh.journal.models import Entry
from ansinh.kernel.errors import InvalidInput, MoveNotAllowed
from ansinh.localities.models import Village
from ansinh.people import operations as people
from ansinh.people.models import Circumstance, OtherNumber, Person, Residence
from ansinh.people.tests.factories import household, person

pytestmark = pytest.mark.usefixtures("desk")
DISABLED = {"category": "DISABLED_SEVERE", "law_code": "ND335.5.6", "coefficient": 150, "standard_vnd": 540_000}
REGISTER = (Person, Residence, OtherNumber, Circumstance, Village, Decision, DecisionItem, Entitlement)


def register() -> dict:
    """Every row of the register as it stands, without the keys."""
    with as_maintenance():
        return {model.__name__: sorted(map(str, model.objects.values())) for model in REGISTER}


def committed(by, heading, *rows):
    batch = describe(take(heading, *rows), by)
    return operations.commit_batch(batch=batch, by=by, now=NOW)


def undo(batch, by, reason="Nhầm tệp của xã khác"):
    return operations.undo_batch(batch=batch, reason=reason, by=by, now=NOW)


def _adjusted(known):
    return ["1", known.full_name, "20/10/1950", "Đông", "Quỳnh Phụ", "NKT nặng", "1,5", "810.000", "NKT đặc biệt nặng", "2",
            "1.080.000", "01/12/2026"]  # fmt: skip


def test_an_enrolment_taken_back_leaves_the_register_as_it_was(desk):
    person("Người Đã Có", "1950-10-20")
    before = register()
    batch = committed(desk, ENROLMENT, newcomer(), newcomer("Lê Thị Na", **{"Số CCCD": "123456789", "Giới tính": "Nữ"}))
    assert register() != before

    said = undo(batch, desk)

    assert register() == before
    assert said == {"Dòng quyết định đã bỏ": 2, "Người đã bỏ khỏi sổ": 2}


def test_an_adjustment_taken_back_lets_the_former_entry_run_again(desk):
    known = person("Trần Văn Bính", "1950-10-20")
    entry = grant(known, **DISABLED)
    before = register()
    batch = take(ADJUSTMENT, _adjusted(known))
    operations.choose_person(row=batch.rows.get(), person_key=known.id, by=desk, now=NOW)
    describe(batch, desk)
    batch = operations.commit_batch(batch=batch, by=desk, now=NOW)
    entry.refresh_from_db()
    assert entry.months.upper == date(2026, 12, 1)

    undo(batch, desk)

    assert register() == before


def test_an_end_taken_back_takes_the_death_back_too(desk):
    known = person("Trần Văn Bính", "1950-10-20", personal_number="034050000124")
    grant(known, **DISABLED)
    before = register()
    batch = committed(desk, END, ["1", known.full_name, "1950", "034050000124", "", "chết", "01/11/2026", "12/2026"])
    assert Person.objects.get().died_on == date(2026, 11, 1)

    undo(batch, desk)

    assert register() == before


def test_a_village_sheet_taken_back_brings_back_what_was_known_before(desk):
    away, dead = person("Trần Văn Bính", "1950-10-20"), person("Lê Thị Na", "1950-10-20")
    people.set_circumstance(person=away, kind="away", value=True, since=date(2026, 5, 1), source="sổ", by=desk, now=NOW)
    before = register()
    batch = take(CHANGES, ["1", away.code, away.full_name, "1950", "về", "01/11/2026", ""],
                 ["2", dead.code, dead.full_name, "1950", "chết", "02/11/2026", ""],
                 ["3", "", "Phạm Thị Mới", "1950", "mới", "03/11/2026", ""])  # fmt: skip
    batch = operations.commit_batch(batch=batch, by=desk, now=NOW)

    undo(batch, desk)

    keyless = {name: [row.split("'person_id'")[-1] for row in rows] for name, rows in register().items()}
    assert keyless == {name: [row.split("'person_id'")[-1] for row in rows] for name, rows in before.items()}


def test_a_list_taken_back_can_be_mended_and_committed_again(desk):
    batch = committed(desk, ENROLMENT, newcomer())
    undo(batch, desk)
    batch.refresh_from_db()
    row = batch.rows.get()
    assert (batch.state, row.state, row.person_key, batch.settings["undone"]["reason"]) == (
        "checked", "ready", None, "Nhầm tệp của xã khác",
    )  # fmt: skip

    operations.commit_batch(batch=batch, by=desk, now=NOW)

    assert (Person.objects.count(), Entitlement.objects.count(), Decision.objects.get().number) == (1, 1, "215/QĐ-UBND")


def _joins_a_household(known, desk):
    people.join_household(
        person=known, household=household(), relation="", is_head=False, since=DAY, source="sổ", by=desk, now=NOW
    )


def _gets_a_payee(known, desk):
    people.set_payee(person=known, name="Trần Thị Con", relation="con", number="", telephone="", basis="đơn", since=DAY,
                     by=desk, now=NOW)  # fmt: skip


def _dies(known, desk):
    people.record_death(person=known, died_on=date(2026, 11, 15), source="khai tử", by=desk, now=NOW)


def _is_stopped(known, desk):
    operations.commit_batch(
        batch=describe(take(END, ["1", known.full_name, "1950", "034050000124", "", "chuyển đi", "01/11/2026", "01/2027"]), desk,
                       number="300/QĐ-UBND"),
        by=desk, now=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (_joins_a_household, "Hộ HO"),
        (_gets_a_payee, "Trần Văn Bính"),
        (_dies, "đã được ghi là mất"),
        (_is_stopped, "Quyết định 300/QĐ-UBND"),
    ],
)
def test_whatever_rests_on_the_list_is_named_and_nothing_is_taken_back(desk, happens, said):
    batch = committed(desk, ENROLMENT, newcomer())
    happens(Person.objects.get(), desk)
    before = register()

    with pytest.raises(InvalidInput, match=said):
        undo(batch, desk)
    assert register() == before
    assert any(said in one.words and one.url for one in queries.resting_on_list(batch))


def test_a_death_corrected_since_is_not_wiped_out(desk):
    known = person("Trần Văn Bính", "1950-10-20", personal_number="034050000124")
    grant(known, **DISABLED)
    batch = committed(desk, END, ["1", known.full_name, "1950", "034050000124", "", "chết", "01/11/2026", "12/2026"])
    people.undo_death(person=known, reason="nhầm ngày", by=desk, now=NOW)
    people.record_death(person=known, died_on=date(2026, 11, 3), source="khai tử", by=desk, now=NOW)

    with pytest.raises(InvalidInput, match="ngày mất đã được sửa"):
        undo(batch, desk)
    assert Person.objects.get().died_on == date(2026, 11, 3)


def test_the_journal_tells_what_was_taken_back_and_why(desk, as_maintenance):
    batch = committed(desk, ENROLMENT, newcomer())
    code = Person.objects.get().code
    undo(batch, desk)

    with as_maintenance():
        told = {entry.act: entry.detail for entry in Entry.objects.order_by("id")}
    assert told["undo_list"] == {"rows": 1, "reason": "Nhầm tệp của xã khác"}
    assert told["unregister_many"]["people"] == [code]
    assert (told["take_back"]["number"], told["take_back"]["total_vnd"]) == ("215/QĐ-UBND", 1_080_000)


def test_a_reason_is_needed_and_only_a_committed_list_is_taken_back(desk):
    batch = committed(desk, ENROLMENT, newcomer())
    with pytest.raises(InvalidInput, match="lý do"):
        undo(batch, desk, reason=" ")
    undo(batch, desk)
    with pytest.raises(MoveNotAllowed):
        undo(batch, desk)


def test_questions_do_not_grow_with_the_rows(desk, django_assert_max_num_queries):
    rows = [
        newcomer(f"Trần Văn {chr(65 + n % 26)}a", **{"Số CCCD": "", "Ngày sinh": f"{n % 28 + 1}/10/19{50 + n // 28}"})
        for n in range(120)
    ]
    batch = committed(desk, ENROLMENT, *rows)

    with django_assert_max_num_queries(160):
        undo(batch, desk)


def test_the_command_asks_first_and_acts_only_when_told(desk):
    batch = committed(desk, ENROLMENT, newcomer())
    said = StringIO()

    call_command("undo_import", batch.code, "--post", desk.code, stdout=said)
    assert "Hoàn tác được" in said.getvalue() and Person.objects.count() == 1
    call_command("undo_import", batch.code, "--post", desk.code, "--reason", "Nhầm", "--commit", stdout=said)
    assert "Người đã bỏ khỏi sổ: 1" in said.getvalue() and Person.objects.count() == 0
    with pytest.raises(CommandError, match="Không có danh sách đã nạp"):
        call_command("undo_import", batch.code, "--post", desk.code)


def test_the_command_of_another_commune_finds_nothing(desk):
    batch = committed(desk, ENROLMENT, newcomer())
    other = post(Role.COMMUNE_OFFICER, office="UBND-13225")

    with pytest.raises(CommandError, match="trong phạm vi"):
        call_command("undo_import", batch.code, "--post", other.code, "--reason", "x", "--commit")
