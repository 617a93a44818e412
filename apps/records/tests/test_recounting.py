"""Facets among many records follow from those of an earlier revision, and are the same."""

import pytest
from django.core.cache import cache
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from apps.records import quality, recounting
from apps.records.models import (
    Citation,
    Milestone,
    Operation,
    Person,
    Source,
    Statement,
    StatementOperation,
)
from apps.records.tests import making
from apps.revisions.public import reading
from apps.revisions.writing import revision

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed_db", "followed")]

FACETS = {
    "statements": ("act", "stance", "speaker", "speaker_country", "operation"),
    "citations": ("standing", "caveat", "field", "rank", "source"),
}
PUBLISHED = {"publication": "published"}


@pytest.fixture
def followed(monkeypatch):
    """Follow counts however few the records are."""
    monkeypatch.setattr(recounting, "SOON", -1)


def publish_one():
    said = making.statement(words="Yes.", act="announce")
    StatementOperation.objects.create(statement=said, operation=Operation.objects.first())
    making.citation(Source.objects.get(), statement=said, field="words", **PUBLISHED)
    Statement.objects.filter(pk=said.pk).update(**PUBLISHED)


def change_one():
    Statement.objects.filter(pk=one().pk).update(act="threaten", stance="unfavourable")


def doubt_one():
    Citation.objects.filter(statement=one()).update(standing="conflicting", caveats=["translated"])


def say_it_is_about_nothing():
    StatementOperation.objects.filter(statement=one()).delete()


def begin_a_draft():
    making.statement(words="Not yet.", act="announce")


def rename_a_speaker():
    Person.objects.filter(pk=one().speaker_person_id).update(name="Somebody Else")


def withdraw_one():
    Citation.objects.filter(statement=one()).update(**making.WITHDRAWN)
    Statement.objects.filter(pk=one().pk).update(**making.WITHDRAWN)


def withhold_one():
    withheld = {**making.WITHDRAWN, "withheld": True}
    Citation.objects.filter(statement=one()).update(**withheld)
    Statement.objects.filter(pk=one().pk).update(**withheld)


def one():
    """Return a statement by a person about an operation."""
    chosen = Statement.objects.filter(speaker_person__isnull=False, operations__isnull=False)
    return chosen.order_by("pk").first()


def facets(query="", of="statements"):
    with reading():
        return making.asked(of, query, facets=FACETS[of]).facets


def counted(edit, query="", of="statements"):
    """Return the facets after an edit, and what was asked of PostgreSQL for them."""
    with revision(reason="An edit"):
        edit()
    with CaptureQueriesContext(connections["public"]) as asked:
        found = facets(query, of)
    return found, [one["sql"] for one in asked.captured_queries if "GROUP BY" in one["sql"]]


def narrowed(queries, of="statement"):
    """Return the counts among some records, and those among all."""
    among_some = [sql for sql in queries if f'"records_{of}"."id" IN (' in sql]
    return among_some, [sql for sql in queries if sql not in among_some]


def whole(query="", of="statements"):
    cache.clear()
    return facets(query, of)


@pytest.mark.parametrize("query", ["", "quote_form=direct", "q=sahel OR mali"])
def test_only_what_was_changed_is_counted(query):
    before = facets(query)
    for edit in (publish_one, change_one, say_it_is_about_nothing):
        found, queries = counted(edit, query)
        among_some, among_all = narrowed(queries)
        # Then and now, for each facet.
        assert len(among_some) == 2 * len(FACETS["statements"])
        assert not among_all
    assert found == whole(query) != before


@pytest.mark.parametrize("query", ["", "record_type=statement", "q=passage OR sahel"])
def test_only_the_citations_that_were_changed_are_counted(query):
    before = facets(query, "citations")
    for edit in (publish_one, doubt_one):
        found, queries = counted(edit, query, "citations")
        among_some, among_all = narrowed(queries, "citation")
        assert len(among_some) == 2 * len(FACETS["citations"])
        assert not among_all
    assert found == whole(query, "citations") != before


def test_citations_of_a_record_and_its_parts_are_counted_again():
    """A part that goes to another record takes its citations with it, which stay as they are."""
    slug = Operation.objects.filter(milestones__citations__isnull=False).first().slug
    query = f"operation={slug}"
    facets(query, "citations")
    found, queries = counted(doubt_one, query, "citations")
    assert len(queries) == len(FACETS["citations"])
    assert found == whole(query, "citations")


def cite_one_from_another_source():
    source = making.source(**PUBLISHED)
    making.citation(source, statement=one(), field="setting", **PUBLISHED)


def cite_a_part_from_another_source():
    making.citation(making.source(**PUBLISHED), milestone=Milestone.objects.first(), **PUBLISHED)


EDITS_OF_EVIDENCE = (
    publish_one,
    cite_one_from_another_source,
    cite_a_part_from_another_source,
    withdraw_one,
)


def the_quality():
    with reading():
        return quality.uncited_fields(), quality.sources_by_kind()


def test_the_quality_of_the_evidence_follows_too():
    before = the_quality()
    for edit in EDITS_OF_EVIDENCE:
        with revision(reason="An edit"):
            edit()
        with CaptureQueriesContext(connections["public"]) as asked:
            found = the_quality()
        sums = [one["sql"] for one in asked.captured_queries if "COUNT(" in one["sql"]]
        of_statements = [sql for sql in sums if 'FROM "records_statement"' in sql]
        among_all = [sql for sql in of_statements if not narrowed([sql])[0]]
        assert bool(among_all) == (edit is withdraw_one)
        cache.clear()
        assert found == the_quality() != before
        before = found


def test_how_many_there_are_follows_too():
    def there():
        with reading():
            return recounting.all_of(Statement)

    before = there()
    with revision(reason="An edit"):
        publish_one()
    with CaptureQueriesContext(connections["public"]) as asked:
        assert there() == before + 1
    sums = [one["sql"] for one in asked.captured_queries if "COUNT(" in one["sql"]]
    assert narrowed(sums) == (sums, [])
    with revision(reason="An edit"):
        withdraw_one()
    assert there() == before


def test_nothing_is_counted_where_no_statement_was_changed():
    facets()
    for edit in (begin_a_draft, rename_a_speaker):
        found, queries = counted(edit)
        assert not queries
    assert found == whole()


def test_several_revisions_are_followed_at_once():
    facets()
    for edit in (publish_one, change_one):
        with revision(reason="An edit"):
            edit()
    found, queries = counted(say_it_is_about_nothing)
    assert len(narrowed(queries)[0]) == 2 * len(FACETS["statements"])
    assert found == whole()


@pytest.mark.parametrize("edit", [withdraw_one, withhold_one])
def test_what_was_removed_is_not_counted_any_more(edit):
    before = facets()
    found, _ = counted(edit)
    assert found == whole() != before


def test_all_are_counted_again_where_much_was_changed(monkeypatch):
    monkeypatch.setattr(recounting, "MOST_CHANGES", 1)
    facets()
    counted(change_one)
    with revision(reason="An edit"):
        publish_one()
    found, queries = counted(rename_a_speaker)
    assert not narrowed(queries)[0]
    assert found == whole()


def test_a_count_of_another_database_is_not_followed():
    """As of a server whose data was put back, and then edited otherwise."""
    facets()
    with reading() as state:
        kept = {key: value for key, value in _kept() if value.revision == state.shown}
    assert kept
    for key, value in kept.items():
        wrong = dict.fromkeys(value.counts, 10000)
        cache.set(key, recounting.Counted(value.revision, "0" * 64, wrong))
    found, _ = counted(change_one)
    assert found == whole()


def test_a_past_is_counted_by_itself():
    facets()
    with reading() as state:
        before = state.shown
    then = facets()
    counted(change_one)
    with reading(str(before)):
        assert making.asked("statements", facets=FACETS["statements"]).facets == then


def test_labels_are_in_the_language_of_the_reader():
    facets()
    with override("fr"):
        found, _ = counted(change_one)
        assert found == whole()


def _kept():
    for key in list(cache._cache):
        name = key.split(":", 2)[-1]
        value = cache.get(name)
        if isinstance(value, recounting.Counted):
            yield name, value
