"""Ladders, promises and figures on the pages of records, with generated data."""

import re

import pytest

from apps.pages.tests.conftest import cited, countries
from apps.records.models import (
    Citation,
    Contributor,
    LadderStep,
    Milestone,
    Organization,
    Source,
)
from apps.records.tests import making
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

PUBLISHED = {"publication": "published"}


def contributing(source, operation, actor, *steps, **expected):
    """Publish a contributor with a ladder of (status, since), every step cited."""
    with revision(reason="A contributor"):
        contributor = making.contributor(operation, actor, **PUBLISHED)
        cited(source, contributor, "operation")
        making.ladder(contributor, *steps)
        for step in contributor.ladder.all():
            cited(source, step, "status since")
    return contributor


def many(source, operation, numbers):
    """Publish organizations that contribute, with ladders of a dated and an undated step."""
    with revision(reason="Many"):
        bodies = Organization.objects.bulk_create(
            Organization(slug=f"body-{n}", name=f"Body {n:03}", **PUBLISHED) for n in numbers
        )
        contributors = Contributor.objects.bulk_create(
            Contributor(operation=operation, organization=body, **PUBLISHED) for body in bodies
        )
        steps = LadderStep.objects.bulk_create(
            LadderStep(contributor=one, place=place, status=status, since=since)
            for one in contributors
            for place, status, since in ((1, "announced", "2019-12"), (2, "deployed", ""))
        )
        cite_all(source, organization=bodies, contributor=contributors, ladder_step=steps)


def cite_all(source, **targets):
    """Cite one passage for the first field of each of the `targets`, by the name of their kind."""
    fields = {"organization": "name", "contributor": "operation", "ladder_step": "status"}
    common = {"source": source, "paragraph": 1, "excerpt": "all of them", **PUBLISHED}
    Citation.objects.bulk_create(
        Citation(field=fields[name], **{name: one}, **common)
        for name, rows in targets.items()
        for one in rows
    )


def rows(page):
    """Return the rows of the timeline as source, without the axis."""
    timeline = re.search(r'<figure class="wide"><ul class="tl">(.*?)</figure>', page.html, re.S)
    return re.findall(r'<li><span class="nm">.*?</li>', timeline[1], re.S) if timeline else []


def test_the_one_date_of_takuba_is_drawn_with_an_open_beginning(seed_page):
    page = seed_page("/operations/takuba-task-force/")
    milestone = next(row for row in rows(page) if "Full operating capability" in row)
    assert 'fill="url(#fip)" x="0.00%"' in milestone
    assert "expected by autumn" in milestone
    assert "circle" not in milestone
    assert "not recorded as reached" in page


def test_undated_steps_stand_in_words_and_never_on_the_axis(seed_page):
    page = seed_page("/operations/takuba-task-force/")
    belgium = next(row for row in rows(page) if "Belgium" in row)
    assert "Announced, date not " in belgium
    assert not re.search("<rect|<circle|<line", belgium)


def test_an_operation_without_a_date_says_so_instead_of_a_chart(seed_page):
    page = seed_page("/operations/barkhane/")
    assert "Nothing is dated." in page
    assert rows(page) == []


def test_the_timeline_and_its_tables_lead_to_each_other(seed_page):
    page = seed_page("/operations/takuba-task-force/")
    for target in ("timeline", "contributors", "milestones"):
        assert f'href="#{target}"' in page.html
        assert f'id="{target}"' in page.html


def test_what_was_promised_stands_beside_what_came_of_it(publish, source, visit):
    operation = publish(making.operation, "promised-one")
    kept, broken, open_one, present = countries(source, 4)
    contributing(source, operation, kept, ("announced", "2019"), ("deployed", "2020-03"))
    contributing(source, operation, broken, ("committed", "2019-05-06"), ("withdrawn", "2020"))
    contributing(source, operation, open_one, ("announced", ""))
    contributing(source, operation, present, ("deployed", "2018"))
    page = visit("/operations/promised-one/")
    table = re.search(r'id="promises">.*?</table>', page.html, re.S)[0]
    words = " ".join(re.sub(r"<button.*?</button>|<[^>]+>", " ", table).split())
    assert "Testland A Announced, since 2019 Deployed, since March 2020" in words
    assert "Testland B Committed, since 6 May 2019 Withdrawn, since 2020" in words
    assert "Testland C Announced, date not stated nothing recorded since" in words
    assert "Testland D" not in words


def test_a_milestone_that_is_awaited_is_a_promise_of_the_operation(publish, source, visit):
    operation = publish(making.operation, "awaited-one")
    with revision(reason="Awaited"):
        milestone = Milestone.objects.create(
            operation=operation, kind="full_operating_capability", expected="2020-23"
        )
        cited(source, milestone, "kind expected")
    page = visit("/operations/awaited-one/")
    assert "nothing recorded since" in page
    assert "Solid where it is certain" in page


def test_the_latest_dated_source_is_marked(publish, source, visit):
    operation = publish(making.operation, "sourced", start="2019-05-01", cite="name start")
    assert "latest source" not in visit("/operations/sourced/")
    with revision(reason="Dated"):
        Source.objects.filter(pk=source.pk).update(published="2020-01-20")
    page = visit("/operations/sourced/")
    assert "latest source" in page
    assert 'class="now" x1=' in page.html
    assert operation.start.text == "2019-05-01"


def test_dated_figures_are_a_chart_whose_points_lead_to_their_evidence(publish, source, visit):
    operation = publish(making.operation, "counted-one")
    for year, least in (("2019", 3000), ("2020-01-15", 4500)):
        publish(making.strength, operation, date=year, least=least, most=least, cite="least most")
        page = visit("/operations/counted-one/")
        assert ('class="chart"' in page.html) == (year != "2019")
    points = re.findall(r'<a href="(#e\d+)" aria-label="([^"]+)"><', page.html)
    assert [label.split(",")[0] for _, label in points] == ["3", "4"]
    assert all(f'<li id="{link[1:]}"' in page.html for link, _ in points)
    assert "No total is given: what they are a count of is not stated" in page


def test_three_hundred_contributors_fold_and_cost_no_more_queries(publish, source, visit):
    operation = publish(making.operation, "crowded")
    many(source, operation, range(3))
    few = [visit("/operations/crowded/"), visit("/operations/crowded/", on="2020-01-15")]
    many(source, operation, range(3, 300))
    crowd = [visit("/operations/crowded/"), visit("/operations/crowded/", on="2020-01-15")]
    assert [page.status for page in crowd] == [200, 200]
    assert all(more.queries - less.queries <= 2 for less, more in zip(few, crowd, strict=True))
    assert "Show all 301 rows" in crowd[0]
    assert "Show all 300 promises" in crowd[0]
    assert len(rows(crowd[0])) == 301


@pytest.mark.parametrize("language", ["", "/fr"])
def test_no_position_has_a_decimal_comma_and_nothing_an_inline_style(publish, visit, language):
    publish(making.operation, "drawn", start="2019-05", end="2020-23", cite="name start end")
    page = visit(f"{language}/operations/drawn/")
    assert re.search(r' x="\d+\.\d\d%"', page.html)
    assert not re.search(r'="-?\d+,\d+%?"| style=', page.html)


def test_a_country_shows_its_ladders_and_offices_where_they_are_dated(publish, source, visit):
    operation = publish(making.operation, "joined")
    (country,) = countries(source, 1)
    address = f"/countries/{country.iso2}/"
    contributing(source, operation, country, ("announced", ""))
    assert 'id="timeline"' not in visit(address).html
    LadderStep.objects.filter(contributor__country=country).update(since="2020-01")
    page = visit(address)
    assert 'id="timeline"' in page.html
    assert "Announced, since January" in rows(page)[0]
