"""One human being in two rows, both paid: merged by an officer, the stop and the recovery are drafted, nothing of it acts unsigned."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.tests.factories import at, commune
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.entitlements.tests.factories import care, grant, signature
from ansinh.kernel.errors import InvalidInput
from ansinh.payments import operations, queries
from ansinh.payments.queries.doubles import paid_beside
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.models import DuplicatePair
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]
JUL, AUG, SEP, OCT = (date(2026, n, 1) for n in range(7, 11))
NOW = at(2026, 9, 16)


@pytest.fixture
def paid_twice() -> DuplicatePair:
    """The first draws since July, the second since August; both were paid up to September."""
    first = person("Nguyễn Thị Tư", "1950-03-08", personal_number="034150001234")
    second = person("Nguyễn Thị Tư", "1950-03-08", payment_book="SL-7")
    grant(first)
    grant(second, months_from=AUG, standard_vnd=540_000, signed=at(2026, 7, 10))
    for paid in (JUL, AUG, SEP):
        month.paid(paid)
    people.find_duplicates(units=[commune()], by=None, now=NOW)
    return DuplicatePair.objects.get()


def merged(pair: DuplicatePair) -> Decision | None:
    return operations.merge_duplicate(pair=pair, keep=pair.first, note="Cùng ảnh, cùng con.", by=month.officer(), now=NOW)


def test_the_months_of_both_stand_beside_each_other(paid_twice):
    found = [(one.month, one.first_vnd, one.second_vnd, one.twice_vnd) for one in paid_beside(paid_twice, on=NOW.date())]
    assert found == [(SEP, 500_000, 540_000, 500_000), (AUG, 500_000, 540_000, 500_000), (JUL, 500_000, 0, 0)]


def test_a_merge_drafts_the_stop_and_the_recovery_and_nothing_acts_until_it_is_signed(paid_twice):
    draft = merged(paid_twice)
    items = {(i.act, i.person_id, i.from_month, i.amount_vnd, tuple(i.months)) for i in draft.items.all()}
    assert items == {
        ("stop", paid_twice.second_id, OCT, 540_000, ()),
        ("recovery", paid_twice.first_id, SEP, 500_000, ("2026-08", "2026-09")),
    }
    assert draft.state == "draft" and Entitlement.objects.running(OCT).count() == 2 and not queries.claims().exists()
    ledger.record_decision(decision=draft, signature=signature(NOW.date()), by=month.clerk(), now=NOW)
    assert Entitlement.objects.running(OCT).count() == 1
    assert queries.claims().get().left == 1_000_000
    rows = [row[1:4] for row in month.rows(month.proposed(OCT))]
    assert ("regular", 10, 500_000) in rows and ("recovery", 8, -500_000) in rows and len(rows) == 2


def test_the_histories_of_both_stay_and_taking_them_apart_drafts_nothing_new(paid_twice):
    draft = merged(paid_twice)
    paid_twice.refresh_from_db()
    assert paid_twice.state == "same" and paid_twice.second.payment_lines.count() == 2
    people.part(pair=paid_twice, note="Nhầm: hai người thật.", by=month.officer(), now=NOW)
    paid_twice.second.refresh_from_db()
    assert paid_twice.second.same_as is None and Decision.objects.filter(state="draft").get() == draft


def test_where_nothing_was_drawn_twice_nothing_is_drafted():
    grant(person("Nguyễn Thị Tư", "1950-03-08", personal_number="034150001234"))
    person("Nguyễn Thị Tư", "1950-03-08")
    people.find_duplicates(units=[commune()], by=None, now=NOW)
    assert merged(DuplicatePair.objects.get()) is None


def test_the_row_that_draws_is_kept_and_the_number_goes_over_to_it_and_back():
    numbered = person("Nguyễn Thị Tư", "1950-03-08", personal_number="034150001234")
    drawing = person("Nguyễn Thị Tư", "1950-03-08", payment_book="SL-7")
    grant(drawing)
    people.find_duplicates(units=[commune()], by=None, now=NOW)
    pair = DuplicatePair.objects.get()
    with pytest.raises(InvalidInput, match="đang hưởng"):
        merged(pair)
    page = signed_in().get(f"/nguoi/trung/{pair.code}/")
    assert page.context["form"].initial["keep"] == drawing.code
    pair.refresh_from_db()
    assert pair.state == "open"
    operations.merge_duplicate(pair=pair, keep=drawing, note="Cùng ảnh", by=month.officer(), now=NOW)
    numbered.refresh_from_db(), drawing.refresh_from_db()
    assert (numbered.personal_number, drawing.personal_number) == (None, "034150001234")
    assert Entitlement.objects.running(OCT).get().person == drawing
    people.part(pair=pair, note="Nhầm", by=month.officer(), now=NOW)
    numbered.refresh_from_db(), drawing.refresh_from_db()
    assert (numbered.personal_number, drawing.personal_number) == ("034150001234", None)
    assert not numbered.other_numbers.exists()


def test_the_page_shows_the_evidence_and_takes_the_judgement(paid_twice, settings):
    settings.ANSINH_TODAY = NOW.date()
    url, officer = f"/nguoi/trung/{paid_twice.code}/", signed_in()
    text = officer.get(url).text
    for told in ("SL-7", "540.000", "08/2026", "Trùng ngày sinh", "Trùng họ tên", "1.000.000"):
        assert told in text, told
    answer = officer.post(url, {"act": "judge_same", "keep": paid_twice.first.code, "note": "Cùng ảnh"})
    assert "/quyet-dinh/" in answer.url
    assert officer.post(url, {"act": "judge_apart", "note": "x"}).status_code == 422
    assert "Tách ra" in officer.get(url).text
    assert officer.post(url, {"act": "part", "note": "Nhầm"}).status_code == 302
    paid_twice.refresh_from_db()
    assert paid_twice.state == "apart"


def test_money_for_the_care_of_another_is_no_second_allowance():
    first = person("Nguyễn Thị Tư", "1950-03-08", personal_number="034150001234")
    second = person("Nguyễn Thị Tư", "1950-03-08", payment_book="SL-7")
    grant(first)
    care(second, person("Lê Văn Con", "1996-01-01"), JUL, signed=at(2026, 6, 10))
    month.paid(JUL)
    people.find_duplicates(units=[commune()], by=None, now=NOW)
    pair = DuplicatePair.objects.get()
    assert [(one.first_vnd, one.second_vnd) for one in paid_beside(pair, on=NOW.date())] == [(500_000, 0)]
    assert merged(pair) is None and Entitlement.objects.running(OCT).count() == 2


def test_two_numbers_are_merged_on_the_page_by_who_says_that_the_card_was_seen(settings):
    settings.ANSINH_TODAY = NOW.date()
    kept = person("Nguyễn Thị Tư", "1950-03-08", personal_number="034150001234")
    double = person("Nguyễn Thị Tư", "1950-03-08", personal_number="034150001243")
    people.find_duplicates(units=[commune()], by=None, now=NOW)
    url, officer = f"/nguoi/trung/{DuplicatePair.objects.get().code}/", signed_in()
    assert "lệch một chữ số hoặc đảo hai chữ số" in officer.get(url).text
    answer = {"act": "judge_same", "keep": kept.code, "note": "Cùng thẻ"}
    refused = officer.post(url, answer)
    assert refused.status_code == 422 and "hãy xem thẻ căn cước" in refused.text
    assert officer.post(url, {**answer, "numbers_checked": "on"}).status_code == 302
    double.refresh_from_db()
    assert double.same_as == kept
    assert double.code in officer.get(f"/nguoi/{kept.code}/").text


def test_the_month_that_is_out_with_the_payer_is_stopped_too_and_found_when_it_is_handed_out_all_the_same():
    first = person("Nguyễn Thị Tư", "1950-03-08", personal_number="034150001234")
    second = person("Nguyễn Thị Tư", "1950-03-08", payment_book="SL-7")
    grant(first)
    grant(second, months_from=AUG, standard_vnd=540_000, signed=at(2026, 7, 10))
    month.paid(JUL)
    month.paid(AUG)
    september = month.handed_over(SEP)
    people.find_duplicates(units=[commune()], by=None, now=NOW)
    draft = merged(DuplicatePair.objects.get())
    items = {(i.act, i.person_id, i.from_month, tuple(i.months)) for i in draft.items.all()}
    assert items == {("stop", second.pk, SEP, ()), ("recovery", first.pk, AUG, ("2026-08",))}
    ledger.record_decision(decision=draft, signature=signature(NOW.date()), by=month.clerk(), now=NOW)
    for handover in september.handovers.all():
        operations.take_return(handover=handover, data=month.filled(handover), filename="kq.xlsx", by=month.officer(), now=NOW)
    (found,) = operations.draft_from_lists(unit=commune(), month=OCT, by=month.officer(), now=at(2026, 9, 19))
    assert [(i.act, i.person_id, i.amount_vnd, i.months) for i in found.items.all()] == [
        ("recovery", second.pk, 540_000, ["2026-09"])
    ]
