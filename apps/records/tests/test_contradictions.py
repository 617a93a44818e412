"""What contradicts another record, in a sentence."""

import pytest

from apps.records.contradictions import contradictions
from apps.records.models import Country
from apps.records.tests import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def mali():
    return Country.objects.get(iso2="ML")


def test_a_contributor_to_an_operation_that_ended_has_its_part_over(mali):
    sabre = making.operation("sabre", end="2022-11")
    contributor = making.contributor(sabre, mali)
    assert contradictions(contributor) == [
        "Mali in Sabre has no status, but the operation ended November 2022."
    ]
    making.ladder(contributor, ("deployed", "2021"), ("withdrawn", "2022-12"))
    assert contradictions(contributor) == [
        "Mali in Sabre: Withdrawn since December 2022, but the operation ended November 2022."
    ]
    assert contradictions(sabre) == contradictions(contributor)


@pytest.mark.parametrize("end", ["", "2022-11/.."])
def test_an_operation_that_may_go_on_contradicts_no_contributor(mali, end):
    contributor = making.contributor(making.operation("sabre", end=end), mali)
    making.ladder(contributor, ("deployed", "2023"))
    assert contradictions(contributor) == []


@pytest.mark.parametrize(
    ("said", "office", "contradicted"),
    [
        ("2019", "", False),
        ("2015", "", True),
        ("2019", "minister", True),
        ("2017", "Deputy", False),
        ("2020", "", False),
        ("2015", "Adviser", True),
        ("", "", False),
    ],
)
def test_a_statement_before_its_speaker_took_office_is_told(said, office, contradicted):
    speaker = making.person("anna")
    speaker.offices.create(title="Minister", start="2020-06")
    speaker.offices.create(title="Deputy", start="2016")
    statement = making.statement(speaker_label="", speaker_person=speaker, said=said, office=office)
    assert bool(contradictions(statement)) is contradicted


def test_two_figures_for_one_date_are_told(mali):
    sabre = making.operation("sabre")
    figure = making.strength(sabre, least=100, date="2020-01")
    making.strength(sabre, least=300, date="2020")
    making.strength(sabre, least=400, date="2021")
    making.strength(sabre, least=500, date="2020", basis="planned")
    making.strength(sabre, least=600)
    assert contradictions(figure) == [
        "Another figure of the same kind for 2020 says at least 300, this one at least 100."
    ]


def test_what_contradicts_nothing_says_nothing(mali):
    assert contradictions(mali) == []
