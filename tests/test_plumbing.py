"""The two ways in which tests use the database."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError, connections

from apps.records.models import Operation
from apps.revisions.models import Revision
from tests.postgres import MigratedDatabase

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


TABLES = """
SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'S') AND relnamespace <> ALL
    ('{pg_catalog,information_schema}'::regnamespace[])
"""


def held() -> dict[str, str]:
    """Return what each table and sequence holds, as one hash."""
    hashes = {}
    with connections["owner"].cursor() as cursor:
        cursor.execute(TABLES)
        for (name,) in cursor.fetchall():
            # What a sequence has logged ahead is of no account.
            row = "(last_value, is_called)" if name.endswith("_seq") else "kept"
            cursor.execute(
                f"SELECT md5(string_agg({row}::text, '' ORDER BY {row}::text)) FROM {name} kept"
            )
            (hashes[name],) = cursor.fetchone()
    return hashes


def test_whatever_is_written_is_put_back(
    committed_db: None, django_db_setup: MigratedDatabase
) -> None:
    before = held()
    assert {"records_operation", "records_operation_history_version_seq"} <= before.keys()
    barkhane = Operation.objects.get(slug="barkhane")
    barkhane.focus_area = "Elsewhere"
    barkhane.save()
    Operation.objects.create(slug="new", name="New")
    Operation.objects.get(slug="new").delete()
    USERS.create_user("somebody")
    names = {"records_operation", "records_operation_history", "revisions_revision"}
    assert {name for name, now in held().items() if now != before[name]} > names
    django_db_setup.put_back()
    assert held() == before
    assert Operation.objects.get(slug="barkhane").focus_area != "Elsewhere"


def test_what_is_put_back_can_be_edited_as_before(
    committed_db: None, django_db_setup: MigratedDatabase
) -> None:
    numbers = []
    for _ in range(2):
        Operation.objects.filter(slug="barkhane").update(focus_area="Elsewhere")
        numbers.append(Revision.objects.newest().number)
        django_db_setup.put_back()
    assert numbers == [2, 2]


def test_a_column_more_is_put_back_too(
    committed_db: None, django_db_setup: MigratedDatabase
) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE records_person ADD COLUMN more int")
    django_db_setup.put_back()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT * FROM records_person LIMIT 1")
        assert "more" not in [column.name for column in cursor.description]


def test_a_trigger_set_aside_is_put_back_too(
    committed_db: None, django_db_setup: MigratedDatabase
) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE records_person DISABLE TRIGGER USER")
    django_db_setup.put_back()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'")
        assert cursor.fetchone() == (0,)


def test_who_is_still_writing_then_cannot_commit(
    committed_db: None, django_db_setup: MigratedDatabase
) -> None:
    before = held()
    slow = connections["default"].copy()
    slow.set_autocommit(False)
    with slow.cursor() as cursor:
        cursor.execute("INSERT INTO auth_group (name) VALUES ('late')")
    django_db_setup.put_back()
    with pytest.raises(OperationalError):
        slow.commit()
    slow.close()
    assert held() == before


def test_the_connections_outlast_what_is_put_back(
    committed_db: None, django_db_setup: MigratedDatabase
) -> None:
    if django_db_setup.rows is None:
        pytest.skip("The owner of this server may not set triggers aside.")
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        before = cursor.fetchone()
    USERS.create_user("somebody")
    django_db_setup.put_back()
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() == before
