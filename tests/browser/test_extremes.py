"""Records at the edge of what their fields allow, as a phone shows them."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from apps.pages.tests import extremes

pytestmark = pytest.mark.slow

NARROWEST = {"width": 360, "height": 740}
LISTS = ("/", "/operations/", "/organizations/", "/people/", "/statements/", "/sources/")
STICKING_OUT = """() => {
  const wide = document.documentElement.clientWidth + 1;
  const scrolled = one => one.closest('.tbl, pre, .vh, svg, [popover]');
  return [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > wide && !scrolled(one))
    .map(one => one.outerHTML.slice(0, 120)).slice(0, 3);
}"""
# What holds the name before other words of the same line without isolating it.
NOT_ISOLATED = """name => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (!text.data.includes(name) || text.parentElement.closest('svg, pre')) continue;
    let around = text.parentElement;
    while (getComputedStyle(around).display === 'inline'
           && getComputedStyle(around).unicodeBidi === 'normal') around = around.parentElement;
    if (getComputedStyle(around).display === 'inline') continue;
    const after = document.createRange();
    after.setStart(text, text.data.lastIndexOf(name) + name.length);
    after.setEndAfter(around.lastChild);
    const rest = after.cloneContents();
    rest.querySelectorAll('.sub, .vh, bdi').forEach(one => one.remove());
    if (/\\p{L}/u.test(rest.textContent)) found.push(around.outerHTML.slice(0, 200));
  }
  return found;
}"""


def test_nothing_sticks_out_of_the_narrowest_phone(live_server: LiveServer, page: Page) -> None:
    addresses = [*extremes.publish_extremes().values(), *extremes.publish_markup(), *LISTS]
    page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    broken = {}
    for address in addresses:
        page.goto(live_server.url + address)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            broken[address] = page.evaluate(STICKING_OUT)
    assert broken == {}


def test_a_name_that_turns_text_round_turns_only_itself(
    live_server: LiveServer, page: Page
) -> None:
    address = extremes.publish_extremes()["turned round"]
    turned = {}
    for path in (address, "/organizations/turned/", "/operations/?q=Operation", "/statements/"):
        page.goto(live_server.url + path)
        if found := page.evaluate(NOT_ISOLATED, extremes.TURNED_NAME):
            turned[path] = found
    assert turned == {}
