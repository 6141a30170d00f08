"""Pages of lists: what was found row by row, mending, choosing, setting aside, committing; each for its own commune only."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, commune, post
from ansinh.assistance.tests.lists import ENROLMENT, describe, newcomer, take
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.tests.factories import grant
from ansinh.imports import operations
from ansinh.imports.models import Row
from ansinh.localities.operations import add_village
from ansinh.people.models import Person
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db
BROKEN = newcomer("Lê Thị Na", **{"Số CCCD": "034150000999", "Giới tính": "Nữ", "Ngày sinh": "31/02/1950"})


@pytest.fixture
def at_desk(client, settings):
    """The browser of the officer of Quỳnh Phụ."""
    settings.ANSINH_TODAY = DAY
    client.force_login(post().user)
    return client


def page_of(batch, tail=""):
    return f"/nhap-danh-sach/{batch.code}/{tail}"


def states(batch):
    with as_maintenance():
        return dict(Row.objects.filter(batch=batch).values_list("number", "state"))


def test_the_page_opens_at_what_is_wrong(at_desk):
    page = at_desk.get(page_of(take(ENROLMENT, newcomer(), BROKEN))).content.decode()

    assert "1 dòng cần xem" in page
    assert "31/02/1950" in page
    assert "Trần Văn Bính" not in page, "rows without a problem wait behind their figure"


def test_htmx_gets_the_rows_alone(at_desk):
    url = page_of(take(ENROLMENT, newcomer())) + "?trang-thai=tat-ca"
    part = at_desk.get(url, headers={"HX-Request": "true"}).content.decode()

    assert part.startswith('<div id="rows">')
    assert "<html" not in part
    assert part.strip() in at_desk.get(url).content.decode()


@pytest.mark.parametrize("state", ["tat-ca", "problem", "unsure", "luat-khac"])
def test_questions_do_not_grow_with_the_rows(at_desk, state):
    def asked(count):
        rows = [
            newcomer(f"Lê Thị {chr(65 + n % 26)}e", **{"Số CCCD": "", "Ngày sinh": f"{n % 28 + 1}/02/1950"}) for n in range(count)
        ]
        url = page_of(take(ENROLMENT, *rows))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert at_desk.get(f"{url}?trang-thai={state}").status_code == 200
        return len(seen)

    asked(1)
    few, many = asked(2), asked(90)

    assert many == few
    assert many < 40


def test_another_commune_sees_neither_list_nor_row(client, settings):
    settings.ANSINH_TODAY = DAY
    batch = take(ENROLMENT, newcomer(), BROKEN)
    client.force_login(post(office="UBND-13225").user)
    with as_maintenance():
        number = batch.rows.last().number

    for tail in ("", "tep-loi/", "quyet-dinh/", "nap/", f"dong/{number}/"):
        assert client.get(page_of(batch, tail)).status_code == 404
    for tail in ("cho-bo-sung/", "chon-nguoi/", "kiem-tra-lai/", "bo/", "nap/"):
        assert client.post(page_of(batch, tail), {"reason": "x"}).status_code == 404
    assert batch.code not in client.get("/nhap-danh-sach/").content.decode()
    assert states(batch) == {2: "ready", 3: "problem"}


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.CLERK, Role.COMMUNE_CHAIRMAN])
def test_other_duties_do_not_take_lists_in(client, settings, role):
    settings.ANSINH_TODAY = DAY
    client.force_login(post(role).user)

    assert client.get("/nhap-danh-sach/").status_code == 403


def test_a_row_is_mended_on_its_page(at_desk):
    batch = take(ENROLMENT, BROKEN)
    page = at_desk.get(page_of(batch, "dong/2/")).content.decode()
    assert page.index('name="born"') < page.index('name="name"'), "what is wrong stands first"
    cells = dict(zip(("index", "name", "born", "sex", "personal_number", "address", "category", "coefficient", "amount", "from_month"),
                     BROKEN, strict=True))  # fmt: skip
    answer = at_desk.post(page_of(batch, "dong/2/"), {"act": "correct", **cells, "born": "28/02/1950"})

    assert answer.status_code == 302
    assert states(batch) == {2: "ready"}


def test_a_row_mended_wrongly_comes_back_with_its_problem(at_desk):
    batch = take(ENROLMENT, BROKEN)
    answer = at_desk.post(
        page_of(batch, "dong/2/"),
        {"act": "correct", "name": "Lê Thị Na", "born": "30/02/1950", "category": "NKT nặng", "coefficient": "2"},
    )

    assert answer.url == page_of(batch, "dong/2/")
    assert "30/02/1950" in at_desk.get(answer.url).content.decode()


def test_people_are_chosen_a_page_at_a_time_and_only_when_sent(at_desk):
    known = person("Trần Văn Bính", "1950-10-20")
    batch = take(ENROLMENT, newcomer(**{"Số CCCD": ""}))
    page = at_desk.get(page_of(batch, "?trang-thai=unsure")).content.decode()
    assert f'value="{known.id}" checked' in page, "an equal name, whole birth date and commune is proposed"
    assert states(batch) == {2: "unsure"}, "but not chosen"

    at_desk.post(page_of(batch, "chon-nguoi/"), {"dong-2": str(known.id), "dong-x": "1", "dong-9": "nobody"})

    assert states(batch) == {2: "ready"}


def test_of_two_with_one_name_none_is_proposed(at_desk):
    person("Trần Văn Bính", "1950-10-20")
    person("Trần Văn Bính", "1950-10-20")
    page = at_desk.get(page_of(take(ENROLMENT, newcomer(**{"Số CCCD": ""})), "?trang-thai=unsure")).content.decode()

    assert "checked" not in page
    assert page.count("40 điểm") == 2


def test_setting_all_aside_asks_for_a_reason(at_desk):
    batch = take(ENROLMENT, newcomer(), BROKEN)
    assert "lý do" in at_desk.post(page_of(batch, "cho-bo-sung/"), {"reason": ""}, follow=True).content.decode()
    at_desk.post(page_of(batch, "cho-bo-sung/"), {"reason": "Chờ giấy"})

    assert states(batch) == {2: "ready", 3: "set_aside"}
    assert "Chờ giấy" in at_desk.get("/nhap-danh-sach/cho-bo-sung/").content.decode()


def test_the_waiting_page_does_not_ask_more_for_more_rows(at_desk):
    def asked(count):
        batch = take(ENROLMENT, *[BROKEN for _ in range(count)])
        at_desk.post(page_of(batch, "cho-bo-sung/"), {"reason": "Chờ giấy"})
        with CaptureQueriesContext(connection) as seen:
            at_desk.get("/nhap-danh-sach/cho-bo-sung/")
        return len(seen)

    assert asked(2) == asked(60)


def test_the_paper_read_above_the_table_is_offered(at_desk):
    caption = ("(Kèm theo Quyết định số: 215/QĐ-UBND ngày 12 tháng 11 năm 2026 của Chủ tịch UBND xã Quỳnh Phụ)",)
    batch = take(caption, ENROLMENT, newcomer())
    page = at_desk.get(page_of(batch, "quyet-dinh/")).content.decode()

    assert 'value="215/QĐ-UBND"' in page
    assert 'value="12/11/2026"' in page


def test_the_button_commits_and_the_page_leads_to_the_decision(at_desk):
    batch = describe(take(ENROLMENT, newcomer()))
    assert "Nạp vào hệ thống" in at_desk.get(page_of(batch, "nap/")).content.decode()
    page = at_desk.post(page_of(batch, "nap/"), follow=True).content.decode()

    assert "Đã nạp 1 dòng" in page
    assert "Xem quyết định đã ghi" in page
    with as_maintenance():
        assert Entitlement.objects.count() == 1


def test_a_commit_the_register_refuses_shows_the_row(at_desk):
    batch = describe(take(ENROLMENT, newcomer()))
    grant(
        person("Trần Văn Bính", "1950-10-20", personal_number="034050000124"),
        "DISABLED_SEVERE",
        coefficient=200,
        standard_vnd=540_000,
    )
    page = at_desk.post(page_of(batch, "nap/"), follow=True).content.decode()

    assert "Chưa nạp được" in page
    assert "đang hưởng chế độ này" in page
    assert states(batch) == {2: "problem"}


def test_the_workbook_back_has_the_problem_beside_each_row(at_desk):
    batch = take(ENROLMENT, newcomer(), BROKEN)
    book = CalamineWorkbook.from_filelike(io.BytesIO(at_desk.get(page_of(batch, "tep-loi/")).content))
    rows = [" ".join(str(cell) for cell in row) for row in book.get_sheet_by_index(0).to_python()]

    assert any("Lê Thị Na" in row and "Ngày 31/02/1950 không có" in row for row in rows)
    assert any("Trần Văn Bính" in row and "Lỗi" not in row for row in rows)


def test_a_discarded_list_says_so(at_desk):
    batch = take(ENROLMENT, newcomer())
    at_desk.post(page_of(batch, "bo/"))

    assert "Danh sách này đã bỏ" in at_desk.get(page_of(batch)).content.decode()


def test_the_villages_sheet_comes_back_as_a_list(at_desk, as_maintenance):
    known = person("Trần Văn Bính", "1950-10-20")
    with as_maintenance():
        village = add_village(unit=commune(), name="Thôn Đông")
        Person.objects.filter(pk=known.pk).update(village=village)
    grant(known, "DISABLED_SEVERE", coefficient=200, standard_vnd=540_000)
    assert f"/phieu-bien-dong/{village.id}/" in at_desk.get("/phieu-bien-dong/").content.decode()
    sheet = at_desk.get(f"/phieu-bien-dong/{village.id}/").content

    with as_maintenance():
        batch = operations.take_list(data=sheet, filename="bd.xlsx", unit=commune(), month=None, by=post(), now=NOW)
        rows = list(batch.rows.all())
    assert batch.layout == "assistance.changes"
    assert [(row.raw["name"], row.raw["code"], row.state) for row in rows] == [("Trần Văn Bính", known.code, "ready")]
