"""Papers of lists and stays: whole however long, numbered from the register or typed, frozen once signed, in an office's own template."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, THAI_BINH, post
from ansinh.database.acting import as_maintenance
from ansinh.documents import operations as documents
from ansinh.documents.models import OutgoingEntry, Paper, PaperPrint
from ansinh.documents.tests.factories import numbers_itself, office
from ansinh.emergency import operations
from ansinh.emergency.models import AidLine
from ansinh.emergency.papers import AID_DECISION, AID_PROPOSAL, FORM_06, FORM_5A, FORM_5B, PROTECTION_DECISION
from ansinh.emergency.tests.factories import act, add, brought, gifts, relief, rice, signature
from ansinh.emergency.tests.test_protection import decide as decide_stay
from ansinh.emergency.tests.test_protection import take_in
from ansinh.entitlements.tests.factories import grant
from ansinh.files.queries import read
from ansinh.kernel.errors import AlreadyDone, InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in
from ansinh.rendering.papers import DOCX

pytestmark = pytest.mark.django_db


def printed(subject, kind=AID_DECISION, *, by=None, signer=None, source: str = "ngân sách xã") -> PaperPrint:
    by = by or post()
    with as_post(by, on=DAY):
        return operations.print_aid_paper(
            subject=subject, kind=kind, signer=signer or post(Role.COMMUNE_CHAIRMAN), by=by, on=DAY, now=NOW, source=source
        )


def words(made: PaperPrint) -> str:
    """All that stands on a print, tables with it."""
    with as_maintenance():
        document = Document(BytesIO(read(made.word)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def number(subject, kind=AID_DECISION, by=None) -> OutgoingEntry:
    by = by or post(Role.CLERK)
    with as_post(by, on=DAY):
        return operations.number_aid_paper(subject=subject, kind=kind, dated_on=DAY, by=by, now=NOW)


def test_the_decision_tells_each_kind_the_sum_in_words_and_every_line_by_village():
    hurt = rice("Lê Thị Thương", kind="injury", treatment_days=5, village_name="Thôn Đoài", persons=None, months=None)
    made = brought("submitted", rice(), hurt)
    said = words(printed(made))
    assert "QUYẾT ĐỊNH" in said and "Về việc trợ giúp xã hội khẩn cấp (Bão số 9)" in said
    assert "a) Gạo cứu đói: 1 trường hợp, 120 kg gạo;" in said
    assert "b) Người bị thương nặng: 1 trường hợp, 5.400.000 đồng." in said
    assert "Tổng số tiền: 5.400.000 đồng (Năm triệu bốn trăm nghìn đồng)." in said
    assert "Nghị định số 335/2026/NĐ-CP" in said and "kết quả họp bình xét ngày 20/11/2026" in said
    assert "Nguồn thực hiện: ngân sách xã." in said and {"Thôn Đông", "Trần Văn Lụt", "Lê Thị Thương"} <= set(said.split("\n"))


def test_a_decision_of_gifts_cites_the_paper_of_the_round():
    grant(person("Đỗ Thị Quà", "1944-01-02"))
    made, by = gifts(), post()
    with as_post(by, on=DAY):
        operations.fill_gifts(aid_list=made, by=by, now=NOW)
    said = words(printed(act("submit", made), source=""))
    assert "Về việc tặng quà (Quà Tết 2027)" in said and "Căn cứ NQ 418/NQ-CP" in said and "… … …" in said


def test_no_line_is_left_off_a_long_paper():
    made = relief()
    add(made, *(rice(f"Trần Văn Lụt {n}", personal_number=f"034050{n:06d}") for n in range(1, 1_251)))
    said = words(printed(made, AID_PROPOSAL))
    assert said.count("Trần Văn Lụt") == 1_250 and "Danh sách có 1.250 dòng, 150.000 kg gạo." in said


def test_forms_of_law_are_filled_with_what_the_list_knows():
    house = rice("Phạm Văn Sập", kind="housing_total", hardship="poor", persons=3, months=None, born_text="1955")
    goods = rice(kind="essential_goods", goods="Chăn màn")
    made = brought("reviewed", rice(), goods, rice("Đỗ Thị Mưa", persons=2, village_name="Thôn Đoài"), house)
    said = words(printed(made, FORM_5A))
    assert "THÔN: Đông" in said and "THÔN: Đoài" in said and said.count("Trần Văn Lụt") == 1
    assert "\n".join(["", "Tổng", "2", "6", ""]) in words(printed(made, FORM_5B))
    declared = words(printed(made, FORM_06))
    assert "PHẠM VĂN SẬP" in declared and "Hộ nghèo" in declared and "Nhà đổ, sập, trôi, cháy hoàn toàn" in declared
    with pytest.raises(InvalidInput, match="không có dòng nào"):
        printed(brought("reviewed", rice("Bùi Văn Gạo")), FORM_06)


def test_a_decision_is_printed_only_while_it_awaits_its_signature():
    made = brought("reviewed")
    with pytest.raises(MoveNotAllowed):
        printed(made)
    made = act("submit", made)
    with pytest.raises(NotAllowed):
        printed(made, by=post(Role.CLERK))
    with pytest.raises(NotAllowed, match="thẩm quyền"):
        printed(made, signer=post(Role.COMMUNE_HEAD))
    printed(made)
    act("decide", made)
    with pytest.raises(MoveNotAllowed):
        printed(made)


def test_the_number_comes_from_the_register_and_the_record_must_say_the_same():
    numbers_itself()
    made = brought("submitted")
    with pytest.raises(InvalidInput, match="in văn bản"):
        number(made)
    printed(made)
    with pytest.raises(InvalidInput, match="lấy số"):
        act("decide", made)
    assert number(made).symbol == "01/QĐ-UBND"
    with pytest.raises(AlreadyDone):
        number(made)
    with pytest.raises(InvalidInput, match="01/QĐ-UBND"):
        act("decide", made, signature=signature("02/QĐ-UBND"))
    act("decide", made, signature=signature("01/QĐ-UBND"))
    with as_maintenance():
        paper = Paper.objects.get(kind=AID_DECISION.key)
        assert (
            paper.signed_at
            and paper.prints.get().is_signed
            and paper.entries.get().summary.startswith("Quyết định về việc trợ giúp")
        )


def test_a_typed_number_comes_into_the_register_with_the_signature():
    made = brought("submitted")
    printed(made)
    act("decide", made, signature=signature("77/QĐ-UBND"))
    with as_maintenance():
        assert OutgoingEntry.objects.get().symbol == "77/QĐ-UBND"


def test_a_list_sent_back_gives_its_number_back_and_takes_another():
    numbers_itself()
    made = brought("submitted")
    printed(made)
    number(made)
    made = act("send_back", made)
    with as_maintenance():
        assert "Thiếu xác nhận" in OutgoingEntry.objects.get().void_reason
    made = act("submit", act("review", made))
    printed(made)
    assert number(made).symbol == "02/QĐ-UBND"


def test_a_decision_taken_back_keeps_its_paper_and_the_next_is_a_paper_of_its_own():
    made = brought("submitted")
    printed(made)
    act("decide", made)
    again = act("submit", act("review", act("reopen", made)))
    printed(again)
    act("decide", again, signature=signature("46/QĐ-UBND"))
    with as_maintenance():
        assert Paper.objects.filter(kind=AID_DECISION.key, signed_at__isnull=False).count() == 2


def test_an_office_prints_from_its_own_word_file_and_a_wrong_field_is_refused():
    document = Document()
    for line in (
        "MẪU CỦA XÃ {{ co_quan }} {{ so_ky_hieu }} {{ dia_danh }} {{ ngay }} {{ trich_yeu }} {{ tham_quyen }} {{ nguoi_ky }}",
        "{% for dong in can_cu %}{{ dong }}{% endfor %}{% for d in cac_dieu %}{{ d.mo_dau }}{% endfor %}",
        "{% for n in cac_nhom %}{{ n.ten }}{% endfor %}{% for q in quyen_ky %}{{ q }}{% endfor %}{% for n in noi_nhan %}{{ n }}{% endfor %}",
    ):
        document.add_paragraph(line)
    target = BytesIO()
    document.save(target)
    given = {"office": office(), "kind": AID_DECISION.key, "since": DAY, "by": post(Role.CLERK), "now": NOW}
    with as_maintenance():
        documents.take_template(name="mau.docx", data=target.getvalue(), **given)
    made = printed(brought("submitted"))
    assert "MẪU CỦA XÃ" in words(made) and made.word.media_type == DOCX
    document.add_paragraph("{{ nguoi_kyy }}")
    wrong = BytesIO()
    document.save(wrong)
    with as_maintenance(), pytest.raises(documents.TemplateFaults, match="nguoi_ky"):
        documents.take_template(name="mau.docx", data=wrong.getvalue(), **given)


def test_the_decision_on_a_stay_cites_its_article_and_names_no_ground():
    made = take_in()
    said = words(printed(made, PROTECTION_DECISION))
    assert "Bà Phạm Thị Nuôi" in said and "100.000 đồng/người/ngày" in said and "Điều 16 Nghị định số 335/2026/NĐ-CP" in said
    assert "lang thang" not in said and "xin ăn" not in said
    decide_stay(made)
    with pytest.raises(MoveNotAllowed):
        printed(made, PROTECTION_DECISION)
    with as_maintenance():
        assert Paper.objects.get().signed_at and AidLine.objects.count() == 0


# --- through the pages -----------------------------------------------------------------------------------------------


def url(name: str, *args) -> str:
    return reverse(f"emergency:{name}", args=args)


def test_from_print_to_record_through_the_pages(settings):
    settings.ANSINH_TODAY = DAY
    numbers_itself()
    made, chairman = brought("submitted"), post(Role.COMMUNE_CHAIRMAN)
    officer, clerk = signed_in(), signed_in(Role.CLERK)
    page = officer.get(url("papers", made.code)).content.decode()
    assert "Quyết định trợ giúp khẩn cấp" in page and "Mẫu số 5a" in page and "chưa được đối chiếu" in page
    data = {"signer": chairman.pk, "source": "gạo dự trữ quốc gia", "dang": "word"}
    answer = officer.post(url("print_paper", made.code, "aid_decision"), data, follow=True)
    assert "gạo dự trữ quốc gia" in "".join(one.text for one in Document(BytesIO(answer.content)).paragraphs)
    where = url("number_paper", made.code, "aid_decision")
    assert officer.post(where, {"dated_on": "20/11/2026"}).status_code == 403
    assert "01/QĐ-UBND" in clerk.post(where, {"dated_on": "20/11/2026"}, follow=True).content.decode()
    form = clerk.get(url("decide", made.code)).content.decode()
    assert 'value="01/QĐ-UBND"' in form and "Bản in 1" in form
    given = {
        "number": "01/QĐ-UBND",
        "signed_on": "20/11/2026",
        "signer": chairman.pk,
        "print_number": "1",
        "resources_rice": "commune",
    }
    assert clerk.post(url("decide", made.code), given).status_code == 302
    assert "Đã ký" in officer.get(url("papers", made.code)).content.decode()


def test_what_there_is_not_is_not_found_and_another_commune_sees_nothing():
    made, officer = brought("submitted"), signed_in()
    assert officer.get(url("papers", "HS00000001")).status_code == 404
    assert officer.post(url("print_paper", made.code, "aid_report"), {"dang": "word"}).status_code == 404
    stranger = signed_in(office=f"UBND-{THAI_BINH}")
    assert stranger.get(url("papers", made.code)).status_code == 404
    assert stranger.post(url("print_paper", made.code, "aid_decision"), {"dang": "word"}).status_code == 404
