"""Receipt, request for completion, refusal: printed from the dossier by whoever may, kept, the refusal frozen once it is signed."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from docx import Document

from ansinh.access import operations as access
from ansinh.access.acting import as_post
from ansinh.access.models import Post, Role
from ansinh.access.tests.factories import NOW, make_user, post
from ansinh.database.acting import as_maintenance
from ansinh.documents.models import OutgoingEntry, Paper
from ansinh.documents.operations import print_paper
from ansinh.documents.tests.factories import numbers_itself
from ansinh.dossiers import operations, queries
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.operations.answering import Refusal
from ansinh.dossiers.papers.slips import refusal_paper_content
from ansinh.dossiers.tests.factories import act, dossier, fresh
from ansinh.files.queries import read
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def printed(made: Dossier, kind: str, by=None) -> list[str]:
    by = by or post()
    with as_post(by, on=TODAY):
        found = operations.print_dossier_paper(dossier=made, kind=kind, by=by, on=TODAY, now=NOW)
        return [p.text for p in Document(BytesIO(read(found.word))).paragraphs if p.text]


def acted(step: str, made: Dossier) -> Dossier:
    with as_maintenance():
        return act(step, made)


def kinds(made: Dossier, by=None) -> list[str]:
    by = by or post()
    with as_post(by, on=TODAY):
        return [one.key for one in queries.printable(Dossier.objects.get(pk=made.pk), by)]


def test_the_receipt_says_what_came_and_when_the_answer_is_due():
    made = dossier("received", whose=person("Đỗ Thị Mùi"))
    lines = printed(made, "receipt")
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in lines
    assert f"Mã hồ sơ: {made.code}." in lines and "- Tờ khai theo mẫu." in lines
    assert "Họ và tên người đề nghị: Đỗ Thị Mùi." in lines
    assert f"Ngày hẹn trả kết quả: ngày {made.due_on:%d/%m/%Y}." in lines
    lacking = "- Giấy xác nhận khuyết tật (không yêu cầu nộp khi tra được trong cơ sở dữ liệu)."
    assert lacking in lines[lines.index("Giấy tờ chưa nộp:") :]


def test_the_receipt_of_a_funeral_names_who_asks_and_who_died():
    made = dossier("writing", whose=person("Đỗ Thị Mất"), procedure="funeral", case="pensioner")
    with as_maintenance():
        told = {"name": "Đỗ Văn Con", "relation": "con", "died_on": date(2026, 11, 1)}
        operations.declare(dossier=made, facts={}, details=told, by=post(), now=NOW)
        operations.receive_dossier(dossier=made, received_on=TODAY, given=["declaration"], by=post(), now=NOW)
    lines = printed(made, "receipt")
    assert {"Họ và tên người đề nghị: Đỗ Văn Con.", "Họ và tên người mất: Đỗ Thị Mất."} <= set(lines)


def test_a_dossier_of_the_one_stop_desk_has_no_receipt_of_ours():
    made = dossier("writing", whose=person("Đỗ Thị Cửa"))
    with as_maintenance():
        operations.receive_dossier(dossier=made, received_on=TODAY, given=[], one_stop_code="H31-1", by=post(), now=NOW)
    assert kinds(made) == []
    with as_post(post(), on=TODAY), pytest.raises(NotAllowed):
        operations.print_dossier_paper(dossier=made, kind="receipt", by=post(), on=TODAY, now=NOW)


def test_the_request_for_completion_lists_what_is_missing_while_it_is():
    made = dossier("incomplete")
    assert kinds(made) == ["receipt", "completion"]
    lines = printed(made, "completion")
    assert "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ" in lines and "1. Giấy xác nhận khuyết tật." in lines
    assert "Lý do: Thiếu giấy." in lines
    acted("complete", made)
    assert kinds(made) == ["receipt"]


def test_who_receives_nothing_prints_nothing():
    assert kinds(dossier("incomplete"), post(Role.ACCOUNTANT)) == []


def test_the_refusal_is_printed_for_the_competent_signer_and_frozen_when_recorded():
    made = acted("submit_refusal", dossier("verifying", whose=person("Đỗ Thị Nhẹ")))
    signer = post(Role.COMMUNE_CHAIRMAN)
    assert kinds(made) == ["receipt", "notice"] and kinds(made, post(Role.ONE_STOP)) == ["receipt"]
    lines = printed(made, "notice")
    assert "Lý do: Không thuộc diện." in lines and "Căn cứ: Khoản 6 Điều 5 Nghị định số 335/2026/NĐ-CP." in lines
    assert any("đề nghị trợ cấp xã hội hằng tháng của bà Đỗ Thị Nhẹ" in line for line in lines)
    paper = Refusal("9/TB-UBND", TODAY, signer.user.full_name, "Chủ tịch")
    clerk = post(Role.CLERK)
    with as_post(clerk, on=TODAY):
        operations.record_refusal(dossier=made, paper=paper, by=clerk, now=NOW)
        kept = Paper.objects.get(kind="notice")
        assert kept.signed_at and kept.prints.get().is_signed
        assert OutgoingEntry.objects.get(paper=kept).symbol == "9/TB-UBND"
    assert kinds(made) == []
    with as_maintenance(), pytest.raises(AlreadyDone):
        content = refusal_paper_content(fresh(made), None, signer=signer, entry=None, on=TODAY)
        print_paper(paper=Paper.objects.get(kind="notice"), content=content, by=post(), on=TODAY, now=NOW)


def recorded(made: Dossier, number: str) -> Dossier:
    clerk = post(Role.CLERK)
    with as_post(clerk, on=TODAY):
        paper = Refusal(number, TODAY, "Phạm Văn Ký", "Chủ tịch")
        return operations.record_refusal(dossier=made, paper=paper, by=clerk, now=NOW)


def test_where_the_office_numbers_itself_the_refusal_takes_its_number_from_the_register(settings):
    settings.ANSINH_TODAY = TODAY
    numbers_itself()
    made = acted("submit_refusal", dossier("verifying", whose=person("Đỗ Thị Số")))
    post(Role.COMMUNE_CHAIRMAN)
    clerk = Client()
    clerk.force_login(post(Role.CLERK).user)
    door = f"/ho-so/{made.code}/lay-so/"
    assert door not in clerk.get(f"/ho-so/{made.code}/").content.decode()
    assert "Hãy in văn bản trước" in clerk.post(door, {"dated_on": "20/11/2026"}, follow=True).content.decode()
    printed(made, "notice")
    with pytest.raises(InvalidInput, match="lấy số") as told:
        recorded(made, "9/TB-UBND")
    assert told.value.field == "number"
    assert door in clerk.get(f"/ho-so/{made.code}/").content.decode()
    assert "Số 01/TB-UBND." in clerk.post(door, {"dated_on": "20/11/2026"}, follow=True).content.decode()
    assert any("Số: 01/TB-UBND" in text for text in all_words(made))
    with pytest.raises(InvalidInput, match="01/TB-UBND"):
        recorded(made, "9/TB-UBND")
    assert recorded(made, "01/TB-UBND").state == "refused"
    assert door not in clerk.get(f"/ho-so/{made.code}/").content.decode()
    assert "đang chờ ký" in clerk.post(door, {"dated_on": "20/11/2026"}, follow=True).content.decode()


def all_words(made: Dossier) -> list[str]:
    with as_post(post(), on=TODAY):
        found = operations.print_dossier_paper(dossier=made, kind="notice", by=post(), on=TODAY, now=NOW)
        document = Document(BytesIO(read(found.word)))
    return [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def test_a_refusal_printed_nowhere_is_recorded_as_before():
    made = acted("refuse", acted("submit_refusal", dossier("verifying")))
    assert fresh(made).state == "refused"
    with as_maintenance():
        assert not Paper.objects.exists()


def test_the_refusal_of_somebody_with_a_fact_that_tells_an_illness_opens_for_those_alone_who_may_know():
    post(Role.COMMUNE_CHAIRMAN)
    made = acted("submit_refusal", dossier("verifying", whose=person("Đỗ Thị Kín", facts={"hiv": True})))
    printed(made, "notice")
    with as_maintenance():
        assert Paper.objects.get(kind="notice").is_sensitive


def test_from_the_page_of_the_dossier(settings):
    settings.ANSINH_TODAY = TODAY
    made = dossier("received", whose=person("Đỗ Thị Trang"), received_on=date(2026, 11, 3))
    officer = Client()
    officer.force_login(post().user)
    page = officer.get(f"/ho-so/{made.code}/").content.decode()
    assert f"/ho-so/{made.code}/in/receipt/" in page
    answer = officer.post(f"/ho-so/{made.code}/in/receipt/", {"dang": "word"}, follow=True)
    assert answer.status_code == 200 and answer["Content-Type"].endswith("wordprocessingml.document")
    assert "Giấy tiếp nhận hồ sơ và hẹn trả kết quả: Đỗ Thị Trang" in officer.get(f"/ho-so/{made.code}/").content.decode()
    refused = officer.post(f"/ho-so/{made.code}/in/completion/", {"dang": "word"}, follow=True)
    assert "không có giấy tờ đó để in" in refused.content.decode()


def deputy_chairman() -> Post:
    with as_maintenance():
        return Post.objects.create(
            code="PCT", office=post().office, role=Role.COMMUNE_CHAIRMAN, title="Phó Chủ tịch UBND", is_deputy=True,
            user=make_user("phochutich", "Lê Văn Phó"), period=DateRange(date(2025, 7, 1), None),
        )  # fmt: skip


def test_the_officer_chooses_who_of_the_competent_signs_the_refusal(settings):
    settings.ANSINH_TODAY = TODAY
    made = acted("submit_refusal", dossier("verifying", whose=person("Đỗ Thị Chọn")))
    chairman, deputy = post(Role.COMMUNE_CHAIRMAN), deputy_chairman()
    officer = Client()
    officer.force_login(post().user)
    page = officer.get(f"/ho-so/{made.code}/").content.decode()
    assert page.index(f'value="{chairman.code}"') < page.index(f'value="{deputy.code}"')
    assert (
        officer.post(f"/ho-so/{made.code}/in/notice/", {"dang": "word", "nguoi_ky": deputy.code}, follow=True).status_code == 200
    )
    with as_maintenance():
        found = Paper.objects.get(kind="notice").prints.get()
        assert (found.signer, found.signer_name) == (deputy, "Lê Văn Phó")
        lines = [p.text for t in Document(BytesIO(read(found.word))).tables for c in t.rows[0].cells for p in c.paragraphs]
    assert "KT. CHỦ TỊCH" in lines and "PHÓ CHỦ TỊCH" in lines
    refused = officer.post(f"/ho-so/{made.code}/in/notice/", {"dang": "word", "nguoi_ky": post(Role.CLERK).code}, follow=True)
    assert "không có thẩm quyền ký văn bản từ chối" in refused.content.decode()


def test_who_holds_a_mandate_signs_the_refusal_tuq(settings):
    settings.ANSINH_TODAY = TODAY
    made = acted("submit_refusal", dossier("verifying", whose=person("Đỗ Thị Ủy")))
    chairman, head = post(Role.COMMUNE_CHAIRMAN), post(Role.COMMUNE_HEAD)
    with as_post(post(), on=TODAY), pytest.raises(NotAllowed):
        operations.print_dossier_paper(dossier=made, kind="notice", signer=head, by=post(), on=TODAY, now=NOW)
    with as_maintenance():
        access.record_mandate(
            giver=chairman, post=head, acts=["monthly_allowance"], number="7/GUQ-UBND", signed_on=TODAY, first=TODAY, last=TODAY,
            content="", by=post(Role.CLERK), now=NOW,
        )  # fmt: skip
    with as_post(post(), on=TODAY):
        found = operations.print_dossier_paper(dossier=made, kind="notice", signer=head, by=post(), on=TODAY, now=NOW)
    lines = [p.text for t in Document(BytesIO(read(found.word))).tables for c in t.rows[0].cells for p in c.paragraphs]
    assert [line for line in lines if line.startswith(("TM.", "TUQ."))] == ["TM. ỦY BAN NHÂN DÂN", "TUQ. CHỦ TỊCH"]
    paper = Refusal("9/TB-UBND", TODAY + timedelta(days=1), head.user.full_name, "TUQ.", post=head)
    tomorrow = NOW + timedelta(days=1)
    with as_post(post(Role.CLERK), on=TODAY), pytest.raises(NotAllowed, match="không có thẩm quyền"):
        operations.record_refusal(dossier=made, paper=paper, by=post(Role.CLERK), now=tomorrow)
