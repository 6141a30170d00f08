import pytest

from ansinh.kernel.errors import InvalidInput
from ansinh.project import cli


def test_an_unknown_command_is_said_so_in_vietnamese_with_the_list(capsys):
    assert cli.main(["tra-luong"]) == 2

    said = capsys.readouterr().err
    assert "Không có lệnh “tra-luong”" in said
    assert "ansinh payments run" in said


def test_help_lists_every_act_and_ends_well(capsys):
    assert cli.main(["--help"]) == 0

    said = capsys.readouterr().out
    assert all(" ".join(act.words) in said for act in cli.ACTS)


def test_a_refusal_is_one_sentence_without_traceback(monkeypatch, capsys):
    def refuse(arguments):
        raise InvalidInput("Tháng không hợp lệ.")

    monkeypatch.setattr(cli, "ACTS", (cli.Act(("refuse",), "thử", refuse),))

    assert cli.main(["refuse"]) == 1
    assert capsys.readouterr().err == "Không thực hiện được: Tháng không hợp lệ.\n"


def test_a_database_that_does_not_answer_is_said_without_traceback(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://ansinh_app@/ansinh?host={tmp_path}")
    monkeypatch.setenv("OWNER_DATABASE_URL", f"postgresql://ansinh_owner@/ansinh?host={tmp_path}")

    assert cli.main(["backup", str(tmp_path / "x.tar")]) == 1

    said = capsys.readouterr().err
    assert said.startswith("Không kết nối được cơ sở dữ liệu")
    assert "Traceback" not in said


@pytest.mark.parametrize("words", [act.words for act in cli.ACTS])
def test_no_command_hides_another(words):
    table = [act.words for act in cli.ACTS]
    earlier = table[: table.index(words)]

    assert not any(words[: len(other)] == other for other in earlier)
