"""The page of a dossier: in every state and for every reader, what comes next, the clock and what is unsure about it, the law."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers import operations
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.tests.factories import act, dossier, fresh
from ansinh.entitlements.models import Decision
from ansinh.entitlements.tests.factories import grant
from ansinh.journal.models import ReadEvent
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import division, signed_in

pytestmark = pytest.mark.django_db
READERS = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.CLERK, Role.ONE_STOP, Role.ACCOUNTANT)
SEVERE = {"disability": {"value": "severe", "since": "2026-11-02"}}


@pytest.fixture(autouse=True)
def today(settings):
    settings.ANSINH_TODAY = DAY


def page(made: Dossier, client=None) -> str:
    answer = (client or signed_in()).get(reverse("web:dossier", args=[made.code]))
    assert answer.status_code == 200
    return answer.content.decode()


def doors(made: Dossier, role: str = Role.COMMUNE_OFFICER) -> set[str]:
    """The last parts of the addresses of acts the page offers."""
    text = page(made, signed_in(role))
    own = f"/ho-so/{made.code}/"
    found = re.findall(rf'href="{own}([^"]*)"', text) + re.findall(rf'action="{own}(viec/[^"]*)"', text)
    return {part.removeprefix("viec/").strip("/") for part in found}


@pytest.mark.parametrize(
    "state",
    [
        "writing",
        "received",
        "incomplete",
        "verifying",
        "awaiting_signature",
        "returned",
        "decided",
        "refused",
        "delivered",
        "withdrawn",
    ],
)
def test_it_stands_in_every_state_for_every_reader(state):
    made = dossier(state)
    for client in (*(signed_in(role) for role in READERS), division(Role.DIVISION_HEAD)):
        assert made.get_state_display() in page(made, client)


def test_another_commune_finds_nothing():
    made = dossier("received")
    answer = signed_in(office="UBND-13225").get(reverse("web:dossier", args=[made.code]))
    assert answer.status_code == 404


def test_it_offers_what_the_post_may_do_now():
    made = dossier("received")
    assert doors(made) == {"to-khai", "xac-minh", "bo-sung", "giay-to", "giao", "rut"}
    assert doors(made, Role.ONE_STOP) == {"to-khai", "bo-sung", "giay-to", "rut"}
    assert doors(made, Role.CLERK) == set()


def test_what_asks_nothing_is_done_by_its_button():
    made = dossier("received")
    text = page(made)
    form = re.search(rf'action="(/ho-so/{made.code}/viec/xac-minh/)".*?name="seen" value="(\d+)"', text, re.DOTALL)
    assert signed_in().post(form[1], {"seen": form[2]}).url == reverse("web:dossier", args=[made.code])
    assert fresh(made).state == "verifying"
    assert signed_in().post(form[1], {"seen": form[2]}).status_code == 302 and fresh(made).state == "verifying"  # pressed twice


def test_declared_facts_come_before_the_proposal():
    made = dossier("verifying")
    with as_maintenance():
        operations.declare(dossier=made, facts=SEVERE, by=post(), now=made.opened_at)
    assert "trinh-ky" not in doors(made) and "ghi-so" in doors(made)
    assert "Nặng" in page(made)
    with as_maintenance():
        operations.accept_declaration(dossier=made, by=post(), now=made.opened_at)
    assert "trinh-ky" in doors(made) and "ghi-so" not in doors(made)


def test_the_clock_says_what_is_left_and_what_is_unsure():
    text = page(dossier("verifying"))
    assert "Còn 7 ngày làm việc, hạn trả 01/12/2026" in text and "Chưa rõ ngày 24/11/2026" in text
    assert "Quá hạn 2 ngày làm việc (hạn 18/11/2026)" in page(
        dossier("verifying", whose=person("Người Trễ"), received_on=date(2026, 11, 9))
    )
    assert "còn 7 ngày làm việc khi bổ sung đủ" in page(dossier("incomplete", whose=person("Người Thiếu")))
    stop = dossier("verifying", whose=person("Người Thôi"), procedure="allowance_stop", case="own_wish")
    assert "chưa được xác nhận với văn bản" in page(stop)


def test_the_law_is_told_to_those_who_decide_and_an_illness_looked_at_is_noted():
    made = dossier("verifying", whose=person(facts={"hiv": True}))
    assert "Vì sao" in page(made)
    assert "Vì sao" not in page(made, signed_in(Role.ACCOUNTANT))
    with as_maintenance():
        assert ReadEvent.objects.filter(act="read_sensitive", key=made.person.code).count() == 1


def test_the_decision_is_proposed_from_the_dossier_with_the_law_beside():
    made = dossier("verifying", whose=person("Đỗ Thị Mùi", "1985-03-02", facts={"disability": "severe"}))
    url = reverse("entitlements:propose", args=[made.code])
    text = signed_in().get(url).content.decode()
    assert "810.000" in text and "Soạn và trình ký" in text
    given = {
        "act": "grant",
        "category": "DISABLED_SEVERE",
        "coefficient": "1,5",
        "count": "1",
        "from_month": "11/2026",
        "reason": "Khoản 6",
    }
    assert signed_in().post(url, given | {"seen": "1"}).status_code == 422  # somebody acted since
    with as_maintenance():
        seen = made.steps.order_by("-id").first().pk
    answer = signed_in().post(url, given | {"seen": seen})
    with as_maintenance():
        draft = Decision.objects.get(dossier=made)
        assert answer.url == reverse("entitlements:paper", args=[draft.code])  # what comes next is to print it
        assert (draft.origin, draft.state, draft.items.get().amount_vnd) == ("dossier", "draft", 810_000)
    assert fresh(made).state == "awaiting_signature"
    assert reverse("entitlements:decision", args=[draft.code]) in page(made)
    paper = signed_in().get(reverse("entitlements:decision", args=[draft.code])).content.decode()
    assert reverse("web:dossier", args=[made.code]) in paper
    assert signed_in().get(url).url == reverse("entitlements:paper", args=[draft.code])  # pressed twice
    assert signed_in(Role.CLERK).get(url).status_code == 403


def test_a_stop_is_proposed_for_what_runs():
    who = person("Vũ Thị Thôi", "1940-01-01")
    entry = grant(who)
    made = dossier("verifying", whose=who, procedure="allowance_stop", case="own_wish")
    url = reverse("entitlements:propose", args=[made.code])
    assert signed_in().get(url).context_data["form"].initial["act"] == "stop"
    answer = signed_in().post(url, {"act": "stop", "entry": str(entry.id), "from_month": "12/2026", "reason": "Tự nguyện"})
    assert answer.status_code == 302 and fresh(made).state == "awaiting_signature"


def test_the_answer_and_whether_it_was_on_time_is_said():
    assert "Đúng hạn" in page(dossier("delivered"))
    late = dossier("awaiting_signature", whose=person("Người Trễ"), received_on=date(2026, 11, 9))
    with as_maintenance():
        late = act("decide", late)
    assert "9/QĐ-UBND" in page(late) and "tag--late" in page(late)


def test_a_dossier_is_found_by_either_code_and_stands_on_the_page_of_its_person():
    made = dossier("received")
    url = reverse("web:dossier", args=[made.code])
    assert signed_in().get(reverse("web:search"), {"q": made.code}).url == url
    assert url in signed_in().get(reverse("web:person", args=[made.person.code])).content.decode()
