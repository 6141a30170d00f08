"""What a clone keeps for itself is written whole, or made again."""

import pytest

from ansinh.project import environment


@pytest.fixture(autouse=True)
def clone(tmp_path, monkeypatch):
    monkeypatch.setenv("ANSINH_VAR", str(tmp_path))
    return tmp_path


def test_the_secret_key_is_made_once_for_its_owner_only(clone):
    made = environment._secret_key()

    assert len(made) > 60 and environment._secret_key() == made
    assert (clone / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in clone.iterdir()] == ["secret-key"]


def test_an_empty_secret_key_left_by_a_full_disk_is_made_again(clone):
    (clone / "secret-key").touch()

    made = environment._secret_key()

    assert len(made) > 60 and environment._secret_key() == made


def test_what_is_remembered_is_added_to_what_was(clone, monkeypatch):
    for name in ("ANSINH_DEMO", "ANSINH_TODAY"):
        monkeypatch.setenv(name, "")
    environment.remember({"ANSINH_DEMO": "1"})
    environment.remember({"ANSINH_TODAY": "2026-11-20"})

    assert environment._remembered() == {"ANSINH_DEMO": "1", "ANSINH_TODAY": "2026-11-20"}
