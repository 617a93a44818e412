"""The log tells what happened, never who asked or what for, and a line stays a line."""

import json
import logging

import pytest

from sahelref import logs

ADDRESS, SOUGHT = "198.51.100.77", "aname"


@pytest.fixture
def logged(caplog, client, db):
    """Ask something, and return the records of the log."""
    caplog.set_level(logging.INFO)

    def ask(path):
        client.get(path, REMOTE_ADDR=ADDRESS, headers={"user-agent": "Browser"})
        return [record for record in caplog.records if logs.without_traces_of_clients(record)]

    return ask


@pytest.mark.parametrize("formatter", [logs.Json(), logs.Lines("{message}", style="{")])
def test_a_request_is_logged_without_who_asked_and_what_for(logged, formatter):
    lines = [formatter.format(record) for record in logged(f"/search/?q={SOUGHT}")]
    said = "\n".join(lines)
    assert "GET /search/ 200" in said
    assert not [secret for secret in (ADDRESS, SOUGHT, "Browser") if secret in said]


def test_programs_get_an_object_a_line(logged):
    told = json.loads(logs.Json().format(logged("/operations/")[-1]))
    assert (told["method"], told["path"], told["status"]) == ("GET", "/operations/", 200)
    assert told["milliseconds"] >= 0


def test_a_wrong_question_leaves_no_trace_of_the_code(logged):
    records = logged("/operations/?statu=x")
    assert [record.exc_info for record in records] == [None] * len(records)


def test_nobody_can_write_a_line_of_his_own(logged):
    for record in logged("/operations/%0a2026-01-01 CRITICAL root: forged%1b[2J/"):
        for formatter in (logs.Lines("{message}", style="{"), logs.Json()):
            assert "\n" not in formatter.format(record)
            assert "\x1b" not in formatter.format(record)


def test_what_is_too_long_is_cut(logged):
    assert max(len(logs.Lines().format(record)) for record in logged("/" + "x" * 3000)) < 600


def test_a_fault_of_ours_keeps_its_trace():
    try:
        raise ZeroDivisionError
    except ZeroDivisionError as error:
        record = logging.LogRecord("x", 40, "x", 1, "it broke", (), (type(error), error, None))
    assert logs.without_traces_of_clients(record)
    assert "ZeroDivisionError" in json.loads(logs.Json().format(record))["trace"]
