"""What visitors do: from a question to its source, there and back in time, on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from apps.records.models import Operation, Person
from apps.records.tests import making
from apps.revisions.writing import revision
from tests.browser.keyboard import follow, tab_to
from tests.browser.visited import PHONE, WIDE

pytestmark = pytest.mark.slow


def test_a_question_leads_to_its_source_by_keyboard_alone(
    live_server: LiveServer, page: Page
) -> None:
    page.goto(live_server.url)
    tab_to(page, "input[type=search]")
    page.keyboard.type("takuba")
    follow(page)
    tab_to(page, 'a[href="/operations/takuba-task-force/"]')
    follow(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Takuba Task Force")
    tab_to(page, ".ev")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert name.startswith("Evidence 1: ")
    page.keyboard.press("Enter")
    passage = page.get_by_role("dialog")
    expect(passage).to_be_visible()
    page.keyboard.press("Escape")
    expect(passage).to_be_hidden()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == name
    page.keyboard.press("Enter")
    tab_to(page, ".pop footer a[href^='/sources/']", most=5)
    follow(page)
    expect(page.locator("li:target")).to_be_in_viewport()
    assert "/sources/f80xybx6ztdh/#para-" in page.url


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_list_is_filtered_and_unfiltered(
    live_server: LiveServer, new_page: Callable[..., Page], viewport: ViewportSize, scripts: bool
) -> None:
    page = new_page(java_script_enabled=scripts, viewport=viewport)
    page.goto(f"{live_server.url}/operations/")
    everything = page.get_by_role("status").inner_text()
    if viewport is PHONE:
        page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Announced").check()
    page.get_by_role("button", name="Apply filters").click()
    chip = page.get_by_role("link", name="Status: Announced")
    expect(chip).to_be_visible()
    expect(page.get_by_role("status")).not_to_have_text(everything)
    expect(page.get_by_role("heading", level=2, name="Takuba")).to_be_visible()
    expect(page.get_by_role("heading", level=2, name="Barkhane")).to_have_count(0)
    chip.click()
    expect(page.get_by_role("status")).to_have_text(everything)
    expect(chip).to_have_count(0)


def test_a_past_state_is_read_and_left_again(live_server: LiveServer, page: Page) -> None:
    with revision(reason="A new name"):
        Operation.objects.filter(slug="barkhane").update(name="Renamed operation")
    page.goto(f"{live_server.url}/operations/barkhane/?as_of=1")
    banner = page.get_by_role("note").filter(has_text="You are reading revision 1")
    expect(banner).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Barkhane")
    page.get_by_role("link", name="Operations").first.click()
    expect(banner).to_be_visible()
    page.get_by_role("link", name="Barkhane").click()
    page.get_by_role("link", name="Go to the current version").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Renamed operation")
    expect(banner).to_have_count(0)
    expect(page).to_have_url(f"{live_server.url}/operations/barkhane/")


def test_the_back_button_returns_to_the_page_of_a_list_that_was_left(
    live_server: LiveServer, page: Page
) -> None:
    def shown() -> list[str]:
        return page.locator(".say figcaption a[href^='/statements/']").evaluate_all(
            "links => links.map(link => link.pathname)"
        )

    page.goto(f"{live_server.url}/statements/?page_size=5")
    pages = [shown()]
    for _ in range(2):
        with page.expect_navigation():
            page.get_by_role("link", name="Next").click()
        pages.append(shown())
    assert len({path for one in pages for path in one}) == sum(map(len, pages)) == 13
    with page.expect_navigation():
        page.locator(".say figcaption a[href^='/statements/']").first.click()
    for expected in reversed(pages):
        page.go_back()
        assert shown() == expected
    page.go_forward()
    assert shown() == pages[1]


def test_on_paper_the_evidence_stands_in_its_list(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/operations/takuba-task-force/")
    page.locator("button.ev").first.click()
    expect(page.locator(".pop").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".pop:visible")).to_have_count(0)
    for hidden in ("nav", ".facets", ".find"):
        expect(page.locator(f"{hidden}:visible")).to_have_count(0)
    expect(page.locator("#evidence")).to_be_visible()
    assert page.locator(".evs > li:visible").count() == page.locator(".pop").count() > 5
    paper = page.pdf(format="A4")
    assert paper.startswith(b"%PDF")
    assert b"/sources/f80xybx6ztdh/#para-9" in paper, "the links of the evidence can be followed"


def test_a_visitor_sees_no_draft(live_server: LiveServer, page: Page) -> None:
    with revision(reason="Not for the public"):
        making.operation("secret-operation", name="Secret operation")
        making.person("secret-person", name="Secret person")
    assert Person.objects.filter(slug="secret-person").exists()
    for path in ("/", "/operations/", "/people/", "/search/?q=secret", "/changes/"):
        page.goto(live_server.url + path)
        expect(page.locator("main")).not_to_contain_text("Secret")
    for path in ("/operations/secret-operation/", "/people/secret-person/history/"):
        answer = page.goto(live_server.url + path)
        assert answer is not None
        assert answer.status == 404
        expect(page.locator("body")).not_to_contain_text("Secret operation")


def test_the_other_language_is_one_step_away_and_the_page_stays(
    live_server: LiveServer, page: Page
) -> None:
    page.goto(f"{live_server.url}/operations/takuba-task-force/?as_of=1")
    english = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Français").click()
    expect(page).to_have_url(f"{live_server.url}/fr/operations/takuba-task-force/?as_of=1")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("heading", level=1)).to_have_text(english)
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{live_server.url}/operations/takuba-task-force/?as_of=1")
