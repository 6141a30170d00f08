"""Pages of the province's resolutions: one question at a time, errors in words, the effect as each post may read it."""

from contextlib import nullcontext
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.jobs.models import Job
from ansinh.kernel.errors import AlreadyDone
from ansinh.lawbook import operations
from ansinh.lawbook.models import Resolution
from ansinh.lawbook.resolutions.sample import sample
from ansinh.lawbook.tests.factories import PROVINCE, confirmed, counted, head, level, officer, proposed, written
from ansinh.lawbook.tests.factories import paper as factory_paper
from ansinh.localities.models import Unit

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def entered(client, who=None):
    client.force_login((who or officer()).user)
    return client


def paper(**more) -> dict:
    with as_maintenance():
        territory = Unit.objects.get(key=PROVINCE).id
    given = {
        "number": "99/2025/NQ-HĐND", "title": "Mức chuẩn", "issued_on": "10/12/2025", "in_force_from": "01/01/2026",
        "applies_to_months_from": "01/2026", "territory": territory,
    }  # fmt: skip
    return given | more


def posted(client, name: str, *arguments, **data):
    return client.post(reverse(f"lawbook:{name}", args=arguments), data, follow=True)


def test_the_head_is_written_with_months_as_officers_say_them(client):
    scan = SimpleUploadedFile("nq.pdf", b"%PDF-1.4 test")
    page = text_of(posted(entered(client), "new_resolution", **paper(last_month="12/2027", scan=scan)))

    assert "Thêm từng nội dung nghị quyết quy định" in page and "nq.pdf" in page
    with as_maintenance():
        made = Resolution.objects.get()
    assert (made.until, made.applies_to_months_from) == (date(2028, 1, 1), date(2026, 1, 1))
    again = text_of(client.get(reverse("lawbook:edit_resolution", args=[made.code])))
    assert 'value="12/2027"' in again and 'value="10/12/2025"' in again


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"number": ""}, "Cần điền ô này."),
        ({"in_force_from": "01/01/2025"}, "Ngày có hiệu lực không thể trước ngày ban hành."),
        ({"last_month": "12/2025"}, "Tháng hết áp dụng phải sau tháng bắt đầu."),
        ({"scan": SimpleUploadedFile("nq.exe", b"MZ")}, "không phải là bản quét"),
        ({"territory": "0"}, "không có trong danh sách"),
    ],
)
def test_a_head_that_is_wrong_is_asked_again(client, wrong, told):
    answer = posted(entered(client), "new_resolution", **paper(**wrong))

    assert answer.status_code == 422 and told in text_of(answer)


def of_page(page, **typed):
    """What a browser sends from a page of the head, with some fields typed over."""
    form = page.context_data["form"]
    hidden = {bound.html_initial_name: bound.value() for bound in form if bound.field.show_hidden_initial}
    sent = {bound.html_name: bound.value() for bound in form} | hidden
    assert all(f'name="{name}"' in page.text for name in hidden)
    plain = {key: f"{value:%Y-%m-%d}" if isinstance(value, date) else value for key, value in sent.items()}
    return {key: value for key, value in plain.items() if value is not None} | typed


def test_of_two_who_correct_the_head_nobody_undoes_the_others_work(client):
    made = written()
    url = reverse("lawbook:edit_resolution", args=[made.code])
    early = entered(client).get(url)
    assert client.post(url, of_page(client.get(url), title="Tên của người thứ nhất", issued_on="11/12/2025")).status_code == 302
    assert client.post(url, of_page(early, note="Ghi chú của người thứ hai")).status_code == 302
    answer = client.post(url, of_page(early, title="Tên khác hẳn"))
    assert answer.status_code == 422 and "Người khác vừa ghi “Tên của người thứ nhất”" in answer.text
    with as_maintenance():
        found = Resolution.objects.get()
    assert (found.title, found.note, found.issued_on) == (
        "Tên của người thứ nhất", "Ghi chú của người thứ hai", date(2025, 12, 11)
    )  # fmt: skip


def test_who_was_a_moment_slower_is_told(client):
    made = written()
    with as_maintenance():
        stale, head_of = Resolution.objects.get(pk=made.pk), factory_paper(title="Tên mới")
    for told in (None, AlreadyDone):
        with as_post(officer(), on=DAY), pytest.raises(told) if told else nullcontext():
            operations.amend_resolution(resolution=stale, paper=head_of, by=officer(), now=NOW)


def test_each_thing_is_added_by_its_own_small_form_and_told_in_a_sentence(client, settings):
    settings.ANSINH_TODAY = DAY
    made = written()
    entered(client)
    posted(client, "add_resolution_line", made.code, "muc-tien", of="injury", amount_vnd="13.000.000", basis="Điều 3")
    page = text_of(
        posted(
            client, "add_resolution_line", made.code, "nhom", title="Người cao tuổi hộ khó khăn", age_from="60", age_below="75",
            any_of=["poor", "near_poor"], none_of=["wage"], coefficient="1,5", brings=["health_insurance"],
        )
    )  # fmt: skip

    assert "Mức chuẩn 650.000 đ/tháng cho trợ cấp xã hội hằng tháng; trợ cấp hưu trí xã hội" in page
    assert "Mức chung: 500.000 đ (tháng 01/2026); 540.000 đ (tháng 11/2026)." in page
    assert "Hỗ trợ người bị thương nặng: 13.000.000 đ" in page
    assert "từ đủ 60 tuổi đến dưới 75 tuổi; thuộc hộ nghèo hoặc hộ cận nghèo; không có tiền lương, tiền công hằng tháng" in page
    assert "Hưởng hệ số 1,5; kèm thẻ bảo hiểm y tế" in page
    assert "age &gt;=" not in page
    with as_maintenance():
        assert made.lines.get(kind="group").condition == "age >= 60 and age < 75 and (poor or near_poor) and not wage"


@pytest.mark.parametrize(
    ("kind", "data", "told"),
    [
        ("muc-chuan", {"amount_vnd": "450.000", "scopes": ["monthly"]}, "thấp hơn mức chung 500.000 đ của tháng 01/2026"),
        ("muc-chuan", {"amount_vnd": "650.000"}, "Cần điền ô này."),
        ("muc-tien", {"of": "DISABLED_SEVERE", "amount_vnd": "100.000"}, "thấp hơn mức chung"),
        ("nhom", {"title": "Nhóm", "coefficient": "1"}, "Hãy chọn điều kiện ở các ô, hoặc ghi biểu thức"),
        ("nhom", {"title": "Nhóm", "condition": "poor"}, "Hãy ghi hệ số hoặc mức tiền"),
        ("nhom", {"title": "Nhóm", "condition": "poor", "all_of": ["poor"], "coefficient": "1"}, "không làm cả hai"),
        ("nhom", {"title": "Nhóm", "condition": "poor.x", "coefficient": "1"}, "không được phép"),
        ("nhom", {"title": "Nhóm", "condition": "giàu", "coefficient": "1"}, "không biết tên “giàu”"),
    ],
)
def test_what_is_below_a_floor_or_makes_no_sense_is_asked_again(client, kind, data, told):
    made = written()
    answer = posted(entered(client), "add_resolution_line", made.code, kind, **data)

    assert answer.status_code == 422 and told in text_of(answer)


def test_a_line_is_taken_out_again_and_nothing_is_proposed_without_any(client):
    made = written()
    with as_maintenance():
        line = made.lines.get().id
    page = text_of(posted(entered(client), "remove_resolution_line", made.code, line))

    assert "Chưa có nội dung nào." in page and "Nghị quyết chưa quy định nội dung nào." in page
    assert "Nghị quyết chưa quy định nội dung nào." in text_of(posted(client, "move_resolution", made.code, "trinh"))


def test_an_unknown_kind_or_move_or_resolution_is_not_found(client):
    made = written()
    entered(client)

    assert client.get(reverse("lawbook:add_resolution_line", args=[made.code, "khac"])).status_code == 404
    assert posted(client, "move_resolution", made.code, "khac").status_code == 404
    assert client.get(reverse("lawbook:resolution", args=["NQ99999999"])).status_code == 404


def test_a_file_is_read_or_each_wrong_line_is_told(client):
    entered(client)
    text = client.get(reverse("lawbook:resolution_sample")).content.decode()
    assert text == sample(Unit.objects.get(key=PROVINCE))

    wrong = posted(client, "resolution_file", file=SimpleUploadedFile("nq.yaml", text.replace("600000", "x").encode()))
    assert wrong.status_code == 422 and "Dòng 13, levels[1].standard_vnd: thấy “x”" in text_of(wrong)
    page = text_of(posted(client, "resolution_file", pasted=text))
    assert "Đã đọc tệp." in page and "Người cao tuổi hộ cận nghèo: người từ đủ 60 tuổi; thuộc hộ cận nghèo" in page


def test_the_effect_is_asked_for_as_background_work_for_a_month(client):
    made = written()
    answer = posted(entered(client), "count_resolution", made.code, month="11/2026")

    assert answer.redirect_chain[0][0].startswith("/cong-viec/")
    with as_maintenance():
        job = Job.objects.get()
    assert (job.kind, job.arguments) == ("resolution_effect", {"resolution": made.id, "month": "2026-11"})
    assert "Ghi tháng cần tính" in text_of(posted(client, "count_resolution", made.code, month="x"))


def with_effect(made):
    figures = {
        "asked": 9, "people": 3, "newcomers": 0, "before_vnd": 2_000_000, "after_vnd": 2_400_000,
        "by_category": {"DISABLED_SEVERE": [2, 1_000_000, 1_200_000], "ADULT_HIV": [1, 500_000, 600_000]},
        "by_commune": {str(commune().id): [3, 2_000_000, 2_400_000]},
    }  # fmt: skip
    with as_post(officer(), on=DAY):
        operations.record_effect(resolution=made, month=date(2026, 11, 1), figures=figures, by=officer(), now=NOW)
    return made


def test_the_effect_stands_on_the_page_for_who_proposes_and_who_confirms(client):
    made = with_effect(written())
    for who in (officer(), head()):
        page = text_of(entered(client, who).get(reverse("lawbook:resolution", args=[made.code])))
        assert "+400.000" in page and "2.000.000 → 2.400.000" in page and commune().name in page
        assert "Người khuyết tật nặng" in page


def test_whoever_may_not_know_of_an_illness_reads_the_effect_by_benefit_alone(client):
    made = with_effect(written())
    leader = post(Role.DEPARTMENT_LEADER, office="SYT")
    page = text_of(entered(client, leader).get(reverse("lawbook:resolution", args=[made.code])))

    assert "HIV" not in page and "Người khuyết tật nặng" not in page
    assert "Trợ cấp xã hội hằng tháng" in page and "1.500.000" in page


def test_who_proposed_it_is_told_why_the_button_is_not_there(client):
    made = counted(written())
    button = reverse("lawbook:move_resolution", args=[made.code, "xac-nhan"])
    with as_post(head(), on=DAY):
        operations.propose_resolution(resolution=made, by=head(), now=NOW)
    page = text_of(entered(client, head()).get(reverse("lawbook:resolution", args=[made.code])))
    assert "không tự xác nhận" in page and button not in page

    leader = post(Role.DEPARTMENT_LEADER, office="SYT")
    page = text_of(entered(client, leader).get(reverse("lawbook:resolution", args=[made.code])))
    assert "không tự xác nhận" not in page and button in page


def test_to_return_one_needs_its_reason(client):
    made = proposed(written())
    entered(client, head())

    assert "Hãy ghi lý do." in text_of(posted(client, "move_resolution", made.code, "tra-lai"))
    page = text_of(posted(client, "move_resolution", made.code, "tra-lai", note="Sai điều khoản"))
    assert "Đã trả lại." in page and "Sai điều khoản" in page


def test_a_commune_reads_what_counts_and_nothing_else(client):
    draft, counts = written(number="1/2026/NQ-HĐND"), confirmed()
    entered(client, post())

    page = text_of(client.get(reverse("lawbook:resolutions")))
    assert counts.number in page and draft.number not in page and "Nhập nghị quyết" not in page
    assert client.get(reverse("lawbook:resolution", args=[draft.code])).status_code == 404
    one = text_of(client.get(reverse("lawbook:resolution", args=[counts.code])))
    assert "650.000" in one and "Tác động" not in one and "Đã làm" not in one
    assert client.get(reverse("lawbook:new_resolution")).status_code == 403


def test_the_open_point_about_a_resolution_leads_to_where_it_is_entered(client):
    page = text_of(entered(client).get(reverse("lawbook:question", args=["hung_yen_815"])))

    assert f'<a href="{reverse("lawbook:resolutions")}">Nghị quyết của tỉnh</a></p>' in page
    assert "Câu hỏi này được trả lời khi nghị quyết được nhập" not in text_of(
        client.get(reverse("lawbook:question", args=["pension_tie"]))
    )


def test_pages_ask_the_database_as_often_for_many_as_for_few(client, django_assert_max_num_queries):
    made = with_effect(written(*[level(650_000 + 20 * n, "monthly") for n in range(6)]))
    for n in range(4):
        written(number=f"{n}/2026/NQ-HĐND")
    entered(client)
    client.get(reverse("lawbook:resolutions"))

    with django_assert_max_num_queries(10):
        client.get(reverse("lawbook:resolutions"))
    with django_assert_max_num_queries(18):
        client.get(reverse("lawbook:resolution", args=[made.code]))


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PAYER])
def test_whoever_may_open_no_file_reads_what_counts_too(client, role):
    made = confirmed(level())
    entered(client, post(role))
    for address in (reverse("lawbook:resolutions"), reverse("lawbook:resolution", args=[made.code])):
        assert made.number in text_of(client.get(address))
