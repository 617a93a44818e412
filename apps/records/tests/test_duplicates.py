"""Which records a new one may be already."""

import pytest

from apps.records.duplicates import duplicates
from apps.records.models import Country, Operation, Organization, Person, Source, Statement
from apps.records.models import StrengthFigure as Figure
from apps.records.tests import making

pytestmark = pytest.mark.django_db


def shared(record):
    """Return what the possible duplicates of a record have in common with it, by their names."""
    return {str(each.record): each.shared for each in duplicates(record)}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"url": "https://a.example/1"}, "the same address"),
        ({"archive_url": "https://a.example/1"}, "the same address"),
        ({"url": "https://a.example/kept"}, "the same address"),
        ({"text_sha256": "a" * 64}, "the same text"),
        ({"title": "A Réport", "published": "2020-01"}, "the same title and date"),
        ({"title": "A report", "published": "2021"}, None),
        ({"url": "https://a.example/2", "text_sha256": "b" * 64}, None),
    ],
)
def test_a_source_is_known_by_address_text_or_title_and_date(typed, expected):
    known = making.source(
        title="A report",
        published="2020-01",
        url="https://a.example/1",
        archive_url="https://a.example/kept",
        text_sha256="a" * 64,
    )
    found = shared(Source(**{"title": "Another", **typed}))
    assert found == ({str(known): expected} if expected else {})


def test_sources_without_address_or_text_are_not_the_same_for_it():
    making.source(title="One")
    assert shared(Source(title="Two")) == {}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({}, True),
        ({"words": "They WILL stay in the region, as long as needed."}, True),
        ({"words": "", "summary": "They will stay."}, True),
        ({"said": "2020"}, True),
        ({"said": "2021"}, False),
        ({"words": "Nobody asked us for money."}, False),
        ({"speaker_label": "Another official"}, False),
    ],
)
def test_a_statement_is_known_by_speaker_words_and_date(typed, found):
    words = "They will stay in the region as long as needed"
    known = making.statement(speaker_label="An official", words=words, summary="", said="2020-01")
    typed = {"speaker_label": "an official", "words": words, **typed}
    assert shared(Statement(**typed)) == (
        {str(known): "the same speaker, many of the same words"} if found else {}
    )


@pytest.mark.parametrize(
    ("model", "typed"),
    [
        (Operation, {"name": "Operation Sàbre"}),
        (Operation, {"name": "Something else", "short_name": "Sabre"}),
        (Organization, {"name": "Sabre Council"}),
        (Person, {"name": "SABRE, Jean"}),
    ],
)
def test_a_name_like_that_of_another_is_found(model, typed):
    making.operation("sabre", name="Operation Sabre", short_name="Sabre")
    making.organization("sabre", name="The Sabre Council")
    making.person("sabre", name="Jean Sabre")
    making.person("other", name="Another Person")
    (found,) = duplicates(model(**typed))
    assert (type(found.record), found.record.key) == (model, "sabre")


def test_a_record_is_not_its_own_duplicate():
    assert shared(making.operation("sabre")) == {}
    assert shared(Country.objects.get(iso2="ML")) == {}


def test_a_figure_is_known_by_whose_it_is_its_numbers_and_its_date():
    sabre = making.operation("sabre")
    making.strength(sabre, least=100, date="2020")
    assert shared(Figure(operation=sabre, least=100, date="2020-05"))
    assert shared(Figure(operation=sabre, least=100))
    assert not shared(Figure(operation=sabre, least=100, date="2021"))
    assert not shared(Figure(operation=sabre, least=101, date="2020"))
