"""Whoever owns the database may do anything to it; the journal tells. Each test tampers as the owner."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction

from ansinh.database import roles
from ansinh.database.acting import acting_as
from ansinh.journal import operations
from ansinh.journal.models import Entry, Outline, ReadEvent
from ansinh.journal.queries import entry_is_sound, kept_heads, verify
from ansinh.kernel.actor import Actor
from ansinh.kernel.errors import InvalidInput

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

OFFICER = Actor("Đỗ Thị Thử", "Chuyên viên", "UBND xã Thử")
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture
def heads(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "ANSINH_HEADS", tmp_path / "heads.log")
    return tmp_path / "heads.log"


@pytest.fixture
def written(heads):
    """Five acts; two reads sealed by a sixth entry; a read that still waits. Gives the number of the first act."""
    with acting_as(roles.COMMUNE), transaction.atomic():
        first = operations.record(by=OFFICER, act="register", noun="person", key="NT00000001", detail={"n": 1}, at=NOW)
        for number in range(2, 6):
            operations.record(by=OFFICER, act="grant", noun="person", key=f"NT0000000{number}", detail={"n": number}, at=NOW)
        for key in ("NT00000001", "NT00000002"):
            operations.note_read(by=OFFICER, act="read_sensitive", noun="person", key=key, at=NOW)
    operations.seal_reads(at=NOW)
    with acting_as(roles.COMMUNE):
        operations.note_read(by=OFFICER, act="export", noun="person", key="", at=NOW)
    return first


def tamper(*statements: str) -> None:
    """As the owner, with the guards of the table switched off."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in ("journal_entry", "journal_readevent"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        for table in ("journal_entry", "journal_readevent"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def found(heads_file) -> list[tuple[int, str]]:
    with acting_as(roles.SYSTEM):
        verdict = verify(heads=kept_heads(heads_file), now=NOW)
    return [(finding.entry, finding.words) for finding in verdict.findings]


def rehash(entry: int) -> str:
    """What a careful forger does after changing a row."""
    return (
        "UPDATE journal_entry SET hash = journal_hash(id, prev_hash, at, actor, post, place, act, noun, key, detail) "
        f"WHERE id = {entry}"
    )


def test_an_untouched_journal_is_sound(written, heads):
    operations.keep_head(path=heads, at=NOW)
    assert found(heads) == []


def test_a_changed_row_is_named(written, heads):
    tamper(f"UPDATE journal_entry SET detail = '{{\"n\": 9}}' WHERE id = {written + 2}")
    assert [entry for entry, _ in found(heads)] == [written + 2]


def test_a_changed_row_with_a_new_hash_breaks_the_next(written, heads):
    tamper(f"UPDATE journal_entry SET actor = 'Người khác' WHERE id = {written + 2}", rehash(written + 2))
    ((entry, words),) = found(heads)
    assert entry == written + 3 and "dòng trước" in words


def test_a_removed_row_is_named(written, heads):
    tamper(f"DELETE FROM journal_entry WHERE id = {written + 1}")
    assert found(heads) == [(written + 1, "đã bị xóa")]


def test_rows_that_changed_places_are_named(written, heads):
    one, other = written + 1, written + 2
    tamper(
        f"UPDATE journal_entry SET id = -1 WHERE id = {one}",
        f"UPDATE journal_entry SET id = {one} WHERE id = {other}",
        f"UPDATE journal_entry SET id = {other} WHERE id = -1",
    )
    assert {one, other} <= {entry for entry, _ in found(heads)}


def test_a_removed_tail_is_seen_only_by_the_head_kept_outside(written, heads):
    assert found(heads) == []
    kept = operations.keep_head(path=heads, at=NOW)
    tamper(f"DELETE FROM journal_entry WHERE id >= {written + 4}", "UPDATE journal_readevent SET sealed_in = NULL")
    ((entry, words),) = found(heads)
    assert entry == kept.entry and f"chỉ còn đến dòng {written + 3}" in words


def test_a_tail_written_anew_differs_from_the_head_kept_outside(written, heads):
    operations.keep_head(path=heads, at=NOW)
    last = newest_entry()
    tamper(f"UPDATE journal_entry SET place = 'UBND xã khác' WHERE id = {last}", rehash(last))
    ((entry, words),) = found(heads)
    assert entry == last and "mốc" in words


def newest_entry() -> int:
    with acting_as(roles.SYSTEM):
        return Entry.objects.order_by("-id").values_list("id", flat=True)[0]


def test_a_changed_read_is_found_by_its_seal(written, heads):
    tamper("UPDATE journal_readevent SET actor = 'Người khác' WHERE key = 'NT00000002'")
    ((entry, words),) = found(heads)
    assert entry == written + 5 and "bị sửa" in words


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM journal_readevent WHERE key = 'NT00000001'",
        "UPDATE journal_readevent SET sealed_in = NULL WHERE key = 'NT00000001'",
    ],
)
def test_a_removed_or_unsealed_read_is_found_by_its_seal(written, heads, change):
    tamper(change)
    ((entry, words),) = found(heads)
    assert entry == written + 5 and "nay còn 1" in words


def test_a_read_that_claims_a_seal_it_never_had_is_found(written, heads):
    tamper(f"UPDATE journal_readevent SET sealed_in = {written} WHERE sealed_in IS NULL")
    ((entry, words),) = found(heads)
    assert entry == written and "không phải dòng niêm phong" in words


def test_a_read_noted_during_the_sealing_disturbs_neither_seal(written, heads):
    """A row whose key lies inside an earlier batch, because its transaction ended later."""
    tamper("UPDATE journal_readevent SET id = (SELECT min(id) FROM journal_readevent) - 1 WHERE sealed_in IS NULL")
    operations.seal_reads(at=NOW)
    assert found(heads) == []


def test_reads_that_wait_too_long_are_told(written, heads):
    with acting_as(roles.SYSTEM):
        assert verify(heads=[], now=NOW + timedelta(minutes=5)).late == ""
        late = verify(heads=[], now=NOW + timedelta(minutes=11))
    assert "1 lượt xem chưa niêm phong" in late.late and late.is_sound


def test_one_entry_alone_says_whether_it_is_sound(written):
    tamper(f"UPDATE journal_entry SET detail = '{{}}' WHERE id = {written + 2}")
    with acting_as(roles.AUDITOR):
        assert entry_is_sound(written + 1) and not entry_is_sound(written + 2) and not entry_is_sound(10**9)


def command(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("verify_journal", *arguments, stdout=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


def test_the_command_says_which_row_and_ends_with_one(written, heads):
    code, said = command()
    assert (code, heads.exists()) == (0, True) and "Nhật ký toàn vẹn" in said
    tamper(f"DELETE FROM journal_entry WHERE id = {written + 1}")
    code, said = command()
    assert code == 1 and f"Dòng {written + 1}: đã bị xóa" in said and "KHÔNG TOÀN VẸN" in said


def test_a_strict_look_does_not_forgive_reads_never_sealed(written, heads):
    with acting_as(roles.COMMUNE):
        operations.note_read(by=OFFICER, act="export", noun="person", key="", at=NOW - timedelta(days=400))
    assert command()[0] == 0
    assert command("--strict")[0] == 1


def test_a_spoiled_file_of_heads_is_refused_with_its_line(written, heads):
    heads.write_text("1 khongphai\n")
    with pytest.raises(InvalidInput, match="dòng 1"):
        command()


def test_half_a_line_left_by_a_power_cut_spoils_nothing(written, heads):
    first = operations.keep_head(path=heads, at=NOW)
    whole = heads.read_text()
    with acting_as(roles.COMMUNE):
        operations.record(by=OFFICER, act="register", noun="person", key="NT00000009", at=NOW)
    heads.write_text(whole + f"{first.entry + 1} 5f2a")
    assert found(heads) == []
    second = operations.keep_head(path=heads, at=NOW)
    assert heads.read_text().startswith(whole) and [head.entry for head in kept_heads(heads)] == [first.entry, second.entry]
    assert found(heads) == []


def test_a_head_is_kept_once_and_never_after_a_loss(written, heads):
    kept = operations.keep_head(path=heads, at=NOW)
    assert operations.keep_head(path=heads, at=NOW) is None
    tamper(f"DELETE FROM journal_entry WHERE id >= {written + 3}")
    assert operations.keep_head(path=heads, at=NOW) is None
    assert [head.entry for head in kept_heads(heads)] == [kept.entry]


def test_nobody_but_the_functions_writes_the_journal(written):
    for role in roles.GROUPS:
        for statement in ("UPDATE journal_entry SET actor = 'x'", "DELETE FROM journal_readevent", "TRUNCATE journal_entry"):
            with pytest.raises(DatabaseError), acting_as(role), connections["default"].cursor() as cursor:
                cursor.execute(statement)


def test_even_the_owner_meets_the_guard(written):
    for statement in ("UPDATE journal_entry SET actor = 'x'", "DELETE FROM journal_entry", "TRUNCATE journal_readevent"):
        with pytest.raises(DatabaseError, match="append-only"), connections["owner"].cursor() as cursor:
            cursor.execute(statement)


def test_the_administrator_reads_no_key_and_no_detail(written):
    with acting_as(roles.ADMIN):
        assert Outline.objects.filter(act="register").get().open_key == ""
    for rows in (Entry.objects.all(), ReadEvent.objects.all()):
        with pytest.raises(DatabaseError, match="permission denied"), acting_as(roles.ADMIN):
            list(rows)
