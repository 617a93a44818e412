"""A list costs the same number of queries however long it is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.records.catalogue import CATALOGUE
from apps.records.exports import row
from apps.records.models import Citation, Contributor, Membership, Milestone, Office, Record
from apps.records.tests.making import (
    asked,
    citation,
    contributor,
    country,
    ladder,
    operation,
    organization,
    person,
    source,
    statement,
    strength,
)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_records")]


def code(number: int) -> str:
    return chr(ord("A") + number // 26) + chr(ord("A") + number % 26)


def an_operation(number: int) -> Record:
    record = operation(f"o{number}", predecessor=operation(f"before-{number}"))
    record.theatre.add(country(code(number)))
    Milestone.objects.create(operation=record, kind="initial_operating_capability")
    return record


def a_country(number: int) -> Record:
    record = country(code(number))
    Membership.objects.create(organization=organization(f"g{number}"), country=record)
    return record


def an_organization(number: int) -> Record:
    record = organization(f"g{number}")
    Membership.objects.create(organization=record, country=country(code(number)))
    return record


def a_person(number: int) -> Record:
    record = person(f"p{number}")
    Office.objects.create(person=record, title="Minister", country=country(code(number)))
    return record


def a_contributor(number: int) -> Contributor:
    record = contributor(operation(f"o{number}"), country(code(number)))
    ladder(record, ("announced", ""), ("committed", "2020"))
    return record


def a_strength(number: int) -> Record:
    share = a_contributor(number)
    return strength(share.operation, contributor=share)


def a_statement(number: int) -> Record:
    record = statement(speaker_label="", speaker_person=person(f"p{number}"))
    record.countries.add(country(code(number)))
    record.operations.add(operation(f"o{number}"))
    return record


def a_source(number: int) -> Record:
    return source(title=f"[Source {number}]")


def a_citation(number: int) -> Record:
    share = a_contributor(number)
    targets: list[dict[str, Any]] = [
        {"operation": share.operation},
        {"ladder_step": share.ladder.first()},
        {"strength": strength(share.operation, contributor=share)},
        {"statement": statement(speaker_label="", speaker_country=share.country)},
    ]
    return citation(source(), **targets[number % 4])


MADE: dict[str, Callable[[int], Any]] = {
    "operations": an_operation,
    "countries": a_country,
    "organizations": an_organization,
    "people": a_person,
    "contributors": a_contributor,
    "strengths": a_strength,
    "statements": a_statement,
    "sources": a_source,
    "citations": a_citation,
}
CITED = {
    "operations": "operation",
    "countries": "country",
    "organizations": "organization",
    "people": "person",
    "contributors": "contributor",
    "strengths": "strength",
    "statements": "statement",
}


def make(name: str, start: int, stop: int) -> None:
    for number in range(start, stop):
        record = MADE[name](number)
        if name in CITED:
            citation(source(), **{CITED[name]: record})


def shown(cited: Citation) -> str:
    return f"{cited}: {cited.source}"


def queries_to_show(name: str, query: str) -> int:
    """Return how many queries it takes to show a page: columns, names, citations."""
    with CaptureQueriesContext(connection) as queries:
        answer = asked(name, query)
        for record in answer.records:
            row(answer.entry, record)
            if name in CITED:
                list(map(shown, record.citations.all()))
    return len(queries)


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_page_of_200_takes_as_many_queries_as_one_of_20(name: str) -> None:
    make(name, 0, 21)
    few = queries_to_show(name, "page_size=20")
    make(name, 21, 201)
    assert queries_to_show(name, "page_size=200") == few


def test_a_page_takes_one_query_and_its_count_another_beside_what_is_fetched_with_it() -> None:
    make("sources", 0, 3)
    assert queries_to_show("sources", "page_size=2") == 2
    assert queries_to_show("sources", "page_size=3") == 1
