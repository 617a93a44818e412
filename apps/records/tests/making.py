"""Small records for tests: each has what it must have, and what the test says."""

from itertools import count
from typing import Any

from django.http import QueryDict

from apps.records.asking import Answer, ask, read
from apps.records.catalogue import CATALOGUE
from apps.records.models import (
    TARGETS,
    Citation,
    Contributor,
    Country,
    LadderStep,
    Operation,
    Organization,
    Person,
    Source,
    Statement,
    StrengthFigure,
    citable_fields,
)

numbers = count(1)

# What a record gets that is withdrawn.
WITHDRAWN = {"publication": "withdrawn", "withdrawal_reason": "It was entered twice."}


def asked(name: str, query: str = "", **options: Any) -> Answer:
    """Return the answer of the list `name` to a query string."""
    return ask(CATALOGUE[name], QueryDict(query), **options)


def whole(name: str, query: str = "") -> Any:
    """Return the whole list `name` that a query string asks for, not a page of it."""
    return read(CATALOGUE[name], QueryDict(query)).queryset


def found(name: str, query: str = "") -> list[str]:
    """Return the keys of the records of the list `name` that a query string finds, sorted."""
    return sorted(record.key for record in asked(name, query).records)


def country(code: str, name: str = "", **values: Any) -> Country:
    """Make the country of two letters; three are those and X, the number follows from them."""
    first, second = (ord(letter) - ord("A") for letter in code)
    number = f"{first * 26 + second:03}"
    named = {"name_en": name or code, "name_fr": name or code}
    return Country.objects.create(iso2=code, iso3=f"{code}X", numeric=number, **{**named, **values})


def operation(slug: str, **values: Any) -> Operation:
    return Operation.objects.create(slug=slug, **{"name": slug.title(), **values})


def organization(slug: str, **values: Any) -> Organization:
    return Organization.objects.create(slug=slug, **{"name": slug.title(), **values})


def person(slug: str, **values: Any) -> Person:
    return Person.objects.create(slug=slug, **{"name": slug.title(), **values})


def contributor(operation: Operation, actor: Country | Organization, **values: Any) -> Contributor:
    field = "country" if isinstance(actor, Country) else "organization"
    return Contributor.objects.create(operation=operation, **{field: actor}, **values)


def ladder(contributor: Contributor, *steps: tuple[str, str]) -> None:
    """Make the steps (status, since), the lowest first."""
    for place, (status, since) in enumerate(steps, 1):
        LadderStep.objects.create(contributor=contributor, place=place, status=status, since=since)


def strength(operation: Operation, **values: Any) -> StrengthFigure:
    return StrengthFigure.objects.create(operation=operation, **{"least": 100, **values})


def statement(**values: Any) -> Statement:
    return Statement.objects.create(
        **{"speaker_label": "Unnamed officials", "summary": "They said so.", **values}
    )


def source(**values: Any) -> Source:
    return Source.objects.create(**{"title": "[A source]", **values})


def citation(source: Source, **values: Any) -> Citation:
    """Make a citation of the first field of whatever record is among `values`."""
    supported = next(value for name, value in values.items() if name in TARGETS and value)
    field = citable_fields(type(supported))[0]
    excerpt = f"passage {next(numbers)}"
    return Citation.objects.create(
        source=source, **{"paragraph": 1, "excerpt": excerpt, "field": field, **values}
    )
