"""A list on the board: whom the law asks to post, what may stand there, its days, opinions, its paper."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.urls import reverse
from docx import Document

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, at, post
from ansinh.database.acting import as_maintenance
from ansinh.documents.models import PaperPrint
from ansinh.dossiers import operations, queries
from ansinh.dossiers.models import Dossier, Posting, PostingOpinion
from ansinh.dossiers.tests.factories import dossier
from ansinh.dossiers.workflow import POSTING
from ansinh.files.queries import read
from ansinh.journal.models import Entry
from ansinh.kernel.errors import AlreadyDone, AnsinhError, InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
RECEIVED, POSTED = date(2025, 6, 2), date(2025, 6, 5)  # a Monday, a Thursday
THEN = at(2025, 6, 5)


def old(name: str = "Nguyễn Thị Tư", born: str = "1950-03-08", **known) -> Dossier:
    """A dossier of NĐ 20/2021, being verified."""
    facts = known.pop("facts", None)
    whose = person(name, born, facts=facts) if facts else person(name, born)
    return dossier("verifying", whose=whose, received_on=RECEIVED, now=at(2025, 6, 2), **known)


def posted(*dossiers: Dossier, on: date = POSTED, by: str = Role.COMMUNE_OFFICER, place: str = "Trụ sở UBND xã") -> Posting:
    officer = post(by)
    with as_post(officer, on=DAY):
        return operations.post_list(dossiers=dossiers or [old()], place=place, posted_on=on, by=officer, now=THEN)


def lines(made: Posting) -> list[tuple]:
    with as_maintenance():
        return list(made.lines.order_by("number").values_list("name", "birth_year", "asked"))


def test_a_list_hangs_for_the_two_working_days_of_its_law():
    made = posted()
    assert (made.days, made.until, made.state) == (2, date(2025, 6, 9), "posted")  # Friday and Monday
    assert "Điều 8 NĐ 20/2021/NĐ-CP" in made.basis and made.mark == "V"
    with as_maintenance():
        assert Entry.objects.filter(act="post_list", key=made.code).count() == 1


def test_the_line_says_who_where_and_what_is_asked_and_no_ground():
    made = posted(old("Phạm Văn Bính", "1961"), old())
    asked = "Thực hiện trợ cấp xã hội hằng tháng"
    assert lines(made) == [("Phạm Văn Bính", 1961, asked), ("Nguyễn Thị Tư", 1950, asked)]


def test_the_law_of_2025_and_2026_asks_for_no_posting():
    made = dossier("verifying")
    with as_post(post(), on=DAY):
        assert queries.postable() == []
    with pytest.raises(InvalidInput, match="không niêm yết"):
        posted(made)


def test_whoever_has_a_fact_that_tells_an_illness_is_never_posted():
    silent, other = old(facts={"hiv": True}), old("Phạm Văn Bính", "1961-01-01")
    with as_post(post(), on=DAY):
        assert [one.pk for one in queries.postable()] == [other.pk]
    with pytest.raises(InvalidInput):
        posted(silent, other)


def test_a_dossier_hangs_once_and_only_while_it_is_verified():
    made = old()
    posted(made)
    with pytest.raises(InvalidInput):
        posted(made)
    with pytest.raises(InvalidInput):
        posted(dossier("received", whose=person("Hai", "1950-01-01"), received_on=RECEIVED, now=at(2025, 6, 2)))


def test_what_is_wrong_with_a_posting_is_said():
    made = old()
    with pytest.raises(InvalidInput, match="nơi niêm yết"):
        posted(made, place=" ")
    with pytest.raises(InvalidInput, match="chưa tới"):
        posted(made, on=date(2025, 6, 6))
    with pytest.raises(InvalidInput, match="trước ngày tiếp nhận"):
        posted(made, on=date(2025, 6, 1))
    with pytest.raises(NotAllowed):
        posted(made, by=Role.ONE_STOP)


def down(made: Posting, on: date, note: str = "", *, by: str = Role.COMMUNE_OFFICER, now=NOW) -> Posting:
    officer = post(by)
    with as_post(officer, on=DAY):
        return operations.take_down(posting=made, on=on, note=note, by=officer, now=now)


def test_it_is_taken_down_once_early_only_with_a_reason():
    made = posted()
    assert [move.act for move in POSTING.open_moves(made.state, Role.COMMUNE_HEAD)] == ["take_down"]
    with pytest.raises(InvalidInput, match="Gỡ sớm phải ghi lý do"):
        down(made, date(2025, 6, 6))
    with pytest.raises(NotAllowed):
        down(made, date(2025, 6, 9), by=Role.CLERK)
    done = down(made, date(2025, 6, 10))
    assert (done.state, done.removed_by, done.removed_on) == ("taken_down", post(), date(2025, 6, 10))
    with pytest.raises(MoveNotAllowed):
        down(made, date(2025, 6, 10))
    with as_maintenance():
        assert Entry.objects.filter(act="take_down_posting", key=made.code).count() == 1


def test_early_with_its_reason():
    assert down(posted(), date(2025, 6, 6), "Có sai sót trong danh sách").removal_note == "Có sai sót trong danh sách"


def test_what_was_taken_down_early_hangs_again_and_what_hung_its_days_does_not():
    made = old()
    down(posted(made), date(2025, 6, 6), "Sai năm sinh")
    again = posted(made)
    assert len(lines(again)) == 1
    down(again, date(2025, 6, 10))
    with pytest.raises(InvalidInput, match="không niêm yết"):
        posted(made)


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_post_a_dossier_once():
    made, officers = old(), (post(), post(Role.COMMUNE_HEAD))
    start, raised = Barrier(2), []

    def run(by) -> None:
        try:
            start.wait(10)
            with as_post(by, on=DAY):
                operations.post_list(dossiers=[made], place="Trụ sở", posted_on=POSTED, by=by, now=THEN)
        except AnsinhError as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(by,)) for by in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(raised) == 1 and isinstance(raised[0], InvalidInput)
    with as_maintenance():
        assert Posting.objects.count() == 1


def opinion(made: Posting, *, received_on: date = date(2025, 6, 6), by: str = Role.ONE_STOP, **known) -> PostingOpinion:
    taker = post(by)
    with as_post(taker, on=DAY):
        return operations.record_opinion(
            posting=made, received_on=received_on, content="Ông này có lương hưu", by=taker, now=NOW, **known
        )


def test_an_opinion_is_concluded_within_ten_working_days_and_once():
    made = posted()
    said = opinion(made, giver_name="Trần Văn Ba")
    assert said.due_on == date(2025, 6, 20)
    with as_post(post(), on=DAY):
        done = operations.conclude_opinion(opinion=said, conclusion="Không có lương hưu", by=post(), now=NOW)
        assert done.concluded_on == DAY
        with pytest.raises(AlreadyDone):
            operations.conclude_opinion(opinion=said, conclusion="Khác", by=post(), now=NOW)


def test_an_opinion_belongs_to_the_days_and_the_lines_of_the_list():
    made, other = posted(), old("Phạm Văn Bính", "1961-01-01")
    with pytest.raises(InvalidInput, match="trong thời gian niêm yết"):
        opinion(made, received_on=date(2025, 6, 4))
    with pytest.raises(InvalidInput, match="không có trong danh sách"):
        opinion(made, dossier=other)
    with pytest.raises(NotAllowed):
        opinion(made, by=Role.ACCOUNTANT)


def test_a_corrected_holiday_moves_the_last_day_of_what_hangs():
    made, officer = posted(), post(Role.DIVISION_OFFICER, office="BTXH")
    with as_post(officer, on=DAY):
        operations.correct_holidays(year=2025, days_off=[date(2025, 6, 6)], worked=[], source="thử", by=officer, now=NOW)
    with as_maintenance():
        assert Posting.objects.get(pk=made.pk).until == date(2025, 6, 10)


def test_the_paper_for_the_board_holds_the_list_and_no_more():
    made, signer = posted(), post(Role.COMMUNE_CHAIRMAN)
    with as_post(post(), on=DAY):
        printed = operations.print_posting(posting=made, signer=signer, by=post(), on=DAY, now=NOW)
        again = operations.print_posting(posting=made, signer=signer, by=post(), on=DAY, now=NOW)
        with pytest.raises(NotAllowed):
            operations.print_posting(posting=made, signer=post(Role.CLERK), by=post(), on=DAY, now=NOW)
    assert again == printed
    with as_maintenance():
        document = Document(BytesIO(read(printed.word)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Nguyễn Thị Tư" in cells and "1950" in cells and "CHỦ TỊCH" in "\n".join(cells)
    assert "02 ngày làm việc, từ ngày 05/06/2025 đến hết ngày 09/06/2025" in text
    assert "khuyết tật" not in text + "".join(cells)


# Pages -----------------------------------------------------------------------------------------------------------------
@pytest.fixture(autouse=True)
def today(settings):
    settings.ANSINH_TODAY = DAY


def test_from_the_choice_to_the_taking_down_in_the_browser():
    made, client = old(), signed_in()
    page = client.get(reverse("dossiers:post_new")).content.decode()
    assert "Nguyễn Thị Tư" in page
    form = {"dossiers": [made.pk], "place": "Nhà văn hóa thôn", "posted_on": "05/06/2025"}
    answer = client.post(reverse("dossiers:post_new"), form)
    with as_maintenance():
        hung = Posting.objects.get()
    assert answer.url == reverse("dossiers:posting", args=[hung.code])
    client.post(reverse("dossiers:opinion", args=[hung.code]), {"received_on": "06/06/2025", "content": "Sai năm sinh"})
    assert "Sai năm sinh" in client.get(answer.url).content.decode()
    with as_maintenance():
        said = PostingOpinion.objects.get()
    client.post(reverse("dossiers:conclude", args=[hung.code, said.pk]), {"conclusion": "Đã sửa"})
    assert client.post(reverse("dossiers:take_down", args=[hung.code]), {"on": "06/06/2025"}).status_code == 422
    client.post(reverse("dossiers:take_down", args=[hung.code]), {"on": "10/06/2025"})
    text = client.get(answer.url).content.decode()
    assert "Đã gỡ" in text and "Đã sửa" in text
    assert "Nhà văn hóa thôn" in client.get(reverse("dossiers:postings")).content.decode()
    assert client.get(answer.url, {"xuat": "xlsx"}).content[:2] == b"PK"


def test_the_paper_is_printed_from_the_page():
    made, client = posted(), signed_in()
    answer = client.post(
        reverse("dossiers:print_posting", args=[made.code]), {"signer": post(Role.COMMUNE_CHAIRMAN).pk, "dang": "word"}
    )
    with as_maintenance():
        assert PaperPrint.objects.count() == 1
    assert client.get(answer.url).content[:2] == b"PK"


def test_only_who_verifies_posts():
    assert signed_in(Role.CLERK).get(reverse("dossiers:post_new")).status_code == 403
