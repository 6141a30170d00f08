"""Papers of petitions: drafted from what the case knows, numbered, frozen with the answer; none names who denounces."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.database.acting import as_maintenance
from ansinh.documents import operations as documents
from ansinh.documents.models import OutgoingEntry, Paper, PaperPrint, SignedFile
from ansinh.documents.tests.factories import numbers_itself
from ansinh.documents.tests.keys import page, signed
from ansinh.files.queries import read
from ansinh.journal.models import Entry
from ansinh.kernel.errors import InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.people.tests.signing_in import signed_in
from ansinh.petitions import operations
from ansinh.petitions.models import Petition
from ansinh.petitions.operations import Answer
from ansinh.petitions.papers import (
    ADMISSION,
    COMPLAINT_DECISION,
    CONCLUSION,
    DENUNCIATION_ADMITTED,
    NOT_ADMITTED,
    RESULT,
    TRANSFER,
)
from ansinh.petitions.papers.content import Draft
from ansinh.petitions.papers.standing import kinds_of
from ansinh.petitions.tests.factories import assign, fresh, petition

pytestmark = pytest.mark.django_db
FOUND = Draft(outcome="right", findings="Danh sách thiếu một tháng", text="Truy lĩnh tháng 10/2026")


def printed(made: Petition, kind, draft: Draft | None = None, *, by=None, signer=None) -> PaperPrint:
    by = by or post(Role.COMMUNE_CHAIRMAN)
    with as_post(by, on=DAY):
        return operations.print_petition_paper(
            petition=made, kind=kind, draft=draft or Draft(), signer=signer or post(Role.COMMUNE_CHAIRMAN), by=by, on=DAY, now=NOW
        )


def words(made: PaperPrint) -> str:
    with as_maintenance():
        document = Document(BytesIO(read(made.word)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def answer(made: Petition, number: str = "12/QĐ-UBND", **known) -> Petition:
    by = post(Role.COMMUNE_CHAIRMAN)
    with as_post(by, on=DAY):
        signed = Answer("right", "Truy lĩnh tháng 10/2026", number, DAY, "Phạm Văn Ký", **known)
        return operations.answer_petition(petition=made, answer=signed, by=by, now=NOW)


def test_a_complaint_is_admitted_in_the_words_of_its_form():
    said = words(printed(petition("admitted"), ADMISSION))
    assert "Về việc thụ lý giải quyết khiếu nại" in said and "Kính gửi: ông (bà) Trần Văn Ba, Thôn 2" in said
    assert "Khiếu nại về việc: Mức trợ cấp bị cắt không đúng." in said and "đủ điều kiện thụ lý" in said
    assert "TM. ỦY BAN NHÂN DÂN" in said and "Vậy thông báo để ông (bà) Trần Văn Ba được biết./." in said


def test_what_is_not_admitted_says_why_and_by_which_article():
    said = words(printed(petition("not_admitted"), NOT_ADMITTED))
    assert "căn cứ Điều 11 của Luật Khiếu nại" in said and "vì: Lý do thử." in said


def test_the_decision_on_a_complaint_has_what_the_law_asks_of_it():
    said = words(printed(petition("admitted"), COMPLAINT_DECISION, FOUND))
    for part in (
        "Căn cứ Luật Khiếu nại số 02/2011/QH13;", "136/2025/QH15", "I. Nội dung khiếu nại: Mức trợ cấp bị cắt không đúng.",
        "II. Kết quả xác minh nội dung khiếu nại, căn cứ pháp luật: Danh sách thiếu một tháng.", "là đúng.",
        "Chấp nhận nội dung khiếu nại của ông (bà) Trần Văn Ba.", "Truy lĩnh tháng 10/2026.", "khiếu nại lần hai", "Tòa án",
    ):  # fmt: skip
        assert part in said, part


def test_a_proposal_is_answered_by_a_notice_and_a_report_is_transferred():
    said = words(printed(petition("admitted", kind="proposal"), RESULT, FOUND))
    assert "trả lời như sau: Truy lĩnh tháng 10/2026." in said
    said = words(printed(petition("transferred", kind="report"), TRANSFER, Draft(to="Công an xã")))
    assert "PHIẾU CHUYỂN ĐƠN" in said and "Kính gửi: Công an xã" in said


def test_no_paper_of_a_denunciation_names_its_sender_or_repeats_the_words():
    made = petition("admitted", kind="denunciation")
    draft = Draft(accused="ông Lê Văn Thử", outcome="wrong", text="Bình xét không đúng", findings="Đã họp công khai")
    for kind in (DENUNCIATION_ADMITTED, ADMISSION, CONCLUSION):
        said = words(printed(made, kind, draft))
        assert "Trần Văn Ba" not in said and "Thôn 2" not in said and "bị cắt không đúng" not in said
    assert "Người tố cáo (theo đơn mã" in words(printed(made, ADMISSION))
    with as_maintenance():
        told = [
            *Paper.objects.values_list("summary", flat=True),
            *(str(one.detail) for one in Entry.objects.filter(noun="paper")),
        ]
    assert not any("Lê Văn Thử" in one or "Trần Văn Ba" in one for one in told)


def test_what_was_printed_of_a_denunciation_opens_for_those_who_handle_it_alone(settings):
    settings.ANSINH_TODAY = DAY
    made = assign(petition("admitted", kind="denunciation"), post())
    print_of = printed(made, CONCLUSION, FOUND, by=post())
    door = reverse("documents:word", args=[print_of.paper.code, print_of.number])
    assert signed_in().get(door).status_code == 200 and signed_in(Role.COMMUNE_CHAIRMAN).get(door).status_code == 200
    for role in (Role.COMMUNE_HEAD, Role.CLERK, Role.ONE_STOP, Role.ACCOUNTANT):
        assert signed_in(role).get(door).status_code == 404, role
    page = signed_in(Role.CLERK).get(reverse("petitions:papers", args=[made.code])).content.decode()
    assert door not in page and "Người in" in page


def test_the_papers_follow_the_state():
    states = {
        "registered": [], "admitted": [ADMISSION, COMPLAINT_DECISION], "not_admitted": [NOT_ADMITTED], "transferred": [TRANSFER],
        "withdrawn": [],
    }  # fmt: skip
    for state, kinds in states.items():
        assert kinds_of(petition(state)) == kinds
    with pytest.raises(MoveNotAllowed):
        printed(petition(), ADMISSION)
    with pytest.raises(NotAllowed):
        printed(petition("admitted"), ADMISSION, by=post())
    with pytest.raises(NotAllowed, match="thẩm quyền"):
        printed(petition("admitted"), ADMISSION, signer=post(Role.CLERK))


def test_the_answer_is_numbered_by_the_clerk_and_frozen_with_the_record():
    numbers_itself()
    made = petition("admitted")
    printed(made, COMPLAINT_DECISION, FOUND)
    assert fresh(made).draft["text"] == "Truy lĩnh tháng 10/2026"
    with pytest.raises(InvalidInput, match="lấy số"):
        answer(made)
    clerk = post(Role.CLERK)
    with as_post(clerk, on=DAY):
        entry = operations.number_answer(petition=made, dated_on=DAY, by=clerk, now=NOW)
    with pytest.raises(InvalidInput, match=entry.symbol):
        answer(made)
    done = answer(made, entry.symbol, print_number=1)
    with as_maintenance():
        assert Paper.objects.get().prints.get().is_signed
    with pytest.raises(MoveNotAllowed):
        printed(done, COMPLAINT_DECISION, FOUND)
    with as_post(clerk, on=DAY), pytest.raises(MoveNotAllowed):
        operations.number_answer(petition=made, dated_on=DAY, by=clerk, now=NOW)


def answered_by_key(made: Petition, data: bytes, role: str = Role.COMMUNE_CHAIRMAN):
    given = {
        "outcome": "right",
        "text": "Truy lĩnh",
        "number": "12/QĐ-UBND",
        "signed_on": "20/11/2026",
        "signer_name": "Phạm Văn Ký",
    }
    upload = SimpleUploadedFile("ky.pdf", data)
    where = reverse("petitions:act", args=[made.code, "ket-qua"])
    return signed_in(role).post(where, {**given, "compared": "on", "scan": upload}, follow=True).content.decode()


def test_an_answer_signed_with_a_key_is_checked_and_shown(settings):
    settings.ANSINH_TODAY = DAY
    made = petition("admitted")
    assert "Không đọc được chữ ký số" in answered_by_key(made, signed(page("12/QĐ-UBND"))[:-60])
    assert fresh(made).state == "admitted"
    shown = answered_by_key(made, signed(page("12/QĐ-UBND")))
    assert "Chữ ký nguyên vẹn, chưa xác định được nơi cấp." in shown and "ky.pdf" in shown


def test_the_signed_answer_to_a_denunciation_opens_for_those_who_handle_it_alone(settings):
    settings.ANSINH_TODAY = DAY
    made = assign(petition("admitted", kind="denunciation"), post())
    answered_by_key(made, signed(page("12/QĐ-UBND")))
    door = reverse("petitions:scan", args=[made.code])
    assert signed_in().get(door).content.startswith(b"%PDF")
    assert "ky.pdf" not in signed_in(Role.CLERK).get(reverse("petitions:petition", args=[made.code])).content.decode()
    for role in (Role.COMMUNE_HEAD, Role.CLERK, Role.ONE_STOP):
        assert signed_in(role).get(door).status_code == 404, role
    with as_maintenance():
        kept = SignedFile.objects.select_related("file").get()
    assert signed_in().get(reverse("files:download", args=[kept.file.token])).status_code == 404
    assert signed_in(Role.CLERK).get(reverse("documents:signed", args=[kept.code])).status_code == 404


def test_a_notice_is_recorded_as_signed_by_another_than_who_printed_it():
    made = petition("admitted")
    paper = printed(made, ADMISSION).paper
    given = {"paper": paper, "number": "8/TB-UBND", "signed_on": DAY, "signer_name": "Phạm Văn Ký", "now": NOW}
    with as_post(post(Role.COMMUNE_CHAIRMAN), on=DAY), pytest.raises(NotAllowed):
        documents.record_signed_paper(by=post(Role.COMMUNE_CHAIRMAN), **given)
    clerk = post(Role.CLERK)
    with as_post(clerk, on=DAY):
        assert documents.record_signed_paper(by=clerk, **given).signed_at
    with as_maintenance():
        assert OutgoingEntry.objects.get().symbol == "8/TB-UBND"
        assert Entry.objects.filter(act="sign_paper", key=paper.code).count() == 1


def test_through_the_pages_from_the_draft_to_the_record(settings):
    settings.ANSINH_TODAY = DAY
    made, chairman = petition("admitted"), signed_in(Role.COMMUNE_CHAIRMAN)
    page = chairman.get(reverse("petitions:papers", args=[made.code])).content.decode()
    assert "Quyết định giải quyết khiếu nại" in page and "136/2025/QH15" in page
    where = reverse("petitions:print_paper", args=[made.code, "complaint_decision"])
    data = {"outcome": "right", "findings": "", "text": "Truy lĩnh", "signer": post(Role.COMMUNE_CHAIRMAN).pk, "dang": "word"}
    assert chairman.post(where, data, follow=True).content.startswith(b"PK")
    assert "Nội dung giải quyết" in chairman.post(where, {**data, "text": ""}, follow=True).content.decode()
    form = chairman.get(reverse("petitions:act", args=[made.code, "ket-qua"])).content.decode()
    assert "Truy lĩnh" in form and "Bản in 1" in form
    notice = reverse("petitions:print_paper", args=[made.code, "petition_admission"])
    chairman.post(notice, {"signer": post(Role.COMMUNE_CHAIRMAN).pk, "dang": "word"})
    with as_maintenance():
        paper = Paper.objects.get(kind="petition_admission")
    clerk = signed_in(Role.CLERK)
    assert "Ghi nhận bản đã ký" in clerk.get(reverse("documents:paper", args=[paper.code])).content.decode()
    signed = {"number": "8/TB-UBND", "signed_on": "20/11/2026", "signer_name": "Phạm Văn Ký", "print_number": "1"}
    assert clerk.post(reverse("documents:sign", args=[paper.code]), {**signed, "number": ""}).status_code == 422
    assert clerk.post(reverse("documents:sign", args=[paper.code]), signed).status_code == 302
    assert "Đã ký" in clerk.get(reverse("documents:paper", args=[paper.code])).content.decode()
    assert clerk.get(reverse("documents:sign", args=[paper.code])).status_code == 404
    assert signed_in().get(reverse("documents:sign", args=[paper.code])).status_code == 403
