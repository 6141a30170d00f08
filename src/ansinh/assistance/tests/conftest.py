import pytest

from ansinh.access.acting import as_post
from ansinh.access.tests.factories import DAY, post


@pytest.fixture
def desk(db):
    """The test acts as the officer of Quỳnh Phụ, under the rights of that post."""
    officer = post()
    with as_post(officer, on=DAY):
        yield officer
