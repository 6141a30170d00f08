import pytest
from django.db import connection
@pytest.mark.django_db
def test_a(as_maintenance):
    with connection.cursor() as c:
        c.execute("select current_user"); assert c.fetchone()[0]=="ansinh_app"
        with as_maintenance():
            c.execute("select current_user, count(*) from people_person"); assert c.fetchone()[0]=="ansinh_maintenance"
@pytest.mark.django_db(transaction=True)
def test_b():
    with connection.cursor() as c:
        c.execute("select current_database()"); print(c.fetchone())
@pytest.mark.django_db(transaction=True)
def test_c():
    with connection.cursor() as c:
        c.execute("select current_database()"); print(c.fetchone())
