"""Revision numbers: gapless, in the order of commits, whoever writes at the same time."""

import threading

from django.db import OperationalError, connection, transaction

from apps.records.models import Operation, Statement
from apps.revisions.models import Revision
from apps.revisions.tests.conftest import newest
from apps.revisions.tests.test_verification import tamper
from apps.revisions.writing import revision


def say(words):
    return Statement.objects.create(speaker_label="Someone", summary=words)


def in_threads(*targets):
    """Run each target in a thread with connections of its own; give what they raised."""
    raised = []

    def run(target):
        try:
            target()
        except Exception as error:  # noqa: BLE001
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[target]) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised


def test_a_rolled_back_write_leaves_no_gap(committed_db):
    before = newest()
    with transaction.atomic():
        say("never")
        transaction.set_rollback(True)
    say("after")
    assert newest() == before + 1


def test_a_rolled_back_savepoint_leaves_no_gap(committed_db):
    before = newest()
    with transaction.atomic():
        with transaction.atomic():
            say("never")
            transaction.set_rollback(True)
        say("after")
    assert newest() == before + 1


def test_two_writers_at_once_get_consecutive_numbers(committed_db):
    before, started = newest(), threading.Barrier(2)

    def write(words):
        def target():
            started.wait(10)
            for turn in range(10):
                say(f"{words} {turn}")

        return target

    assert in_threads(write("one"), write("other")) == []
    numbers = list(Revision.objects.order_by("number").values_list("number", flat=True))
    assert numbers[before:] == list(range(before + 1, before + 21))


def test_a_later_writer_waits_for_the_commit_of_the_earlier(committed_db):
    before, locked, release = newest(), threading.Event(), threading.Event()

    def slow():
        with revision(reason="slow"):
            say("slow")
            locked.set()
            release.wait(10)

    def quick():
        locked.wait(10)
        threading.Timer(0.2, release.set).start()
        with revision(reason="quick"):
            say("quick")

    assert in_threads(slow, quick) == []
    made = Revision.objects.filter(number__gt=before).order_by("number")
    assert [r.reason for r in made] == ["slow", "quick"]
    assert made[0].made_at < made[1].made_at


def test_a_writer_that_waits_too_long_is_told_so(committed_db):
    locked, release = threading.Event(), threading.Event()

    def holder():
        with revision(reason="long"):
            locked.set()
            release.wait(10)

    def waiter():
        locked.wait(10)
        try:
            with transaction.atomic():
                connection.cursor().execute("SET LOCAL lock_timeout = '50ms'")
                say("never")
        finally:
            release.set()

    (refused,) = in_threads(holder, waiter)
    assert isinstance(refused, OperationalError)
    assert "lock timeout" in str(refused)


def test_writers_of_the_same_rows_do_not_deadlock(sabre):
    """Row locks in opposite orders would; the writers' lock is taken before any of them."""
    from apps.revisions.tests.conftest import published_operation

    with revision():
        other = published_operation("serval", sabre.citations.get().source)
    started = threading.Barrier(2)

    def edit(*rows):
        def target():
            started.wait(10)
            for turn in range(10):
                with transaction.atomic():
                    for row in rows:
                        Operation.objects.filter(pk=row).update(mandate=f"{rows} {turn}")

        return target

    assert in_threads(edit(sabre.pk, other.pk), edit(other.pk, sabre.pk)) == []


def test_the_clock_of_revisions_never_goes_back(committed_db):
    say("first")
    tamper(
        "UPDATE revisions_revision SET made_at = now() + interval '1 hour'"
        f" WHERE number = {newest()}"
    )
    say("second")
    second, first = Revision.objects.order_by("-number")[:2]
    assert second.made_at > first.made_at
