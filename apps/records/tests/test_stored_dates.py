"""Partial dates in the database: their bounds, their constraints, their questions in SQL."""

from datetime import date
from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet
from django.forms import modelform_factory

from apps.records.date_questions import (
    certainly_between,
    certainly_on,
    possibly_between,
    possibly_on,
)
from apps.records.dates import SHAPE, PartialDate, Span
from apps.records.models import Milestone, Operation

AUTUMN = (date(2020, 9, 1), date(2020, 11, 30))
OperationForm = modelform_factory(Operation, fields=["start", "end"])


def operation(slug: str = "made-up", **values: Any) -> Operation:
    return Operation(slug=slug, name=slug.title(), **values)


def made_up() -> QuerySet[Any]:
    """The operations of these tests, without those of the seed."""
    return Operation.objects.filter(slug__startswith="made-up")


def bounds(record: Operation) -> tuple[date | None, date | None]:
    return record.start_earliest, record.start_latest


def stored() -> tuple[str, tuple[date | None, date | None]]:
    """What the row holds, past every Python attribute."""
    columns = ("start", "start_earliest", "start_latest")
    text, earliest, latest = made_up().values_list(*columns).get()
    return str(text), (earliest, latest)


@pytest.mark.django_db
def test_saving_stores_the_text_and_its_bounds():
    operation(start="2020-23").save()

    assert stored() == ("2020-23", AUTUMN)


@pytest.mark.django_db
def test_saving_a_text_that_is_no_date_is_refused():
    with pytest.raises(ValidationError, match="'fall 2020'"):
        operation(start="fall 2020").save()


@pytest.mark.django_db
def test_what_was_stored_is_read_back_as_a_partial_date():
    operation(start="2020-23").save()

    assert made_up().get(start="2020-23").start == PartialDate.parse("2020-23")
    assert made_up().values("start").get() == {"start": PartialDate.parse("2020-23")}


def by_bulk_create() -> None:
    made_up().delete()
    Operation.objects.bulk_create([operation(start="2020-23")])


def by_update() -> None:
    made_up().update(start="2020-23")


def by_bulk_update() -> None:
    record = made_up().get()
    record.start = "2020-23"
    Operation.objects.bulk_update([record], ["start"])


def by_update_or_create() -> None:
    Operation.objects.update_or_create(slug="made-up", defaults={"start": "2020-23"})


def by_saving_a_row_read_in_part() -> None:
    record = made_up().only("start").get()
    record.start = "2020-23"
    record.save()


def by_fixture() -> None:
    record = made_up().get()
    record.start = "2020-23"
    fixture = serializers.serialize("json", [record])
    for deserialized in serializers.deserialize("json", fixture):
        deserialized.save()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        by_bulk_create,
        by_update,
        by_bulk_update,
        by_update_or_create,
        by_saving_a_row_read_in_part,
        by_fixture,
    ],
)
def test_however_a_date_is_written_its_bounds_are_written_with_it(write):
    operation(start="2013").save()

    write()

    assert stored() == ("2020-23", AUTUMN)


@pytest.mark.django_db
def test_a_bound_is_read_from_its_column_where_the_text_was_not_loaded(
    django_assert_num_queries,
):
    operation(start="2020-23").save()
    record = made_up().defer("start").get()

    with django_assert_num_queries(0):
        assert bounds(record) == AUTUMN


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ("start = 'fall 2020'", "operation_start_is_a_partial_date"),
        ("start = ''", "operation_start_has_its_bounds"),
        ("start_earliest = NULL, start_latest = NULL", "operation_start_has_its_bounds"),
        ("start_earliest = '2021-01-01'", "operation_start_bounds_are_in_order"),
        (
            "\"end\" = '2019', end_earliest = '2019-01-01', end_latest = '2019-12-31'",
            "operation_end_is_not_before_its_start",
        ),
    ],
)
def test_plain_sql_cannot_write_what_is_not_a_partial_date(columns, constraint):
    operation(start="2020-23").save()
    update = f"UPDATE {Operation._meta.db_table} SET {columns} WHERE slug = 'made-up'"

    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(update)


@pytest.mark.django_db
def test_a_form_names_the_field_when_the_end_is_before_the_start():
    form = OperationForm({"start": "2020-23", "end": "2019"}, instance=operation())

    assert form.errors == {"end": ["The end cannot be before the start."]}


@pytest.mark.django_db
def test_a_form_without_the_end_names_the_start_instead():
    StartForm = modelform_factory(Operation, fields=["start"])

    form = StartForm({"start": "2020-23"}, instance=operation(end="2019"))

    assert form.errors == {"start": ["The end cannot be before the start."]}


@pytest.mark.django_db
def test_an_end_that_may_be_the_day_of_the_start_is_accepted():
    operation(start="2020-23", end="2020").full_clean()


@pytest.mark.django_db
def test_postgresql_reads_the_shape_of_a_date_as_python_does():
    good = ["", *TEXTS, "2020-XX", "2020-01-XX", "2020-02-30", "2013%/2014?"]
    bad = ["..", "../..", "2020-13", "2020-23-01", "20X0", "2020/", "2020\n", "x2020", "2020~~"]

    with connection.cursor() as cursor:
        cursor.execute("SELECT t ~ %s FROM unnest(%s::text[]) AS t", [SHAPE, [*good, *bad]])
        matched = [row[0] for row in cursor]

    assert matched == [True] * len(good) + [False] * len(bad)


# The questions in SQL give the answers of dates.py

TEXTS = ["2013", "2013-06", "2013-06-15", "2013-23", "../2013-06", "2013-06/..", "2013~/2014?"]
DAYS = [
    *(date(2012, 12, 31), date(2013, 1, 1), date(2013, 6, 1), date(2013, 6, 14)),
    *(date(2013, 6, 15), date(2013, 6, 16), date(2013, 6, 30), date(2013, 7, 1)),
    *(date(2013, 9, 1), date(2013, 11, 30), date(2013, 12, 31), date(2014, 12, 31)),
    date(2015, 1, 1),
]


def slugs(question: Q) -> set[str]:
    return set(made_up().filter(question).values_list("slug", flat=True))


@pytest.fixture
def spans(db) -> dict[str, Span]:
    """An operation for every pair of texts that the database accepts, by slug."""
    pairs = [
        Span(PartialDate.parse(start), PartialDate.parse(end))
        for start in ["", *TEXTS]
        for end in ["", *TEXTS]
    ]
    accepted = [
        span for span in pairs if (span.start.earliest or date.min) <= (span.end.latest or date.max)
    ]
    spans = {f"made-up-{number}": span for number, span in enumerate(accepted)}
    Operation.objects.bulk_create(
        operation(slug, start=span.start, end=span.end) for slug, span in spans.items()
    )
    return spans


def test_a_span_is_possible_in_sql_where_it_is_in_python(spans):
    for day in DAYS:
        expected = {slug for slug, span in spans.items() if span.possibly_on(day)}
        assert slugs(possibly_on(day)) == expected, day


def test_a_span_is_certain_in_sql_where_it_is_in_python(spans):
    for day in DAYS:
        expected = {slug for slug, span in spans.items() if span.certainly_on(day)}
        assert slugs(certainly_on(day)) == expected, day


RANGES = [(since, until) for since in [None, *DAYS] for until in [None, *DAYS]]


def test_a_date_is_within_a_range_in_sql_where_it_is_in_python(spans):
    for since, until in RANGES:
        if since and until and since > until:
            continue
        possible = {s for s, span in spans.items() if span.start.possibly_between(since, until)}
        certain = {s for s, span in spans.items() if span.start.certainly_between(since, until)}
        assert slugs(possibly_between("start", since, until)) == possible, (since, until)
        assert slugs(certainly_between("start", since, until)) == certain, (since, until)


@pytest.mark.parametrize("question", [possibly_between, certainly_between])
def test_a_range_that_ends_before_it_begins_is_refused(question):
    with pytest.raises(ValueError, match="ends before it begins"):
        question("start", date(2020, 2, 1), date(2020, 1, 1))


@pytest.mark.django_db
def test_what_has_no_milestone_has_none_on_an_unknown_date():
    without, undated = operation("made-up-without"), operation("made-up-undated")
    without.save()
    undated.save()
    Milestone.objects.create(operation=undated, kind="full_operating_capability")

    assert slugs(possibly_between("milestones__reached", None, date(2020, 1, 1))) == {
        "made-up-undated"
    }
