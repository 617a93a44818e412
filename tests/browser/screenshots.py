"""Photographs every page, wide and narrow and in the dark: `make screenshots [ONLY="home data"]`.

    python -m tests.browser.screenshots [name of a page ...]

A server of its own, seeded and with one edit, is started for it below a temporary directory.
Says of each page what overflows and what the browser complains about; exit code 1 if anything.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests import chromium
from tests.browser.visited import AFTER_AN_EDIT, ERRORS, FRENCH, PAGES, PHONE, WIDE

CHECKOUT = Path(__file__).resolve().parents[2]
IMAGES = CHECKOUT / "var" / "screenshots"
# The theme changes colours only: a second width in the dark would show nothing more.
SERIES: list[tuple[ViewportSize, Literal["light", "dark"], str]] = [
    (WIDE, "light", ""),
    (PHONE, "light", ""),
    (WIDE, "dark", "-dark"),
]
FREE_PORT = "18765"
EDIT = """
from apps.records.models import Operation
from apps.revisions.writing import revision
with revision(reason="The slip of the source is told in the note"):
    Operation.objects.filter(slug="takuba-task-force").update(focus_area="the area")
"""


@contextmanager
def served() -> Iterator[str]:
    """Serve a fresh seed with one edit; gives the address of the site."""
    with tempfile.TemporaryDirectory(prefix="sahelref-screenshots-") as var:
        os.chmod(var, 0o711)  # the user that runs PostgreSQL passes through
        given = {"SAHELREF_VAR": var, "SAHELREF_LOG_LEVEL": "ERROR", "PORT": FREE_PORT}
        environment = {**os.environ, **given, "HOST": "127.0.0.1"}
        manage = [sys.executable, "manage.py"]
        server = subprocess.Popen(
            [*manage, "serve", "--workers=1"], cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE
        )
        try:
            address = announced(server)
            subprocess.run(
                [*manage, "shell", "-v0", "-c", EDIT], cwd=CHECKOUT, env=environment, check=True
            )
            yield address
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)


def announced(server: "subprocess.Popen[bytes]") -> str:
    """Return the address that the server says it is at; goes on reading what it says."""
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(rb"(http://\S+)/ ", line):
            Thread(target=server.stdout.read, daemon=True).start()
            return found[1].decode()
    raise SystemExit("The server ended before it served.")


def photographed(page: Page, address: str, path: Path) -> list[str]:
    """Write the image of a page; return what is wrong with it."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address)
    page.screenshot(path=path, full_page=True)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        complaints.append("overflows")
    # The answer itself is an error where one is asked for.
    return [one for one in complaints if "Failed to load resource" not in one]


def photograph(browser: Browser, site: str, pages: dict[str, str]) -> int:
    """Write the images of `pages`; return how many things are wrong with them."""
    wrong = 0
    for size, theme, suffix in SERIES:
        with browser.new_context(viewport=size, color_scheme=theme) as context:
            for name, path in pages.items():
                image = IMAGES / f"{name}-{size['width']}{suffix}.png"
                page = context.new_page()
                for complaint in photographed(page, site + path, image):
                    print(f"{image.name}: {complaint}")
                    wrong += 1
                page.close()
    return wrong


def main(names: list[str]) -> int:
    pages = {**PAGES, **FRENCH, **ERRORS, **AFTER_AN_EDIT}
    wanted = {name: pages[name] for name in names} if names else pages
    IMAGES.mkdir(parents=True, exist_ok=True)
    arguments = ["--no-sandbox"] if os.getuid() == 0 else []
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.found(), args=arguments)
        wrong = photograph(browser, site, wanted)
        browser.close()
    print(
        f"{len(SERIES) * len(wanted)} images in {IMAGES.relative_to(CHECKOUT)}, {wrong} complaints"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
