"""An afternoon at the desk, by keyboard alone: from an article to public records, and back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from apps.records.models import Country, Operation, Source, Statement
from tests.browser.desk import log_in
from tests.browser.keyboard import Researcher

pytestmark = pytest.mark.slow

ARTICLE = (
    "Operation Epervier goes on, the ministry said on Monday.\n\n"
    "“We will stay as long as it takes,” its spokesman told reporters.\n\n"
    "France leads it with 1,200 soldiers.\n\n"
    "The weather was fine."
)
SAVE = "input[name=_save]"
DOCUMENTED = Path(settings.BASE_DIR) / "docs" / "desk.md"


@pytest.fixture
def at_work(new_page: Callable[..., Page], live_server: LiveServer) -> Callable[..., Researcher]:
    """Log somebody of a group in, in a browser of their own."""

    def log_in_as(name: str, group: str) -> Researcher:
        page = new_page()
        log_in(page, live_server.url, name, group)
        return Researcher(page)

    return log_in_as


def enter(anna: Researcher) -> None:
    """Paste the article and code three of its paragraphs."""
    anna.doing = "source"
    anna.press("a[href='/admin/records/source/add/']")
    anna.fill("#id_title", "[An article on Epervier]")
    anna.fill("#id_stored_text-0-text", ARTICLE)
    anna.press(SAVE)
    expect(anna.page.get_by_text("0 of 4 paragraphs coded")).to_be_visible()
    anna.doing = "operation"
    anna.select_words(1, first=1, number=2)
    anna.key("o")
    expect(anna.page.locator("#id_slug")).to_have_value("operation-epervier")
    anna.press(SAVE)
    anna.doing = "statement"
    anna.select_words(2, first=1, number=8)
    anna.key("s")
    expect(anna.page.locator("#id_words")).to_have_value("We will stay as long as it takes,")
    anna.fill("#id_speaker_label", "A spokesman of the ministry")
    anna.press(SAVE)
    anna.doing = "contributor"
    anna.select_words(3, first=1, number=2)
    anna.key("c")
    expect(anna.page.locator("#id_country")).to_have_value(str(Country.objects.get(iso2="FR").pk))
    anna.press(SAVE)
    expect(anna.page.get_by_text("3 of 4 paragraphs coded")).to_be_visible()
    anna.doing = "two more citations"
    anna.select_words(1, first=3, number=2)
    anna.key("e")
    anna.tick("li:first-child input[value=status]")
    anna.press("li:first-child form button")
    expect(anna.page.get_by_text("Cited for 2 fields.")).to_be_visible()


def documented(actions: dict[str, int]) -> None:
    """Fail where docs/desk.md tells another number of actions than it took."""
    told = DOCUMENTED.read_text()
    for what, number in actions.items():
        assert f"| {what} | {number} |" in told, (what, number)


def test_from_an_article_to_public_records_and_back(
    live_server: LiveServer, at_work: Callable[..., Researcher], page: Page
) -> None:
    anna = at_work("anna", "Researcher")
    enter(anna)
    documented(anna.actions)
    anna.doing = "submit"
    anna.press("form[action$='/submit/'] button")
    expect(anna.page.get_by_text("Sent to review: 3 records.")).to_be_visible()

    bert = at_work("bert", "Reviewer")
    bert.doing = "review"
    bert.press("a[href='/admin/review/']")
    for left in (2, 1, 0):
        bert.press("button[value=publish]")
        bert.page.goto(f"{live_server.url}/admin/review/")
        expect(bert.page.locator("button[value=publish]")).to_have_count(left)

    page.goto(f"{live_server.url}/operations/operation-epervier/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Operation Epervier")
    statement = Statement.objects.get(speaker_label="A spokesman of the ministry")
    address = live_server.url + statement.get_absolute_url()
    page.goto(address)
    expect(page.get_by_text("We will stay as long as it takes")).not_to_have_count(0)

    bert.doing = "revert"
    bert.page.goto(f"{live_server.url}/admin/records/statement/{statement.pk}/change/")
    bert.press(".historylink")
    entered = bert.page.get_by_role("link", name="As it was then").last.get_attribute("href")
    bert.press(f"a[href='{entered}']")
    bert.press("input[value='Put back']")
    gone = page.goto(address)
    assert gone is not None
    assert gone.status == 404
    statement.refresh_from_db()
    assert statement.publication == "draft"
    assert Operation.objects.get(slug="operation-epervier").publication == "published"
    assert Source.objects.filter(title="[An article on Epervier]", publication="published").exists()
