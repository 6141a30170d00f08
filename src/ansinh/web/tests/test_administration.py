"""The administrator's pages: bodies, posts, users; and nothing about beneficiaries."""

from __future__ import annotations

import pytest

from ansinh.access.models import Office, Post, Role, User
from ansinh.access.tests.factories import PASSWORD, QUYNH_PHU, make_user, post

pytestmark = pytest.mark.django_db
HERE = f"/quan-tri/co-quan/UBND-{QUYNH_PHU}/"


@pytest.fixture
def administrator(client):
    client.force_login(post(Role.ADMINISTRATOR, office="SYT").user)
    return client


def test_the_pages_open_and_show_successors(administrator):
    shown = administrator.get("/quan-tri/co-quan/").content.decode()
    assert "bảo trợ xã hội: Sở Y tế" in shown and "giảm nghèo: Sở Nông nghiệp" in shown
    assert administrator.get("/quan-tri/nguoi-dung/").status_code == 200
    assert "chuyển về" in administrator.get("/quan-tri/co-quan/SLDTBXH-TB/").content.decode()


def test_a_body_is_opened_and_a_wrong_one_refused(administrator):
    data = {"code": "PHONG-THU", "name": "Phòng Thử", "kind": "division", "basis": "QĐ thử"}
    assert administrator.post("/quan-tri/co-quan/", data).status_code == 302
    assert Office.objects.filter(code="PHONG-THU").exists()
    assert administrator.post("/quan-tri/co-quan/", data).status_code == 422
    assert administrator.post("/quan-tri/co-quan/", data | {"code": "có dấu"}).status_code == 422


def test_a_post_is_opened_filled_and_vacated(administrator):
    user, office = make_user("nguoi.moi", "Trần Văn Mới"), Office.objects.get(code=f"UBND-{QUYNH_PHU}")
    administrator.post(HERE, {"act": "open", "office": office.id, "role": "clerk", "title": "Văn thư"})
    opened = Post.objects.get(office=office, role="clerk")
    administrator.post(HERE, {"act": "fill", "post": opened.code, "user": user.username})
    assert "Trần Văn Mới" in administrator.get(HERE).content.decode()
    other = make_user("nguoi.khac", "Lê Văn Khác")
    late = administrator.post(HERE, {"act": "vacate", "post": opened.code, "user": other.username})
    opened.refresh_from_db()
    assert "vừa thay đổi" in late.content.decode() and opened.user == user  # the page was about somebody else
    administrator.post(HERE, {"act": "vacate", "post": opened.code, "user": user.username})
    opened.refresh_from_db()
    assert opened.user is None


def test_a_post_without_a_title_is_not_opened_and_says_so(administrator):
    before = Post.objects.count()
    answer = administrator.post(HERE, {"act": "open", "role": "clerk", "title": ""}, follow=True)
    assert "Chưa mở được chức vụ" in answer.content.decode() and Post.objects.count() == before


def test_a_user_is_created_and_must_change_the_password(administrator):
    data = {"username": "can.bo.moi", "full_name": "Lê Thị Mới", "password": PASSWORD}
    assert administrator.post("/quan-tri/nguoi-dung/", data).status_code == 302
    assert User.objects.get(username="can.bo.moi").must_change_password
    assert administrator.post("/quan-tri/nguoi-dung/", data).status_code == 422
    weak = administrator.post("/quan-tri/nguoi-dung/", data | {"username": "khac", "password": "ngan"})
    assert weak.status_code == 422 and "12 ký tự" in weak.content.decode()


def test_a_password_is_reset_sessions_ended_an_account_closed(administrator):
    user = make_user("nguoi.quen")
    path = f"/quan-tri/nguoi-dung/{user.username}/"
    administrator.post(path, {"act": "reset", "password": "mật-khẩu-do-quản-trị-đặt"})
    user.refresh_from_db()
    assert user.must_change_password and user.check_password("mật-khẩu-do-quản-trị-đặt")
    assert administrator.post(path, {"act": "end_all"}).status_code == 302
    administrator.post(path, {"act": "deactivate"})
    user.refresh_from_db()
    assert not user.is_active


def test_the_administrator_opens_no_page_of_people(administrator):
    for path in ("/nguoi/", "/so-huong/", "/quyet-dinh/", "/chi-tra/"):
        assert administrator.get(path).status_code in (403, 404), path


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.COMMUNE_CHAIRMAN])
def test_nobody_else_administers(client, role):
    client.force_login(post(role).user)
    for path in ("/quan-tri/co-quan/", HERE, "/quan-tri/nguoi-dung/"):
        assert client.get(path).status_code == 403
    assert client.post("/quan-tri/nguoi-dung/ai-do/", {"act": "deactivate"}).status_code == 403
