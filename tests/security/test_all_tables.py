"""Every table of the database is named here, and those with data of people stand behind row security."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, connection

from ansinh.database import roles
from ansinh.database.acting import acting_as
from ansinh.database.security import LIBRARY_PREFIXES, secured_models

pytestmark = pytest.mark.django_db

PERSONAL = {
    "documents_numbering", "documents_numberseries", "documents_outgoingentry", "documents_paper", "documents_paperprint",
    "documents_papertemplate", "documents_signedfile",
    "dossiers_dossier", "dossiers_dossierpaper", "dossiers_dossierstep", "dossiers_posting", "dossiers_postingline",
    "dossiers_postingopinion",
    "emergency_aidline", "emergency_aidlinestep", "emergency_aidlist", "emergency_aidliststep", "emergency_fundentry",
    "emergency_protection", "emergency_relieffund", "emergency_supplyentry",
    "entitlements_decision", "entitlements_decisionitem", "entitlements_entitlement", "entitlements_suspension",
    "entitlements_transitionline",
    "files_storedfile", "imports_batch", "imports_row",
    "payments_budgetentry", "payments_handover", "payments_listsource", "payments_liststep", "payments_payerreturn",
    "payments_paymentlist", "payments_paymentline", "payments_recoveryplan", "payments_repayment", "payments_stoprequest",
    "people_bankaccount", "people_birthruling", "people_circumstance", "people_duplicatepair", "people_guardian", "people_household",
    "people_householdcircumstance", "people_membership", "people_othername", "people_othernumber", "people_payee",
    "people_person", "people_relative", "people_residence", "petitions_petition", "petitions_petitionsender", "petitions_petitionstep",
    "watch_correction", "watch_watchitem",
    "work_dutyentry", "work_notice", "work_task", "work_taskstep",
}  # fmt: skip
# Nobody has a right to these; functions of the database alone reach them.
SHUT = {"people_knownname"}
# No data of beneficiaries inside, and why.
PLAIN = {
    "access_absence": "who of the staff is away", "access_competence": "who decides what", "access_office": "bodies", "access_officesuccession": "bodies",
    "access_mandate": "who of the staff signs for whom", "documents_trustroot": "certificates of issuers",
    "access_post": "posts of staff", "access_session": "browsers logged in", "access_user": "staff who log in", "jobs_job": "keys and counts only",
    "emergency_occasion": "events and rounds of gifts", "journal_entry": "append-only; its own readers", "journal_readevent": "append-only; its own readers",
    "lawbook_confirmation": "answers about the law", "lawbook_holidaylist": "days off", "lawbook_resolution": "what the province lays over the law",
    "lawbook_resolutioneffect": "counts, and keys of examples", "lawbook_resolutionline": "what the province lays over the law",
    "lawbook_resolutionstep": "who moved a resolution", "localities_succession": "places", "localities_unit": "places",
    "localities_village": "places", "payments_budgetsource": "sources of money", "payments_cutoff": "days of the month",
    "payments_payer": "bodies that pay", "payments_payercontract": "bodies that pay", "payments_paymentrun": "a month",
}  # fmt: skip
STAFF = {"access_user"}
_NAMES_SOMEBODY = re.compile(r"full_name|personal_number|holder|guardian_name|payee|account_number|telephone|born_on|raw$")


def rows(statement: str, *arguments) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchall()


def tables() -> set[str]:
    return {
        name
        for (name,) in rows("SELECT relname FROM pg_class WHERE relkind IN ('r','p') AND relnamespace = 'public'::regnamespace")
    }


def leads_to_people() -> set[str]:
    """Tables from which foreign keys, over any number of steps, come to a person."""
    found = rows(
        """
        WITH RECURSIVE keys AS (SELECT conrelid AS here, confrelid AS there FROM pg_constraint WHERE contype = 'f'),
        reach(here) AS (SELECT 'people_person'::regclass::oid UNION SELECT k.here FROM keys k JOIN reach r ON k.there = r.here)
        SELECT c.relname FROM reach JOIN pg_class c ON c.oid = reach.here
        """
    )
    return {name for (name,) in found}


def unaccounted(found: set[str], reaching: set[str], naming: set[str]) -> set[str]:
    """Tables nobody has thought of, or that reach or name people and are not walled in."""
    own = {table for table in found if not table.startswith(LIBRARY_PREFIXES)}
    return (own - PERSONAL - SHUT - PLAIN.keys()) | ((reaching | naming) - PERSONAL - SHUT - STAFF)


def naming_people() -> set[str]:
    found = rows("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
    return {table for table, column in found if _NAMES_SOMEBODY.search(column) and not table.startswith(LIBRARY_PREFIXES)}


def test_every_table_is_accounted_for_and_none_with_people_is_forgotten(as_maintenance):
    with as_maintenance():
        naming = naming_people()
    assert "people_person" in naming and "imports_row" in naming
    assert unaccounted(tables(), leads_to_people(), naming) == set()
    assert (PERSONAL | SHUT | PLAIN.keys()) - tables() == set()


def test_a_forgotten_table_would_be_found():
    new = {"poverty_review"}
    assert unaccounted(tables() | new, leads_to_people(), set()) == new
    assert unaccounted(tables(), leads_to_people() | {"payments_payer"}, set()) == {"payments_payer"}
    assert unaccounted(tables(), set(), {"jobs_job"}) == {"jobs_job"}


def test_what_the_models_declare_is_the_same_list():
    assert {m._meta.db_table for m in secured_models() if m.security.personal} == PERSONAL


def test_row_security_is_on_for_each_of_them_in_the_database():
    on = {name for (name,) in rows("SELECT relname FROM pg_class WHERE relrowsecurity")}
    assert PERSONAL - on == set()


def test_every_policy_is_for_one_role_of_ours_and_none_escapes():
    found = rows("SELECT tablename, roles, qual, coalesce(with_check, qual) FROM pg_policies WHERE schemaname = 'public'")
    assert {table for table, *_ in found} == PERSONAL
    for table, named, using, check in found:
        assert len(named) == 1 and named[0] in roles.GROUPS, table
        assert not re.search(r"\bOR\b", f"{using} {check}"), table
        if named[0] in (roles.COMMUNE, roles.PAYER):
            assert using != "true", table


def test_the_application_without_a_role_has_no_right_to_any_of_them():
    for table in PERSONAL | SHUT:
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"):
            ((may,),) = rows("SELECT has_table_privilege(%s, %s, %s)", roles.APP, table, right)
            assert not may, f"{right} on {table}"


def test_nobody_has_a_right_to_the_dictionary_of_names():
    for role in (*roles.GROUPS, roles.APP):
        ((may,),) = rows("SELECT has_table_privilege(%s, 'people_knownname', 'SELECT, INSERT, UPDATE, DELETE')", role)
        assert not may, role


def test_the_log_in_of_the_application_owns_nothing_and_is_no_superuser():
    ((superuser, bypass, inherit),) = rows(
        "SELECT rolsuper, rolbypassrls, rolinherit FROM pg_roles WHERE rolname = %s", roles.APP
    )
    assert (superuser, bypass, inherit) == (False, False, False)
    assert rows("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = %s", roles.APP) == []


# Doors between communes ----------------------------------------------------------------------------------------------
_WORKING = {roles.COMMUNE, roles.PROVINCE, roles.SYSTEM, roles.MAINTENANCE}
_EVERYBODY = {roles.APP, *roles.GROUPS}
DOORS = {
    # masked name, birth year, commune; the caller journals match_across
    "people_match": _WORKING | {roles.AUDITOR},
    # hands a person over; the caller journals move
    "people_move": _WORKING,
    # ids of people of the session's own units; row security is asked again outside
    "people_named": {roles.COMMUNE},
    # names alone, no person
    "people_names_with": _WORKING | {roles.AUDITOR},
    "people_names_like": _WORKING | {roles.AUDITOR},
    # counts of the register: how many people, how many of a name
    "people_register_size": _WORKING, "people_name_counts": _WORKING,
    # amounts and papers of people one sees, whoever paid them before
    "payments_past": _WORKING, "payments_first_months": _WORKING, "payments_papers": _WORKING,
    # amounts of a signed recovery of people one sees or that one's commune decided, and who pays it back
    "payments_settled": _WORKING | {roles.AUDITOR}, "payments_terms": _WORKING,
    # who is owed the month alone, and their lines: people of places one sees
    "payments_plain": _WORKING, "payments_plain_lines": _WORKING,
    # number, day and commune of decisions behind entries of people one sees; signed arrears and recoveries of people one sees
    "entitlements_papers": _WORKING | {roles.AUDITOR}, "entitlements_decided": _WORKING,
    # who heads a poor household of one's places on a day; who lived there that day and moved since (name, birth); in which commune a
    # subject stands on a list of the same round of gifts
    "emergency_heads": _WORKING | {roles.AUDITOR}, "emergency_moved_since": _WORKING | {roles.AUDITOR},
    "emergency_listed_elsewhere": _WORKING | {roles.AUDITOR},
    # adds an entry, adds a read, seals reads
    "journal_append": _EVERYBODY, "journal_read": _EVERYBODY, "journal_seal": {roles.APP, roles.SYSTEM, roles.MAINTENANCE},
    "journal_seal_digest": set(),
    # triggers: nobody calls them
    "people_learn_name": set(), "people_learn_renamed": set(), "payments_line_is_frozen": set(),
    "payments_decision_is_paid": set(), "payments_line_is_signed": set(), "payments_source_is_signed": set(),
    "payments_lines_are_welcome": set(), "payments_write_off_fits": set(),
    "payments_named_by_lines": set(),
}  # fmt: skip
_SEES_ALL = "prosecdef AND pronamespace = 'public'::regnamespace AND proname NOT LIKE 'procrastinate%%'"


def test_every_function_that_sees_all_is_known_and_fixes_its_path():
    found = rows(f"SELECT proname, proconfig FROM pg_proc WHERE {_SEES_ALL}")
    assert {name for name, _ in found} == DOORS.keys()
    assert [name for name, settings in found if "search_path=public, pg_temp" not in (settings or [])] == []


def test_each_of_them_may_be_called_by_its_roles_alone():
    found = rows(
        "SELECT p.proname, r.rolname FROM pg_proc p CROSS JOIN pg_roles r "
        f"WHERE {_SEES_ALL} AND r.rolname = ANY (%s) AND has_function_privilege(r.oid, p.oid, 'EXECUTE')",
        [*roles.GROUPS, roles.APP],
    )
    callers: dict[str, set[str]] = {name: set() for name in DOORS}
    for name, role in found:
        callers[name].add(role)
    assert callers == DOORS


@pytest.mark.parametrize("role", [roles.PAYER, roles.FACILITY, roles.AUDITOR, roles.ADMIN])
def test_a_role_that_keeps_no_register_hands_nobody_over(role):
    with pytest.raises(DatabaseError, match="permission denied for function people_move"), acting_as(role):
        rows("SELECT people_move(1, 1, '2026-11-01', '', '', now())")


@pytest.mark.parametrize("role", [roles.PAYER, roles.FACILITY, roles.ADMIN])
def test_neither_a_payer_nor_a_facility_nor_the_administrator_asks_for_names(role):
    with pytest.raises(DatabaseError, match="permission denied for function people_names_like"), acting_as(role):
        rows("SELECT * FROM people_names_like('nguyen', 50)")
