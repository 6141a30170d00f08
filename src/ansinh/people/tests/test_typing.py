"""What officers type: names all small or in capitals, households called by somebody who lives in them."""

import pytest
from django.core.exceptions import ValidationError

from ansinh.people.fields import HouseholdField, NameField
from ansinh.people.tests.factories import household, person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("nguyễn  thị tư", "Nguyễn Thị Tư"),
        ("NGUYỄN THỊ ĐÀO", "Nguyễn Thị Đào"),
        ("Nguyễn Thị tư", "Nguyễn Thị tư"),
        ("H'Hen Niê", "H'Hen Niê"),
    ],
)
def test_a_name_gets_capitals_only_when_typed_without_any_difference(typed, kept):
    assert NameField().clean(typed) == kept


def test_a_household_is_found_by_code_or_by_a_member_without_diacritics(as_maintenance):
    home = household()
    person("Lê Văn Chủ", household=home)
    with as_maintenance():
        assert HouseholdField(required=False).clean(home.code.lower()) == home
        assert HouseholdField(required=False).clean("le van chu") == home
        assert HouseholdField(required=False).clean("") is None


def test_two_households_of_one_name_are_told_apart_by_their_codes(as_maintenance):
    homes = [household(), household()]
    for home in homes:
        person("Lê Văn Chủ", "1950", household=home)
    with as_maintenance(), pytest.raises(ValidationError) as error:
        HouseholdField().clean("Lê Văn Chủ")
    assert all(home.code in str(error.value) for home in homes) and "1950" in str(error.value)


def test_nobody_of_that_name_is_said_with_what_was_typed(as_maintenance):
    with as_maintenance(), pytest.raises(ValidationError, match="Không Có Ai"):
        HouseholdField().clean("Không Có Ai")
