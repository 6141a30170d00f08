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


NAME, NUMBER = "Nguyễn Văn Thử", "034150000123"


def test_words_searched_for_stay_out_of_the_log_of_the_site(client, caplog, db):
    handler = caplog.handler
    handler.setFormatter(PlainFormatter())
    with caplog.at_level(logging.INFO):
        client.get("/khong-co/", {"q": NAME, "so": NUMBER})
        client.get(f"/khong-co/{NUMBER}/")

    said = "\n".join(PlainFormatter().format(record) for record in caplog.records)
    assert "Not Found: /khong-co/" in said
    assert NUMBER not in said
    assert "Thử" not in said
    assert "Th%E1%BB%AD" not in said


def test_a_name_in_the_path_stays_out():
    assert "Th" not in line_of("Not Found: %s", "/nguoi/Nguyễn-Văn-Thử/")["message"].replace("Not Found", "")
    assert "%C4" not in line_of("Not Found: %s", "/tim/Nguy%E1%BB%85n%20V%C4%83n/")["message"]
    assert line_of("Not Found: %s", "/chi-tra/DS00000012/")["message"] == "Not Found: /chi-tra/DS00000012/"


def test_parameters_of_sql_stay_out_of_an_error(db):
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::int", [NAME])
    except DatabaseError:
        line = line_of("broke", error=sys.exc_info())

    told = json.dumps(line, ensure_ascii=False)
    assert line["error"]["sqlstate"] == "22P02"
    assert "Thử" not in told
    assert "SELECT" not in told


def test_a_slow_or_debugged_query_is_not_logged_with_its_parameters():
    from django.conf import settings

    assert settings.LOGGING["loggers"]["django.db.backends"]["level"] == "INFO"
