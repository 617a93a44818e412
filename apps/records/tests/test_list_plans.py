"""Which index a list is read off: what keeps a page as quick among a million as among ten.

On few rows the planner prefers to read all and sort; it is made to take an index where it can.
"""

import json

import pytest
from django.db import connections
from django.http import QueryDict

from apps.records.asking import PAGE_SIZE, read
from apps.records.catalogue import CATALOGUE
from apps.revisions.public import reading

pytestmark = pytest.mark.django_db

# List, query, and the index that its first page is read off; "_past" is added as of a revision.
IN_ORDER = [
    ("statements", "", "statement_latest"),
    ("statements", "ordering=said", "statement_earliest"),
    ("sources", "", "source_latest"),
    ("sources", "ordering=published", "source_earliest"),
    ("sources", "ordering=title", "source_by_title"),
    ("people", "", "person_by_name"),
]
ABOUT_DAYS = [
    ("statements", "on=2020-01-15", "statement_days"),
    ("statements", "said_from=2020-01&said_until=2020-02", "statement_days"),
]


@pytest.mark.parametrize(("name", "query", "index"), IN_ORDER)
@pytest.mark.parametrize(("as_of", "past"), [("", ""), ("0", "_past")])
def test_a_list_is_read_off_the_index_of_its_order(name, query, index, as_of, past):
    nodes = plan(name, query, as_of, without=("seqscan", "sort", "bitmapscan"))

    assert f"{index}{past}" in indexes(nodes)
    assert not [node for node in nodes if node["Node Type"] == "Sort"]


@pytest.mark.parametrize(("name", "query", "index"), ABOUT_DAYS)
@pytest.mark.parametrize(("as_of", "past"), [("", ""), ("0", "_past")])
def test_what_was_said_about_a_day_is_found_by_an_index(name, query, index, as_of, past):
    nodes = plan(name, query, as_of, without=("seqscan", "indexscan", "indexonlyscan"))

    assert f"{index}{past}" in indexes(nodes)


def plan(name, query, as_of, without):
    """Return the nodes of the plan of the first page, as the public's role would run it."""
    with reading(as_of), connections["public"].cursor() as cursor:
        for kind in without:
            cursor.execute(f"SET LOCAL enable_{kind} = off")
        page = read(CATALOGUE[name], QueryDict(query)).queryset[: PAGE_SIZE + 1]
        (explained,) = json.loads(page.explain(format="json"))
        return list(nodes_of(explained["Plan"]))


def nodes_of(node):
    yield node
    for inner in node.get("Plans", ()):
        yield from nodes_of(inner)


def indexes(nodes):
    return {node["Index Name"] for node in nodes if "Index Name" in node}
