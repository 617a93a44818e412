"""Asks axe what of a page's markup and colours keeps somebody out."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

ALL = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# What axe returns beside them, all that passed above all, takes longer to carry than to find.
RUN = "([within, options]) => axe.run(within ?? document, options).then(all => all.violations)"


def violated(page: Page) -> list[str]:
    """Return each rule that the page breaks, with the first elements that break it."""
    return [
        f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}"
        for one in _violations(page, None, ALL)
    ]


def serious(page: Page, within: str = "#content") -> list[tuple[str, str]]:
    """Return the rules broken inside `within` that shut somebody out, each with an element."""
    return [
        (one["id"], one["nodes"][0]["html"])
        for one in _violations(page, within, {"resultTypes": ["violations"]})
        if one["impact"] in ("serious", "critical")
    ]


def _violations(page: Page, within: str | None, options: dict[str, Any]) -> list[dict[str, Any]]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(RUN, [within, options])
    return found
