"""Partial dates in models, migrations, fixtures and forms, before the database sees them."""

from datetime import date
from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db.migrations.writer import MigrationWriter
from django.db.models import F
from django.forms import modelform_factory

from apps.records.dates import PartialDate
from apps.records.fields import (
    EarliestField,
    PartialDateField,
    PartialDateFormField,
    bound_names,
    expand_partial_dates,
    partial_date_constraints,
)
from apps.records.models import Operation

AUTUMN = (date(2020, 9, 1), date(2020, 11, 30))
NO_BOUNDS = (None, None)
OperationForm = modelform_factory(Operation, fields=["start", "end"])


def operation(slug: str = "made-up", **values: Any) -> Operation:
    return Operation(slug=slug, name=slug.title(), **values)


def bounds(record: Operation) -> tuple[date | None, date | None]:
    return record.start_earliest, record.start_latest


@pytest.mark.parametrize(
    ("assigned", "text"),
    [
        ("2020-23", "2020-23"),
        (PartialDate.parse("../2013"), "../2013"),
        (date(2020, 1, 19), "2020-01-19"),
        (None, ""),
    ],
)
def test_whatever_is_assigned_the_value_is_a_partial_date(assigned, text):
    changed = operation()
    changed.start = assigned

    assert operation(start=assigned).start == changed.start == PartialDate.parse(text)


def test_a_date_that_is_not_given_is_not_stated():
    assert operation().start == PartialDate.parse("")
    assert bounds(operation()) == NO_BOUNDS


def test_the_bounds_are_read_off_the_text_and_cannot_be_set_apart_from_it():
    record = operation(start="2020", start_earliest=date(1990, 1, 1))
    record.start_latest = date(1990, 1, 1)
    record.start = "2020-23"

    assert bounds(record) == AUTUMN


def test_a_text_that_is_no_date_is_an_error_at_its_field():
    with pytest.raises(ValidationError) as caught:
        operation(start="fall 2020", end="2020-02-30").clean_fields()

    assert set(caught.value.message_dict) == {"start", "end"}
    assert "'fall 2020' is not a date" in caught.value.message_dict["start"][0]


def test_a_field_that_must_be_filled_refuses_a_blank():
    with pytest.raises(ValidationError, match="blank"):
        PartialDateField(blank=False).clean("", None)


def test_a_question_with_a_text_that_is_no_date_is_refused():
    with pytest.raises(ValidationError, match="'2020-13' is not a date"):
        Operation.objects.filter(start="2020-13")


@pytest.mark.parametrize(
    "field",
    [PartialDateField(blank=False, help_text="first day"), Operation._meta.get_field("start")],
)
def test_a_copied_field_is_the_same_field(field):
    assert field.clone().deconstruct()[1:] == field.deconstruct()[1:]
    assert field.clone().blank == field.blank


def test_a_copied_bound_still_follows_its_text():
    copy = EarliestField(of="start").clone()

    assert (copy.of, copy.null, copy.editable) == ("start", True, False)
    assert copy.deconstruct()[3]["serialize"] is False


def test_migrations_write_the_fields_with_plain_values():
    start, _ = MigrationWriter.serialize(PartialDateField())
    earliest, _ = MigrationWriter.serialize(EarliestField(of="start"))

    assert start == "apps.records.fields.PartialDateField(blank=True, default='', max_length=40)"
    assert "of='start'" in earliest


def test_a_fixture_holds_the_text_and_leaves_out_the_bounds():
    fields = ["start", "start_earliest", "start_latest"]
    [record] = serializers.serialize("python", [operation(start="2020-23")], fields=fields)

    assert record["fields"] == {"start": "2020-23"}


def test_the_names_of_the_bounds_are_known_for_partial_dates_only():
    assert bound_names(Operation, "start") == ("start_earliest", "start_latest")
    assert bound_names(Operation, "name") == ()


def test_the_values_of_an_update_are_completed_with_the_bounds():
    values = expand_partial_dates(Operation, {"start": "2014-08-01/..", "end": "", "name": "B"})

    assert values == {
        "start": "2014-08-01/..",
        "start_earliest": date(2014, 8, 1),
        "start_latest": None,
        "end": "",
        "end_earliest": None,
        "end_latest": None,
        "name": "B",
    }


def test_an_update_with_an_expression_must_bring_the_bounds():
    copied = {"start": F("end"), "start_earliest": F("end_earliest")}

    with pytest.raises(FieldError, match="start_latest beside the expression"):
        expand_partial_dates(Operation, copied)
    copied["start_latest"] = F("end_latest")
    assert expand_partial_dates(Operation, copied) == copied


def test_the_constraints_are_named_after_model_and_field():
    names = [constraint.name for constraint in partial_date_constraints("operation", "start")]

    assert names == [
        "operation_start_is_a_partial_date",
        "operation_start_has_its_bounds",
        "operation_start_bounds_are_in_order",
    ]


def test_a_form_field_reads_a_date_and_strips_blanks():
    assert PartialDateFormField().clean(" 2020-23 ") == PartialDate.parse("2020-23")


def test_a_form_field_says_what_is_right():
    with pytest.raises(ValidationError, match=r"'fall 2020' .* 2020-23 \(autumn\)"):
        PartialDateFormField().clean("fall 2020")


def test_a_form_field_may_be_required():
    with pytest.raises(ValidationError, match="required"):
        PartialDateFormField().clean("")


@pytest.mark.parametrize(
    ("initial", "typed", "changed"),
    [
        ("", "", False),
        (PartialDate.parse(""), "", False),
        ("", None, False),
        (PartialDate.parse("2020"), "2020 ", False),
        (PartialDate.parse("2020"), "2020~", True),
        (PartialDate.parse("2020"), "", True),
        ("", "fall", True),
    ],
)
def test_a_form_knows_whether_a_date_was_changed(initial, typed, changed):
    assert PartialDateFormField().has_changed(initial, typed) is changed


def test_a_form_shows_the_text_that_is_stored():
    html = str(OperationForm(instance=operation(start="2020-01~"))["start"])

    assert 'value="2020-01~"' in html
    assert 'maxlength="40"' in html
