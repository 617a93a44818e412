"""What the quality page counts, of records made for it and of the seed."""

from datetime import date

import pytest

from apps.records import quality
from apps.records.models import Citation, Contributor, Operation, Organization, Source

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

DAY = date(2020, 1, 20)


def an_operation(**values):
    return Operation.objects.create(slug="sabre", name="Sabre", **values)


def cite(source, **values):
    return Citation.objects.create(
        **{"source": source, "paragraph": 1, "excerpt": "x", "field": "name", **values}
    )


def uncited(operation_field):
    rows = [r for r in quality.uncited_fields() if r.kind == "operation"]
    return {row.field: row.uncited for row in rows}.get(operation_field, 0)


def test_a_field_that_states_something_and_cites_nothing_is_counted():
    before = {name: uncited(name) for name in ("mandate", "type", "start", "functions")}
    operation = an_operation(mandate="To train")
    assert uncited("mandate") == before["mandate"] + 1
    assert {n: uncited(n) for n in ("type", "start", "functions")} == {
        n: before[n] for n in ("type", "start", "functions")
    }
    cite(Source.objects.get(), operation=operation, field="mandate")
    assert uncited("mandate") == before["mandate"]


def test_codes_and_the_order_of_steps_are_no_facts_of_a_source():
    counted = {(row.kind, row.field) for row in quality.uncited_fields()}
    assert not counted & {("country", "iso2"), ("ladder_step", "place")}
    assert ("ladder_step", "contributor") not in counted


def test_a_second_source_takes_a_record_from_those_with_one():
    operation, first = an_operation(), Source.objects.get()

    def single():
        return next(row for row in quality.sources_by_kind() if row.kind == "operation")

    cite(first, operation=operation)
    before = single()
    cite(first, operation=operation, excerpt="y")
    assert single() == before
    cite(Source.objects.create(title="[Another]"), operation=operation)
    assert (single().cited, single().single) == (before.cited, before.single - 1)


def test_citations_that_disagree_are_listed():
    citation = cite(Source.objects.get(), operation=an_operation(), standing="conflicting")
    assert citation in quality.conflicts()


def test_paragraphs_that_nothing_cites_are_listed_by_source():
    source = Source.objects.create(title="[Of three]", paragraphs=3)
    cite(source, operation=an_operation(), paragraph=2)
    (found,) = [row for row in quality.coverage() if row.source == source]
    assert (found.uncoded, found.share) == ((1, 3), 33)


@pytest.mark.parametrize(
    ("steps", "is_stale"),
    [
        ([("announced", "2018", "")], True),
        ([("announced", "2017", "2018")], True),
        ([("announced", "2018", "2020-06")], False),
        ([("announced", "2019-06", "")], False),
        ([("announced", "", "")], False),
        ([("announced", "2017", ""), ("deployed", "2018", "")], False),
    ],
)
def test_a_promise_is_stale_a_year_after_the_last_day_it_speaks_of(steps, is_stale):
    body = Organization.objects.create(slug="body", name="Body")
    contributor = Contributor.objects.create(operation=an_operation(), organization=body)
    for place, (status, since, expected) in enumerate(steps, 1):
        contributor.ladder.create(place=place, status=status, since=since, expected=expected)
    assert (contributor in quality.stale_promises(DAY)) == is_stale


def test_a_milestone_that_was_due_and_not_reached_is_stale():
    operation = an_operation()
    kind = "initial_operating_capability"
    late = operation.milestones.create(kind=kind, expected="2018")
    reached = operation.milestones.create(kind=kind, expected="2017", reached="2017-05")
    found = quality.stale_milestones(DAY)
    assert late in found
    assert reached not in found
