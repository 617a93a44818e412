"""Which index a page finds by what it shows beside its record, among millions as among ten."""

import pytest

from apps.pages.views.histories import revisions_of
from apps.pages.views.statements import on_the_same_occasion
from apps.records.models import Statement
from apps.records.tests.test_list_plans import indexes, planned
from apps.revisions.models import Change

pytestmark = pytest.mark.django_db

NOT_BY_READING_ALL = ("seqscan", "bitmapscan")


def test_what_was_removed_is_found_by_an_index():
    removed = Change.objects.filter(record_type="citation", action=Change.Action.DELETE)
    nodes = planned(lambda: revisions_of(removed)[:20], NOT_BY_READING_ALL)

    assert "change_removals" in indexes(nodes)


def test_what_was_said_on_the_same_occasion_is_found_by_its_day():
    said = Statement(pk=1, occasion="A summit", said="2020-01-13", said_earliest="2020-01-13")
    nodes = planned(lambda: on_the_same_occasion(said)[:5], NOT_BY_READING_ALL)

    (read,) = (node for node in nodes if node.get("Relation Name") == "records_statement")
    assert "said_earliest" in read["Index Cond"]
