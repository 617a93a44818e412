"""The two ways in which tests use the database."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import connections

USERS = get_user_model()._default_manager


def names_seen_elsewhere() -> set[str]:
    """Return the names of users as another connection sees them."""
    seen: set[str] = set()

    def look() -> None:
        seen.update(USERS.values_list("username", flat=True))
        connections.close_all()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    return seen


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_committed_test_wrote_is_seen_elsewhere_and_gone_afterwards(
    committed_db: None, time: str
) -> None:
    assert not USERS.exists()
    USERS.create_user(time)
    assert names_seen_elsewhere() == {time}


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_an_ordinary_test_wrote_is_seen_by_nobody_else(db: None, time: str) -> None:
    assert not USERS.exists()
    USERS.create_user(time)
    assert names_seen_elsewhere() == set()


def test_the_public_connection_reads_the_same_database_in_its_own_role(db: None) -> None:
    seen = []
    for alias in ("default", "public"):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_database(), current_user")
            seen.append(cursor.fetchone())
    (database, owner), (public_database, reader) = seen
    assert database == public_database
    assert owner != reader
