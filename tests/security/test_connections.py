"""A pooled connection carries nothing to the next request; what is read after the request is read by nobody."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import RequestFactory

from ansinh.access.acting import as_post
from ansinh.access.middleware import ActAsPost
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, QUYNH_PHU, THAI_BINH, commune, post
from ansinh.database import roles
from ansinh.database.acting import acting_as
from ansinh.people.models import Person
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db


def state() -> tuple[str, str, str]:
    """Role and scope this connection has now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, coalesce(current_setting('ansinh.units', true), ''), "
            "coalesce(current_setting('ansinh.office', true), '')"
        )
        return cursor.fetchone()


def request_of(holder):
    request = RequestFactory().get("/")
    request.user, request.session = holder.user, {}
    return request


def through_the_middleware(holder, view) -> HttpResponse:
    return ActAsPost(view)(request_of(holder))


@pytest.mark.django_db(transaction=True)
def test_after_a_request_the_same_connection_is_nobody_again():
    officer = post()
    person(unit=commune(QUYNH_PHU))
    inside = {}

    def view(request):
        inside["state"], inside["people"] = state(), Person.objects.count()
        return HttpResponse()

    pid = connection.connection.info.backend_pid if connection.connection else None
    through_the_middleware(officer, view)
    assert inside["state"][0] == roles.COMMUNE and inside["people"] == 1
    assert connection.connection.info.backend_pid == (pid or connection.connection.info.backend_pid)
    assert state() == (roles.APP, "", "")
    with pytest.raises(DatabaseError, match="permission denied"):
        Person.objects.count()


@pytest.mark.django_db(transaction=True)
def test_after_a_request_that_failed_the_connection_is_nobody_too():
    def view(request):
        raise RuntimeError("broken view")

    with pytest.raises(RuntimeError):
        through_the_middleware(post(), view)
    assert state() == (roles.APP, "", "")


@pytest.mark.django_db(transaction=True)
def test_a_stream_read_after_the_request_sees_nothing():
    person(unit=commune(QUYNH_PHU))

    def view(request):
        return StreamingHttpResponse(str(found.id) for found in Person.objects.iterator())

    response = through_the_middleware(post(), view)
    with pytest.raises(DatabaseError, match="permission denied"):
        list(response.streaming_content)


@pytest.mark.django_db(transaction=True)
def test_a_template_is_rendered_inside_the_role():
    person("Lê Thị Năm", unit=commune(QUYNH_PHU))
    page = engines["django"].from_string("{% for one in people %}{{ one.full_name }}{% endfor %}")

    def view(request):
        return TemplateResponse(request, page, {"people": Person.objects.all()})

    assert through_the_middleware(post(), view).content.decode() == "Lê Thị Năm"


def test_a_post_within_a_post_gives_back_what_was_before():
    ours, theirs = post(office=f"UBND-{QUYNH_PHU}"), post(office=f"UBND-{THAI_BINH}")
    with as_post(ours, on=DAY):
        before = state()
        with as_post(theirs, on=DAY):
            assert state() != before
        assert state() == before
        with pytest.raises(RuntimeError), as_post(theirs, on=DAY):
            raise RuntimeError
        assert state() == before


def test_a_scope_is_text_of_numbers_and_an_unknown_role_is_no_role():
    with pytest.raises(ValueError, match="not a role"), acting_as("postgres"):
        pass
    with pytest.raises(ValueError), acting_as(roles.COMMUNE, units=["1} OR true --"]):
        pass


def test_no_setting_at_all_shows_no_row(as_maintenance):
    person(unit=commune(QUYNH_PHU))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {roles.COMMUNE}")
        assert Person.objects.count() == 0
        cursor.execute("SET LOCAL ROLE NONE")


def test_a_scope_covers_the_commune_and_what_came_into_it_but_not_its_neighbour(as_maintenance):
    from ansinh.localities.models import Unit

    old = Unit.objects.get(name="Thị trấn Quỳnh Côi", period__contains=date(2024, 1, 1))
    there = person("Trần Văn Cũ", unit=old, by=post())
    with as_post(post(), on=DAY):
        assert Person.objects.filter(pk=there.pk).exists()
    with as_post(post(office=f"UBND-{THAI_BINH}"), on=DAY):
        assert not Person.objects.filter(pk=there.pk).exists()


# Doors between communes ----------------------------------------------------------------------------------------------
def test_matching_across_communes_gives_a_masked_name_a_year_and_a_commune():
    from ansinh.people.tests.factories import person as somebody

    theirs = somebody("Nguyễn Thị Hoa", "1950-03-08", unit=commune(THAI_BINH), by=post(office=f"UBND-{THAI_BINH}"))
    with as_post(post(), on=DAY), connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, code, number_tail, birth_year, unit_name, in_scope FROM people_match(%s::jsonb, %s::bigint[])",
            # Asking for another commune's units does not open them.
            ['[{"row": 1, "name": "Nguyễn Thị Hoa", "born": "1950-03-08"}]', [commune(QUYNH_PHU).id, commune(THAI_BINH).id]],
        )
        (found,) = cursor.fetchall()
    assert found[0] == "N. T. Hoa"
    assert found[1:] == ("", "", 1950, commune(THAI_BINH).name, False)
    assert theirs.full_name not in found


def test_a_commune_does_not_hand_over_somebody_who_is_not_its_own():
    theirs = person(unit=commune(THAI_BINH), by=post(office=f"UBND-{THAI_BINH}"))
    with as_post(post(Role.COMMUNE_OFFICER), on=DAY), connection.cursor() as cursor:
        cursor.execute("SELECT people_move(%s, %s, '2026-11-01', 'thử', 'thử', now())", [theirs.id, commune(QUYNH_PHU).id])
        assert cursor.fetchone() == (False,)
