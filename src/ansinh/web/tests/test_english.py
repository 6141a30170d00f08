"""A reader of English: the menu, the home page and the log-in page speak English, and say so."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.html import strip_tags

from ansinh.access.models import Role
from ansinh.people.tests.signing_in import division, signed_in

pytestmark = pytest.mark.django_db

COMMUNE = (
    Role.COMMUNE_OFFICER,
    Role.COMMUNE_HEAD,
    Role.COMMUNE_CHAIRMAN,
    Role.ACCOUNTANT,
    Role.CLERK,
    Role.ONE_STOP,
)
PROVINCE = (Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER, Role.INSPECTOR, Role.ADMINISTRATOR)


def in_english(client: Client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def menu_words() -> set[str]:
    """Every word of the menu, as the office reads it."""
    doors = (*settings.ANSINH_MENU, *settings.ANSINH_OWN_MENU)
    with translation.override("vi"):
        return {str(door[part]) for door in doors for part in ("section", "label", "short") if door.get(part)}


def pieces(html: str) -> set[str]:
    """The pieces of text of a page, each as it stands between two tags."""
    shown = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return {" ".join(strip_tags(piece).split()) for piece in re.split(r"(?=<)", shown)}


def test_the_words_of_the_menu_are_seen_where_they_stand():
    assert {"Việc của tôi", "Đối tượng, hộ gia đình"} <= menu_words() & pieces(signed_in().get("/").text)


@pytest.mark.parametrize("role", [*COMMUNE, *PROVINCE])
def test_no_word_of_the_menu_stays_vietnamese_on_the_home_page_of_a_role(role):
    client = division(role) if role in PROVINCE else signed_in(role)
    page = in_english(client).get("/").text
    assert '<html lang="en"' in page
    assert "My work" in pieces(page)
    assert menu_words() & pieces(page) == set()


def test_the_log_in_page_speaks_english():
    page = in_english(Client()).get("/dang-nhap/").text
    assert '<html lang="en"' in page
    assert {"User name", "Password"} <= pieces(page)
    assert not {"Tên đăng nhập", "Mật khẩu", "Đăng nhập"} & pieces(page)


def test_a_refusal_is_told_in_english():
    answer = in_english(Client()).post("/dang-nhap/", {"username": "nobody", "password": "wrong"})
    assert "The user name or password is not right." in answer.text
