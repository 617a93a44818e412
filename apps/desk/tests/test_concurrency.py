"""Two editors at once: nobody loses an edit, nobody waits without being told."""

import threading
from typing import Any

import pytest
from django.db import connection, connections, transaction
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
from apps.records.models import Statement
from apps.records.tests.test_early_revisions import LATER, load
from tests.faults.figures import note

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


@pytest.mark.parametrize("rounds", [5, pytest.param(100, marks=pytest.mark.faults)])
def test_of_two_who_save_at_the_same_moment_one_is_told(
    desk: Client, member: Member, rounds: int
) -> None:
    operation = a_published_operation()
    editors = {"Theirs": desk, "Mine": member("Reviewer")}
    for number in range(rounds):
        forms = {who: filled(each.get(address(operation))) for who, each in editors.items()}
        answers = saved_at_once(editors, address(operation), forms, f" {number}")
        (first,) = [who for who, answer in answers.items() if answer.status_code == 302]
        (second,) = answers.keys() - {first}
        assert errors(answers[second])["__all__"]
        operation.refresh_from_db()
        assert operation.note == f"{first} {number}"
    note("edits", f"{rounds} × two who save a record at the same moment", "0 silent overwrites")


def saved_at_once(
    editors: dict[str, Client], path: str, forms: dict[str, Any], mark: str
) -> dict[str, Any]:
    """Have each editor save the form with a note of theirs, and return what each is answered."""
    together, answers = threading.Barrier(len(editors)), {}

    def save(who: str) -> None:
        together.wait(30)
        answers[who] = editors[who].post(path, forms[who] | {"note": f"{who}{mark}"})
        connections.close_all()

    saving = [threading.Thread(target=save, args=[who]) for who in editors]
    for each in saving:
        each.start()
    for each in saving:
        each.join()
    return answers


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


READ = ("/", "/statements/", "/search/?q=mali", "/changes/", "/quality/", "/readyz")


def test_a_load_that_has_not_ended_stops_no_reader(desk: Client, client: Client) -> None:
    """All is written and checked, and holds its locks; a read that waited would be a 503."""
    written, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            load()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            written.set()
            done.wait(60)
        connections.close_all()

    def count() -> int:
        found: int = client.get("/api/v1/statements/").json()["count"]
        return found

    statement, before = Statement.objects.latest("pk"), count()
    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert written.wait(60)
        asked = [*READ, statement.get_absolute_url(), f"{statement.get_absolute_url()}history/"]
        assert {path: client.get(path).status_code for path in asked} == dict.fromkeys(asked, 200)
        assert desk.get(address(statement)).status_code == 200
        assert count() == before
    finally:
        done.set()
        holder.join()
    assert count() == before + LATER
