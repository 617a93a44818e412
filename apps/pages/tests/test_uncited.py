"""A value for which no passage is cited says so, wherever it stands."""

import re
from html import unescape

import pytest

from apps.pages import facts
from apps.pages.tests.conftest import PUBLISHED, cited, countries
from apps.records.models import (
    Country,
    LadderStep,
    Membership,
    Milestone,
    Office,
    StrengthFigure,
)
from apps.records.tests import making
from apps.revisions.writing import revision

BARE = "(no passage cited)"


@pytest.fixture
def half_cited(source):
    """An operation and all that hangs on it, of which only what names each is cited."""
    with revision(reason="Test"):
        operation = making.operation(
            "half-cited", type="ad_hoc_task_force", status="active", start="2020-07", **PUBLISHED
        )
        cited(source, operation, "name")
    [country] = countries(source, 1)
    with revision(reason="Its parts"):
        contributor = making.contributor(operation, country, roles=["special_forces"], **PUBLISHED)
        cited(source, contributor, "country")
        step = LadderStep.objects.create(
            contributor=contributor, place=1, status="committed", since="2020-03"
        )
        cited(source, step, "since")
        figure = making.strength(operation, scope="operation_total", date="2021", **PUBLISHED)
        cited(source, figure, "least")
        milestone = Milestone.objects.create(
            operation=operation, kind="full_operating_capability", expected="2022"
        )
        cited(source, milestone, "kind")
    return operation


def told(page):
    """Return the words of the page without its marks, those of each element apart."""
    unmarked = re.sub(r"<button class=\"ev\".*?</button>", " ", page.html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", unmarked)).split())


def test_the_infobox_says_which_values_no_passage_is_cited_for(half_cited, visit):
    page = told(visit("/operations/half-cited/"))
    assert f"Kind Ad hoc task force {BARE}" in page
    assert f"Start July 2020 {BARE}" in page
    assert f"Status Active {BARE}" in page
    assert "Name Half-Cited Status" in page


def test_rows_of_contributors_and_steps_of_ladders_say_it(half_cited, visit):
    page = told(visit("/operations/half-cited/"))
    assert f"Testland A Special forces {BARE} Committed {BARE}" in page
    assert f"Committed {BARE} , since March 2020" in page
    assert f"since March 2020 {BARE}" not in page


def test_strengths_and_milestones_say_it(half_cited, visit):
    page = told(visit("/operations/half-cited/"))
    assert "100 the operation" in page
    assert f"Whole operation {BARE}" in page
    assert f"2021 {BARE}" in page
    assert f"Full operating capability 2022 {BARE}" in page


def test_where_one_of_the_values_in_a_line_is_cited_the_others_are_named(half_cited, visit):
    page = told(visit("/operations/half-cited/"))
    assert "Committed, since March 2020 (no passage cited: status)" in page


def test_lists_say_it(half_cited, visit):
    page = told(visit("/operations/"))
    assert f"Ad hoc task force {BARE} Half-Cited" in page
    assert f"Status Active {BARE}" in page


def test_lists_of_bodies_people_and_states_say_it(source, visit):
    with revision(reason="Test"):
        army = making.organization("army", kind="armed_force", abbreviation="ARM", **PUBLISHED)
        chief = making.person("chief", **PUBLISHED)
        cited(source, army, "name")
        cited(source, chief, "name")
        state = Country.objects.get(iso2="FR")
        membership = Membership.objects.create(organization=army, country=state, start="2014")
        cited(source, membership, "start")
        office = Office.objects.create(person=chief, title="Chief of staff", country=state)
        cited(source, office, "person")
    assert f"Short ARM {BARE}" in told(visit("/organizations/", q="army"))
    assert f"Chief of staff , France {BARE}" in told(visit("/people/", q="chief"))
    assert f"FR Army {BARE}" in told(visit("/countries/", organization="army"))


def test_it_is_never_in_the_colour_of_evidence_and_is_said_in_french(half_cited, visit):
    page = visit("/fr/operations/half-cited/")
    assert "(aucun passage cité)" in page
    assert not re.search(r'class="ev"[^>]*>[^<]*aucun passage', page.html)


def test_codes_names_of_iso_order_and_language_need_no_passage():
    assert facts.uncited(Country(iso2="FR", name_en="France"), "iso2 name_en", set()) == []
    assert facts.uncited(LadderStep(place=2), "place", set()) == []


def test_one_passage_is_enough_for_the_two_ends_of_a_figure():
    assert facts.uncited(StrengthFigure(least=1, most=2), "least most", {"least"}) == []
