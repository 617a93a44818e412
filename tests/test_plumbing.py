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


def test_each_connection_uses_the_same_database_in_its_own_role(committed_db: None) -> None:
    seen = []
    for alias in ("owner", "default", "public"):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_database(), current_user")
            seen.append(cursor.fetchone())
    databases, roles = map(set, zip(*seen, strict=True))
    assert (len(databases), len(roles)) == (1, 3)
