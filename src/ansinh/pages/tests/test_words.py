"""Django's own words that an officer can meet are Vietnamese."""

import gettext
from pathlib import Path

import django
import pytest
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator, validate_slug
from django.utils import translation

import ansinh.pages

OURS = Path(ansinh.pages.__file__).parents[1] / "locale"


def catalogue(folder: Path) -> dict:
    return gettext.translation("django", folder, ["vi"])._catalog


def test_each_word_of_ours_is_still_a_word_of_django_and_one_it_lacks():
    theirs = catalogue(Path(django.__file__).parent / "conf" / "locale")
    english = (Path(django.__file__).parent / "conf/locale/en/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    flat = english.replace('"\n"', "").replace('\\"', '"')
    for word in catalogue(OURS):
        assert word == "" or (word in flat and word not in theirs), word


@pytest.mark.parametrize(
    ("check", "words"),
    [(validate_slug, "Chỉ dùng chữ không dấu"), (ProhibitNullCharactersValidator(), "ký tự không đọc được")],
)
def test_a_check_of_django_answers_in_vietnamese(check, words):
    with translation.override("vi"), pytest.raises(ValidationError, match=words):
        check("a b!\x00")
