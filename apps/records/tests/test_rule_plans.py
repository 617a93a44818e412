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
    rule = RULES[name]
    tables = [
        node.get("Relation Name", node.get("Index Name"))
        for node in nodes(plan_of(rule, rule.tables))
        if whole(node) or all_of_an_index(node)
    ]

    assert tables == [], f"{name} would read these for every commit: {tables}"


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_reads_nothing_of_what_was_not_written(name):
    plan = plan_of(RULES[name], ["records_of_another_kind"])

    read = [
        node["Index Name"] for node in nodes(plan) if node.get("Actual Loops") and of_index(node)
    ]
    assert read == [], f"{name} reads these though their tables were not written: {read}"


def plan_of(rule, tables):
    """Return the plan of `rule` after a revision of `tables`, made as the function makes it."""
    with connection.cursor() as cursor:
        cursor.execute(re.sub(r"SET (\w+ = \w+)", r"SET LOCAL \1;", BY_WHAT_WAS_WRITTEN))
        cursor.execute(f"PREPARE asked (bigint, text[]) AS {rule.query}")
        cursor.execute(
            "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE asked (1, %s)", [list(tables)]
        )
        (explained,) = cursor.fetchone()
        cursor.execute("DEALLOCATE asked")
    plan = json.loads(explained) if isinstance(explained, str) else explained
    return plan[0]["Plan"]


def nodes(node):
    yield node
    for inner in node.get("Plans", ()):
        yield from nodes(inner)


def whole(node):
    return node["Node Type"] == "Seq Scan"


def all_of_an_index(node):
    """Whether all of a table is read through an index, without looking for anything in it."""
    return of_index(node) and "Index Cond" not in node


def of_index(node):
    return node["Node Type"] in ("Index Scan", "Index Only Scan", "Bitmap Index Scan")
