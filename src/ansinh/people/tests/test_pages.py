"""The pages of the register: whole and fragment, what an officer writes down through them, and who may not."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, THAI_BINH, commune, post
from ansinh.journal.models import ReadEvent
from ansinh.people import operations
from ansinh.people.facts_catalogue import KINDS
from ansinh.people.models import DuplicatePair, Household, Person
from ansinh.people.tests.factories import household, person
from ansinh.people.tests.signing_in import HTMX, division, signed_in
from ansinh.people.views.acts import ACTS

pytestmark = pytest.mark.django_db
NUMBER = "034150000123"


@pytest.fixture(autouse=True)
def demo_day(settings):
    settings.ANSINH_TODAY = date(2026, 11, 20)


def send(someone, act: str, /, **data):
    return signed_in().post(f"/nguoi/{someone.code}/thay-doi/{act}/", {"source": "giấy tờ", **data})


def again(someone) -> Person:
    return Person.objects.select_related("unit", "village").get(pk=someone.pk)


def test_the_list_is_a_page_and_a_fragment():
    person("Nguyễn Thị Tư")
    client = signed_in()
    page, rows = client.get("/nguoi/"), client.get("/nguoi/", headers=HTMX)
    assert "<h1>" in page.text and "Nguyễn Thị Tư" in page.text
    assert "<h1>" not in rows.text and "Nguyễn Thị Tư" in rows.text


def test_the_list_shows_own_places_only_and_masks_numbers():
    person("Người Nhà", personal_number=NUMBER)
    person("Người Xa", unit=commune(THAI_BINH))
    text = signed_in().get("/nguoi/").text
    assert "Người Nhà" in text and "Người Xa" not in text and NUMBER not in text
    assert "Người Xa" in division().get("/nguoi/").text


def test_the_list_asks_as_much_for_many_as_for_few():
    client = signed_in()
    person()
    client.get("/nguoi/")
    with CaptureQueriesContext(connection) as few:
        client.get("/nguoi/")
    for _ in range(20):
        person()
    with CaptureQueriesContext(connection) as many:
        client.get("/nguoi/")
    assert len(few) == len(many) <= 22


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("tim=nguyen+thi+tu", {"Nguyễn Thị Tư"}),
        ("tuoi=0-15", {"Bé Mới"}),
        ("sap=75", {"Sắp Tròn"}),
        ("hoan_canh=disability", {"Bé Mới"}),
        ("tuoi=75-200", {"Nguyễn Thị Tư"}),
    ],
)
def test_filters_of_the_list(query, seen):
    person("Nguyễn Thị Tư", "1942")
    person("Bé Mới", "2020-05-01", facts={"disability": "severe"})
    person("Sắp Tròn", "1951-12-20")
    text = signed_in().get(f"/nguoi/?{query}", headers=HTMX).text
    assert {name for name in ("Nguyễn Thị Tư", "Bé Mới", "Sắp Tròn") if name in text} == seen


def test_the_list_as_a_workbook_is_journaled_and_has_no_numbers():
    person("Nguyễn Thị Tư", personal_number=NUMBER)
    response = signed_in().get("/nguoi/?xuat=xlsx")
    cells = [str(cell) for row in load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True) for cell in row]
    assert "Nguyễn Thị Tư" in cells and NUMBER not in cells


def new(client, **data):
    form = {
        "full_name": "Lê Thị Mới", "sex": "female", "born": "1942", "personal_number": "", "unit": commune().id, "source": "giấy khai sinh",
    }  # fmt: skip
    return client.post("/nguoi/moi/", form | data)


def test_a_newcomer_with_only_a_birth_year(as_maintenance):
    response = new(signed_in(), payment_book="12", old_number="151 234 567", address="Xóm Đông")
    with as_maintenance():
        made = Person.objects.get(full_name="Lê Thị Mới")
        assert response.url == f"/nguoi/{made.code}/"
        assert (made.born_on, made.birth_precision, made.payment_book, made.address) == (
            date(1942, 1, 1),
            "year",
            "12",
            "Xóm Đông",
        )
        assert made.other_numbers.get().number == "151234567"
        assert made.recorded_by


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"personal_number": "123"}, "12 chữ số"),
        ({"born": "31/02/1950"}, "Ngày"),
        ({"born": "1/1/2030"}, "chưa tới"),
        ({"old_number": "12"}, "9 chữ số"),
        ({"full_name": ""}, "Cần điền ô này"),
        ({"sex": ""}, "Cần điền ô này"),
        ({"source": ""}, "Cần điền ô này"),
    ],
)
def test_a_wrong_newcomer_is_told_why(data, said, as_maintenance):
    response = new(signed_in(), **data)
    assert response.status_code == 422
    assert said in response.text
    with as_maintenance():
        assert not Person.objects.filter(full_name="Lê Thị Mới").exists()


def test_somebody_alike_is_shown_before_a_second_is_written(as_maintenance):
    known = person("Lê Thị Mới", "1942")
    client = signed_in()
    first = new(client)
    assert f"/nguoi/{known.code}/" in first.text and "Không trùng, ghi người mới" in first.text
    assert new(client, sure=known.code).status_code == 302
    with as_maintenance():
        assert Person.objects.filter(full_name="Lê Thị Mới").count() == 2
    assert new(client, sure=known.code).status_code == 200, "somebody alike who was not shown"


def test_a_number_that_does_not_fit_is_a_warning_and_the_person_is_written():
    client = signed_in()
    response = new(client, sex="male", personal_number="034142000123", born="1950")
    text = client.get(response.url).text
    assert "sinh năm 1942" in text and "Đã ghi vào sổ" in text


def test_a_commune_writes_nobody_into_another():
    assert new(signed_in(), unit=commune(THAI_BINH).id).status_code == 422


def of_page(page, **typed):
    """What a browser sends from a page of the form, with some fields typed over."""
    form = page.context_data["form"]
    sent = {bound.html_name: bound.value() or "" for bound in form}
    shown = {bound.html_initial_name: bound.value() or "" for bound in form if bound.field.show_hidden_initial}
    assert all(f'name="{name}"' in page.text for name in shown)
    return sent | shown | typed


def test_a_page_opened_before_somebody_else_wrote_undoes_nothing_of_theirs(as_maintenance):
    someone, client = person("Khổng Thị Bé", "1947-01-07"), signed_in()
    address = f"/nguoi/{someone.code}/sua/"
    early = client.get(address)
    client.post(address, of_page(client.get(address), telephone="0900000111", born="08/01/1947", source="Nghe điện thoại"))

    client.post(address, of_page(early, full_name="Khổng Thị Bê", source="Giấy khai sinh"))

    with as_maintenance():
        someone.refresh_from_db()
    assert (someone.full_name, someone.telephone, str(someone.born_on)) == ("Khổng Thị Bê", "0900000111", "1947-01-08")


def test_two_who_correct_the_same_are_told(as_maintenance):
    someone, client = person("Khổng Thị Bé", "1947-01-07"), signed_in()
    address = f"/nguoi/{someone.code}/sua/"
    early = client.get(address)
    client.post(address, of_page(client.get(address), telephone="0900000111", source="Nghe điện thoại"))

    answer = client.post(address, of_page(early, telephone="0900000222", source="Nghe điện thoại"))

    assert answer.status_code == 422 and "Người khác vừa ghi “0900000111”" in answer.text
    with as_maintenance():
        someone.refresh_from_db()
    assert someone.telephone == "0900000111"


def test_identity_is_corrected_and_nothing_to_correct_is_told(as_maintenance):
    someone = person("Vũ Thị Mơ", "1950")
    client = signed_in()
    form = {"full_name": "Vũ Thị Mỡ", "sex": "female", "born": "03/1950", "source": "căn cước"}
    assert client.post(f"/nguoi/{someone.code}/sua/", form).url == f"/nguoi/{someone.code}/"
    with as_maintenance():
        found = again(someone)
    assert (found.full_name, found.born_on, found.birth_precision) == ("Vũ Thị Mỡ", date(1950, 3, 1), "month")
    assert "Không có gì khác" in client.post(f"/nguoi/{someone.code}/sua/", form).text
    page = client.get(f"/nguoi/{someone.code}/sua/").text
    assert 'value="03/1950"' in page and "Vũ Thị Mơ" in page


def test_every_change_opens_and_refuses_an_empty_form():
    someone, client = person(born="1950"), signed_in()
    for kind in [*(act.key for act in ACTS), *(kind.key for kind in KINDS)]:
        assert client.get(f"/nguoi/{someone.code}/thay-doi/{kind}/").status_code == 200, kind
        response = client.post(f"/nguoi/{someone.code}/thay-doi/{kind}/", {})
        assert response.status_code == 422, kind
        assert "Cần điền ô này" in response.text


def test_the_doors_fit_the_person(as_maintenance):
    someone = person(born="1950-01-01")
    page = signed_in().get(f"/nguoi/{someone.code}/thay-doi/").text
    assert "/tu-tran/" in page and "/ngay-sinh/" not in page and "/ra-ho/" not in page
    with as_maintenance():
        operations.record_death(person=someone, died_on=date(2026, 1, 1), source="x", by=post(), now=NOW)
    page = signed_in().get(f"/nguoi/{someone.code}/thay-doi/").text
    assert f"/nguoi/{someone.code}/sua-sai/" in page and "/thay-doi/tu-tran/" not in page


def test_a_death_through_pages(as_maintenance):
    someone = person()
    assert send(someone, "tu-tran", died_on="2/11/2026").status_code == 302
    with as_maintenance():
        assert again(someone).died_on == date(2026, 11, 2)


def test_a_household_is_opened_joined_and_left_through_pages(as_maintenance):
    mother, child = person("Mẹ Hiền"), person("Con Ngoan")
    assert send(mother, "vao-ho", relation="chủ hộ", is_head="on", since="1/1/2025").status_code == 302
    with as_maintenance():
        home = Household.objects.get()
    assert send(child, "vao-ho", household=home.code.lower(), relation="con", since="1/1/2025").status_code == 302
    page = signed_in().get(f"/ho/{home.code}/").text
    assert "Mẹ Hiền" in page and "Con Ngoan" in page
    assert send(child, "ra-ho", on="1/6/2026").status_code == 302
    with as_maintenance():
        assert child.memberships.get().period.upper == date(2026, 6, 1)


def test_a_household_fact_is_written_for_the_household_or_told_there_is_none(as_maintenance):
    alone, member = person("Một Mình"), person("Trong Hộ", household=household())
    response = send(alone, "poverty", value="poor", since="1/1/2026")
    assert response.status_code == 422 and "chưa thuộc hộ nào" in response.text
    assert send(member, "poverty", value="poor", since="1/1/2026", until="1/1/2027").status_code == 302
    with as_maintenance():
        fact = member.memberships.get().household.circumstances.get()
    assert (fact.value, fact.period.lower, fact.period.upper) == ("poor", date(2026, 1, 1), date(2027, 1, 1))


def test_a_blank_beginning_never_wipes_out_what_was_written(as_maintenance):
    someone = person(facts={"disability": "severe"})
    response = send(someone, "disability", value="none")
    assert response.status_code == 422
    with as_maintenance():
        assert someone.circumstances.get().value == "severe"


@pytest.mark.parametrize(
    ("kind", "data", "rows"),
    [
        ("nguoi-than", {"kind": "mother", "name": "Bùi Thị Mẹ"}, "relatives"),
        ("giam-ho", {"name": "Bùi Thị Cô", "relation": "cô", "since": "1/1/2026"}, "guardians"),
        ("nhan-thay", {"name": "Bùi Văn Con", "relation": "con", "basis": "giấy ủy quyền", "since": "1/1/2026"}, "payees"),
        ("tai-khoan", {"holder": "Bùi Văn Con", "bank": "Agribank", "number": "15002000", "since": "1/1/2026"}, "accounts"),
        ("ten-khac", {"name": "bà Tý"}, "other_names"),
        ("so-khac", {"kind": "cmnd", "number": "151234567"}, "other_numbers"),
        ("ngay-sinh", {"born_on": "1/7/1950", "evidence": "sổ hộ khẩu cũ"}, "birth_rulings"),
        ("study", {"value": "college", "since": "1/9/2025"}, "circumstances"),
        ("pension_vnd", {"value": "1.500.000", "since": "1/9/2025"}, "circumstances"),
        ("parents", {"value": "dead", "other": "unidentified", "since": "1/9/2025"}, "circumstances"),
    ],
)
def test_each_change_is_written_with_its_recorder_and_shown_next_time(kind, data, rows, as_maintenance):
    someone = person(born="1950")
    response = send(someone, kind, **data)
    assert response.status_code == 302, response.text
    with as_maintenance():
        assert getattr(someone, rows).get().recorded_by
    assert "Đã ghi" in signed_in().get(f"/nguoi/{someone.code}/thay-doi/{kind}/").text


def test_a_relative_in_the_register_is_named_by_code(as_maintenance):
    someone, mother = person(), person("Bùi Thị Mẹ")
    send(someone, "nguoi-than", kind="mother", known=mother.code)
    with as_maintenance():
        assert (someone.relatives.get().known, someone.relatives.get().name) == (mother, "Bùi Thị Mẹ")
    stranger = person("Người Xa", unit=commune(THAI_BINH))
    assert "Không tìm thấy" in send(someone, "nguoi-than", kind="father", known=stranger.code).text


def test_a_double_through_pages(as_maintenance):
    kept, double = person("Vũ Thị Mơ"), person("Vũ Thị Mơ")
    response = send(double, "trung", known=kept.code, reason="cùng sổ lĩnh tiền")
    with as_maintenance():
        pair = DuplicatePair.objects.get()
    assert response.url == f"/nguoi/trung/{pair.code}/" and (pair.first_id, pair.second_id, pair.state) == (
        kept.pk,
        double.pk,
        "open",
    )
    assert send(double, "trung", known=double.code, reason="x").status_code == 422


def test_a_move_across_ends_on_the_list_for_the_person_is_no_longer_ours(as_maintenance):
    someone = person()
    response = send(someone, "chuyen-di", unit=commune(THAI_BINH).id, since="1/11/2026")
    assert response.url == "/nguoi/"
    assert signed_in().get(f"/nguoi/{someone.code}/thay-doi/").status_code == 404
    with as_maintenance():
        assert again(someone).unit == commune(THAI_BINH)


def test_looking_at_a_sensitive_fact_is_journaled(as_maintenance):
    someone = person(facts={"hiv": True})
    signed_in().get(f"/nguoi/{someone.code}/thay-doi/hiv/")
    with as_maintenance():
        assert ReadEvent.objects.filter(act="read_sensitive", key=someone.code).count() == 1


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.COMMUNE_CHAIRMAN, Role.ONE_STOP])
def test_who_does_not_keep_the_register_changes_nothing(role):
    someone, client = person(), signed_in(role)
    assert client.get("/nguoi/").status_code == 200
    for path in ("thay-doi/", "thay-doi/tu-tran/", "sua/"):
        assert client.get(f"/nguoi/{someone.code}/{path}").status_code == 403
    assert client.get("/nguoi/moi/").status_code == 403


def test_another_communes_person_and_household_do_not_exist_here():
    stranger, home = person(unit=commune(THAI_BINH)), household(unit=commune(THAI_BINH))
    for path in (f"/nguoi/{stranger.code}/sua/", f"/nguoi/{stranger.code}/thay-doi/tu-tran/", f"/ho/{home.code}/"):
        assert signed_in().get(path).status_code == 404
    assert send(stranger, "tu-tran", died_on="1/11/2026").status_code == 404


def test_a_change_of_no_such_kind_is_not_there():
    assert signed_in().get(f"/nguoi/{person().code}/thay-doi/khong-co/").status_code == 404
