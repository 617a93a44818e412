"""A clock of the database that jumps: the order of revisions is that of their numbers."""

from datetime import UTC, datetime

import pytest
from django.db import connections
from django.test import Client

from apps.records.models import Operation
from apps.revisions.models import Revision
from apps.revisions.tests.conftest import newest
from apps.revisions.verification import faults

FUNCTIONS = ("revisions_open", "revisions_close")


def jump(interval):
    """Let the functions that date revisions read a clock that is wrong by `interval`."""
    with connections["owner"].cursor() as cursor:
        for name in FUNCTIONS:
            cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [f"public.{name}"])
            (text,) = cursor.fetchone()
            assert "clock_timestamp()" in text
            wrong = f"(clock_timestamp() + interval '{interval}')"
            cursor.execute(text.replace("clock_timestamp()", wrong).replace("%", "%%"), [])


def put_right(texts):
    with connections["owner"].cursor() as cursor:
        for text in texts:
            cursor.execute(text.replace("%", "%%"), [])


@pytest.fixture
def true_clock(committed_db):
    """Give the functions as they are, to put the clock right with."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = ANY(%s)", [list(FUNCTIONS)]
        )
        return [text for (text,) in cursor.fetchall()]


def edit(sabre, words):
    """Write `words` and return the number of the revision."""
    Operation.objects.filter(pk=sabre.pk).update(mandate=words)
    return newest()


def read(as_of):
    return Client().get("/api/v1/operations/sabre/", {"as_of": as_of}).json()["mandate"]


@pytest.mark.parametrize("interval", ["-1 year", "1 year", "-3 seconds"])
def test_numbers_and_dates_go_on_in_one_order_and_every_state_can_be_read(
    true_clock, sabre, interval
):
    first = edit(sabre, "before")
    jump(interval)
    second = edit(sabre, "while it was wrong")
    put_right(true_clock)
    third = edit(sabre, "when it was right again")

    assert (second, third) == (first + 1, first + 2)
    dates = list(Revision.objects.order_by("number").values_list("made_at", flat=True))
    assert dates == sorted(set(dates))
    assert [read(number) for number in (first, second, third)] == [
        "before",
        "while it was wrong",
        "when it was right again",
    ]
    assert list(faults()) == []


def test_what_was_said_of_a_moment_is_said_of_it_after_a_clock_was_fast(true_clock, sabre):
    """Of one that was slow too, but for moments later than it showed: see docs/revisions.md."""
    edit(sabre, "before")
    moment = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    jump("1 year")
    edit(sabre, "while it was wrong")
    put_right(true_clock)
    edit(sabre, "when it was right again")
    assert read(moment) == "before"


def test_a_reader_who_knows_the_date_of_a_wrong_clock_is_given_what_is_new(true_clock, sabre):
    jump("1 year")
    edit(sabre, "while it was wrong")
    client = Client()
    dated = client.get("/api/v1/operations/sabre/").headers["Last-Modified"]
    put_right(true_clock)
    edit(sabre, "when it was right again")
    edit(sabre, "and once more")
    again = client.get("/api/v1/operations/sabre/", headers={"If-Modified-Since": dated})
    assert (again.status_code, again.json()["mandate"]) == (200, "and once more")
