"""What was read of a past in which there was little of what is there now."""

import pytest
from django.db import connections
from django.db.models.expressions import RawSQL

from apps.records.models import Citation, Source, Statement
from apps.records.tests import making
from apps.records.tests.test_list_plans import plan
from apps.revisions.models import Revision
from apps.revisions.public import reading
from apps.revisions.writing import revision
from sahelref.databases import OWNER

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed_db")]

PUBLISHED = {"publication": "published"}
LATER = 900


def test_the_planner_knows_how_little_an_early_revision_held():
    """Else a list as of it is walked to its end, past all that came later, for a handful."""
    early = Revision.objects.newest().number
    load()
    with connections[OWNER].cursor() as cursor:
        cursor.execute("ANALYZE public.records_statement, public.records_statement_history")

    assert expected(str(early)) < 20
    assert expected("") > LATER / 2


def test_what_is_planned_for_one_revision_is_kept_for_that_one_alone():
    early = Revision.objects.newest().number
    with revision(reason="A draft"):
        making.operation("sabre")
    load()

    before = kept_plans(early)
    assert all(query.endswith(f"/* as of {early} */") for query in before)
    then = kept_plans(early + 1) - before
    assert then
    assert all(query.endswith(f"/* as of {early + 1} */") for query in then)
    assert any("/*" not in query for query in kept_plans("") - before - then)


def load():
    source = Source.objects.get()
    with revision(reason="A load"):
        said = {"speaker_label": "A spokesman", "words": "Yes.", **PUBLISHED}
        made = Statement.objects.bulk_create(Statement(**said) for _ in range(LATER))
        passage = {"source": source, "paragraph": 1, "excerpt": "Yes.", "field": "words"}
        Citation.objects.bulk_create(
            Citation(statement=one, **passage, **PUBLISHED) for one in made
        )


def expected(as_of):
    """Return how many statements the planner thinks that the first page is cut from."""
    nodes = plan("statements", "", as_of, without=())
    names = ("records_statement", "records_statement_history")
    (rows,) = (node["Plan Rows"] for node in nodes if node.get("Relation Name") in names)
    return rows


def kept_plans(as_of):
    """Ask for the list often enough, and return the queries whose plans the connection keeps."""
    with reading(str(as_of)), connections["public"].cursor() as cursor:
        for _ in range(3):
            making.asked("statements", shown=RawSQL("public_id", ()))
        cursor.execute(
            "SELECT statement FROM pg_catalog.pg_prepared_statements"
            " WHERE statement LIKE '%records_statement%'"
        )
        return {row[0] for row in cursor.fetchall()}
