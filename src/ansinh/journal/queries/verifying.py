"""Is the journal whole? Every hash is reckoned again here, with no function of the database an owner could have replaced."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction

from ansinh.journal.queries.heads import Head

LATE_SEAL = timedelta(minutes=10)
_MOST = 100  # findings told; a chain that is broken everywhere says so no better with more

_ENTRY = """
SELECT id, prev_hash, hash, noun = 'read_event' AND act = 'seal_reads', detail::text, jsonb_build_array(
  id, prev_hash, extract(epoch FROM at)::text, actor, post, place, act, noun, key, detail)::text
FROM journal_entry {where} ORDER BY id
"""
_READS = """
SELECT sealed_in, jsonb_build_array(id, extract(epoch FROM at)::text, actor, post, act, noun, key, detail)::text
FROM journal_readevent WHERE sealed_in IS NOT NULL ORDER BY sealed_in, id
"""
_WAITING = "SELECT count(*), min(at) FROM journal_readevent WHERE sealed_in IS NULL"


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written: which entry, and what about it."""

    entry: int
    words: str


@dataclass
class Verdict:
    """What a look at the whole journal gave."""

    entries: int = 0
    reads: int = 0
    waiting: int = 0
    last_hash: str = ""
    findings: list[Finding] = field(default_factory=list)
    late: str = ""

    @property
    def is_sound(self) -> bool:
        return not self.findings

    def add(self, entry: int, words: str) -> None:
        if len(self.findings) < _MOST:
            self.findings.append(Finding(entry, words))


@dataclass(frozen=True)
class _Link:
    """What the chain needs of one entry."""

    id: int
    prev_hash: str
    hash: str
    is_seal: bool
    detail: str
    content: str

    @property
    def is_own_hash(self) -> bool:
        return hashlib.sha256(self.content.encode()).hexdigest() == self.hash


def verify(*, heads: Sequence[Head], now: datetime) -> Verdict:
    """Walk the whole journal: numbers, links, contents, heads kept outside, and the reads each seal holds.

    `heads` are read before this is called: an entry written meanwhile is no fault.
    """
    verdict = Verdict()
    seals: dict[int, str] = {}
    with transaction.atomic():
        _walk(_links(), {head.entry: head.hash for head in heads}, seals, verdict)
        _check_seals(seals, _sealed_reads(), verdict)
        _look_at_waiting(verdict, now)
    return verdict


def entry_is_sound(entry_id: int) -> bool:
    """One entry alone: its content gives its hash, and it takes up the hash of the entry before."""
    with connection.cursor() as cursor:
        cursor.execute(_ENTRY.format(where="WHERE id IN (%s, %s)"), [entry_id - 1, entry_id])
        links = {row[0]: _Link(*row) for row in cursor.fetchall()}
    here, before = links.get(entry_id), links.get(entry_id - 1)
    if here is None or (before is None and entry_id > 1):
        return False
    return here.is_own_hash and here.prev_hash == (before.hash if before else "")


def _links() -> Iterator[_Link]:
    """Every entry in order, a few at a time. A named cursor keeps one picture of the table."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ENTRY.format(where=""))
        while rows := cursor.fetchmany(2000):
            for row in rows:
                yield _Link(*row)


def _walk(links: Iterable[_Link], heads: dict[int, str], seals: dict[int, str], verdict: Verdict) -> None:
    expected, before = 1, ""
    for link in links:
        if link.id != expected:
            verdict.add(expected, _missing(expected, link.id - 1))
        elif link.prev_hash != before:
            verdict.add(link.id, "không nối tiếp mã băm của dòng trước: dòng trước đã bị thay, hoặc thứ tự đã bị đổi")
        if not link.is_own_hash:
            verdict.add(link.id, "nội dung không khớp mã băm: dòng đã bị sửa hoặc đổi chỗ")
        if (kept := heads.pop(link.id, None)) is not None and kept != link.hash:
            verdict.add(link.id, "mã băm khác với mốc đã giữ ngoài cơ sở dữ liệu: từ đây trở về trước đã bị viết lại")
        if link.is_seal:
            seals[link.id] = link.detail
        expected, before = link.id + 1, link.hash
        verdict.entries += 1
    verdict.last_hash = before
    if heads:
        newest = max(heads)
        verdict.add(
            newest, f"có trong mốc giữ ngoài cơ sở dữ liệu nhưng nhật ký chỉ còn đến dòng {expected - 1}: phần cuối đã bị xóa"
        )


def _missing(first: int, last: int) -> str:
    return "đã bị xóa" if first == last else f"đến dòng {last} đã bị xóa"


def _sealed_reads() -> dict[int, list[str]]:
    """Content of the sealed reads, by the entry that sealed them: a digest over them and how many."""
    batches: dict[int, list[str]] = defaultdict(list)
    with connection.chunked_cursor() as cursor:
        cursor.execute(_READS)
        while rows := cursor.fetchmany(2000):
            for sealed_in, content in rows:
                batches[sealed_in].append(content)
    return batches


def _check_seals(seals: dict[int, str], batches: dict[int, list[str]], verdict: Verdict) -> None:
    for entry, detail in seals.items():
        said = json.loads(detail)
        reads = batches.pop(entry, [])
        verdict.reads += len(reads)
        if len(reads) != said.get("count"):
            verdict.add(
                entry, f"niêm phong {said.get('count')} lượt xem nhưng nay còn {len(reads)}: có lượt xem đã bị xóa hoặc thêm"
            )
        elif hashlib.sha256("\n".join(reads).encode()).hexdigest() != said.get("digest"):
            verdict.add(entry, f"có lượt xem trong {len(reads)} lượt đã niêm phong bị sửa")
    for entry, reads in batches.items():
        verdict.add(entry, f"không phải dòng niêm phong, nhưng {len(reads)} lượt xem ghi là niêm phong ở đó")


def _look_at_waiting(verdict: Verdict, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        verdict.waiting, oldest = cursor.fetchone()
    if oldest and now - oldest > LATE_SEAL:
        verdict.late = f"{verdict.waiting} lượt xem chưa niêm phong, cũ nhất từ {oldest.astimezone(now.tzinfo):%d/%m/%Y %H:%M}"
