"""Money received beyond what was due: instalments by consent, cash with its receipt, the write-off by a decision; what is left."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from ansinh.access.models import Role
from ansinh.access.tests.factories import THAI_BINH, at, commune, post
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Decision, DecisionItem
from ansinh.entitlements.papers.decision import decision_content
from ansinh.entitlements.tests.factories import care, funeral, grant, signature
from ansinh.kernel.errors import AlreadyDone, InvalidInput
from ansinh.payments import operations, queries
from ansinh.payments.models import PaymentLine, RecoveryPlan, Repayment
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]
MAY, JUN, JUL, AUG, SEP, OCT, NOV, DEC = (date(2026, n, 1) for n in range(5, 13))
NOW = at(2026, 9, 18)


def claim(months=(JUL, AUG), amount: int = 500_000, *, name: str = "Nguyễn Thị Tư") -> DecisionItem:
    """A signed recovery of 500.000 for each of these months from somebody who draws 500.000."""
    entry = grant(person(name))
    month.decide(entry, "recovery", SEP, recorded=at(2026, 8, 10), amount_vnd=amount, months=months)
    return seen(DecisionItem.objects.get(act="recovery", person=entry.person))


def seen(item: DecisionItem) -> DecisionItem:
    return queries.claims().get(pk=item.pk)


def sums(item: DecisionItem) -> tuple:
    found = seen(item)
    return (found.total, found.taken, found.repaid, found.written, found.left)


def plan(item: DecisionItem, per_month: int, *, who: Person | None = None, since: date = SEP, **known) -> RecoveryPlan:
    agreed = {"consent_on": date(2026, 8, 12), "consent_paper": "Bản cam kết ngày 12/8/2026", "by": month.officer(), "now": NOW}
    return operations.plan_recovery(
        item=item, person=who or item.person, per_month_vnd=per_month, from_month=since, **agreed | known
    )


def repay(item: DecisionItem, amount: int, receipt: str = "BL 15", **known) -> Repayment:
    paid = {"paid_on": date(2026, 9, 10), "payer_name": "Lê Văn Con", "by": post(Role.ACCOUNTANT), "now": NOW}
    return operations.record_repayment(item=item, amount_vnd=amount, receipt=receipt, **paid | known)


def taken(found) -> list[tuple]:
    return [(row[0], row[2], row[3]) for row in month.rows(found) if row[1] == "recovery"]


def test_without_a_plan_a_list_takes_all_it_has_room_for():
    item = claim()
    month.neighbour()
    assert taken(month.proposed(SEP)) == [("Nguyễn Thị Tư", 7, -500_000)]
    assert sums(item) == (1_000_000, 500_000, 0, 0, 500_000)


def test_instalments_take_so_much_a_month_until_it_is_settled():
    item = claim(months=(JUL,))
    plan(item, 200_000)
    found = [taken(month.paid(paid)) for paid in (SEP, OCT, NOV, DEC)]
    name = "Nguyễn Thị Tư"
    assert found == [[(name, 7, -200_000)], [(name, 7, -200_000)], [(name, 7, -100_000)], []]
    assert sums(item) == (500_000, 500_000, 0, 0, 0)


def test_a_plan_that_begins_later_takes_nothing_before_and_a_new_plan_takes_its_place():
    item = claim(months=(JUL,))
    plan(item, 200_000, since=NOV)
    assert taken(month.paid(SEP)) == []
    plan(item, 50_000, since=OCT)
    assert taken(month.paid(OCT)) == [("Nguyễn Thị Tư", 7, -50_000)]


def test_a_plan_of_nothing_leaves_payments_alone():
    item = claim(months=(JUL,))
    plan(item, 0)
    assert taken(month.paid(SEP)) == [] and sums(item)[-1] == 500_000


def test_another_pays_by_consent_and_what_was_taken_before_counts():
    item = claim(months=(JUL,))
    plan(item, 200_000)
    month.paid(SEP)
    child = grant(person("Lê Văn Con", "1948-05-05")).person
    plan(item, 200_000, who=child, since=OCT)
    assert taken(month.paid(OCT)) == [("Lê Văn Con", 7, -200_000)]
    grandchild = grant(person("Lê Thị Cháu", "1949-05-05")).person
    plan(item, 400_000 - 300_000, who=grandchild, since=NOV)
    assert taken(month.paid(NOV)) == [("Lê Thị Cháu", 7, -100_000)]
    assert taken(month.paid(DEC)) == [] and sums(item)[-1] == 0


def test_nobody_is_handed_a_negative_sum_and_a_death_leaves_the_rest_as_a_claim():
    item = claim()
    month.neighbour()
    plan(item, 800_000)
    assert taken(month.paid(SEP)) == [("Nguyễn Thị Tư", 7, -500_000)]
    people.record_death(person=item.person, died_on=date(2026, 9, 25), source="khai tử", by=month.officer(), now=at(2026, 9, 26))
    assert taken(month.proposed(NOV)) == []
    assert sums(item) == (1_000_000, 500_000, 0, 0, 500_000)


def test_cash_counts_and_the_list_takes_only_the_rest():
    item = claim()
    month.neighbour()
    repay(item, 700_000)
    assert taken(month.proposed(SEP)) == [("Nguyễn Thị Tư", 8, -300_000)]
    assert sums(item) == (1_000_000, 300_000, 700_000, 0, 0)


def test_a_receipt_is_taken_back_by_a_row_that_names_it_and_may_then_be_written_right():
    item = claim()
    wrong = repay(item, 700_000)
    back = operations.correct_repayment(repayment=wrong, reason="Ghi nhầm số tiền", by=post(Role.ACCOUNTANT), now=NOW)
    assert (back.amount_vnd, back.corrects_id, back.receipt) == (-700_000, wrong.pk, "BL 15")
    assert sums(item)[2:] == (0, 0, 1_000_000)
    with pytest.raises(AlreadyDone, match="đã được hủy"):
        operations.correct_repayment(repayment=wrong, reason="lại", by=post(Role.ACCOUNTANT), now=NOW)
    repay(item, 70_000)
    assert sums(item)[2] == 70_000


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"amount": 0}, "không quá số còn phải thu"),
        ({"amount": 1_000_001}, "1.000.000"),
        ({"amount": 1, "paid_on": date(2027, 1, 1)}, "chưa tới"),
        ({"amount": 1, "receipt": " "}, "số biên lai"),
        ({"amount": 1, "payer_name": ""}, "người nộp"),
    ],
)
def test_a_wrong_receipt_is_told(wrong, said):
    with pytest.raises(InvalidInput, match=said):
        repay(claim(), **wrong)


def test_a_receipt_counts_once():
    item = claim()
    repay(item, 100_000)
    with pytest.raises(InvalidInput, match="BL 15 đã được ghi"):
        repay(item, 100_000)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"consent_paper": " "}, "giấy đồng ý"),
        ({"consent_on": date(2027, 1, 1)}, "chưa tới"),
        ({"per_month": -1}, "số còn phải thu"),
        ({"per_month": 1_000_001}, "1.000.000"),
    ],
)
def test_a_wrong_plan_is_told(wrong, said):
    known = {"per_month": 100_000} | wrong
    with pytest.raises(InvalidInput, match=said):
        plan(claim(), known.pop("per_month"), **known)


def test_who_pays_for_another_lives_in_the_same_commune():
    far = person("Ở Xa", unit=commune(THAI_BINH), by=month.officer(THAI_BINH))
    with pytest.raises(InvalidInput, match="cùng xã"):
        plan(claim(), 100_000, who=far)


def test_a_write_off_is_a_decision_and_counts_once_it_is_signed():
    item = claim()
    month.paid(SEP)  # 500.000 of July
    repay(item, 200_000)
    with pytest.raises(InvalidInput, match="lý do"):
        operations.draft_write_off(item=item, reason=" ", by=month.officer(), now=NOW)
    draft = operations.draft_write_off(item=item, reason="Hộ nghèo, đã mất, không còn tài sản.", by=month.officer(), now=NOW)
    (row,) = draft.items.all()
    assert (row.act, row.amount_vnd, row.months, row.about_id) == ("write_off", 300_000, ["2026-08"], item.pk)
    assert sums(item)[-1] == 300_000
    with pytest.raises(AlreadyDone, match=draft.code):
        operations.draft_write_off(item=item, reason="lại", by=month.officer(), now=NOW)
    words = str(decision_content(draft, signer=None, entry=None, by=month.officer(), on=NOW.date()).values)
    assert "xóa nợ phải thu hồi" in words and "300.000 đồng (Ba trăm nghìn đồng)" in words
    ledger.record_decision(decision=draft, signature=signature(NOW.date()), by=month.clerk(), now=NOW)
    assert sums(item) == (1_000_000, 500_000, 200_000, 300_000, 0)
    assert taken(month.proposed(OCT)) == []
    for act in (lambda: repay(item, 1, "BL 16"), lambda: plan(item, 0)):
        with pytest.raises(AlreadyDone, match="đã xong"):
            act()


def test_a_recovery_on_which_money_was_paid_back_is_not_revoked():
    item = claim()
    month.neighbour()
    back = repay(item, 100_000)
    decision = Decision.objects.get(items=item)
    with pytest.raises(InvalidInput, match="Không thu hồi được"):
        ledger.revoke_decision(decision=decision, reason="ghi nhầm", by=month.officer(), now=NOW)
    operations.correct_repayment(repayment=back, reason="nhầm người", by=post(Role.ACCOUNTANT), now=NOW)
    assert ledger.revoke_decision(decision=decision, reason="ghi nhầm", by=month.officer(), now=NOW).state == "revoked"


def test_after_a_move_the_new_commune_takes_only_what_is_left():
    item = claim()
    month.neighbour()
    month.neighbour(commune(THAI_BINH))
    repay(item, 700_000)
    plan(item, 100_000)
    Person.objects.filter(pk=item.person_id).update(unit=commune(THAI_BINH))
    found = month.proposed(SEP, unit=commune(THAI_BINH))
    assert taken(found) == [("Nguyễn Thị Tư", 8, -100_000)]
    assert sums(item)[-1] == 200_000


def test_sums_by_commune():
    repay(claim(), 100_000)
    claim(name="Lê Văn Ba", months=(JUL,))
    (found,) = queries.claim_sums(queries.claims())
    assert (found.count, found.total_vnd, found.left_vnd) == (2, 1_500_000, 1_400_000)


def test_a_line_of_the_list_names_the_line_it_corrects_also_when_another_pays():
    entry = grant(person())
    for paid in (JUL, AUG):
        month.paid(paid)
    month.decide(entry, "stop", AUG, recorded=at(2026, 8, 10))
    month.decide(entry, "recovery", SEP, recorded=at(2026, 8, 11), amount_vnd=500_000, months=(AUG,))
    child = grant(person("Lê Văn Con", "1948-05-05")).person
    plan(seen(DecisionItem.objects.get(act="recovery")), 500_000, who=child)
    month.proposed(SEP)
    line = PaymentLine.objects.get(kind="recovery")
    assert line.person == child and line.corrects.person == entry.person and line.corrects.benefit_month == AUG


# The pages -----------------------------------------------------------------------------------------------------------
def test_the_list_of_claims_shows_what_is_left_and_goes_to_excel(settings):
    settings.ANSINH_TODAY = NOW.date()
    repay(claim(), 100_000)
    accountant = signed_in(Role.ACCOUNTANT)
    text = accountant.get("/chi-tra/phai-thu/").text
    assert "Nguyễn Thị Tư" in text and "900.000" in text and "1.000.000" in text
    assert "Nguyễn Thị Tư" not in accountant.get("/chi-tra/phai-thu/?tinh_trang=xong").text.split('id="rows"')[1]
    page = openpyxl.load_workbook(BytesIO(accountant.get("/chi-tra/phai-thu/?xuat=xlsx").content)).active
    assert any("Nguyễn Thị Tư" in row and 900_000 in row for row in page.iter_rows(values_only=True))


def test_a_write_off_of_what_was_paid_back_since_it_was_drafted_is_not_recorded():
    item = claim()
    month.neighbour()
    draft = operations.draft_write_off(item=item, reason="Không còn tài sản.", by=month.officer(), now=NOW)
    assert sum(len(row.months) * row.amount_vnd for row in draft.items.all()) == 1_000_000
    repay(item, 200_000)
    with pytest.raises(InvalidInput, match="vượt số còn phải thu"):
        ledger.record_decision(decision=draft, signature=signature(NOW.date()), by=month.clerk(), now=NOW)
    assert Decision.objects.get(pk=draft.pk).state == "draft" and sums(item)[-1] == 800_000
    ledger.discard_draft(decision=draft, reason="Đã nộp một phần", by=month.officer(), now=NOW)
    again = operations.draft_write_off(item=item, reason="Không còn tài sản.", by=month.officer(), now=NOW)
    ledger.record_decision(decision=again, signature=signature(NOW.date()), by=month.clerk(), now=NOW)
    assert sums(item) == (1_000_000, 0, 200_000, 800_000, 0)


def test_a_plan_a_receipt_and_a_write_off_are_written_on_the_page_of_the_claim(settings):
    settings.ANSINH_TODAY = NOW.date()
    item = claim()
    child = person("Lê Văn Con", "1948-05-05")
    url, officer, accountant = f"/chi-tra/phai-thu/{item.pk}/", signed_in(), signed_in(Role.ACCOUNTANT)
    agreed = {"per_month_vnd": "100.000", "from_month": "10/2026", "consent_on": "10/09/2026", "consent_paper": "Bản cam kết"}
    assert "Không thấy người có mã" in officer.post(f"{url}ke-hoach/", {**agreed, "payer": "NT0"}).text
    assert officer.post(f"{url}ke-hoach/", {**agreed, "payer": child.code}).status_code == 302
    paid = {"amount_vnd": "200.000", "paid_on": "12/09/2026", "receipt": "BL 9", "payer_name": "Lê Văn Con"}
    assert "không quá số còn phải thu" in accountant.post(f"{url}nop-lai/", {**paid, "amount_vnd": "5.000.000"}).text
    assert accountant.post(f"{url}nop-lai/", paid).status_code == 302
    text = accountant.get(url).text
    assert "Bản cam kết" in text and "Lê Văn Con" in text and "BL 9" in text and "800.000" in text
    assert accountant.post(f"/chi-tra/bien-lai/{Repayment.objects.get().pk}/huy/", {"note": "nhầm"}).status_code == 302
    assert "1.000.000" in accountant.get(url).text
    made = officer.post(f"{url}xoa-no/", {"note": "Không còn tài sản"})
    assert "/quyet-dinh/" in made.url and Decision.objects.filter(kind="write_off", state="draft").count() == 1
    assert accountant.post(f"{url}xoa-no/", {"note": "x"}).status_code == 403
    assert officer.post(f"{url}nop-lai/", paid).status_code == 403


def test_money_for_care_or_for_a_funeral_is_never_taken_for_an_allowance():
    carer, dead = claim(name="Lê Thị Chăm").person, claim(name="Trần Văn Mất").person
    for who in (carer, dead):
        month.decide(who.entitlements.get(), "stop", SEP, recorded=at(2026, 8, 11))
    people.record_death(person=dead, died_on=date(2026, 8, 5), source="khai tử", by=month.officer(), now=at(2026, 8, 12))
    care(carer, person("Lê Văn Con", "1996-01-01"), SEP, signed=at(2026, 8, 12))
    funeral(dead, SEP, signed=at(2026, 8, 12))
    rows = [row for row in month.rows(month.proposed(SEP)) if row[2] == 9]
    assert [(name, kind, amount) for name, kind, _month, amount, _state in rows] == [
        ("Lê Thị Chăm", "regular", 540_000), ("Trần Văn Mất", "once", 10_800_000),
    ]  # fmt: skip
    assert not PaymentLine.objects.filter(list__run__benefit_month=SEP, kind="recovery").exists()
