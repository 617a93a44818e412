"""Every filter of sources and citations keeps what it says and nothing else."""

import pytest

from apps.records.models import Membership, Milestone, Office
from apps.records.tests.making import (
    asked,
    citation,
    contributor,
    country,
    found,
    operation,
    organization,
    person,
    source,
    statement,
    strength,
)

pytestmark = pytest.mark.usefixtures("no_records")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("type=report", ["b"]),
        ("language=en", ["a"]),
        ("language=en,fr", ["a", "b"]),
        ("publisher=Le Monde", ["b"]),
        ("url=https://example.org/a?x=1", ["a"]),
        ("url=https://archive.example.org/b", ["b"]),
        ("url=https://example.org/", []),
        ("published_from=2020&match=certain", ["a"]),
        ("published_until=2020", ["a", "b"]),
        ("q=monde", ["b"]),
    ],
)
def test_sources(query: str, titles: list[str]) -> None:
    source(title="a", language="en", url="https://example.org/a?x=1", published="2020-02")
    source(
        title="b",
        type="report",
        language="fr",
        publisher="Le Monde",
        archive_url="https://archive.example.org/b",
    )
    assert sorted(record.title for record in asked("sources", query).records) == titles


@pytest.mark.parametrize(
    ("query", "excerpts"),
    [
        ("operation=barkhane", ["milestone of it", "name of it"]),
        ("record_type=operation", ["name of it"]),
        ("record_type=operation,ladder_step", ["name of it", "step of the ladder"]),
        ("country=SE", ["country"]),
        ("organization=g5-sahel", ["membership"]),
        ("person=parly", ["office", "person"]),
        ("field=status", ["step of the ladder"]),
        ("standing=conflicting", ["person"]),
        ("rank=preferred", ["office"]),
        ("caveat=relative_date", ["membership"]),
        ("q=ladders", ["step of the ladder"]),
        ("q=4500-strong", ["country"]),
    ],
)
def test_citations(query: str, excerpts: list[str]) -> None:
    article = source()
    barkhane, sweden, parly, g5 = (
        operation("barkhane"),
        country("SE"),
        person("parly"),
        organization("g5-sahel"),
    )
    step = contributor(barkhane, sweden).ladder.create(place=1, status="announced")
    milestone = Milestone.objects.create(operation=barkhane, kind="initial_operating_capability")
    office = Office.objects.create(person=parly, title="Minister")
    membership = Membership.objects.create(organization=g5, country=sweden)
    citation(article, operation=barkhane, excerpt="name of it")
    citation(article, milestone=milestone, excerpt="milestone of it", field="expected")
    citation(article, country=sweden, excerpt="country", as_written="4500-strong")
    citation(article, person=parly, excerpt="person", standing="conflicting")
    citation(article, office=office, excerpt="office", rank="preferred", rank_reason="It is.")
    citation(article, membership=membership, excerpt="membership", caveats=["relative_date"])
    citation(article, ladder_step=step, excerpt="step of the ladder", field="status")
    records = asked("citations", query).records
    assert sorted(record.excerpt for record in records) == excerpts


def test_citations_by_public_ids() -> None:
    article, other = source(), source(title="[Another]")
    takuba = operation("takuba")
    share = contributor(takuba, country("SE"))
    figure, said = strength(takuba), statement()
    step = share.ladder.create(place=1, status="announced")
    of_share, of_step = citation(article, contributor=share), citation(article, ladder_step=step)
    of_figure, of_words = citation(other, strength=figure), citation(other, statement=said)

    def ids(*citations):
        return sorted(one.public_id for one in citations)

    assert found("citations", f"contributor={share.public_id}") == ids(of_share, of_step)
    assert found("citations", f"strength={figure.public_id}") == ids(of_figure)
    assert found("citations", f"statement={said.public_id}") == ids(of_words)
    assert found("citations", f"source={article.public_id}") == ids(of_share, of_step)
