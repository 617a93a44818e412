"""The catalogue holds together: what it names is there, on every record type."""

import pytest
from django.apps import apps
from django.db.models import CharField

from apps.records.catalogue import CATALOGUE, Entry
from apps.records.columns import COLUMNS
from apps.records.filters import FacetFilter
from apps.records.models import Record
from apps.records.tests.making import asked

EVERY = pytest.mark.parametrize("entry", CATALOGUE.values(), ids=CATALOGUE)


def test_every_public_kind_of_record_is_in_it_once() -> None:
    models = [entry.model for entry in CATALOGUE.values()]
    assert set(models) == {model for model in apps.get_models() if issubclass(model, Record)}
    assert len(models) == len(set(models)) == len(CATALOGUE)


def test_it_is_ordered_as_the_faces_list_it() -> None:
    assert list(CATALOGUE) == [
        "operations",
        "countries",
        "organizations",
        "people",
        "contributors",
        "strengths",
        "statements",
        "sources",
        "citations",
    ]


@EVERY
def test_every_facet_is_a_filter_that_can_be_counted(entry: Entry) -> None:
    filters = entry.filters.base_filters
    assert all(isinstance(filters[name], FacetFilter) for name in entry.facets)


@EVERY
def test_no_parameter_shows_how_tables_are_joined(entry: Entry) -> None:
    assert [name for name in entry.filters.base_filters if "__" in name] == []


@EVERY
def test_every_parameter_is_described(entry: Entry) -> None:
    assert all(kind.help_text.endswith(".") for kind in entry.filters.base_filters.values())


@EVERY
def test_every_order_is_complete_and_can_be_turned_round(entry: Entry) -> None:
    assert all(fields[-1] == "id" for fields in entry.ordering.values())
    words = {word.removeprefix("-") for word in entry.ordering}
    assert set(entry.ordering) == words | {f"-{word}" for word in words}


@EVERY
def test_every_order_answers(db: None, entry: Entry) -> None:
    for word in entry.ordering:
        assert asked(entry.name, f"ordering={word}").ordering == word


@EVERY
def test_the_columns_are_those_of_the_model_in_their_order(entry: Entry) -> None:
    assert entry.columns == tuple(COLUMNS[entry.model])


@EVERY
def test_no_text_of_a_public_record_is_missing_from_its_columns(entry: Entry) -> None:
    hidden = {"public_id", "publication"}
    texts = [field.name for field in entry.model._meta.concrete_fields if type(field) is CharField]
    assert [name for name in texts if name not in hidden and name not in entry.columns] == [
        name for name in texts if name == "speaker_label"
    ]
