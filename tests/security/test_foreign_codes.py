"""Codes of another commune, another person or another payer, put where one's own belong: in two-part addresses and in forms."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.house.walking import addresses
from tests.security.filling import fill_commune

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, QUYNH_PHU, THAI_BINH, commune, post
from ansinh.documents.models import Paper, PaperPrint
from ansinh.dossiers.models import Dossier, Posting, PostingOpinion
from ansinh.dossiers.queries import NEXT_ACTS
from ansinh.emergency.models import AidList, Protection
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.entitlements.tests.factories import grant
from ansinh.files.models import StoredFile
from ansinh.imports.models import Batch, Row
from ansinh.localities.models import Village
from ansinh.localities.operations import add_village
from ansinh.payments.models import BudgetEntry, PaymentLine, PaymentList
from ansinh.payments.tests import factories as month
from ansinh.people.facts_catalogue import KINDS
from ansinh.people.models import Guardian, Household, Membership, Person, Relative
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in
from ansinh.people.views.acts import ACTS
from ansinh.petitions.models import Petition
from ansinh.petitions.queries import NEXT_ACTS as PETITION_ACTS
from ansinh.work.models import STEP_WORDS, Task

pytestmark = pytest.mark.django_db
WRITERS = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.CLERK)


@pytest.fixture(autouse=True)
def demo_day(settings):
    settings.ANSINH_TODAY = DAY


@pytest.fixture
def theirs(as_maintenance):
    """A row of every table in the neighbouring commune."""
    post(office=f"UBND-{QUYNH_PHU}"), post(office=f"UBND-{THAI_BINH}")
    return fill_commune(commune(THAI_BINH))


def two_part_addresses(theirs: dict) -> set[str]:
    """Every address that takes two things, with the other commune's in it."""
    values = {
        "people:change_one": [(theirs[Person].code, key) for key in [*(a.key for a in ACTS), *(k.key for k in KINDS)]],
        "payments:step": [
            (theirs[PaymentList].code, act) for act in ("check", "return", "close", "hand_over", "reconcile", "settle")
        ],
        "documents:word": [(theirs[Paper].code, str(theirs[PaperPrint].number))],
        "documents:pdf": [(theirs[Paper].code, str(theirs[PaperPrint].number))],
        "dossiers:act": [(theirs[Dossier].code, one.key) for one in NEXT_ACTS],
        "dossiers:print": [(theirs[Dossier].code, kind) for kind in ("receipt", "completion", "refusal")],
        "dossiers:conclude": [(theirs[Posting].code, str(theirs[PostingOpinion].pk))],
        "petitions:print_paper": [(theirs[Petition].code, kind) for kind in ("petition_admission", "complaint_decision")],
        "emergency:print_paper": [(theirs[AidList].code, kind) for kind in ("aid_decision", "aid_proposal", "relief_5a")],
        "emergency:number_paper": [(theirs[AidList].code, "aid_decision"), (theirs[Protection].code, "protection_decision")],
        "petitions:act": [(theirs[Petition].code, one.key) for one in PETITION_ACTS],
        "work:step": [(theirs[Task].code, act) for act in STEP_WORDS],
        "emergency:step": [
            (theirs[AidList].code, act) for act in ("review", "skip_review", "submit", "send_back", "reopen", "account")
        ],
        "imports:row": [(theirs[Batch].code, str(theirs[Row].number))],
        # Resolutions belong to the province: no commune writes or moves one, whoever's it is.
        "lawbook:add_resolution_line": [("NQ00000001", kind) for kind in ("muc-chuan", "muc-tien", "nhom")],
        "lawbook:remove_resolution_line": [("NQ00000001", "1")],
        "lawbook:move_resolution": [("NQ00000001", act) for act in ("trinh", "xac-nhan", "tra-lai", "rut")],
    }
    found = set()
    for name, path, _ in addresses():
        parts = [part for part in path.split("/") if part.startswith("<")]
        if len(parts) == 2 and not name.startswith("localities:"):
            for pair in values[name]:  # a new address of two parts must be thought of here
                filled = path
                for part, value in zip(parts, pair, strict=True):
                    filled = filled.replace(part, value, 1)
                found.add("/" + filled)
    return found


@pytest.mark.parametrize("role", WRITERS)
def test_no_address_of_two_parts_reaches_into_another_commune(theirs, role):
    paths = two_part_addresses(theirs)
    assert len(paths) > 30
    client = signed_in(role)
    for path in paths:
        assert client.get(path).status_code in (403, 404), path
        assert client.post(path, {"note": "x", "source": "x"}).status_code in (403, 404), path


def test_a_village_is_kept_by_its_own_commune(as_maintenance):
    with as_maintenance():
        village = add_village(unit=commune(THAI_BINH), name="Thôn Họ")
    client, key = signed_in(), commune(THAI_BINH).key
    asked = {"name": "Thôn Ta", "since": "01/01/2026", "act": "rename", "on": "01/12/2026"}
    for path in (f"/dia-ban/{key}/thon/", f"/dia-ban/{key}/thon/{village.id}/", f"/dia-ban/{commune().key}/thon/{village.id}/"):
        assert client.post(path, asked).status_code in (403, 404), path
    assert Village.objects.get(pk=village.pk).name == "Thôn Họ" and not Village.objects.filter(name="Thôn Ta").exists()


# In forms ------------------------------------------------------------------------------------------------------------
def test_nobody_is_written_down_in_another_commune(as_maintenance):
    with as_maintenance():
        village = add_village(unit=commune(THAI_BINH), name="Thôn Họ")
    asked = {"full_name": "Trần Văn Lạ", "sex": "male", "unit": commune(THAI_BINH).id, "source": "thử", "sure": "1"}
    assert signed_in().post("/nguoi/moi/", asked).status_code == 422
    assert signed_in().post("/nguoi/moi/", asked | {"unit": commune().id, "village": village.id}).status_code == 422
    assert (
        signed_in().post("/nhap-danh-sach/", {"unit": commune(THAI_BINH).id, "pasted": "STT\tHọ và tên\n1\tA"}).status_code == 422
    )
    with as_maintenance():
        assert not Person.objects.exists() and not Batch.objects.exists()


def test_codes_of_people_and_households_elsewhere_are_not_known(theirs, as_maintenance):
    mine = person("Trần Văn Ta")
    client, when = signed_in(), {"since": "01/01/2026", "source": "thử", "relation": "con"}
    base = f"/nguoi/{mine.code}/thay-doi"
    for kind, asked in {
        "vao-ho": {"household": theirs[Household].code},
        "giam-ho": {"name": "X", "known": theirs[Person].code},
        "nguoi-than": {"kind": "child", "known": theirs[Person].code},
        "trung": {"known": theirs[Person].code, "reason": "thử"},
    }.items():
        answer = client.post(f"{base}/{kind}/", when | asked)
        assert answer.status_code == 422 and ("Không tìm thấy" in answer.text or "Không có hộ nào" in answer.text), kind
    with as_maintenance():
        assert not Membership.objects.filter(person=mine).exists() and not Guardian.objects.filter(person=mine).exists()
        assert not Relative.objects.filter(person=mine).exists() and Person.objects.get(pk=mine.pk).same_as_id is None


def test_a_decision_changes_only_entries_of_the_person_it_is_about(as_maintenance):
    mine, other = person("Trần Văn Ta", "1940-01-01"), person("Lê Thị Kia", "1940-01-01")
    entry = grant(other)
    asked = {
        "act": "stop",
        "entry": entry.id,
        "category": entry.category,
        "coefficient": "1",
        "count": "1",
        "from_month": "12/2026",
        "reason": "x",
    }
    assert signed_in().post(f"/nguoi/{mine.code}/quyet-dinh/", asked).status_code == 422
    with as_maintenance():
        assert not Decision.objects.filter(state="draft").exists()
        assert Entitlement.objects.get(pk=entry.pk).ended_by_id is None


@pytest.mark.parametrize(
    "extra", [{"code": "NT99999999"}, {"died_on": "01/01/2020"}, {"unit_id": "1"}, {"id": "1"}, {"same_as": "1"}]
)
def test_fields_a_form_does_not_ask_are_not_taken(as_maintenance, extra):
    mine = person("Trần Văn Ta", "1940-01-01")
    before = {f.attname: getattr(mine, f.attname) for f in Person._meta.concrete_fields}
    asked = {"full_name": mine.full_name, "sex": mine.sex, "born": "01/01/1940", "source": "thử", "address": "Số 5"} | extra
    assert signed_in().post(f"/nguoi/{mine.code}/sua/", asked).status_code == 302
    with as_maintenance():
        now = Person.objects.get(code=mine.code)
    assert {name for name, value in before.items() if getattr(now, name) != value} == {"address"}


def test_the_accountant_writes_the_budget_of_the_own_commune_only(theirs, as_maintenance):
    asked = {
        "source": theirs[BudgetEntry].source_id,
        "kind": "estimate",
        "amount_vnd": "1.000.000",
        "paper": "1",
        "unit": commune(THAI_BINH).id,
    }
    signed_in(Role.ACCOUNTANT).post("/chi-tra/kinh-phi/?xa=" + str(commune(THAI_BINH).id), asked)
    with as_maintenance():
        made = BudgetEntry.objects.filter(unit=commune(THAI_BINH)).exclude(pk=theirs[BudgetEntry].pk)
        assert not made.exists()


# Payers --------------------------------------------------------------------------------------------------------------
def test_a_payer_opens_nothing_that_was_given_to_another(as_maintenance):
    grant(person(born="1940-01-01"))
    found = month.handed_over()
    with as_maintenance():
        (handover,) = found.handovers.select_related("file", "payer__office")
        line = PaymentLine.objects.first()
        scan = StoredFile.objects.get(purpose="approval")
    own, stranger = Client(), Client()
    own.force_login(month.payer().user), stranger.force_login(month.payer("NH-KHAC").user)
    page, token = f"/chi-tra/ban-giao/{handover.code}/", f"/tep/{handover.file.token}/"
    assert own.get(page).status_code == own.get(token).status_code == 200
    for path in (page, f"{page}ky-nhan/", token, f"/chi-tra/dong/{line.code}/", f"/chi-tra/{found.code}/"):
        assert stranger.get(path).status_code in (403, 404), path
        assert stranger.post(path).status_code in (403, 404, 405), path
    # What the office keeps for itself is not the payer's either.
    for path in (
        f"/tep/{scan.token}/",
        f"/chi-tra/{found.code}/",
        f"/chi-tra/dong/{line.code}/",
        "/nguoi/",
        "/so-huong/",
        "/so-lieu/",
    ):
        assert own.get(path).status_code in (403, 404), path
