"""Two editors at once: nobody loses an edit, nobody waits without being told."""

import threading

import pytest
from django.db import connection, connections
from django.test import Client

from apps.desk.tests.conftest import (
    Member,
    a_published_operation,
    a_source,
    address,
    cite,
    errors,
    filled,
    newest,
)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed_db")]


def test_the_second_of_two_editors_is_told_and_may_save_over_the_first(
    desk: Client, member: Member
) -> None:
    operation = a_published_operation()
    theirs, mine = desk, member("Reviewer")
    opened = filled(theirs.get(address(operation)))
    also_opened = filled(mine.get(address(operation)))
    theirs.post(address(operation), opened | {"note": "Theirs", "reason": "Because"})
    page = mine.post(address(operation), also_opened | {"note": "Mine"})
    (told, advice) = errors(page)["__all__"]
    assert "by root" in told
    assert f"(revision {newest().number}, “Because”): editorial note." in told
    assert "Save again" in advice
    assert filled(page)["note"] == "Mine"
    assert mine.post(address(operation), filled(page)).status_code == 302
    operation.refresh_from_db()
    assert operation.note == "Mine"


def test_a_change_below_the_record_is_a_change_too(desk: Client) -> None:
    operation = a_published_operation()
    opened = filled(desk.get(address(operation)))
    cite(operation=operation, source=a_source(), excerpt="more", publication="draft")
    page = desk.post(address(operation), opened | {"note": "Mine"})
    assert "citation" in errors(page)["__all__"][0]


def test_a_row_that_somebody_else_removed_meanwhile_is_told_and_can_be_let_go(
    desk: Client,
) -> None:
    operation = a_published_operation()
    extra = cite(operation=operation, source=a_source(), excerpt="more")
    opened = filled(desk.get(address(operation)))
    extra.delete()
    page = desk.post(address(operation), opened | {"note": "Mine"})
    assert "citation" in errors(page)["__all__"][0]
    row = next(name for name, value in opened.items() if str(value) == "more").split("-")[1]
    gone = {f"citations-{row}-DELETE": "on"}
    assert desk.post(address(operation), filled(page) | gone).status_code == 302
    operation.refresh_from_db()
    assert operation.note == "Mine"


def test_a_writer_who_does_not_finish_makes_others_wait_with_a_message_and_loses_nothing(
    desk: Client,
) -> None:
    operation = a_published_operation()
    opened = filled(desk.get(address(operation)))
    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        with connections["default"].cursor() as cursor:
            cursor.execute("BEGIN; SELECT public.revisions_lock()")
            locked.set()
            done.wait(30)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert locked.wait(10)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        page = desk.post(address(operation), opened | {"note": "Mine"})
    finally:
        done.set()
        holder.join()
        connection.close()
    assert "Somebody else is saving" in errors(page)["__all__"][0]
    assert filled(page)["note"] == "Mine"
