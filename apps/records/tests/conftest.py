"""Fixtures of the tests of the records."""

import pytest
from django.db import connection, connections, transaction

PARTS_FIRST = (
    "citation",
    "strengthfigure",
    "ladderstep",
    "contributor",
    "statementcountry",
    "statementoperation",
    "statement",
    "milestone",
    "operationcountry",
    "operation",
    "office",
    "membership",
    "person",
    "organization",
    "country",
    "sourcetext",
    "source",
)


@pytest.fixture
def no_records(db: None) -> None:
    """Leave the seed out, so that a test asks only of what it made itself."""
    with connection.cursor() as cursor:
        for name in PARTS_FIRST:
            cursor.execute(f"DELETE FROM records_{name}")


@pytest.fixture
def never_held_records(committed_db: None) -> None:
    """Take the seed away as if it had never been: its history too, which nothing else could."""
    tables = [f"records_{name}{end}" for name in PARTS_FIRST for end in ("", "_history")]
    tables += ["revisions_change", "revisions_revision"]
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
