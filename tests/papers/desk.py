"""Papers of dossiers, postings, reminders, the register, the law: what the desk hands out."""

from __future__ import annotations

from datetime import date

from tests.papers.printing import numbered, word_of

from ansinh.access.acting import as_post
from ansinh.access.models import Office, Role
from ansinh.access.tests.factories import DAY, NOW, QUYNH_PHU, at, post
from ansinh.documents.exports import register_pdf
from ansinh.documents.models import OutgoingEntry
from ansinh.dossiers import operations
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.papers.posting import posting_content
from ansinh.dossiers.papers.slips import completion_content, receipt_content, refusal_paper_content
from ansinh.dossiers.tests.factories import act, dossier
from ansinh.lawbook.speaking.exports import benefit_paper, changes_paper
from ansinh.people.tests.factories import person
from ansinh.watch.letters import reminders
from ansinh.watch.models import WatchItem
from ansinh.watch.tests.factories import look

IN_2025 = date(2025, 6, 2)


def examples() -> dict[str, bytes]:
    """Each as a file, by name."""
    desk, chairman = post(Role.ONE_STOP), post(Role.COMMUNE_CHAIRMAN)
    lacking = _fresh(dossier("incomplete", whose=person("Đỗ Thị Mùi")))
    refused = _fresh(act("submit_refusal", dossier("verifying", whose=person("Đỗ Thị Nhẹ"))))
    return {
        "giay-tiep-nhan.docx": word_of(receipt_content(_fresh(dossier("received", whose=person("Bùi Thị Đủ"))), by=desk, on=DAY)),
        "yeu-cau-bo-sung.docx": word_of(completion_content(lacking, by=desk, on=DAY)),
        "tu-choi.docx": word_of(
            refusal_paper_content(refused, refused.person, signer=chairman, entry=numbered(9, "TB", DAY), on=DAY)
        ),
        "niem-yet.docx": _posting(),
        "thu-nhac.docx": _letters(),
        "so-van-ban-di.pdf": _register(),
        "ra-soat-quy-dinh.docx": benefit_paper("funeral", DAY, by=post(), now=NOW),
        "doi-chieu-thay-doi.docx": changes_paper(date(2024, 6, 1), date(2024, 7, 1), by=post(), now=NOW),
    }


def _fresh(made: Dossier) -> Dossier:
    return Dossier.objects.select_related("unit", "office__unit", "office__parent", "person").get(pk=made.pk)


def _posting() -> bytes:
    """A list of the rules of 2025, which were the last to ask for one."""
    names = ("Nguyễn Thị Tư", "Phạm Văn Bính", "Lê Thị Lan Phương")
    made = [
        dossier("verifying", whose=person(name, "1950-03-08"), received_on=IN_2025, now=at(2025, 6, 2)) for name in names
    ]  # fmt: skip
    officer, chairman = post(), post(Role.COMMUNE_CHAIRMAN)
    with as_post(officer, on=DAY):
        posted = operations.post_list(
            dossiers=made,
            place="Trụ sở UBND xã và nhà văn hóa thôn An Phú",
            posted_on=date(2025, 6, 5),
            by=officer,
            now=at(2025, 6, 5),
        )
    return word_of(posting_content(posted, signer=chairman, entry=None, on=DAY))


def _letters() -> bytes:
    people = [person(name, "1951-12-20", sex="male" if "Văn" in name else "female") for name in ("Trần Thị Cả", "Lê Văn Hai")]
    look()
    found = (
        WatchItem.objects.filter(kind="unasked", person__in=people)
        .select_related("person__village", "person__unit", "unit")
        .order_by("id")
    )
    return reminders(list(found), office=post().office, now=NOW)


def _register() -> bytes:
    office = Office.objects.get(code=f"UBND-{QUYNH_PHU}")
    lines = [
        OutgoingEntry(
            symbol=f"{n:02d}/QĐ-UBND", dated_on=date(2026, 11, n), summary=f"Quyết định về việc hưởng trợ cấp xã hội hằng tháng ({n})",
            signer="Phạm Văn Ký", recipients="Như Điều 3", kept_by="VT", void_reason="Hoãn" if n == 3 else "",
            voided_at=NOW if n == 3 else None,
        )
        for n in range(1, 6)
    ]  # fmt: skip
    return register_pdf(office, lines, now=NOW)
