"""What a commit has to read to check the rules: what it wrote, whatever else there is."""

import json
import re

import pytest
from django.db import connection

from apps.revisions.closing import BY_WHAT_WAS_WRITTEN
from apps.revisions.rules import RULES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_reads_by_index_and_no_table_whole(name):
    tables = tables_read_whole(RULES[name].query)

    assert tables == [], f"{name} would read these for every commit: {tables}"


def tables_read_whole(query):
    """Return what the plan cannot find by index, planned as in the function that checks."""
    with connection.cursor() as cursor:
        cursor.execute(re.sub(r"SET (\w+ = \w+)", r"SET LOCAL \1;", BY_WHAT_WAS_WRITTEN))
        cursor.execute(f"EXPLAIN (FORMAT JSON) {query.replace('$1', '1')}")
        (explained,) = cursor.fetchone()
    plan = json.loads(explained) if isinstance(explained, str) else explained
    return [
        node.get("Relation Name", node.get("Index Name"))
        for node in nodes(plan[0]["Plan"])
        if whole(node) or all_of_an_index(node)
    ]


def nodes(node):
    yield node
    for inner in node.get("Plans", ()):
        yield from nodes(inner)


def whole(node):
    return node["Node Type"] == "Seq Scan"


def all_of_an_index(node):
    """Whether all of a table is read through an index, without looking for anything in it."""
    of_index = node["Node Type"] in ("Index Scan", "Index Only Scan", "Bitmap Index Scan")
    return of_index and "Index Cond" not in node
