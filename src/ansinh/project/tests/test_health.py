import pytest
from django.test import RequestFactory

from ansinh.project import health


@pytest.mark.django_db
def test_a_current_database_without_a_worker_serves_but_is_not_well(client):
    answer = client.get("/suc-khoe/", {"dang": "json"})

    assert answer.status_code == 200
    assert answer.json()["serving"] is True
    assert answer.json()["ok"] is False
    assert answer.json()["checks"]["worker"]["ok"] is False
    assert answer.json()["checks"]["migrations"]["ok"] is True


@pytest.mark.django_db
def test_the_page_says_each_part_in_words(client):
    answer = client.get("/suc-khoe/")

    assert answer.status_code == 200
    assert "Cơ sở dữ liệu" in answer.text
    assert "không thấy tiến trình nào" in answer.text


@pytest.mark.django_db
def test_a_waiting_migration_means_it_cannot_serve(monkeypatch, client):
    wanted = health._wanted()
    monkeypatch.setattr(health, "_wanted", lambda: wanted | {("people", "9999_next")})

    answer = client.get("/suc-khoe/", {"dang": "json"})

    assert answer.status_code == 503
    assert answer.json()["serving"] is False


def test_a_silent_database_is_a_finding_and_not_an_error(monkeypatch):
    def silent():
        raise health.DatabaseError

    monkeypatch.setattr(health, "_migrations", silent)

    answer = health.health(RequestFactory().get("/suc-khoe/", {"dang": "json"}))

    assert answer.status_code == 503
