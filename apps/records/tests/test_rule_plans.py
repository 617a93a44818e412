"""What a commit has to read to check the rules: what it wrote, whatever else there is."""

import json

import pytest
from django.db import connection

from apps.revisions.rules import RULES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_reads_by_index_and_no_table_whole(name):
    tables = tables_read_whole(RULES[name].query)

    assert tables == [], f"{name} would read these for every commit: {tables}"


def tables_read_whole(query):
    """Return what the plan cannot find by index; on few rows the planner must be made to try."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {query.replace('$1', '1')}")
        (explained,) = cursor.fetchone()
    plan = json.loads(explained) if isinstance(explained, str) else explained
    return [node["Relation Name"] for node in nodes(plan[0]["Plan"]) if whole(node)]


def nodes(node):
    yield node
    for inner in node.get("Plans", ()):
        yield from nodes(inner)


def whole(node):
    return node["Node Type"] == "Seq Scan"
