"""A list takes three queries for records, and one record one, however many they are."""

import pytest

from apps.api.serializers import SERIALIZERS
from apps.records.asking import Matches
from apps.records.catalogue import CATALOGUE
from apps.records.models import (
    TARGETS,
    Country,
    Membership,
    Milestone,
    Office,
    citable_fields,
)
from apps.records.tests import making
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

MANY = 100
PUBLISHED = {"publication": "published"}


def cited(source, **target):
    field = citable_fields(TARGETS[next(iter(target))])[0]
    making.citation(source, field=field, **target, **PUBLISHED)


def invented_country(number):
    letter = chr(ord("A") + number)
    names = {"name_en": f"Testland {letter}", "name_fr": f"Testie {letter}"}
    codes = {"iso2": f"X{letter}", "iso3": f"X{letter}X", "numeric": str(900 + number)}
    return Country.objects.create(**codes, **names, **PUBLISHED)


@pytest.fixture
def many(committed_db):
    """Commit many records of every type, each with a row of every part, all cited."""
    with revision(reason="Many"):
        source = making.source(**PUBLISHED)
        countries = [invented_country(number) for number in range(26)]
        for country in countries:
            cited(source, country=country)
        for number in range(MANY):
            make_one(number, source, countries[number % 26])


def make_one(number, source, country):
    body = making.organization(f"body-{number}", **PUBLISHED)
    person = making.person(f"person-{number}", **PUBLISHED)
    first = making.operation(f"z-first-{number}", **PUBLISHED)
    operation = making.operation(f"operation-{number}", predecessor=first, **PUBLISHED)
    operation.theatre.add(country)
    contributor = making.contributor(operation, [country, body][number % 2], **PUBLISHED)
    making.ladder(contributor, ("announced", "2020"), ("deployed", "2021"))
    for step in contributor.ladder.all():
        cited(source, ladder_step=step)
    speaker = {"speaker_label": "", "speaker_person": person}
    statement = making.statement(**speaker, **PUBLISHED)
    statement.operations.add(operation)
    statement.countries.add(country)
    for target in (
        {"organization": body},
        {"person": person},
        {"operation": first},
        {"operation": operation},
        {"contributor": contributor},
        {"statement": statement},
        {"strength": making.strength(operation, contributor=contributor, **PUBLISHED)},
        {
            "milestone": Milestone.objects.create(
                operation=operation, kind="full_operating_capability"
            )
        },
        {"membership": Membership.objects.create(organization=body, country=country)},
        {"office": Office.objects.create(person=person, title="Minister", country=country)},
    ):
        cited(source, **target)


def test_a_list_takes_two_queries_for_ten_records_and_for_a_hundred(ask, many):
    """One for the records; and, once a revision, one for how many where the page does not tell."""
    for name in CATALOGUE:
        for expand in ("", *SERIALIZERS[name].expansions()):
            few = ask(f"{name}/?page_size=10&expand={expand}")
            more = ask(f"{name}/?page_size=100&expand={expand}")
            assert len(more.json["results"]) > len(few.json["results"]) or name == "sources"
            assert {few.reads, more.reads} <= {1, 2}, (name, expand)
            if next_page := few.json["next"]:
                assert ask(next_page).reads == 1, (name, expand)


@pytest.mark.django_db
def test_which_of_many_match_is_asked_once_a_revision(ask, monkeypatch):
    monkeypatch.setattr(Matches, "many", True)
    question = "statements/?act=announce,decide"
    assert ask(f"{question}&page_size=1").reads == 2
    assert ask(f"{question}&page_size=2").reads == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["statements", "contributors", "citations", "strengths"])
def test_a_filter_by_other_records_takes_one_more(ask, name):
    for keys in ("barkhane", "barkhane,takuba-task-force"):
        answer = ask(f"{name}/?operation={keys}&page_size=1")
        assert answer.json["results"]
        assert answer.reads <= 3


@pytest.mark.django_db
@pytest.mark.parametrize("name", CATALOGUE)
def test_one_record_takes_one_query(ask, name):
    record = ask(f"{name}/?page_size=1").json["results"][0]
    for expand in {"", ",".join(SERIALIZERS[name].expansions())}:
        answer = ask(f"{record['api_url']}?expand={expand}")
        assert (answer.status, answer.reads) == (200, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("name", CATALOGUE)
def test_the_state_of_the_database_takes_as_many_queries_for_few_as_for_many(ask, name):
    few, more = ask(f"{name}/?page_size=1"), ask(f"{name}/?page_size=200")
    assert few.queries - few.reads == more.queries - more.reads
