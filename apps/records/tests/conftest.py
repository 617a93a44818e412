"""Fixtures of the tests of the records."""

import pytest
from django.db import connection

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
