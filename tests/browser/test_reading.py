"""A source is read in a real browser: by mouse, by keyboard, and without a script."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from apps.records.models import Citation, Operation, Source, SourceText
from apps.revisions.models import Revision
from apps.revisions.writing import revision
from tests.browser.accessibility import serious
from tests.browser.desk import log_in

pytestmark = pytest.mark.slow

TEXT = (
    "The minister said that the “Sabre” force “will stay”.\n\n"
    "A second country promised\n60 instructors by the summer.\n\n"
    "Nothing else was said."
)


@pytest.fixture
def place(live_server: LiveServer) -> str:
    """A source with a text of three paragraphs, of which the first is cited."""
    with revision(reason="Made for a test"):
        source = Source.objects.create(title="[An article]", paragraphs=3, language="en")
        stored = SourceText.objects.create(source=source, text=TEXT)
        Source.objects.filter(pk=source.pk).update(text_sha256=stored.sha256)
        sabre = Operation.objects.create(slug="sabre", name="Sabre")
        passage = {"paragraph": 1, "excerpt": "the “Sabre” force", "field": "name"}
        Citation.objects.create(source=source, operation=sabre, **passage)
    return live_server.url + reverse("admin:records_source_read", args=[source.pk])


def filled_in(page: Page) -> list[str]:
    """Return paragraph and excerpt of the citation on the form that opened."""
    page.locator("#id_citations-0-paragraph").wait_for()
    names = ("paragraph", "excerpt")
    return [page.locator(f"#id_citations-0-{name}").input_value() for name in names]


def test_words_are_chosen_by_keyboard(live_server: LiveServer, place: str, page: Page) -> None:
    complaints = log_in(page, live_server.url, "anna")
    page.goto(place)
    page.get_by_role("textbox", name="Paragraph 1", exact=True).focus()
    page.keyboard.press("n")
    for key in ("ArrowRight",) * 5 + ("Shift+ArrowRight",):
        page.keyboard.press(key)
    assert page.evaluate("getSelection().toString()") == "60 instructors"
    page.keyboard.press("f")
    assert filled_in(page) == ["2", "60 instructors"]
    assert "/strengthfigure/add/" in page.url
    assert complaints == []


def test_words_over_a_marked_passage_are_chosen_by_mouse(
    live_server: LiveServer, place: str, page: Page
) -> None:
    log_in(page, live_server.url, "anna")
    page.goto(place)
    words = page.locator("#paragraph-1 .words")
    words.click(click_count=3)
    page.locator("#paragraph-1 details[open]").wait_for()
    assert page.get_by_label("Words, letter by letter").first.input_value() == TEXT.split("\n")[0]
    page.locator("#paragraph-1").get_by_role("button", name="Statement").click()
    assert filled_in(page) == ["1", TEXT.split("\n")[0]]
    assert page.get_by_label("Quoted words").input_value() == "Sabre"


def test_without_a_script_words_are_typed(
    live_server: LiveServer, place: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(java_script_enabled=False)
    log_in(page, live_server.url, "anna")
    page.goto(place)
    page.get_by_text("Cite paragraph 2").click()
    page.locator("#selection-2").fill("60 instructers")
    page.locator("#paragraph-2").get_by_role("button", name="Contributor").click()
    page.get_by_role("link", name="“60 instructors” in paragraph 2").click()
    assert filled_in(page) == ["2", "60 instructors"]


def test_a_date_and_an_excerpt_are_answered_while_they_are_typed(
    live_server: LiveServer, place: str, page: Page
) -> None:
    complaints = log_in(page, live_server.url, "anna")
    page.goto(place)
    page.get_by_text("Cite paragraph 2").click()
    page.locator("#selection-2").fill("60 instructors")
    page.locator("#paragraph-2").get_by_role("button", name="Operation").click()
    page.locator("#id_start").press_sequentially("2020-23")
    page.get_by_text("1 September to 30 November 2020").wait_for()
    page.locator("#id_citations-0-excerpt").press_sequentially("x")
    page.get_by_text("Nearest: “60 instructors” in paragraph 2").wait_for()
    assert complaints == []


def test_axe_finds_nothing_serious_on_the_pages_of_the_desk_itself(
    live_server: LiveServer, place: str, page: Page
) -> None:
    log_in(page, live_server.url, "anna")
    Operation.objects.filter(slug="sabre").update(publication="in_review", note="Read again")
    sabre, newest = Operation.objects.get(slug="sabre"), Revision.objects.latest("number").number
    names = {
        "review": [],
        "records_operation_removed": [],
        "records_operation_history": [sabre.pk],
        "records_operation_version": [sabre.pk, newest - 1],
        "revisions_revision_undo": [newest],
    }
    own = [live_server.url + reverse(f"admin:{name}", args=keys) for name, keys in names.items()]
    citing = place.replace("/read/", "/cite/?paragraph=1&selection=force&for=existing")
    for address in (place, citing, *own):
        page.goto(address)
        assert serious(page) == [], address
