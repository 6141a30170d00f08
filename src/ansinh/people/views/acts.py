"""Each change an officer may write down: its form, whether it fits the person now, and the act it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.kernel.errors import InvalidInput
from ansinh.people import forms, operations
from ansinh.people.facts_catalogue import BY_KEY
from ansinh.people.models import DuplicatePair, Household, Membership, Person


@dataclass(frozen=True)
class Act:
    """One door of "Ghi thay đổi"."""

    key: str
    label: Any
    group: str
    form: type[forms.OfficeForm]
    run: Callable[[Person, dict, dict], Any]
    fits: Callable[[Person], bool] = lambda person: True
    past: str = ""
    leaves: bool = False


def _alive(person: Person) -> bool:
    return person.died_on is None


def _join(person: Person, data: dict, who: dict) -> None:
    """Into the household chosen by code; without one a new household is opened where the person lives."""
    household = data.pop("household")
    if household is None:
        household = operations.open_household(
            unit=person.unit, village=person.village, address=person.address, source=data["source"], **who
        )
    elif household.unit_id != person.unit_id:
        raise InvalidInput(_("Hộ này ở xã, phường khác. Hãy ghi chuyển nơi ở trước."), field="household")
    operations.join_household(person=person, household=household, **data, **who)


def _plain(operation: Callable) -> Callable[[Person, dict, dict], Any]:
    return lambda person, data, who: operation(person=person, **data, **who)


def _move_within(person: Person, data: dict, who: dict) -> None:
    operations.move_within(person=person, unit=data["village"].unit if data["village"] else person.unit, **data, **who)


def _same(person: Person, data: dict, who: dict) -> DuplicatePair:
    return operations.name_pair(person=person, other=data["known"], reason=data["reason"], **who)


WHO, HOME, MONEY, LIFE = "who", "home", "money", "life"
GROUPS = {
    LIFE: gettext_lazy("Sinh, tử"),
    HOME: gettext_lazy("Nơi ở, hộ, người thân"),
    MONEY: gettext_lazy("Người nhận tiền"),
    WHO: gettext_lazy("Tên, số, hồ sơ trùng"),
}

ACTS = (
    Act("tu-tran", gettext_lazy("Từ trần"), LIFE, forms.DeathForm, _plain(operations.record_death), _alive),
    Act(
        "ngay-sinh", gettext_lazy("Quyết định về ngày sinh"), LIFE, forms.BirthForm, _plain(operations.rule_on_birth),
        lambda person: person.birth_precision != "day", past="birth_rulings",
    ),
    Act("doi-thon", gettext_lazy("Đổi thôn, tổ, địa chỉ trong xã"), HOME, forms.VillageForm, _move_within, _alive, past="residences"),
    Act(
        "chuyen-di", gettext_lazy("Chuyển đi xã, phường khác"), HOME, forms.MoveForm, _plain(operations.move_across), _alive,
        past="residences", leaves=True,
    ),
    Act("vao-ho", gettext_lazy("Vào hộ, lập hộ mới, đổi chủ hộ"), HOME, forms.HouseholdForm, _join, past="memberships"),
    Act(
        "ra-ho", gettext_lazy("Rời hộ"), HOME, forms.EndForm, _plain(operations.leave_household),
        lambda person: person.memberships.filter(period__endswith=None).exists(), past="memberships",
    ),
    Act("nguoi-than", gettext_lazy("Cha, mẹ, vợ, chồng, con"), HOME, forms.RelativeForm, _plain(operations.record_relative), past="relatives"),
    Act("giam-ho", gettext_lazy("Người giám hộ"), MONEY, forms.GuardianForm, _plain(operations.set_guardian), past="guardians"),
    Act(
        "het-giam-ho", gettext_lazy("Hết giám hộ"), MONEY, forms.EndForm, _plain(operations.end_guardian),
        lambda person: person.guardians.filter(period__endswith=None).exists(), past="guardians",
    ),
    Act("nhan-thay", gettext_lazy("Người nhận thay"), MONEY, forms.PayeeForm, _plain(operations.set_payee), past="payees"),
    Act(
        "tu-nhan", gettext_lazy("Thôi nhận thay, tự nhận"), MONEY, forms.EndForm, _plain(operations.end_payee),
        lambda person: person.payees.filter(period__endswith=None).exists(), past="payees",
    ),
    Act("tai-khoan", gettext_lazy("Nhận qua tài khoản"), MONEY, forms.AccountForm, _plain(operations.set_account), past="accounts"),
    Act(
        "tien-mat", gettext_lazy("Thôi tài khoản, nhận tiền mặt"), MONEY, forms.EndForm, _plain(operations.end_account),
        lambda person: person.accounts.filter(period__endswith=None).exists(), past="accounts",
    ),
    Act("ten-khac", gettext_lazy("Tên gọi khác"), WHO, forms.OtherNameForm, _plain(operations.add_other_name), past="other_names"),
    Act(
        "so-khac", gettext_lazy("Số chứng minh cũ, số khác"), WHO, forms.OtherNumberForm, _plain(operations.add_other_number),
        past="other_numbers",
    ),
    Act(
        "trung", gettext_lazy("Trùng với một hồ sơ khác"), WHO, forms.SameForm, _same,
        lambda person: person.same_as_id is None,
    ),
)  # fmt: skip
ACT_BY_KEY = {act.key: act for act in ACTS}


def set_fact(person: Person, kind: str, form: forms.FactForm, who: dict) -> None:
    """Write a circumstance of the person, or of the household they belong to now."""
    data = form.cleaned_data
    span = {"since": data["since"], "until": data["until"], "source": data["source"]}
    if BY_KEY[kind].of == "person":
        operations.set_circumstance(person=person, kind=kind, value=form.value, detail=data["detail"], **span, **who)
        return
    operations.set_household_circumstance(household=household_of(person), kind=kind, value=form.value, **span, **who)


def household_of(person: Person) -> Household:
    """The household a person belongs to now. Raises InvalidInput when there is none."""
    found: Membership | None = person.memberships.filter(period__endswith=None).select_related("household").first()
    if found is None:
        raise InvalidInput(_("Người này chưa thuộc hộ nào; hãy ghi hộ trước."))
    return found.household
