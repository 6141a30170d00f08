"""The shell around every page: menu, preferences, language, errors, headers."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import get_language

from ansinh.pages import context, views
from ansinh.pages.preferences import COOKIE, ChosenLanguage, Preferences
from ansinh.pages.security import ContentSecurityPolicy

MENU = [
    {"section": "", "label": "Tùy chọn", "url_name": "pages:preferences", "roles": None, "icon": "home"},
    {"section": "Mẫu", "label": "Thành phần", "url_name": "pages:components", "roles": ["division_officer"]},
    {"section": "Mẫu", "label": "Phòng chưa mở", "url_name": "nowhere:index", "roles": None},
]


def ask(path: str = "/thanh-phan/", role: str | None = "division_officer", **cookies: str):
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    request.user = AnonymousUser()
    request.LANGUAGE_CODE = "vi"
    request.post = role and SimpleNamespace(
        role=role, role_label="Chuyên viên", office_name="Phòng Bảo trợ xã hội", place_name="Toàn tỉnh"
    )
    return request


def labels(request) -> list[str]:
    return [item["label"] for section in context.build_menu(request) for item in section["items"]]


def test_a_role_sees_its_doors_only_and_a_room_not_open_is_left_out(settings):
    settings.ANSINH_MENU = MENU
    assert labels(ask()) == ["Tùy chọn", "Thành phần"]
    assert labels(ask(role="payer")) == ["Tùy chọn"]
    assert labels(ask(role=None)) == []


def test_the_nearest_door_is_the_current_one(settings):
    settings.ANSINH_MENU = MENU
    items = [i for s in context.build_menu(ask("/thanh-phan/tien-do/")) for i in s["items"]]
    assert [item["current"] for item in items] == ["", "true"]


def test_every_component_is_on_the_living_page(settings):
    settings.ANSINH_MENU = MENU
    html = views.components(ask()).render().content.decode()
    for part in (
        'class="why"',
        'class="steps"',
        'class="axis"',
        'bars"',
        'class="pager"',
        'class="filters"',
        'class="chips"',
        'class="facts"',
        'class="errors"',
        'class="job"',
        'class="empty"',
        'class="next"',
    ):
        assert part in html
    assert "Toàn tỉnh" in html


def test_the_living_page_opens_without_a_post_and_without_a_database(settings):
    assert views.components(ask(role=None)).render().status_code == 200


def test_the_demonstration_says_so_on_every_page(settings):
    settings.ANSINH_DEMO = True
    assert "Dữ liệu trình diễn" in views.components(ask()).render().content.decode()


def test_the_choices_of_an_officer_are_rendered_by_the_server():
    request = ask(**{COOKIE: "dark.large.roomy"})
    html = views.preferences(request).render().content.decode()
    assert '<html lang="vi" data-theme="dark" data-text="large" data-rows="roomy">' in html


@pytest.mark.parametrize("cookie", ["", "x", "dark", "..", '"><script>.a.b', "a.b.c.d.e"])
def test_a_spoiled_cookie_changes_nothing_it_should_not(cookie):
    look = Preferences.of(ask(**{COOKIE: cookie}))
    assert look in (Preferences(), Preferences(theme="dark"))


def test_choosing_dark_keeps_the_size_of_text_and_goes_back():
    request = RequestFactory().post("/tuy-chon/", {"theme": "dark", "next": "/nguoi/"})
    request.COOKIES[COOKIE] = ".large."
    response = views.preferences(request)
    assert response.cookies[COOKIE].value == "dark.large."
    assert response.url == "/nguoi/"


@pytest.mark.parametrize("away", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_the_way_back_never_leaves_the_site(away):
    assert views.preferences(RequestFactory().post("/tuy-chon/", {"language": "en", "next": away})).url == "/"


@pytest.mark.parametrize(("cookie", "spoken"), [("", "vi"), ("en", "en"), ("xx", "vi")])
def test_the_office_speaks_vietnamese_unless_someone_chose(cookie, spoken, settings):
    request = RequestFactory().get("/", HTTP_ACCEPT_LANGUAGE="en-US,en")
    request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
    heard = []
    response = ChosenLanguage(lambda r: heard.append(get_language()) or HttpResponse())(request)
    assert (heard, response.headers["Content-Language"]) == ([spoken], spoken)


def test_every_answer_carries_the_policy_and_nothing_inline_is_allowed():
    policy = ContentSecurityPolicy(lambda r: HttpResponse())(ask()).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("response", "status", "words"),
    [
        (lambda r: views.bad_request(r, ValueError()), 400, "Chưa có gì được lưu"),
        (lambda r: views.forbidden(r, PermissionError("Người này thuộc xã khác.")), 403, "Người này thuộc xã khác."),
        (lambda r: views.not_found(r, LookupError()), 404, "Không có trang này"),
        (lambda r: views.server_error(r), 500, "Hệ thống gặp lỗi"),
        (lambda r: views.csrf_failure(r), 403, "Biểu mẫu đã hết hạn"),
    ],
)
def test_every_error_says_what_happened_and_shows_a_way_out(response, status, words):
    answer = response(ask(role=None))
    html = answer.content.decode()
    assert answer.status_code == status
    assert words in html
    assert "Về Việc của tôi" in html
