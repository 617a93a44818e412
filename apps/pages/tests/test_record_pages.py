"""What a reader learns from the page of one record."""

import re

import pytest

from apps.pages.tests.conftest import PUBLISHED, cited, countries, newest
from apps.records.models import Milestone, Office, Operation, Source, StrengthFigure
from apps.records.tests import making
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow


def test_takuba_says_who_contributes_how_far_it_is_and_who_said_so(seed_page):
    page = seed_page("/operations/takuba-task-force/")
    assert "Announced" in page
    assert "Committed" in page
    assert "full operating capability expected by autumn 2020" in page
    assert "notably Italy and Belgium, have already announced their participation in Takuba" in page
    assert "Expected, not done" in page


def test_what_no_source_states_is_said_and_never_blank(seed_page):
    page = seed_page("/operations/takuba-task-force/")
    assert re.search(r'<dt>Start</dt><dd><span class="no-ev">not stated</span>', page.html)
    assert "No strength figure is recorded." in page
    assert not re.search(r"<dd>\s*</dd>|<td>\s*</td>", page.html)


def test_the_same_passage_has_the_same_number_all_over_the_page(seed_page):
    page = seed_page("/operations/barkhane/")
    listed = re.findall(r'<li id="e(\d+)"', page.html)
    assert listed == [str(number) for number in range(1, len(listed) + 1)]
    opens = r'popovertarget="p(\d+)" lang="en" aria-label="(Evidence \d+: [^"]+)"'
    marks = re.findall(opens, page.html)
    assert 10 < len({number for number, _ in marks} & set(listed)) == len(dict(marks))
    assert all(label.startswith(f"Evidence {number}:") for number, label in marks)


def test_the_value_as_written_stands_beside_the_passage(seed_page):
    page = seed_page("/operations/barkhane/")
    assert "4,500-strong" in page
    assert "Basis unstated" in page


def test_an_unquoted_statement_is_told_apart_from_a_quotation(seed_page):
    page = seed_page("/statements/")
    assert "Reported, not quoted" in page
    assert re.search(r'<blockquote[^>]* lang="en" dir="auto">', page.html)


def test_of_too_many_offices_the_latest_are_shown_and_the_others_a_step_away(committed_db, visit):
    source = Source.objects.get()
    (body,) = countries(source, 1)
    with revision(reason="A test"):
        for number in range(53):
            person = making.person(f"officer-{number}", **PUBLISHED)
            cited(source, person, "name")
            dates = ("2024", "") if number < 50 else ("2019", "2021" if number == 52 else "")
            held = {"country": body, "start": dates[0], "end": dates[1], "title": "Officer"}
            cited(source, Office.objects.create(person=person, **held), "title")
    page = visit("/countries/XA/")
    shown = set(re.findall(r"/people/(officer-\d+)/", page.html))

    assert "The latest 50 of 53." in page
    assert shown == {f"officer-{number}" for number in range(50)}
    assert 'href="/people/?country=XA"' in page
    assert "Officer-51" in visit("/people/", country="XA", page_size="100")
    day = visit("/countries/XA/", on="2020-06-01").html
    told = re.search(r'id="on-that-day">.*?</table>', day, re.S)
    assert set(re.findall(r"/people/(officer-\d+)/", told[0])) == {
        "officer-50",
        "officer-51",
        "officer-52",
    }, "in office on the day, which none of the latest was"


def test_a_source_shows_what_each_paragraph_supports(seed_page):
    page = seed_page("/sources/f80xybx6ztdh/")
    assert 'id="para-9"' in page
    assert "9 of its 9 paragraphs support" in page
    assert "It is expected to be fully operational by fall 2020. A certain" not in page


def test_the_citation_names_revision_day_hash_and_address(seed_page):
    page = seed_page("/operations/barkhane/")
    pattern = r"sahelref\. “Barkhane\.” Revision 1, \w+ \d+, \d{4}\. SHA-256 [0-9a-f]{12}\."
    assert re.search(pattern + r" http://testserver/operations/barkhane@1/\.", page.words)
    assert "@misc{sahelref-operations-barkhane-1," in page
    assert 'href="/api/v1/operations/barkhane/"' in page
    assert 'href="/operations/barkhane/history/"' in page


@pytest.mark.parametrize("key", ["fr", "FRA", "fra", "a5dkjr9015e1"])
def test_any_name_of_a_country_leads_to_its_address(key, db, visit):
    from apps.records.models import Country

    france = Country.objects.get(iso2="FR")
    answer = visit(f"/countries/{france.public_id if len(key) == 12 else key}/?as_of=1")
    assert (answer.status, answer.response.url) == (302, "/countries/FR/?as_of=1")


def test_a_key_with_a_revision_leads_to_the_record_as_it_was(seed_page):
    answer = seed_page("/operations/barkhane@1/")
    assert (answer.status, answer.response.url) == (302, "/operations/barkhane/?as_of=1")


def test_an_operation_with_nothing_but_a_name_has_a_page(publish, visit):
    publish(making.operation, "bare", name="Bare <b>name</b>")
    page = visit("/operations/bare/")
    assert page.status == 200
    assert "Bare &lt;b&gt;name&lt;/b&gt;" in page.html
    assert "No contributor is recorded yet." in page
    assert "No statement about this operation is recorded." in page


def test_drafts_are_nowhere(publish, source, visit):
    operation = publish(making.operation, "open-one")
    making.operation("hidden-one", name="Hidden operation")
    making.statement(summary="Hidden words")
    making.citation(source, operation=operation, field="status", excerpt="a hidden passage")
    assert visit("/operations/hidden-one/").status == 404
    for address in (
        "/",
        "/operations/",
        "/operations/open-one/",
        "/statements/",
        "/search/?q=hidden",
    ):
        page = visit(address)
        assert "Hidden operation" not in page
        assert "Hidden words" not in page
        assert "a hidden passage" not in page


def test_the_past_shows_the_old_state_many_to_many_included(publish, source, visit):
    one, other = countries(source, 2)
    operation = publish(making.operation, "moving", cite="name theatre status", status="active")
    with revision(reason="Moved in"):
        operation.theatre.set([one])
    before = newest()
    with revision(reason="Moved on"):
        operation.theatre.set([other])
        Operation.objects.filter(pk=operation.pk).update(status="concluded")
    now, then = visit("/operations/moving/"), visit("/operations/moving/", as_of=before)
    assert ("Testland B" in now, "Testland A" in now) == (True, False)
    assert ("Testland A" in then, "Testland B" in then) == (True, False)
    assert ("Concluded" in now, "Active" in then) == (True, True)
    assert "You are reading revision" not in now
    assert f"You are reading revision {before}, as recorded on" in then


def test_conflicting_sources_stand_side_by_side(publish, source, visit):
    operation = publish(making.operation, "counted")
    figure = publish(making.strength, operation, least=4500, most=4500, cite="basis")
    for written in ("4,500-strong", "about 5,100"):
        cited(source, figure, "least", as_written=written, standing="conflicting")
    page = visit("/operations/counted/")
    assert "Sources differ:" in page
    assert '<q lang="en">4,500-strong</q>' in page.html
    assert '<q lang="en">about 5,100</q>' in page.html


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"least": 4500, "most": 4500}, "4,500"),
        ({"least": 4500, "most": 4500, "bound": "about"}, "about 4,500"),
        ({"least": 4000, "most": None}, "at least 4,000"),
        ({"least": None, "most": 5000}, "at most 5,000"),
        ({"least": 4000, "most": 5000}, "4,000 to 5,000"),
    ],
)
def test_figures_say_their_bounds(values, words):
    from apps.pages import ledes

    assert ledes.figures(StrengthFigure(**values)) == words


def test_a_milestone_that_was_reached_says_when(publish, source, visit):
    operation = publish(making.operation, "ready")
    with revision(reason="Reached"):
        milestone = Milestone.objects.create(
            operation=operation,
            kind="full_operating_capability",
            expected="2020",
            reached="2021-03",
        )
        cited(source, milestone, "kind reached")
    assert "full operating capability reached March 2021" in visit("/operations/ready/")


def test_a_long_statement_in_another_script_keeps_its_language_and_direction(publish, visit):
    words = " ".join(["كلمة"] * 2000)
    said = publish(making.statement, cite="words", words=words, language="ar", quote_form="direct")
    page = visit(f"/statements/{said.public_id}/")
    assert '<blockquote class="long" lang="ar" dir="auto">' in page.html
    assert page.status == 200


def test_a_statement_stands_in_its_own_language_with_its_translation_marked(publish, visit):
    said = publish(
        making.statement,
        cite="words",
        words="Nous resterons",
        language="fr",
        original_language="bm",
        translation="We shall stay",
        quote_form="direct",
    )
    english, french = (visit(f"{way}/statements/{said.public_id}/") for way in ("", "/fr"))
    for page in (english, french):
        assert re.search('<blockquote lang="fr" dir="auto">.*Nous .*resterons', page.html)
    assert "Our translation We shall stay" in english.words
    assert "Spoken in bm The source prints these words in French." in english.words
    assert "La source imprime ces mots en français." in french.words
    assert 'Notre traduction</span> <span lang="en">We shall stay</span>' in french.html


def test_words_in_the_language_that_was_spoken_are_not_called_a_translation(publish, visit):
    said = publish(
        making.statement, cite="words", words="Oui", language="fr", original_language="fr"
    )
    page = visit(f"/statements/{said.public_id}/")
    assert "Spoken in" not in page
    assert "translation" not in page.words.lower()
