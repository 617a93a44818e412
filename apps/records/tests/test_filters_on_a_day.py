"""`on` asks what was true on a day, `match` whether it may have been or must have been."""

import pytest

from apps.records.models import Membership, Office
from apps.records.tests.making import (
    asked,
    contributor,
    country,
    found,
    ladder,
    operation,
    organization,
    person,
    statement,
    strength,
)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_records")]

DAY = "on=2020-01-15"
CERTAINLY = f"{DAY}&match=certain"


@pytest.mark.parametrize(
    ("start", "end", "possible", "certain"),
    [
        ("2014-08-01", "2022-11-09", True, True),
        ("2014-08-01", "", True, False),
        ("", "", True, False),
        ("2020-01", "2022", True, False),
        ("2019", "2020", True, False),
        ("2019", "2020-01-15/..", True, True),
        ("2020-01-16", "", False, False),
        ("", "2020-01-14", False, False),
        ("2020-01-15", "2020-01-15", True, True),
    ],
)
def test_an_operation_ran_on_a_day(start: str, end: str, possible: bool, certain: bool) -> None:
    operation("a", start=start, end=end)
    assert found("operations", DAY) == ["a"] * possible
    assert found("operations", CERTAINLY) == ["a"] * certain


@pytest.mark.parametrize(
    ("steps", "possible", "certain"),
    [
        ([], set(), set()),
        ([("announced", "2019-12")], {"announced"}, {"announced"}),
        ([("announced", "2020-02")], set(), set()),
        ([("announced", "")], {"announced"}, set()),
        ([("announced", "2020-01")], {"announced"}, set()),
        (
            [("announced", "2019-12"), ("deployed", "2020-01-10"), ("reduced", "2020-03")],
            {"deployed"},
            {"deployed"},
        ),
        ([("announced", "2019-12"), ("deployed", "2020-01")], {"announced", "deployed"}, set()),
        ([("announced", "2019-12"), ("deployed", "")], {"announced", "deployed"}, set()),
        ([("announced", ""), ("deployed", "2020-01-10")], {"deployed"}, {"deployed"}),
        ([("announced", "2019-12"), ("deployed", "2020-02")], {"announced"}, {"announced"}),
    ],
)
def test_a_contributor_stood_on_a_step_of_its_ladder(
    steps: list[tuple[str, str]], possible: set[str], certain: set[str]
) -> None:
    ladder(contributor(operation("takuba"), country("SE")), *steps)
    for query, statuses in ((DAY, possible), (CERTAINLY, certain)):
        answer = asked("contributors", f"{query}&facets=status")
        assert answer.count == (1 if statuses else 0)
        assert {value.code for value in answer.facets["status"]} == statuses
        for status in ("announced", "deployed", "reduced"):
            assert asked("contributors", f"{query}&status={status}").count == (status in statuses)


def test_a_member_was_one_on_a_day_of_that_organization() -> None:
    mali, niger = country("ML"), country("NE")
    g5, ecowas = organization("g5-sahel"), organization("ecowas")
    Membership.objects.create(organization=g5, country=mali, start="2014", end="2022-05-15")
    Membership.objects.create(organization=g5, country=niger, start="2021")
    Membership.objects.create(organization=ecowas, country=niger)
    assert found("countries", f"organization=g5-sahel&{DAY}") == ["ML"]
    assert found("countries", f"organization=g5-sahel&{CERTAINLY}") == ["ML"]
    assert found("countries", f"organization=ecowas&{DAY}") == ["NE"]
    assert found("countries", f"organization=ecowas&{CERTAINLY}") == []
    assert found("countries", DAY) == ["ML", "NE"]
    assert found("organizations", f"country=NE&{DAY}") == ["ecowas"]
    assert found("organizations", f"country=ML&{CERTAINLY}") == ["g5-sahel"]
    assert found("organizations", "country=NE") == ["ecowas", "g5-sahel"]


def test_the_members_of_a_day_are_the_ones_counted() -> None:
    mali, g5 = country("ML"), organization("g5-sahel")
    Membership.objects.create(organization=g5, country=mali, start="2021")
    Membership.objects.create(organization=organization("un"), country=mali, start="1960")
    facets = asked("countries", f"{DAY}&facets=organization").facets["organization"]
    assert [(value.code, value.count) for value in facets] == [("un", 1)]


def test_a_person_held_one_office_that_is_all_that_was_asked() -> None:
    france, un, parly = country("FR"), organization("un"), person("parly")
    Office.objects.create(person=parly, title="Minister", country=france, start="2017", end="2022")
    Office.objects.create(person=parly, title="Envoy", organization=un, start="2023")
    assert found("people", f"country=FR&{DAY}") == ["parly"]
    assert found("people", f"organization=un&{DAY}") == []
    assert found("people", "country=FR&organization=un") == []
    assert found("people", CERTAINLY) == ["parly"]
    assert found("people", "on=2023-06-01&match=certain") == []


@pytest.mark.parametrize(
    ("date", "possible", "certain"),
    [
        ("2020-01-15", True, True),
        ("2020-01", True, False),
        ("", True, False),
        ("2020-01-16", False, False),
        ("../2013", False, False),
        ("2013/..", True, False),
    ],
)
def test_what_was_said_or_given_for_a_day(date: str, possible: bool, certain: bool) -> None:
    statement(said=date)
    strength(operation("barkhane"), date=date)
    for name in ("statements", "strengths"):
        assert asked(name, DAY).count == possible
        assert asked(name, CERTAINLY).count == certain


def test_match_alone_asks_nothing() -> None:
    operation("a")
    assert found("operations", "match=certain") == ["a"]
