"""Records to write to: a published source, country and operation, each cited."""

import pytest

from apps.records.models import Citation, Country, Operation, Source
from apps.revisions.models import Revision
from apps.revisions.writing import revision


def newest() -> int:
    found = Revision.objects.newest()
    return found.number if found else 0


def published_operation(slug: str, source: Source) -> Operation:
    operation = Operation.objects.create(slug=slug, name=slug.title(), publication="published")
    Citation.objects.create(
        source=source,
        paragraph=1,
        excerpt=slug,
        operation=operation,
        field="name",
        publication="published",
    )
    return operation


@pytest.fixture
def source(committed_db) -> Source:
    return Source.objects.create(title="[A report]", publication="published", paragraphs=3)


@pytest.fixture
def testland(source) -> Country:
    with revision(reason="Add a country"):
        country = Country.objects.create(
            iso2="XT", iso3="XTT", numeric="990", name_en="Testland", name_fr="Testie"
        )
    return country


@pytest.fixture
def sabre(source) -> Operation:
    with revision(reason="Add an operation"):
        return published_operation("sabre", source)
