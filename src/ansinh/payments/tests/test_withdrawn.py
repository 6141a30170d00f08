"""A list is taken back by who sent it, or withdrawn while nobody sent it: no money is lost by it and none is paid twice."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import at, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.tests.factories import grant
from ansinh.journal.models import Entry
from ansinh.kernel.errors import InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.payments import operations, queries
from ansinh.payments.models import PaymentList, PaymentRun
from ansinh.payments.tests import factories as month
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
JUL, AUG, SEP, OCT = (date(2026, n, 1) for n in range(7, 11))
NOW = at(2026, 6, 24)
WHY = "Lập nhầm tháng"


def withdrawn(of: date = JUL, **known) -> PaymentList:
    with as_maintenance():
        found = month.proposed(of, **known)
        return operations.withdraw_list(payment_list=found, note=WHY, by=month.officer(), now=month.before(of, 20))


def test_who_sent_a_list_takes_it_back_and_somebody_else_does_not(seeing_all):
    grant(person())
    found = month.proposed()
    operations.check_list(payment_list=found, by=month.officer(), now=NOW)
    head = post(Role.COMMUNE_HEAD)
    with pytest.raises(NotAllowed, match="mới lấy lại được"):
        operations.recall_list(payment_list=found, note=WHY, by=head, now=NOW)
    with pytest.raises(InvalidInput, match="lý do"):
        operations.recall_list(payment_list=found, note=" ", by=month.officer(), now=NOW)
    back = operations.recall_list(payment_list=found, note=WHY, by=month.officer(), now=NOW)
    assert back.state == "proposed" and back.lines.count() == 1
    assert (back.steps.latest("id").act, back.steps.latest("id").note) == ("recall", WHY)
    with pytest.raises(MoveNotAllowed):
        operations.recall_list(payment_list=found, note=WHY, by=month.officer(), now=NOW)


@pytest.mark.parametrize("state", ["checking", "approved", "closed", "handed_over", "reconciled", "settled"])
def test_what_was_sent_or_signed_is_not_withdrawn(seeing_all, state):
    grant(person())
    found = month.proposed()
    PaymentList.objects.filter(pk=found.pk).update(state=state)
    with pytest.raises(MoveNotAllowed):
        operations.withdraw_list(payment_list=found, note=WHY, by=month.officer(), now=NOW)
    assert found.lines.count() == 1


def test_a_withdrawn_list_holds_nothing_and_is_no_month_of_work(seeing_all):
    grant(person())
    found = withdrawn()
    assert (found.state, found.lines.count(), queries.latest_month()) == ("withdrawn", 0, None)
    assert Entry.objects.filter(noun="payment_list", key=found.code, act="withdraw").count() == 1
    month.proposed(AUG)
    assert queries.latest_month() == AUG


def test_its_month_is_owed_as_if_it_had_never_been_proposed(seeing_all):
    month.neighbour()
    grant(person("Trần Thị Một"))
    month.paid(JUL)
    withdrawn(AUG)
    assert [row[1:4] for row in month.rows(month.proposed(SEP))] == [("arrears", 8, 500_000), ("regular", 9, 500_000)]


def test_a_month_long_ago_proposed_and_withdrawn_brings_no_arrears(seeing_all):
    grant(person("Trần Thị Một"), months_from=date(2026, 5, 1))
    withdrawn(date(2026, 6, 1))
    assert [row[1:4] for row in month.rows(month.proposed(JUL))] == [("regular", 7, 500_000)]


def test_it_is_proposed_anew_with_its_step(seeing_all):
    grant(person("Trần Thị Một"))
    found = withdrawn()
    again = month.proposed()
    assert (again.pk, again.state, again.lines.count()) == (found.pk, "proposed", 1)
    assert list(again.steps.order_by("id").values_list("act", flat=True)) == ["propose", "withdraw", "renew", "propose"]


def test_a_draft_of_a_later_month_that_completes_its_lines_keeps_its_own(seeing_all):
    month.neighbour()
    entry = grant(person("Trần Thị Một"))
    found = month.proposed(JUL)
    month.decide(entry, "adjust", AUG, recorded=at(2026, 7, 10), amount_vnd=540_000)
    month.proposed(AUG)
    operations.withdraw_list(payment_list=found, note=WHY, by=month.officer(), now=NOW)
    assert not found.lines.exists()


def test_the_page_offers_it_to_who_may_and_asks_why(settings):
    settings.ANSINH_TODAY = date(2026, 6, 24)
    with as_maintenance():
        grant(person())
        found = month.proposed()
    page, step = reverse("payments:list", args=[found.code]), reverse("payments:step", args=[found.code, "withdraw"])
    officer = signed_in()
    assert "Rút danh sách" in officer.get(page).text and "Rút danh sách" not in signed_in(Role.ACCOUNTANT).get(page).text
    assert officer.post(step, {"note": ""}).status_code == 422
    text = officer.post(step, {"note": WHY}, follow=True).text
    assert "Danh sách này đã rút" in text and WHY in text and "Lập lại danh sách" in text and "Vì sao chênh lệch" not in text
    renewed = officer.post(reverse("payments:step", args=[found.code, "renew"]), follow=True).text
    assert "Trình ký" in renewed
    officer.post(reverse("payments:step", args=[found.code, "check"]))
    assert "Lấy lại" in officer.get(page).text and "Lấy lại" not in signed_in(Role.COMMUNE_HEAD).get(page).text
    officer.post(reverse("payments:step", args=[found.code, "recall"]), {"note": WHY})
    with as_maintenance():
        assert PaymentList.objects.get().state == "proposed"


# The command line -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("asked", "told"), [("2062-07", "Hôm nay lập được đến tháng 08/2026"), ("2016-07", "đã qua hơn một năm")]
)
def test_the_command_line_refuses_a_mistyped_month_as_the_page_does(settings, asked, told):
    settings.ANSINH_TODAY = date(2026, 6, 24)
    grant(person())
    with pytest.raises(CommandError, match=told):
        call_command("payments_run", asked, commune="12472")
    with as_maintenance():
        assert not PaymentRun.objects.exists()


def test_the_command_line_proposes_a_month_of_now(settings, capsys):
    settings.ANSINH_TODAY = date(2026, 6, 24)
    grant(person())
    call_command("payments_run", "2026-07", commune="12472")
    assert "1 dòng, 500.000 đồng, Dự kiến" in capsys.readouterr().out.replace("\xa0", " ")
