"""Every filter keeps what it says and nothing else."""

import pytest

from apps.records.catalogue import CATALOGUE
from apps.records.models import Membership, Office
from apps.records.tests.making import (
    asked,
    citation,
    contributor,
    country,
    found,
    ladder,
    operation,
    organization,
    person,
    source,
    statement,
    strength,
)

pytestmark = pytest.mark.usefixtures("no_records")


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("type=other", ["b"]),
        ("type=other,not_stated", ["a", "b"]),
        ("status=active", ["a"]),
        ("conducting_body=un", ["a"]),
        ("function=train", ["a", "b"]),
        ("function=assist,advise", ["b"]),
        ("legal_basis=unsc_resolution", ["a"]),
        ("country=ML", ["a"]),
        ("country=ML,NE", ["a", "b"]),
        ("country=ML,NE&status=active", ["a"]),
        ("q=peace", ["a"]),
        ("started_from=2013-07", ["a", "b"]),
        ("started_from=2013-07-01&match=certain", ["b"]),
        ("started_from=2013&started_until=2013&match=certain", ["a"]),
        ("started_until=2012", []),
        ("started_until=2014", ["a"]),
        ("ended_from=2015", ["a", "b"]),
        ("ended_from=2015&match=certain", ["b"]),
        ("ended_until=2015&match=certain", []),
    ],
)
def test_operations(query: str, slugs: list[str]) -> None:
    mali, niger = country("ML"), country("NE")
    a = operation(
        "a",
        status="active",
        conducting_body="un",
        functions=["train"],
        legal_basis="unsc_resolution",
        mandate="To keep the peace",
        start="2013",
    )
    b = operation(
        "b", type="other", functions=["train", "assist"], start="2015-05-01", end="2020-01"
    )
    a.theatre.add(mali, niger)
    b.theatre.add(niger)
    assert found("operations", query) == slugs


def test_a_record_is_found_by_several_of_its_values_once() -> None:
    both = operation("both", functions=["train", "assist"])
    both.theatre.add(country("ML"), country("NE"))
    assert found("operations", "country=ML,NE&function=train,assist") == ["both"]
    assert asked("operations", "country=ML,NE&page_size=1").count == 1


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("organization=g5-sahel", ["ML", "NE"]),
        ("organization=un", []),
        ("operation=barkhane", ["BE", "ML"]),
        ("operation=barkhane&organization=g5-sahel", ["ML"]),
        ("q=malien", []),
        ("q=belgique", ["BE"]),
        ("q=MLX", ["ML"]),
    ],
)
def test_countries(query: str, codes: list[str]) -> None:
    mali, niger, belgium = country("ML", "Mali"), country("NE"), country("BE", name_fr="Belgique")
    g5 = organization("g5-sahel")
    organization("un")
    for member in (mali, niger):
        Membership.objects.create(organization=g5, country=member)
    operation("barkhane").theatre.add(mali, belgium)
    assert found("countries", query) == codes


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("kind=grouping", ["g5-sahel"]),
        ("country=ML", ["ecowas", "g5-sahel"]),
        ("country=TD", ["g5-sahel"]),
        ("q=sahel", ["g5-sahel"]),
    ],
)
def test_organizations(query: str, slugs: list[str]) -> None:
    mali, chad = country("ML"), country("TD")
    g5, ecowas = organization("g5-sahel", kind="grouping"), organization("ecowas")
    for body, member in ((g5, mali), (g5, chad), (ecowas, mali)):
        Membership.objects.create(organization=body, country=member)
    assert found("organizations", query) == slugs


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("country=FR", ["parly"]),
        ("country=US", ["milley"]),
        ("organization=joint-chiefs", ["milley"]),
        ("country=FR,US", ["milley", "parly"]),
        ("country=FR&organization=joint-chiefs", []),
        ("q=Parly", ["parly"]),
    ],
)
def test_people(query: str, slugs: list[str]) -> None:
    france, us, chiefs = country("FR"), country("US"), organization("joint-chiefs")
    parly, milley = person("parly"), person("milley")
    Office.objects.create(person=parly, title="Defence minister", country=france)
    Office.objects.create(person=milley, title="Chairman", country=us, organization=chiefs)
    assert found("people", query) == slugs


@pytest.mark.parametrize(
    ("query", "actors"),
    [
        ("operation=takuba", ["Europe", "SE"]),
        ("operation=takuba,barkhane", ["EE", "Europe", "SE"]),
        ("country=SE,EE", ["EE", "SE"]),
        ("organization=europe", ["Europe"]),
        ("role=troops", ["EE"]),
        ("role=troops,special_forces", ["EE", "SE"]),
        ("status=committed", ["SE"]),
        ("status=announced", []),
        ("status=not_stated,deployed", ["EE", "Europe"]),
        ("q=takuba", ["Europe", "SE"]),
        ("q=europe", ["Europe"]),
    ],
)
def test_contributors(query: str, actors: list[str]) -> None:
    takuba, barkhane = operation("takuba"), operation("barkhane")
    sweden = contributor(takuba, country("SE"), roles=["special_forces"])
    contributor(takuba, organization("europe"))
    estonia = contributor(barkhane, country("EE"), roles=["troops", "logistics"])
    ladder(sweden, ("announced", ""), ("committed", ""))
    ladder(estonia, ("deployed", "2020"))
    records = asked("contributors", query).records
    assert sorted(str(record.actor) for record in records) == actors


@pytest.mark.parametrize(
    ("query", "least"),
    [
        ("operation=barkhane", [5, 4500]),
        ("basis=planned", [600]),
        ("scope=contributor_share", [5]),
        ("personnel_type=troops", [4500]),
        ("dated_from=2020&match=certain", [4500]),
        ("dated_from=2020", [5, 4500]),
        ("dated_until=2019", [5, 600]),
        ("q=takuba", [600]),
    ],
)
def test_strengths(query: str, least: list[int]) -> None:
    barkhane, takuba = operation("barkhane"), operation("takuba")
    strength(barkhane, least=4500, date="2020-01", personnel_type="troops")
    strength(takuba, least=600, date="2019", basis="planned")
    share = contributor(barkhane, country("SE"))
    strength(barkhane, least=5, contributor=share, scope="contributor_share")
    assert sorted(record.least for record in asked("strengths", query).records) == least


def test_strengths_of_a_contributor() -> None:
    barkhane = operation("barkhane")
    share = contributor(barkhane, country("SE"))
    strength(barkhane)
    figure = strength(barkhane, contributor=share)
    assert found("strengths", f"contributor={share.public_id}") == [figure.public_id]


@pytest.mark.parametrize(
    ("query", "summaries"),
    [
        ("operation=barkhane", ["a"]),
        ("country=US,ML", ["a", "b"]),
        ("speaker=macron", ["a"]),
        ("speaker_country=FR", ["b"]),
        ("organization=un", ["c"]),
        ("act=assess,announce", ["a", "b"]),
        ("stance=favourable", ["a"]),
        ("attribution=on_record", ["a"]),
        ("quote_form=indirect", ["b"]),
        ("speaker_kind=person", ["a"]),
        ("setting=speech", ["a"]),
        ("said_from=2020-01-10&said_until=2020-01-20&match=certain", ["a"]),
        ("said_from=2020-01-10&said_until=2020-01-20", ["a", "c"]),
        ("said_until=2019-12-31&match=certain", ["b"]),
        ("q=a", ["a"]),
    ],
)
def test_statements(query: str, summaries: list[str]) -> None:
    us, france = country("US"), country("FR")
    mali, barkhane = country("ML"), operation("barkhane")
    a = statement(
        summary="a",
        words="a" if query == "q=a" else "",
        speaker_label="",
        speaker_person=person("macron"),
        act="assess",
        stance="favourable",
        attribution="on_record",
        speaker_kind="person",
        setting="speech",
        said="2020-01-19",
    )
    b = statement(
        summary="b",
        speaker_label="",
        speaker_country=france,
        act="announce",
        quote_form="indirect",
        said="2019",
    )
    statement(summary="c", speaker_label="", speaker_organization=organization("un"))
    a.operations.add(barkhane)
    a.countries.add(us, mali)
    b.countries.add(us)
    records = asked("statements", query).records
    assert sorted(record.summary for record in records) == summaries


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_kind_is_found_by_several_ids_and_an_unknown_one_is_absent(name: str) -> None:
    takuba = operation("takuba")
    one, two = {
        "operations": lambda: (takuba, operation("b")),
        "countries": lambda: (country("ML"), country("NE")),
        "organizations": lambda: (organization("a"), organization("b")),
        "people": lambda: (person("a"), person("b")),
        "contributors": lambda: (
            contributor(takuba, country("ML")),
            contributor(takuba, country("NE")),
        ),
        "strengths": lambda: (strength(takuba), strength(takuba)),
        "statements": lambda: (statement(), statement()),
        "sources": lambda: (source(), source()),
        "citations": lambda: (
            citation(source(), operation=takuba),
            citation(source(), operation=takuba),
        ),
    }[name]()
    records = asked(name, f"id={two.public_id},000000000000,{one.public_id}").records
    assert {record.pk for record in records} == {one.pk, two.pk}
    assert [r.pk for r in asked(name, f"id={two.public_id}").records] == [two.pk]
