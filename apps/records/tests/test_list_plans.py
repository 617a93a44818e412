"""Which index a list is read off: what keeps a page as quick among a million as among ten.

On few rows the planner prefers to read all and sort; it is made to take an index where it can.
"""

import json

import pytest
from django.db import connections
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from apps.records.asking import PAGE_SIZE, read
from apps.records.catalogue import CATALOGUE
from apps.records.matches import CAP
from apps.records.models import Citation, Person, Statement
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


@pytest.mark.parametrize(("name", "query", "index"), IN_ORDER)
@pytest.mark.parametrize(("as_of", "past"), [("", ""), ("0", "_past")])
def test_a_list_is_read_off_the_index_of_its_order(name, query, index, as_of, past):
    nodes = plan(name, query, as_of, without=("seqscan", "sort", "bitmapscan"))

    assert f"{index}{past}" in indexes(nodes)
    assert not [node for node in nodes if node["Node Type"] == "Sort"]


@pytest.mark.parametrize(
    "code", ["act", "attribution", "quote_form", "setting", "speaker_kind", "stance"]
)
def test_the_statements_of_a_code_are_read_off_an_index_and_counted_in_it(code):
    query = f"{code}=not_stated" if code != "quote_form" else f"{code}=direct"
    off = ("seqscan", "sort", "bitmapscan")
    nodes = plan("statements", query, "", without=off)

    assert f"statement_by_{code}" in indexes(nodes)
    assert not [node for node in nodes if node["Node Type"] == "Sort"]


@pytest.mark.parametrize("query", ["on=2020-01-15", "said_from=2020-01&said_until=2020-02"])
def test_what_was_said_about_a_day_is_found_by_its_index(query):
    """Asked of the table: among its few rows the views have cheaper partial indexes to read."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        found = read(CATALOGUE["statements"], QueryDict(query)).filters.qs.order_by()
        (explained,) = json.loads(found.explain(format="json"))

    assert "statement_days" in indexes(nodes_of(explained["Plan"]))


def test_the_citations_of_a_record_and_its_parts_are_each_found_by_an_index(db):
    nodes = planned(lambda: Citation.objects.about(Person(pk=1)).order_by(), without=["seqscan"])

    read = [node for node in nodes if node.get("Relation Name") == "records_citation"]
    assert len(read) == 3, "of the record, of its parts, and those found"
    assert all("Index Cond" in node for node in read)


def plan(name, query, as_of, without):
    """Return the nodes of the plan of the first page, as the public's role would run it."""

    def page():
        return read(CATALOGUE[name], QueryDict(query)).queryset[: PAGE_SIZE + 1]

    return planned(page, without, as_of)


def planned(queryset, without, as_of=""):
    """Return the nodes of the plan of what `queryset` returns, as the public's role runs it."""
    with reading(as_of), connections["public"].cursor() as cursor:
        for kind in without:
            cursor.execute(f"SET LOCAL enable_{kind} = off")
        (explained,) = json.loads(queryset().explain(format="json"))
        return list(nodes_of(explained["Plan"]))


def nodes_of(node):
    yield node
    for inner in node.get("Plans", ()):
        yield from nodes_of(inner)


def indexes(nodes):
    return {node["Index Name"] for node in nodes if "Index Name" in node}


def test_a_deep_page_begins_at_its_place_in_the_index():
    # The seed dates no statement: the cursor is that after one that was said on a day.
    pager = read(CATALOGUE["statements"], QueryDict()).pager
    after = pager._cursor([Statement(pk=1, said="2020-01-01")], back=False)
    with reading(), connections["public"].cursor() as cursor:
        with CaptureQueriesContext(connections["public"]) as asked:
            read(CATALOGUE["statements"], QueryDict(f"page_size=1&cursor={after}")).page()
        for kind in ("seqscan", "sort", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{kind} = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {asked.captured_queries[0]['sql']}")
        ((explained,),) = cursor.fetchone()
        nodes = list(nodes_of(explained["Plan"]))

    (walk,) = [node for node in nodes if node.get("Index Name") == "statement_latest"]
    assert "said_earliest <=" in walk["Index Cond"]


def test_what_few_match_is_found_before_it_is_sorted(db):
    few = read(CATALOGUE["statements"], QueryDict("act=announce,decide"))
    with CaptureQueriesContext(connections["default"]) as asked:
        few.count(few.page())
    counted, cut = (query["sql"] for query in asked.captured_queries[:2])

    assert "COUNT" in counted
    assert f"LIMIT {CAP + 1})" in counted
    assert '"id" = ANY (' in cut, "the ids of those that match stand in the query of the page"
