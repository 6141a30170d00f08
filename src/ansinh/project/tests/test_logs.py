import json
import logging
import sys

from ansinh.project.logs import PlainFormatter


def line_of(message, *args, error=None):
    record = logging.LogRecord("ansinh.test", logging.ERROR, "x.py", 1, message, args, error)
    return json.loads(PlainFormatter().format(record))


def test_query_strings_stay_out_of_the_log():
    line = line_of("Not Found: %s", "/tim/?q=nguyen+van+thu")

    assert line["message"] == "Not Found: /tim/?…"


def test_long_numbers_stay_out_of_the_log():
    assert line_of("bad row 001234567890")["message"] == "bad row …"


def test_the_text_of_an_error_stays_out_and_its_place_is_kept():
    try:
        raise ValueError("Nguyễn Văn Thử 001234567890")
    except ValueError:
        line = line_of("broke", error=sys.exc_info())

    assert line["error"]["kind"] == "ValueError"
    assert "test_logs.py" in line["error"]["where"][-1]
    assert "Thử" not in json.dumps(line, ensure_ascii=False)


def test_details_of_the_database_stay_out():
    line = line_of("duplicate key\nDETAIL:  Key (number)=(0012) already exists.")

    assert line["message"] == "duplicate key"
