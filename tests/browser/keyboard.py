"""A visitor who has a keyboard and no mouse; what a researcher does with it is counted."""

from collections import Counter

import pytest
from playwright.sync_api import Page

FOCUSED = "document.activeElement.matches(selector)"


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until what `selector` matches has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => " + FOCUSED, selector):
            return
    pytest.fail(f"{most} presses of Tab do not reach {selector}")


def follow(page: Page) -> None:
    """Press Enter on what has the focus and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


class Researcher:
    """Works at the desk by keyboard alone. `actions` counts fields and presses, by what was done.

    An action is what a mouse would need a click for, or a field to fill; to reach it with Tab is
    not counted, nor are the arrows that select words, which are one action together.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions: Counter[str] = Counter()
        self.doing = "log in"

    def fill(self, selector: str, text: str) -> None:
        """Go to a field and type, or paste, into it."""
        tab_to(self.page, selector, most=200)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)
        self._count()

    def press(self, selector: str) -> None:
        """Go to a link or a button and press it."""
        tab_to(self.page, selector, most=200)
        follow(self.page)
        self._count()

    def tick(self, selector: str) -> None:
        tab_to(self.page, selector, most=200)
        self.page.keyboard.press("Space")
        self._count()

    def find(self, field: str, words: str) -> None:
        """Search for the record that a field names, and take the first one found."""
        tab_to(self.page, f"[aria-labelledby='select2-id_{field}-container']", most=200)
        self.page.keyboard.press("Enter")
        self.page.locator(".select2-search__field").press_sequentially(words)
        self.page.locator(".select2-results__option--highlighted", has_text=words).wait_for()
        self.page.keyboard.press("Enter")
        self._count(2)

    def select_words(self, paragraph: int, first: int, number: int) -> None:
        """Select `number` words of a paragraph, from the one that is `first`, counted from 1."""
        tab_to(self.page, f"#paragraph-{paragraph} .words", most=200)
        for _ in range(first):
            self.page.keyboard.press("ArrowRight")
        for _ in range(number - 1):
            self.page.keyboard.press("Shift+ArrowRight")
        self._count()

    def key(self, letter: str) -> None:
        """Press a key that opens another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(letter)
        self._count()

    def _count(self, number: int = 1) -> None:
        self.actions[self.doing] += number
