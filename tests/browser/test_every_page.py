"""What holds of every page in a real browser: silence, weight, accessibility."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.visited import ERRORS, FRENCH, PAGES, PHONE, WIDE

pytestmark = pytest.mark.slow

COLD, WITH_FONTS_CACHED = 250_000, 100_000
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@dataclass
class View:
    """A page as a first visitor gets it: what was asked for, said and left behind."""

    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    left: list[Any] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def cold(self) -> int:
        """Bytes over the wire, headers included."""
        return sum(self.sizes.values())

    @property
    def without_fonts(self) -> int:
        types = self.types
        return sum(size for one, size in self.sizes.items() if types.get(one) != "Font")


SEEN: dict[str, View] = {}


@pytest.fixture
def views(live_server: LiveServer, new_page: Callable[..., Page]) -> dict[str, View]:
    """Visit every page once for all tests, each with a browser that has nothing cached."""
    if not SEEN:
        SEEN.update({path: view(new_page(), live_server.url + path) for path in PAGES.values()})
    return SEEN


def view(page: Page, address: str) -> View:
    seen = View()
    page.on("console", lambda message: seen.said.append(message.text))
    page.on("pageerror", lambda error: seen.said.append(str(error)))
    page.on("request", lambda request: seen.asked.append(request.url))
    weigh(page, seen)
    page.goto(address)
    page.evaluate("document.fonts.ready")
    kept = "[...Object.keys(localStorage), ...Object.keys(sessionStorage), ...document.cookie]"
    seen.left += [*page.evaluate(kept), *page.context.cookies()]
    page.close()
    return seen


def weigh(page: Page, seen: View) -> None:
    """Have the browser tell `seen` the type and size of each answer it gets."""

    def received(event: dict[str, Any]) -> None:
        seen.types[event["requestId"]] = event["type"]

    def loaded(event: dict[str, Any]) -> None:
        seen.sizes[event["requestId"]] = int(event["encodedDataLength"])

    session = page.context.new_cdp_session(page)
    session.on("Network.responseReceived", received)
    session.on("Network.loadingFinished", loaded)
    session.send("Network.enable")


def test_no_page_asks_another_host(live_server: LiveServer, views: dict[str, View]) -> None:
    for path, seen in views.items():
        ours = (live_server.url, "data:")
        assert [url for url in seen.asked if not url.startswith(ours)] == [], path


def test_no_page_leaves_anything_in_the_browser(views: dict[str, View]) -> None:
    assert {path: seen.left for path, seen in views.items() if seen.left} == {}


def test_the_browser_complains_of_no_page(views: dict[str, View]) -> None:
    assert {path: seen.said for path, seen in views.items() if seen.said} == {}


def test_a_first_view_is_light(views: dict[str, View]) -> None:
    weights = {path: (seen.cold, seen.without_fonts) for path, seen in views.items()}
    assert all(weight > 1000 for pair in weights.values() for weight in pair)
    heavy = {
        path: (cold, rest)
        for path, (cold, rest) in weights.items()
        if cold > COLD or rest > WITH_FONTS_CACHED
    }
    assert heavy == {}


@pytest.mark.parametrize("name", [*PAGES, *ERRORS, *FRENCH])
def test_axe_finds_nothing(live_server: LiveServer, page: Page, name: str) -> None:
    page.set_viewport_size(WIDE)
    page.goto(live_server.url + {**PAGES, **ERRORS, **FRENCH}[name])
    assert violated(page, AXE) == []
    # Colours change with the theme and the rest with the width: both are seen in two runs.
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    assert violated(page, AXE) == []


def test_axe_finds_nothing_with_a_passage_open(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/operations/barkhane/")
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        page.locator("button.ev").first.click()
        page.get_by_role("dialog").wait_for()
        assert violated(page, AXE) == [], size
        page.keyboard.press("Escape")


def violated(page: Page, rules: dict[str, Any]) -> list[str]:
    """Return each rule of axe that the page breaks, with the first elements that break it."""
    violations = Axe().run(page, options=rules).response["violations"]
    return [
        f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in violations
    ]
