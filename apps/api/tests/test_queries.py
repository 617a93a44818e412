"""A list takes as many queries for many records as for few."""

import pytest

from apps.api.serializers import SERIALIZERS
from apps.records.catalogue import CATALOGUE
from apps.records.models import Country, Membership, Milestone, Office
from apps.records.tests import making
from apps.revisions.writing import revision

MANY = 40
PUBLISHED = {"publication": "published"}


def cited(source, **target):
    making.citation(source, **target, **PUBLISHED)


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


def test_queries_do_not_grow_with_the_records(ask, many):
    for name in CATALOGUE:
        for expand in ("", *SERIALIZERS[name].expansions()):
            few = ask(f"{name}/?page_size=10&expand={expand}")
            more = ask(f"{name}/?page_size=200&expand={expand}")
            assert len(more.json["results"]) > len(few.json["results"]) or name == "sources"
            assert abs(more.queries - few.queries) <= 2, (name, expand)
