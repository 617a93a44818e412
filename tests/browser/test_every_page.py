"""What holds of every page in a real browser: silence, weight, accessibility."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.accessibility import violated
from tests.browser.visited import ERRORS, FRENCH, PAGES, PHONE, WIDE

pytestmark = pytest.mark.slow

COLD, WITH_FONTS_CACHED = 250_000, 100_000


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


@pytest.mark.parametrize("name", PAGES)
def test_a_first_view_is_light_silent_and_leaves_nothing(
    live_server: LiveServer, page: Page, name: str
) -> None:
    seen = view(page, live_server.url + PAGES[name])
    assert [url for url in seen.asked if not url.startswith((live_server.url, "data:"))] == []
    assert seen.left == []
    assert seen.said == []
    assert 1000 < seen.without_fonts <= WITH_FONTS_CACHED
    assert 1000 < seen.cold <= COLD


@pytest.mark.parametrize("name", [*PAGES, *ERRORS, *FRENCH])
def test_axe_finds_nothing(live_server: LiveServer, page: Page, name: str) -> None:
    page.set_viewport_size(WIDE)
    page.goto(live_server.url + {**PAGES, **ERRORS, **FRENCH}[name])
    assert violated(page) == []
    # Colours change with the theme and the rest with the width: both are seen in two runs.
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    assert violated(page) == []


def test_axe_finds_nothing_with_a_passage_open(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/operations/barkhane/")
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        page.locator("button.ev").first.click()
        page.get_by_role("dialog").wait_for()
        assert violated(page) == [], size
        page.keyboard.press("Escape")
