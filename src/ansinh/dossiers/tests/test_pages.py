"""The counter and the desk as officers use them: find, declare, receive, act; each page says what it must."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.tests.factories import act, dossier, fresh
from ansinh.journal.models import ReadEvent
from ansinh.pages.nouns import noun_url
from ansinh.people.models import Person
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import HTMX, division, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings):
    settings.ANSINH_TODAY = DAY


def page(name: str, *args, client=None, **query) -> str:
    answer = (client or signed_in()).get(reverse(f"dossiers:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def newest() -> Dossier:
    with as_maintenance():
        return Dossier.objects.select_related("person", "holder").order_by("-id").first()


def last_step(made: Dossier) -> int:
    with as_maintenance():
        return made.steps.order_by("-id").first().pk


def steps(made: Dossier) -> list[str]:
    with as_maintenance():
        return list(made.steps.order_by("id").values_list("act", flat=True))


# The counter ---------------------------------------------------------------------------------------------------------
def test_from_the_search_to_a_received_dossier():
    who, client = person("Đỗ Thị Mùi", "1985-03-02"), signed_in(Role.ONE_STOP)
    assert reverse("dossiers:open", args=[who.code]) in page("start", client=client, q="do thi mui")
    client.post(reverse("dossiers:open", args=[who.code]), {"procedure": "allowance_grant", "channel": "counter"})
    made = newest()
    form = reverse("dossiers:declaration", args=[made.code])
    assert client.post(form, {"case": "disabled", "seen": last_step(made)}).url == form  # the case first, its questions then
    given = {"case": "disabled", "fact_disability": "severe", "since_disability": "02/11/2026", "go": "receive"}
    answer = client.post(form, given | {"seen": last_step(made)})
    receipt = reverse("dossiers:act", args=[made.code, "tiep-nhan"])
    assert answer.url == receipt and "Giấy xác nhận khuyết tật" in client.get(receipt).content.decode()
    received = {"received_on": "20/11/2026", "one_stop_code": "H31-1", "papers": ["declaration"], "seen": last_step(made)}
    client.post(receipt, received)
    made = fresh(made)
    assert (made.state, made.due_on, made.one_stop_code) == ("received", date(2026, 12, 1), "H31-1")
    assert made.declared == {"disability": {"value": "severe", "since": "2026-11-02"}}


def test_what_the_register_knows_is_filled_in_and_not_declared_again():
    who = person(facts={"disability": "severe"})
    made = dossier("writing", whose=who)
    text = page("declaration", made.code)
    assert '<option value="severe" selected>' in text and "được điền sẵn" in text
    signed_in().post(reverse("dossiers:declaration", args=[made.code]), {"case": "disabled", "fact_disability": "severe"})
    assert fresh(made).declared == {}


def test_both_parents_are_told_or_neither():
    made = dossier("writing", case="child")
    form = reverse("dossiers:declaration", args=[made.code])
    assert signed_in().post(form, {"case": "child", "fact_parents": "dead"}).status_code == 422
    both = {"case": "child", "fact_parents": "dead", "other_parents": "missing_declared", "fact_abandoned": "no"}
    signed_in().post(form, both)
    assert fresh(made).declared["parents"]["value"] == ["dead", "missing_declared"]


def test_a_person_nobody_knows_is_written_down_once_and_one_who_looks_the_same_is_shown():
    known, client = person("Nguyễn Thị Tư", "1950-03-08"), signed_in(Role.ONE_STOP)
    typed = {"full_name": "Nguyễn Thị Tư", "sex": "female", "born": "08/03/1950", "unit": commune().pk}
    answer = client.post(reverse("dossiers:newcomer"), typed)
    assert answer.status_code == 200 and known.code in answer.content.decode()
    assert client.post(reverse("dossiers:newcomer"), typed | {"sure": known.code}).status_code == 302
    fresh_one = {**typed, "full_name": "Phan Thị Lạ", "born": "1961"}
    answer = client.post(reverse("dossiers:newcomer"), fresh_one)
    with as_maintenance():
        made = Person.objects.get(full_name="Phan Thị Lạ")
        assert Person.objects.count() == 3 and made.birth_precision == "year"
    assert answer.url == reverse("dossiers:open", args=[made.code])


def test_what_was_searched_for_is_not_typed_a_second_time():
    text = page("newcomer", ten="Phan Thị Lạ 1961 034161000123")
    for value in ("Phan Thị Lạ", "1961", "034161000123"):
        assert f'value="{value}"' in text


def test_a_person_with_an_open_dossier_is_shown_with_it_and_a_second_one_refused():
    made = dossier("received")
    text = page("start", q=made.person.full_name)
    assert made.code in text
    answer = signed_in().post(
        reverse("dossiers:open", args=[made.person.code]), {"procedure": "allowance_grant", "channel": "counter"}
    )
    assert answer.status_code == 422 and "đang có hồ sơ" in answer.content.decode()


# The desk ------------------------------------------------------------------------------------------------------------
def test_the_desk_parts_what_is_mine_due_today_and_overdue():
    mine = dossier("verifying", whose=person("Người Của Tôi"))
    late = dossier("received", whose=person("Người Quá Hạn"), received_on=date(2026, 11, 9))
    due = dossier("received", whose=person("Người Hôm Nay"), received_on=date(2026, 11, 11))
    desk = dossier("decided", whose=person("Người Đã Xong"))
    with as_maintenance():
        Dossier.objects.filter(pk__in=[late.pk, due.pk]).update(holder=None)
    names = {"": {mine, late, due}, "cua-toi": {mine}, "qua-han": {late}, "hom-nay": {due}, "chua-giao": {late, due},
             "cho-tra": {desk}, "tat-ca": {mine, late, due, desk}}  # fmt: skip
    for tray, expected in names.items():
        text = page("desk", xem=tray)
        shown = {one for one in (mine, late, due, desk) if one.person.full_name in text}
        assert shown == expected, tray
    assert "tag--late" in page("desk", xem="qua-han")


def test_the_desk_is_searched_filtered_and_sorted():
    first, second = dossier("verifying", whose=person("Bùi Thị An")), dossier("received", whose=person("Vũ Văn Yên"))
    for query, expected in (
        ({"tim": "bui thi"}, {first}), ({"tim": second.code.lower()}, {second}), ({"buoc": "received"}, {second}),
        ({"thu_tuc": "funeral"}, set()), ({"sap": "-ten"}, {first, second}),
    ):  # fmt: skip
        text = page("desk", **query)
        assert {one for one in (first, second) if one.person.full_name in text} == expected, query
    rows = signed_in().get(reverse("dossiers:desk"), {"sap": "-ten"}, headers=HTMX).content.decode()
    assert rows.index("Vũ Văn Yên") < rows.index("Bùi Thị An") and "<html" not in rows


def test_the_desk_goes_out_as_a_workbook_and_the_taking_is_noted():
    made = dossier("verifying")
    answer = signed_in().get(reverse("dossiers:desk"), {"xuat": "xlsx"})
    cells = [cell for row in openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True) for cell in row]
    assert {made.code, made.person.full_name, "Đang xác minh", "01/12/2026"} <= set(cells)
    with as_maintenance():
        assert ReadEvent.objects.filter(act="export", noun="dossier").count() == 1


def test_the_load_says_who_holds_how_much_and_what_was_on_time():
    dossier("verifying", whose=person("Một"), received_on=date(2026, 11, 9))
    dossier("decided", whose=person("Hai"))
    dossier("decided", whose=person("Ba"), received_on=date(2026, 11, 2))
    text = page("load")
    assert post().user.full_name in text and "(50%)" in text
    shares = signed_in().get(reverse("dossiers:load")).context_data["shares"]
    assert [(one.answered, one.on_time, one.late_open) for one in shares] == [(2, 1, 1)]


# Acts ----------------------------------------------------------------------------------------------------------------
def do(made: Dossier, key: str, client=None, **data):
    url = reverse("dossiers:act", args=[made.code, key])
    return (client or signed_in()).post(url, {"seen": last_step(made), **data})


def test_each_act_has_its_page_and_is_done():
    made = dossier("received")
    assert do(made, "xac-minh").status_code == 302 and fresh(made).state == "verifying"
    assert do(made, "bo-sung", note="Xin bổ sung", papers=["disability_certificate"], others="Đơn\nẢnh").status_code == 302
    assert "Ảnh" in page("act", made.code, "du-giay")
    assert do(made, "du-giay", papers=["disability_certificate"]).status_code == 422
    assert do(made, "du-giay", papers=["disability_certificate", "other-don", "other-anh"]).status_code == 302
    do(made, "tu-choi", reason="Không thuộc diện", article="Khoản 6")
    assert do(made, "tra-lai", signed_in(Role.COMMUNE_CHAIRMAN), note="Xem lại").status_code == 302
    do(made, "tu-choi", reason="Không thuộc diện", article="Khoản 6")
    signed = {"number": "1/TB", "signed_on": "20/11/2026", "signer_name": "A", "signer_title": "Chủ tịch"}
    with open("docs/pictures/person.png", "rb") as picture:
        assert do(made, "ghi-tu-choi", signed_in(Role.CLERK), scan=picture, **signed).status_code == 302
    assert do(made, "tra-ket-qua", note="Trao tận tay").status_code == 302
    assert fresh(made).state == "delivered" and fresh(made).scan_id is not None


def test_who_receives_may_go_on_with_it_at_once_and_the_desk_of_others_may_not():
    made = dossier("writing")
    assert "Tôi xác minh hồ sơ này" in page("act", made.code, "tiep-nhan")
    assert "Tôi xác minh hồ sơ này" not in page("act", made.code, "tiep-nhan", client=signed_in(Role.ONE_STOP))
    do(made, "tiep-nhan", received_on="20/11/2026", take_up="on")
    assert (fresh(made).state, fresh(made).due_on) == ("verifying", date(2026, 12, 1))
    assert steps(made) == ["open", "receive", "verify"]
    left = dossier("writing", whose=person("Người Khác"))
    do(left, "tiep-nhan", signed_in(Role.ONE_STOP), received_on="20/11/2026", take_up="on")
    assert fresh(left).state == "received"


def test_what_is_known_is_not_typed_again_when_the_answer_goes_out():
    chairman = post(Role.COMMUNE_CHAIRMAN)
    made = dossier("verifying")
    with as_maintenance():
        act("submit_refusal", made)
    text = page("act", made.code, "ghi-tu-choi", client=signed_in(Role.CLERK))
    assert f'value="{chairman.user.full_name}"' in text and 'value="Chủ tịch"' in text
    with as_maintenance():
        act("refuse", made)
    assert f'value="{made.person.full_name}"' in page("act", made.code, "tra-ket-qua")


def test_an_answered_dossier_is_found_by_its_step_and_by_its_name():
    done = dossier("decided", whose=person("Đỗ Thị Xong", "1985-03-02"))
    assert done.person_name in page("desk", buoc="decided")
    empty = page("desk", tim="do thi xong")
    assert done.person_name not in empty.partition("<main")[2].partition("filters")[0]
    further = "tim=do+thi+xong&amp;xem=tat-ca"
    assert further in empty and done.shown_code in page("desk", tim="do thi xong", xem="tat-ca")
    assert "Tìm trong mọi hồ sơ" in empty and "Tìm trong mọi hồ sơ" not in page("desk", tim="không ai cả", xem="tat-ca")


def test_who_comes_too_late_with_an_act_hears_who_was_quicker():
    made = dossier("received")
    seen = last_step(made)
    do(made, "xac-minh", signed_in(Role.COMMUNE_HEAD))
    answer = signed_in().post(reverse("dossiers:act", args=[made.code, "xac-minh"]), {"seen": seen}, follow=True)
    text = answer.content.decode()
    assert "vừa thực hiện “Nhận xác minh”" in text and "không làm được ở bước" not in text


def test_papers_come_with_a_picture_and_a_dossier_goes_to_a_colleague():
    made, head = dossier("verifying"), post(Role.COMMUNE_HEAD)
    with open("docs/pictures/person.png", "rb") as picture:
        start = picture.read()
    pages = [BytesIO(start + page) for page in (b"1", b"2")]
    for number, one in enumerate(pages, 1):
        one.name = f"trang-{number}.png"
    assert do(made, "giay-to", scan=pages[0]).status_code == 422  # of which paper?
    pages[0].seek(0)
    assert do(made, "giay-to", papers=["disability_certificate"], scan=pages).status_code == 302
    text = signed_in().get(noun_url("dossier", made.code)).content.decode()
    assert "trang-1.png" in text and "trang-2.png" in text and "(tệp 2)" in text
    assert "multiple" in page("act", made.code, "giay-to") and "(tệp 2)" not in page("act", made.code, "giay-to")
    assert do(made, "giao", to=head.pk, note="Nghỉ phép").status_code == 302
    assert fresh(made).holder_id == head.pk
    assert do(made, "rut", note="Người đề nghị rút").status_code == 302 and fresh(made).state == "withdrawn"


def test_declared_facts_are_shown_before_they_are_written_down():
    made = dossier("verifying")
    signed_in().post(reverse("dossiers:declaration", args=[made.code]), {"case": "disabled", "fact_disability": "severe"})
    assert "Nặng" in page("act", made.code, "ghi-so")
    assert do(made, "ghi-so").status_code == 302 and fresh(made).accepted_at is not None


def test_an_act_that_is_not_open_leads_back_and_changes_nothing():
    made = dossier("received")
    for key, client in (("tra-ket-qua", signed_in()), ("xac-minh", signed_in(Role.CLERK))):
        assert do(made, key, client).url == noun_url("dossier", made.code)
    assert fresh(made).state == "received"
    assert signed_in().get(reverse("dossiers:act", args=[made.code, "khac"])).status_code == 404


def test_two_at_once_the_second_is_told_who_was_first():
    made = dossier("received")
    seen = last_step(made)
    with as_maintenance():
        act("verify", made, by=post(Role.COMMUNE_HEAD))
    answer = do(made, "rut", note="Rút", seen=seen)
    assert answer.status_code == 422 and "vừa thực hiện “Nhận xác minh”" in answer.content.decode()


# Holidays ------------------------------------------------------------------------------------------------------------
def test_the_holidays_say_what_is_unsure_and_the_division_corrects_them():
    text = page("holidays")
    assert "24/11/2026" in text and "Chưa có lịch" in text and "16/02, 17/02, 18/02" in text and "22/08" in text
    assert signed_in().get(reverse("dossiers:holiday_year", args=[2026])).status_code == 403
    made, url = dossier("verifying"), reverse("dossiers:holiday_year", args=[2026])
    client = division()
    assert "24/11/2026" in client.get(url).content.decode()
    wrong = {"days_off": "01/01/2026\n30/13/2026", "worked": "", "source": "Thông báo"}
    assert client.post(url, wrong).status_code == 422
    assert client.post(url, {"days_off": "01/01/2026 24/11/2026", "worked": "", "source": "Thông báo"}).status_code == 302
    assert fresh(made).due_on == date(2026, 12, 2)
    assert "Thông báo" in client.get(url).content.decode()
    assert client.get(reverse("dossiers:holiday_year", args=[1999])).status_code == 404


# Typed wrongly -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("full_name", "<b>Lạ</b>", "chỉ gồm chữ"), ("full_name", "123 456", "chỉ gồm chữ"), ("born", "01/01/2031", "chưa tới"),
        ("personal_number", "12345", "đúng 12 chữ số"), ("full_name", "Lạ " * 60, "tối đa 120 ký tự"),
    ],
)  # fmt: skip
def test_a_newcomer_typed_wrongly_is_said_at_the_box(field, typed, said):
    given = {"full_name": "Phan Thị Lạ", "sex": "female", "born": "1961", "unit": commune().pk, field: typed}
    answer = signed_in().post(reverse("dossiers:newcomer"), given)
    assert answer.status_code == 422 and said in str(answer.context_data["form"].errors[field])


def test_a_number_typed_with_points_is_the_same_number():
    typed = {"full_name": "Phan Thị Lạ", "sex": "female", "born": "1961", "unit": commune().pk}
    signed_in().post(reverse("dossiers:newcomer"), {**typed, "personal_number": "034.161.000-123"})
    with as_maintenance():
        assert Person.objects.get(full_name="Phan Thị Lạ").personal_number == "034161000123"


@pytest.mark.parametrize(("field", "typed", "said"), [("since", "01/01/2030", "chưa tới"), ("fact", "-5", "từ 0 trở lên")])
def test_a_declaration_typed_wrongly_is_said_at_the_box(field, typed, said):
    made = dossier("writing", procedure="social_pension", case="from_75")
    given = {"case": "from_75", "fact_pension_vnd": "100.000", f"{field}_pension_vnd": typed}
    answer = signed_in().post(reverse("dossiers:declaration", args=[made.code]), given)
    assert answer.status_code == 422 and said in str(answer.context_data["form"].errors[f"{field}_pension_vnd"])
