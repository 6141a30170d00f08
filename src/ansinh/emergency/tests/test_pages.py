"""The pages as officers use them: from the event to the paper people sign, who may do what, what another commune sees."""

from __future__ import annotations

from io import BytesIO

import docx
import openpyxl
import pytest
from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, THAI_BINH, post
from ansinh.database.acting import as_maintenance
from ansinh.emergency.models import AidLine, AidList, FundEntry, Occasion, Protection, ReliefFund, SupplyEntry
from ansinh.emergency.tests.factories import brought, event, gifts, relief, rice, round_of_gifts
from ansinh.entitlements.tests.factories import grant
from ansinh.journal.models import ReadEvent
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import HTMX, division, signed_in

pytestmark = pytest.mark.django_db
HOME = reverse("emergency:occasions")
EVENT = {"name": "Bão số 9", "cause": "storm", "first_day": "10/11/2026", "place": "Thôn Đông"}
RICE = {"kind": "rice", "recipient": "Trần Văn Lụt", "persons": "4", "months": "2", "village_name": "Thôn Đông"}


@pytest.fixture(autouse=True)
def demo_day(settings):
    settings.ANSINH_TODAY = DAY


def text(client, address: str = HOME, status: int = 200, **known) -> str:
    response = client.get(address, **known)
    assert response.status_code == status
    return response.content.decode()


def address(name: str, *args) -> str:
    return reverse(f"emergency:{name}", args=args)


def newest(model):
    with as_maintenance():
        return model.objects.order_by("-id").first()


def post_to(client, where: str, status: int = 302, **data):
    response = client.post(where, data)
    assert response.status_code == status, response.content.decode()[-2000:]
    return response


def storm_decided(officer) -> str:
    """An event with two lines, written down, reviewed, sent and decided through the pages."""
    post_to(officer, address("open_event"), **EVENT)
    code = newest(AidList).code
    post_to(officer, address("add_line", code), **RICE, go="again")
    hurt = {"kind": "injury", "recipient": "Lê Thị Thương", "treatment_days": "5", "away": "khong", "village_name": "Thôn Đoài"}
    post_to(officer, address("add_line", code), **hurt)
    page = text(officer, address("list", code))
    assert "Trần Văn Lụt" in page and "5.400.000" in page and "120 kg" in page and "tối thiểu" in page
    post_to(officer, address("step", code, "review"), on="12/11/2026", note="Họp thôn, 30 người dự")
    post_to(officer, address("step", code, "submit"), note="")
    paper = {"number": "45/QĐ-UBND", "signed_on": "20/11/2026", "signer": post(Role.COMMUNE_CHAIRMAN).pk}
    levels = {"resources_rice": "province", "resources_injury": "commune"}
    post_to(signed_in(Role.CLERK), address("decide", code), **paper, **levels)
    return code


def test_from_the_storm_to_the_report():
    officer = signed_in()
    code = storm_decided(officer)
    rice = {"resources": "province", "rice_kg": "120", "paper": "TTr 9", "on": "20/11/2026"}
    for kind in ("asked", "received"):
        post_to(officer, address("supplies", code), kind=kind, **rice)
    marked = {"tat_ca": "1", "act": "give", "on": "20/11/2026", "fetched_by": "Trần Thị Con, con"}
    post_to(officer, f"{address('mark', code)}?thon=Thôn Đông", **marked)
    with as_maintenance():
        states = dict(AidLine.objects.values_list("recipient", "state"))
        assert states == {"Lê Thị Thương": "to_give", "Trần Văn Lụt": "given"}
        other = AidLine.objects.get(recipient="Lê Thị Thương")
    assert "Trần Thị Con, con" in text(officer, address("list", code))
    post_to(officer, address("mark", code), chon=[other.pk], act="miss", on="20/11/2026")
    assert "Còn 1 dòng" in post_to(officer, address("step", code, "account"), 422, note="").content.decode()
    post_to(officer, address("mark", code), chon=[other.pk], act="hand_back", on="20/11/2026", note="Đã chuyển đi")
    post_to(officer, address("step", code, "account"), note="Đã phát xong")
    assert newest(AidList).state == "accounted"
    assert "Đã phát xong" in text(officer, address("list", code))
    assert "Báo cáo kết quả" in text(officer, address("papers", code))
    printed = officer.post(address("print_paper", code, "aid_report"), {"signer": "", "dang": "word"}, follow=True)
    said = "".join(one.text for one in docx.Document(BytesIO(printed.content)).paragraphs)
    assert "Đã phát xong" in said and "45/QĐ-UBND" in said
    assert officer.get(address("signing", code)).content.startswith(b"%PDF")


def test_a_mark_without_a_line_or_with_an_unreadable_day_is_told():
    officer, made = signed_in(), brought("decided")
    for data, words in (
        ({"act": "give", "on": "20/11/2026"}, "ít nhất một dòng"),
        ({"act": "give", "on": "hôm nay"}, "Ngày không đọc"),
    ):
        assert words in officer.post(address("mark", made.code), data, follow=True).content.decode()


def test_one_urgent_case_is_one_page():
    officer = signed_in()
    case = {"cause": "traffic_accident", "first_day": "18/11/2026", "reason": "Nạn nhân không có người thân", "place": "QL 10"}
    line = {"ho-kind": "burial_by_others", "ho-recipient": "Người chưa rõ tên", "ho-cost_vnd": "31.000.000"}
    assert "Trường hợp cấp bách" in text(officer, address("urgent"))
    post_to(officer, address("urgent"), **case, **line)
    made = newest(AidList)
    assert made.state == "submitted" and made.skipped_review
    page = text(officer, address("list", made.code))
    assert "31.000.000" in page and "Cấp bách, không bình xét" in page
    answer = post_to(
        officer,
        address("urgent"),
        422,
        **{**case, "cause": "epidemic"},
        **{**line, "ho-kind": "injury", "ho-treatment_days": "9", "ho-away": "co"},
    )
    assert "không được hỗ trợ người bị thương" in answer.content.decode()
    with as_maintenance():
        assert Occasion.objects.count() == 1


def test_a_sheet_is_handed_out_and_read_back():
    officer, made = signed_in(), brought("listing")
    book = openpyxl.load_workbook(BytesIO(officer.get(address("blank", made.code)).content))
    page = book.active
    head = next(row for row in page.iter_rows() if any(cell.value == "Họ và tên" for cell in row))
    places = {cell.value: cell.column for cell in head}
    filled = {
        "Thôn, tổ dân phố": "Thôn Tây",
        "Họ và tên": "Bùi Thị Trôi",
        "Khoản đề nghị": "Gạo cứu đói",
        "Số người": 2,
        "Số tháng gạo": 1,
    }
    for heading, value in filled.items():
        page.cell(head[0].row + 1, places[heading]).value = value
    target = BytesIO()
    book.save(target)
    target.seek(0)
    target.name = "thon-tay.xlsx"
    post_to(officer, address("paste", made.code), file=target)
    assert "Bùi Thị Trôi" in text(officer, f"{address('list', made.code)}?tim=bui thi troi")
    answer = post_to(
        officer, address("paste", made.code), 422, pasted="Họ và tên\tKhoản đề nghị\nLê Văn A\tvàng"
    ).content.decode()
    assert "Dòng 2" in answer and "ghi “vàng”" in answer


def test_a_round_of_gifts_from_the_division_to_the_workbook():
    for number in range(3):
        grant(person(f"Lê Thị Quà {number}", "1940-01-01"))
    given = {
        "name": "Quà Tết 2027", "paper": "NQ 418/NQ-CP", "level_vnd": "400.000", "cutoff_on": "15/11/2026",
        "groups": ["monthly_allowance", "social_pension"], "first_day": "20/11/2026",
    }  # fmt: skip
    post_to(division(), address("open_gifts"), **given)
    occasion, officer = newest(Occasion), signed_in()
    post_to(officer, address("open_list", occasion.code))
    code = newest(AidList).code
    post_to(officer, address("fill", code))
    page = text(officer, address("list", code))
    assert "Lê Thị Quà 2" in page and "1.200.000" in page
    book = openpyxl.load_workbook(BytesIO(officer.get(f"{address('list', code)}?xuat=xlsx").content))
    rows = [row for row in book.active.iter_rows(values_only=True) if row[0] and str(row[0]).startswith("DT")]
    assert len(rows) == 3 and {row[9] for row in rows} == {400_000}
    watched = text(division(), address("occasion", occasion.code))
    assert "Xã Quỳnh Phụ" in watched and "Chưa lập" in watched
    book = openpyxl.load_workbook(BytesIO(division().get(f"{address('occasion', occasion.code)}?xuat=xlsx").content))
    states = {row[1]: row[3] for row in book.active.iter_rows(values_only=True) if row[3]}
    assert states["Xã Quỳnh Phụ"] == "Đang lập" and "Chưa lập" in states.values()
    assert "đang làm" in officer.post(address("open_list", occasion.code), follow=True).content.decode()


def test_the_list_is_filtered_and_a_fragment_holds_the_rows_alone():
    officer = signed_in()
    made = brought("listing", rice(), rice("Lê Thị Khác", village_name="Thôn Đoài"))
    page = text(officer, f"{address('list', made.code)}?thon=Thôn Đoài", headers=HTMX)
    assert "<html" not in page and "Lê Thị Khác" in page and "Trần Văn Lụt" not in page
    for query, here in (
        ("tim=tran van lut", "Trần Văn Lụt"),
        ("khoan=rice", "Lê Thị Khác"),
        ("trang_thai=given", "Không có dòng nào"),
    ):
        assert here in text(officer, f"{address('list', made.code)}?{query}", headers=HTMX)


def test_a_line_tells_its_article_and_is_left_out_and_taken_in_again():
    officer, made = signed_in(), brought("listing")
    line = newest(AidLine)
    page = text(officer, address("line", line.code))
    assert "4 người" in page.replace("&nbsp;", " ") and "Điều 12 NĐ 335/2026/NĐ-CP" in page
    post_to(officer, address("line", line.code), 422, note="")
    post_to(officer, address("line", line.code), note="Không thuộc diện")
    assert newest(AidLine).state == "left_out"
    assert "Không thuộc diện" in text(officer, address("line", line.code))
    post_to(officer, address("line", line.code))
    assert newest(AidLine).state == "listed" and made.is_open


def test_the_occasions_are_filtered_and_a_visit_is_opened():
    officer = signed_in()
    event()
    post_to(officer, address("open_visit"), name="Đoàn tỉnh thăm", giver="ministry_or_province", first_day="20/11/2026")
    code = newest(AidList).code
    post_to(officer, address("add_line", code), receives_as="household", recipient="Hộ ông Lê Văn Khó")
    assert "2.000.000" in text(officer, address("list", code))
    page = text(officer, f"{HOME}?loai=visit")
    assert "Đoàn tỉnh thăm" in page and "Bão số 9" not in page
    assert "Bão số 9" in text(officer, f"{HOME}?tim=bão&nam=2026")


def test_another_commune_sees_neither_the_event_nor_the_list_nor_the_fund():
    made, other = brought("decided"), signed_in(office=f"UBND-{THAI_BINH}")
    line, entry = newest(AidLine), newest(Occasion)
    assert "Bão số 9" not in text(other)
    for name, code in (("list", made.code), ("line", line.code), ("supplies", made.code), ("signing", made.code)):
        assert other.get(address(name, code)).status_code == 404
    assert other.post(address("mark", made.code), {"act": "give", "on": "20/11/2026"}).status_code == 404
    assert other.get(address("occasion", entry.code)).status_code == 404
    assert other.post(address("open_list", entry.code)).status_code == 404


def test_who_only_reads_has_no_buttons_and_no_doors():
    made, leader = brought("decided"), division(Role.DIVISION_HEAD)
    page = text(leader, address("list", made.code))
    assert "Trần Văn Lụt" in page and "Đánh dấu" not in page and "Ghi nguồn" not in page
    assert leader.post(address("mark", made.code), {}).status_code == 403
    assert leader.get(address("decide", made.code)).status_code == 403
    assert signed_in(Role.PAYER).get(HOME).status_code == 403


def test_an_act_that_is_none_or_not_of_this_kind_is_not_there():
    officer, made = signed_in(), gifts()
    for name in ("review", "decide", "nothing"):
        assert officer.get(address("step", made.code, name)).status_code == 404


def test_a_protected_person_from_arrival_to_the_money_sheet():
    officer = signed_in()
    given = {
        "name": "Chưa rõ tên", "ground": "violence_or_abuse", "taken_in_on": "11/11/2026", "care_kind": "household", "carer": "Bà Nuôi",
    }  # fmt: skip
    post_to(officer, address("take_in"), **given)
    code = newest(Protection).code
    ground = "Nạn nhân bạo lực gia đình"
    assert "Chưa rõ tên" in text(officer, address("protections")) and ground not in text(officer, address("protections"))
    assert ground in text(officer, address("protection", code))
    with as_maintenance():
        assert ReadEvent.objects.filter(act="read_sensitive", key=code).exists()
    assert ground not in text(signed_in(Role.ACCOUNTANT), address("protection", code))
    decided = {"number": "50/QĐ-UBND", "signed_on": "20/11/2026", "signer": post(Role.COMMUNE_CHAIRMAN).pk}
    post_to(signed_in(Role.CLERK), address("decide_protection", code), **decided)
    post_to(
        officer,
        address("end_protection", code),
        ended_on="20/11/2026",
        outcome="Về với bà ngoại",
        transport="public",
        fare_vnd="250.000",
    )
    assert "1.250.000" in text(officer, address("protection", code))
    book = openpyxl.load_workbook(BytesIO(officer.get(address("stay_sheet", code)).content))
    said = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row if cell]
    assert "Tiền ăn" in said and not any("bạo lực" in one for one in said)


def test_a_fund_is_opened_filled_corrected_and_taken_out():
    accountant = signed_in(Role.ACCOUNTANT)
    post_to(accountant, address("funds"), name="Quỹ bão", purpose="Ủng hộ")
    code = newest(ReliefFund).code
    entry = {"kind": "received", "on": "20/11/2026", "party": "Ông Lê Tốt", "receipt": "PT 1", "amount_vnd": "5.000.000"}
    post_to(accountant, address("fund", code), **entry)
    assert "đã ghi trong quỹ" in post_to(accountant, address("fund", code), 422, **entry).content.decode()
    page = text(accountant, address("fund", code))
    assert "Ông Lê Tốt" in page and "5.000.000" in page
    post_to(accountant, address("correct_fund_entry", newest(FundEntry).code), note="ghi nhầm")
    assert "ghi nhầm" in text(accountant, address("fund", code))
    book = openpyxl.load_workbook(BytesIO(accountant.get(f"{address('fund', code)}?xuat=xlsx").content))
    assert any("Còn lại: 0" in str(cell) for row in book.active.iter_rows(values_only=True) for cell in row if cell)
    assert "Thông báo công khai" in text(accountant, address("papers", code))
    answer = accountant.post(address("print_paper", code, "fund_notice"), {"signer": "", "dang": "word"}, follow=True)
    published = docx.Document(BytesIO(answer.content))
    said = "".join(one.text for one in published.paragraphs) + "".join(cell.text for t in published.tables for cell in t._cells)
    assert "còn lại 0" in said.replace("\xa0", " ") and "Ông Lê Tốt" not in said  # taken back: not published
    assert "Quỹ bão" in text(signed_in(), address("funds"))


def test_a_wrong_entry_of_the_resources_is_taken_back_from_its_page():
    officer, made = signed_in(), brought("decided")
    post_to(
        officer,
        address("supplies", made.code),
        kind="received",
        resources="province",
        amount_vnd="9.000",
        paper="LC 1",
        on="20/11/2026",
    )
    entry = newest(SupplyEntry)
    post_to(officer, address("correct_supply", entry.code), note="nhầm nguồn")
    assert "nhầm nguồn" in text(officer, address("supplies", made.code))
    assert "−9.000" in text(officer, address("supplies", made.code))


def test_the_division_opens_an_event_for_every_commune():
    post_to(division(), address("open_event"), **EVENT)
    occasion = newest(Occasion)
    assert occasion.unit is None and "Bão số 9" in text(signed_in(office=f"UBND-{THAI_BINH}"))
    assert round_of_gifts().unit is not None
    with as_post(post(), on=DAY):
        assert AidList.objects.filter(occasion=occasion).count() == 0


def test_the_next_entry_of_the_resources_is_offered():
    made = brought("decided", rice())
    here, officer = address("supplies", made.code), signed_in()
    line = newest(AidLine)
    level, kilograms = line.resources, line.rice_kg
    form = officer.get(here).context["form"]
    assert (form["resources"].value(), form["rice_kg"].value(), form["amount_vnd"].value()) == (level, kilograms, None)
    assert (level, form["kind"].value()) == ("commune", "received")
    post_to(officer, here, kind="received", resources=level, rice_kg=str(kilograms), paper="PXK 1", on="20/11/2026")
    assert officer.get(here).context["form"]["rice_kg"].value() is None


def test_somebody_of_the_register_is_looked_for_by_name_and_chosen():
    who, other = person("Trần Thị Tìm", "1956-03-01"), person("Trần Thị Tìm", "1961-05-02")
    made, officer = relief(), signed_in()
    found = officer.get("/nguoi/chon/", {"o": "person_code", "person_code_tim": "tran thi tim"}).content.decode()
    assert f'value="{who.code}"' in found and f'value="{other.code}"' in found and "checked" not in found
    exact = officer.get("/nguoi/chon/", {"o": "person_code", "person_code_tim": who.code}).content.decode()
    assert f'value="{who.code}"' in exact and "checked" in exact
    assert "Không tìm thấy ai" in officer.get("/nguoi/chon/", {"o": "x", "x_tim": "zzzz"}).content.decode()
    assert officer.get("/nguoi/chon/", {"o": "x", "x_tim": "t"}).content == b""
    assert officer.get("/nguoi/chon/", {"o": '"><b', '"><b_tim': "tran"}).status_code == 404
    # Without JavaScript the form comes back with those found, and one of them is chosen.
    door, given = address("add_line", made.code), {"kind": "rice", "persons": "2", "months": "1"}
    back = officer.post(door, {**given, "person_code_tim": "trần thị tìm"})
    assert (
        back.status_code == 422
        and "Hãy chọn một người" in back.content.decode()
        and f'value="{other.code}"' in back.content.decode()
    )
    nobody = officer.post(door, {**given, "person_code_tim": "Không Có Ai"}).content.decode()
    assert "Không tìm thấy “Không Có Ai” trong sổ của nơi này." in nobody
    officer.post(door, {**given, "person_code_tim": "trần thị tìm", "person_code": other.code})
    officer.post(door, {**given, "person_code_tim": "034056009999", "recipient": "Lê Văn Ngoài"})
    with as_maintenance():
        lines = {line.recipient: line for line in made.lines.select_related("person")}
    assert lines["Trần Thị Tìm"].person == other and lines["Lê Văn Ngoài"].personal_number == "034056009999"


def test_another_commune_finds_nobody_of_ours():
    who = person("Trần Thị Tìm", "1956-03-01")
    away = signed_in(office=f"UBND-{THAI_BINH}")
    assert who.code not in away.get("/nguoi/chon/", {"o": "x", "x_tim": who.code}).content.decode()
