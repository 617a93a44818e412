"""What was certainly and what was possibly true on a day, told apart in one answer."""

from datetime import date

import pytest
from django.http import QueryDict

from apps.records.catalogue import CATALOGUE
from apps.records.models import LadderStep, Membership, Operation, StrengthFigure
from apps.records.on_a_day import asked_day, told_apart
from apps.records.tests.making import (
    contributor,
    country,
    ladder,
    operation,
    organization,
    strength,
)
from apps.revisions.parameters import BadParameter

pytestmark = pytest.mark.usefixtures("no_records")

DAY = date(2020, 1, 15)


def test_operations_that_ran_are_told_from_those_that_may_have() -> None:
    operation("ran", start="2019", end="2021")
    operation("may-have", start="2019")
    operation("had-not", start="2021")
    slugs = dict(Operation.objects.values_list("pk", "slug"))
    found = told_apart(Operation.objects.all().active_on, DAY)
    assert {slugs[pk]: certain for pk, certain in found.items()} == {
        "ran": True,
        "may-have": False,
    }


def test_a_step_without_a_date_makes_every_step_only_possible() -> None:
    taking_part = contributor(operation("a"), country("FR"))
    ladder(taking_part, ("announced", "2019"), ("committed", ""), ("deployed", "2020-02"))
    found = told_apart(LadderStep.objects.filter(contributor=taking_part).held_on, DAY)
    steps = taking_part.ladder.in_bulk()
    assert {steps[pk].status: certain for pk, certain in found.items()} == {
        "announced": False,
        "committed": False,
    }


def test_a_membership_and_a_figure_of_that_day_are_certain() -> None:
    grouping = organization("g5")
    Membership.objects.create(
        organization=grouping, country=country("ML"), start="2014", end="2020-01-20/.."
    )
    strength(operation("a"), date="2020-01-15")
    assert list(told_apart(Membership.objects.all().held_on, DAY).values()) == [True]
    assert list(told_apart(StrengthFigure.objects.all().dated_on, DAY).values()) == [True]


@pytest.mark.parametrize(
    ("query", "day"),
    [("", None), ("on=", None), ("on=2020-01-15", DAY), ("on=+2020-01-15+&as_of=3", DAY)],
)
def test_the_day_is_read_and_nothing_else(query: str, day: date | None) -> None:
    assert asked_day(CATALOGUE["operations"], QueryDict(query)) == day


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("operations", "on=2020"),
        ("operations", "on=2020-02-30"),
        ("operations", "on=2020-01-15&on=2020-01-16"),
        ("sources", "on=2020-01-15"),
    ],
)
def test_a_day_that_cannot_be_answered_is_refused_by_its_name(name: str, query: str) -> None:
    with pytest.raises(BadParameter) as error:
        asked_day(CATALOGUE[name], QueryDict(query))
    assert error.value.name == "on"
