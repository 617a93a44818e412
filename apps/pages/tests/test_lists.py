"""Lists: conditions, chips, orders, pages, and what the queries cost."""

import re

import pytest
from django.core.cache import cache

from apps.records.models import (
    TARGETS,
    Citation,
    Contributor,
    LadderStep,
    Operation,
    Organization,
    Person,
    Statement,
    StrengthFigure,
)
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

LISTS = ("operations", "countries", "organizations", "people", "statements", "sources")
MANY = 200


def test_a_condition_shows_as_a_chip_that_takes_it_away(seed_page):
    page = seed_page("/operations/?status=active,announced&country=ML")
    assert "Status: Active" in page
    assert "Theatre: Mali" in page
    assert 'class="chip" href="/operations/?country=ML&status=announced"' in page


def test_the_day_asked_about_is_a_chip(seed_page):
    page = seed_page("/operations/?on=2020-01-15&match=certain")
    assert "True on: 2020-01-15" in page
    assert "Uncertain dates: certain" in page


def test_boxes_ticked_in_the_form_ask_the_same_as_commas(seed_page):
    page = seed_page("/operations/?status=active&status=announced&q=&on=")
    assert page.status == 200
    assert page.text.count('class="chip"') == 2


def test_the_same_question_can_be_taken_as_json_and_csv(seed_page):
    page = seed_page("/operations/?status=active&ordering=-name")
    assert 'href="/api/v1/operations/?ordering=-name&status=active"' in page
    assert 'href="/api/v1/operations/?ordering=-name&status=active&format=csv"' in page


def test_nothing_found_says_so_and_offers_to_ask_for_less(seed_page):
    page = seed_page("/operations/?q=sabre")
    assert "Nothing recorded meets these conditions." in page
    assert "Take all conditions away" in page


def test_an_empty_database_has_pages_too(seed_page):
    for name in LISTS:
        page = seed_page(f"/{name}/", as_of=0)
        assert page.status == 200
        assert "Nothing is recorded here yet." in page
    assert "No operation is recorded." in seed_page("/", as_of=0)
    assert "Nothing was changed yet." in seed_page("/changes/", as_of=0)


def test_the_pages_of_a_list_lead_on_and_back(seed_page):
    first = seed_page("/statements/?page_size=5")
    second = seed_page(link(first, "Next"))
    assert second.status == 200
    assert shown(first) & shown(second) == set()
    assert shown(seed_page(link(second, "Previous"))) == shown(first)


def link(page, word):
    return page.text.split(f">{word}</a>")[0].rsplit('href="', 1)[1].split('"')[0]


def shown(page):
    return set(re.findall(r'href="/statements/(\w{12})/"', page.text))


@pytest.fixture
def many(source):
    """Commit many records of each kind; the operations have a contributor and a figure each."""
    with revision(reason="Many"):
        operations = make(Operation, source, lambda n: {"slug": f"operation-{n}", "name": f"O {n}"})
        make(Person, source, lambda n: {"slug": f"person-{n}", "name": f"Person {n}"})
        bodies = make(Organization, source, lambda n: {"slug": f"body-{n}", "name": f"Body {n}"})
        said = {"speaker_label": "Officials", "words": "So be it.", "quote_form": "direct"}
        make(Statement, source, lambda n: said, "words")
        pairs = list(zip(operations, bodies, strict=True))
        figure = {"least": 1}
        make(StrengthFigure, source, lambda n: {"operation": operations[n], **figure}, "least")
        contribute(source, pairs)
    return operations, bodies


def make(model, source, values, field="name"):
    """Make MANY published records of `model`, each cited for `field`."""
    rows = [model(publication="published", **values(number)) for number in range(MANY)]
    made = model.objects.bulk_create(rows)
    cite_all(source, made, field)
    return made


def contribute(source, pairs):
    rows = [Contributor(operation=o, organization=b, publication="published") for o, b in pairs]
    contributors = Contributor.objects.bulk_create(rows)
    steps = [LadderStep(contributor=c, place=1, status="announced") for c in contributors]
    cite_all(source, contributors, "organization")
    cite_all(source, LadderStep.objects.bulk_create(steps), "status")


def cite_all(source, records, field):
    name = next(name for name, model in TARGETS.items() if isinstance(records[0], model))
    rows = [
        Citation(source=source, paragraph=1, excerpt=f"{name} {number}", field=field, **{name: one})
        for number, one in enumerate(records)
    ]
    for row in rows:
        row.publication = "published"
    Citation.objects.bulk_create(rows)


def test_a_list_of_many_costs_no_more_queries_than_a_list_of_few(many, visit):
    for name in ("operations", "organizations", "people", "statements"):
        few = visit(f"/{name}/", page_size=20)
        cache.clear()  # of the counts of facets, which the second visit would find ready
        more = visit(f"/{name}/", page_size=200)
        assert abs(more.queries - few.queries) <= 2, name


def test_a_record_with_many_parts_costs_no_more_queries_than_one_with_few(many, source, visit):
    operations, bodies = many
    with revision(reason="A crowd"):
        contribute(source, [(operations[0], body) for body in bodies[1:]])
    few, more = visit("/operations/operation-1/"), visit("/operations/operation-0/")
    assert more.text.count('id="contributor-') == MANY
    assert abs(more.queries - few.queries) <= 2
