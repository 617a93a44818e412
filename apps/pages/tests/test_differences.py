"""What differs between two revisions of a record, field by field, as the page shows values."""

import re

import pytest

from apps.pages.differences import between
from apps.pages.pictures import Picture
from apps.pages.tests.conftest import PUBLISHED, cited, countries, newest
from apps.records.models import (
    Citation,
    Contributor,
    LadderStep,
    Milestone,
    Operation,
    Person,
)
from apps.records.tests import making
from apps.records.tests.making import WITHDRAWN
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow


@pytest.fixture
def takuba(publish):
    return publish(making.operation, "force", name="Force", status="announced", cite="name status")


def rows(page):
    """Return the rows of the tables of differences: label, before, after, marks and all."""
    found = re.findall(
        r'<tr><th scope="row">(.*?)</th><td[^>]*>(.*?)\s*</td><td[^>]*>(.*?)\s*</td></tr>',
        page.html,
    )
    newest_first = reversed(found)
    return {label: (before, after) for label, before, after in newest_first}


def published(page):
    """Return what is told of records that were not public before: of each its values by label."""
    folded = re.findall(r'<details class="made"(?: open)?>(.*?)</details>', page.html, re.S)
    return [dict(re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)\s*</dd>", one)) for one in folded]


def change(record, **values):
    with revision(reason="A change"):
        type(record).objects.filter(pk=record.pk).update(**values)


def both(address, visit):
    """Return the rows of the newest revision, which its page and the history show alike."""
    of_revision = rows(visit(f"/changes/{newest()}/"))
    history = rows(visit(address))
    assert {label: history[label] for label in of_revision} == of_revision
    return of_revision


def test_a_code_a_date_and_a_text_are_shown_in_the_words_of_the_page(takuba, visit):
    change(takuba, status="active", start="2020-22", focus_area="The north")
    assert both("/operations/force/history/", visit) == {
        "status": ("<del>Announced</del>", "<ins>Active</ins>"),
        "start": ('<span class="no-ev">not stated</span>', "<ins>summer 2020</ins>"),
        "focus area": ('<span class="no-ev">not stated</span>', "<ins>The north</ins>"),
    }


def test_a_value_that_is_taken_away_is_struck_and_then_not_stated(takuba, visit):
    change(takuba, status="not_stated")
    assert both("/operations/force/history/", visit) == {
        "status": ("<del>Announced</del>", '<span class="no-ev">not stated</span>')
    }


def test_of_several_values_only_those_that_differ_are_marked(takuba, source, visit):
    with revision(reason="A theatre"):
        one, other, third = countries(source, 3)
        takuba.theatre.add(one, other)
    with revision(reason="Another"):
        takuba.theatre.remove(one)
        takuba.theatre.add(third)
    assert both("/operations/force/history/", visit) == {
        "theatre": (
            "<del>Testland A</del>, Testland B",
            "Testland B, <ins>Testland C</ins>",
        )
    }


def test_a_related_record_is_shown_by_its_name(takuba, publish, visit):
    former = publish(making.operation, "former", name="Former force")
    change(takuba, predecessor=former)
    assert both("/operations/force/history/", visit)["predecessor"][1] == "<ins>Former force</ins>"


def test_of_a_long_text_the_words_that_differ_are_marked(takuba, visit):
    change(takuba, mandate="To advise the armies of the three states.")
    change(takuba, mandate="To advise and join the armies of both states.")
    before, after = both("/operations/force/history/", visit)["mandate"]
    assert before == "To advise the armies of <del>the three </del>states."
    assert after == "To advise <ins>and join </ins>the armies of <ins>both </ins>states."


def test_what_was_written_is_shown_as_text(takuba, visit):
    change(takuba, focus_area="<script>alert(1)</script>")
    shown = both("/operations/force/history/", visit)["focus area"][1]
    assert shown == "<ins>&lt;script&gt;alert(1)&lt;/script&gt;</ins>"


def test_a_part_that_comes_changes_and_goes_is_told_as_a_part(takuba, source, visit):
    with revision(reason="A milestone"):
        expected = {"kind": "full_operating_capability", "expected": "2020"}
        milestone = Milestone.objects.create(operation=takuba, **expected)
        cited(source, milestone, "expected")
    (came,) = [after for label, (_, after) in both_of(visit).items() if label == "milestones"]
    assert "expected: 2020" in came
    assert came.startswith("<ins>")
    change(milestone, expected="2020-23")
    ((label, values),) = both_of(visit).items()
    assert label == "milestones, Full operating capability: expected"
    assert values == ("<del>2020</del>", "<ins>autumn 2020</ins>")
    with revision(reason="Not so"):
        milestone.delete()
    (gone,) = [before for label, (before, _) in both_of(visit).items() if label == "milestones"]
    assert gone.startswith("<del>")


def both_of(visit):
    return {
        label: values
        for label, values in both("/operations/force/history/", visit).items()
        if label.startswith("milestones")
    }


def test_the_ladder_of_a_contributor_is_told_on_the_page_of_the_operation(takuba, source, visit):
    with revision(reason="A contributor"):
        (country,) = countries(source, 1)
        contributor = making.contributor(takuba, country, **PUBLISHED)
        making.ladder(contributor, ("announced", "2020"))
        cited(source, contributor, "country")
        cited(source, contributor.ladder.get(), "status")
    change(contributor.ladder.get(), since="2020-01")
    page = visit("/operations/force/history/")
    assert rows(page)["status ladder, Announced: since"] == (
        "<del>2020</del>",
        "<ins>January 2020</ins>",
    )
    assert "Contributor Testland A in Force" in page


def test_a_citation_is_told_with_what_it_supports(takuba, source, visit):
    with revision(reason="Another passage"):
        cited(source, takuba, "status", excerpt="so it was said", as_written="up and running")
    (shown,) = published(visit(f"/changes/{newest()}/"))
    assert shown["excerpt"] == "<ins>so it was said</ins>"
    assert shown["operation"] == "<ins>Force</ins>"
    assert shown["field"] == "<ins>status</ins>"
    assert shown["source"] == "<ins>A source of tests</ins>"
    assert shown in published(visit("/operations/force/history/"))


def test_a_withdrawn_citation_is_shown_as_removed(takuba, source, visit):
    with revision(reason="Another passage"):
        cited(source, takuba, "status", excerpt="never said")
    with revision(reason="A mistake"):
        Citation.objects.filter(excerpt="never said").update(**WITHDRAWN)
    for address in ("/operations/force/history/", f"{source.get_absolute_url()}history/"):
        assert both(address, visit)["excerpt"][0] == "<del>never said</del>"
        assert "Removed from the public" in visit(address)


def test_a_withdrawn_contributor_is_shown_as_removed_by_its_name(takuba, source, visit):
    with revision(reason="A contributor"):
        (country,) = countries(source, 1)
        contributor = making.contributor(takuba, country, **PUBLISHED)
        cited(source, contributor, "country")
    before = newest()
    with revision(reason="A mistake"):
        contributor.citations.update(**WITHDRAWN)
        Contributor.objects.filter(pk=contributor.pk).update(**WITHDRAWN)
    page = visit("/operations/force/history/")
    assert rows(page)["country"][0] == "<del>Testland A</del>"
    assert f"/operations/force/?as_of={before}#contributor-{contributor.public_id}" in page
    of_revision = visit(f"/changes/{newest()}/")
    assert "Contributor Testland A in Force" in of_revision


def test_a_record_that_was_withdrawn_is_named_and_can_be_read_as_it_was(publish, visit):
    person = publish(making.person, "gone", name="Someone Gone")
    before = newest()
    with revision(reason="Withdrawn"):
        person.citations.update(**WITHDRAWN)
        Person.objects.filter(pk=person.pk).update(**WITHDRAWN)
    page = visit(f"/changes/{newest()}/")
    assert rows(page)["name"][0] == "<del>Someone Gone</del>"
    assert f'href="/people/gone/?as_of={before}"' in page
    assert 'href="/people/gone/"' not in page


def test_what_a_draft_says_is_never_shown(takuba, source, visit):
    with revision(reason="A draft beside a change"):
        draft = making.operation("draft", name="Hidden force")
        making.strength(takuba, least=666)
        making.citation(source, operation=takuba, excerpt="hidden words")
        Operation.objects.filter(pk=takuba.pk).update(focus_area="Open")
    with revision(reason="The draft again"):
        Operation.objects.filter(pk=draft.pk).update(name="Still hidden force")
    for address in ("/operations/force/history/", f"/changes/{newest() - 1}/", "/changes/"):
        page = visit(address)
        assert "Open" in page or address == "/changes/"
        assert [word for word in ("idden force", "idden words", "666") if word in page] == [], (
            address
        )


def test_a_past_history_tells_nothing_of_later_revisions(takuba, visit):
    change(takuba, focus_area="Early")
    then = newest()
    change(takuba, focus_area="Late")
    page = visit("/operations/force/history/", as_of=then)
    assert "Early" in page
    assert "Late" not in page
    assert f"You are reading revision {then}" in page


def test_values_are_those_of_then_and_not_the_names_of_now(takuba, publish, visit):
    former = publish(making.operation, "former", name="Name of then")
    change(takuba, predecessor=former)
    changed = newest()
    change(former, name="Name of now")
    page = visit(f"/changes/{changed}/")
    assert rows(page)["predecessor"][1] == "<ins>Name of then</ins>"


@pytest.fixture
def often_changed(takuba):
    for number in range(45):
        change(takuba, focus_area=f"Area {number}")
    return takuba


def test_a_long_history_is_paged_by_twenty_and_none_is_lost(often_changed, visit):
    seen, address = [], "/operations/force/history/"
    while address:
        page = visit(address)
        shown = re.findall(r'<h2 id="r(\d+)"', page.html)
        assert len(shown) <= 20
        seen += map(int, shown)
        older = re.search(r'href="([^"]+)" rel="next"', page.html)
        address = older and f"/operations/force/history/{older[1]}"
    assert seen == list(range(newest(), newest() - 46, -1))


def test_the_queries_of_a_history_are_bounded(often_changed, visit):
    page = visit("/operations/force/history/")
    assert page.queries <= 300
    assert len(rows(page)) == 1
    assert page.html.count("<ins>Area") == 20


def test_a_revision_of_many_changes_costs_what_one_of_few_does(committed_db, visit):
    with revision(reason="One"):
        Operation.objects.filter(slug="barkhane").update(focus_area="There")
    few = visit(f"/changes/{newest()}/")
    with revision(reason="All"):
        Operation.objects.update(focus_area="Everywhere")
    many = visit(f"/changes/{newest()}/")
    assert many.html.count("<ins>Everywhere") == Operation.objects.count() > 5
    assert abs(many.queries - few.queries) <= 2


def test_what_did_not_change_is_not_told():
    same = Picture(Operation, "Force", values={"name": {"Force": "Force"}})
    assert list(between(same, same)) == []
    assert list(between(None, None)) == []


def test_what_was_not_public_before_is_told_without_a_before(takuba, visit):
    first, *others = published(visit("/operations/force/history/"))
    assert first["name"] == "<ins>Force</ins>"
    assert [set(one) >= {"excerpt", "field"} for one in others] == [True, True]
    assert visit("/operations/force/history/").html.count('class="made" open') == 1


def test_a_promised_date_is_written_as_on_the_page(publish, source, visit):
    operation = publish(making.operation, "promised")
    [country] = countries(source, 1)
    with revision(reason="A promise"):
        contributor = making.contributor(operation, country, **PUBLISHED)
        cited(source, contributor, "country")
        step = LadderStep.objects.create(
            contributor=contributor, place=1, status="committed", expected="../2021"
        )
        cited(source, step, "status expected")
    history = visit("/operations/promised/history/")
    assert "promised for: by 2021" in history
    assert "until 2021" not in history
    assert "promised for by 2021" in visit("/operations/promised/")
