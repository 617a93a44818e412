"""`on` in the API: a record of that day, with what was true then beside what is true now."""

import csv
import json

import pytest

from apps.api.tests.test_errors import problem
from apps.records.catalogue import CATALOGUE
from apps.records.models import LadderStep
from apps.records.tests import making
from apps.revisions.writing import revision

PUBLISHED = {"publication": "published"}
DAY = "on=2020-12-01"
ANNOUNCED = f"contributors/?{DAY}&status=announced"


@pytest.fixture
def promise(committed_db):
    """Return a contributor that had announced on the day, and has since done more."""
    step = LadderStep.objects.filter(contributor__publication="published").latest("place")
    with revision(reason="It withdrew"):
        LadderStep.objects.filter(pk=step.pk).update(status="announced", since="2020-01-13")
        later = {"place": step.place + 1, "status": "withdrawn", "since": "2021"}
        withdrawn = LadderStep.objects.create(contributor=step.contributor, **later)
        source = making.source(**PUBLISHED)
        for field in ("status", "since"):
            making.citation(source, field=field, ladder_step=withdrawn, **PUBLISHED)
    return step.contributor.public_id


def of(found, key):
    return next(record for record in found if record["id"] == key)


def test_a_contributor_has_its_status_of_that_day_beside_that_of_today(get, promise):
    then = of(get(ANNOUNCED)["results"], promise)
    assert then["status"] == "withdrawn"
    assert then["status_on_day"] == [{"status": "announced", "certain": True}]
    assert get(f"contributors/{promise}/?{DAY}") == then


def test_without_a_day_there_is_none(get, promise):
    now = of(get("contributors/")["results"], promise)
    assert now["status_on_day"] is None
    assert get(f"contributors/{promise}/") == now


def test_a_date_that_may_be_later_makes_it_uncertain(get, promise):
    asked = "on=2021-06-01"
    may_be = of(get(f"contributors/?{asked}")["results"], promise)["status_on_day"]
    assert may_be == [
        {"status": "announced", "certain": False},
        {"status": "withdrawn", "certain": False},
    ]
    certain = get(f"contributors/?{asked}&match=certain")["results"]
    assert promise not in {record["id"] for record in certain}


def test_every_format_says_the_same(ask, get, promise):
    expected = of(get(ANNOUNCED)["results"], promise)
    lines = ask(f"contributors/export.ndjson?{DAY}&status=announced").text.splitlines()
    assert of(map(json.loads, lines), promise) == expected
    linked = get(f"{ANNOUNCED}&format=jsonld")["results"]
    assert of(linked, promise)["status_on_day"] == expected["status_on_day"]
    rows = csv.DictReader(ask(f"{ANNOUNCED}&format=csv").text.splitlines())
    assert of(rows, promise)["status_on_day"] == "announced"
    (row,) = csv.DictReader(ask(f"contributors/{promise}/?{DAY}&format=csv").text.splitlines())
    assert (row["status"], row["status_on_day"]) == ("withdrawn", "announced")


def test_the_answer_takes_as_few_queries_as_without_a_day(ask, promise):
    for address in ("contributors/", f"contributors/{promise}/"):
        assert ask(f"{address}?{DAY}").queries == ask(address).queries


@pytest.mark.django_db
def test_a_record_that_the_list_leaves_out_is_not_found_on_that_day(ask):
    assert ask("operations/barkhane/?on=2020-01-19").status == 200
    absent = ask("operations/barkhane/?on=2000-01-01&match=certain")
    assert "on=2000-01-01" in problem(absent, 404, "not-found")["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", CATALOGUE)
def test_a_record_takes_a_day_where_its_list_does(ask, name):
    key = CATALOGUE[name].model.objects.first().public_id
    takes = "on" in CATALOGUE[name].filters.base_filters
    assert ask(f"{name}/{key}/?on=2020-02-30").status == 400
    assert (ask(f"{name}/{key}/?match=possible").status == 200) is takes
