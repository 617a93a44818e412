"""Finds the Chromium that the browser tests drive.

    python -m tests.chromium

prints its path, after installing one with Playwright where there is none, or prints nothing and
says on stderr what that means.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "NO CHROMIUM: THE BROWSER TESTS ARE NOT RUN. Install chromium, or name one in CHROMIUM."


def found() -> str | None:
    """Return the path that CHROMIUM names, or else the first one on PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def installed() -> str | None:
    """Return the path of Playwright's own, downloaded now if need be; None if that fails."""
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(command, stdout=sys.stderr, timeout=600)
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


if __name__ == "__main__":
    path = found() or installed()
    print(path or "")
    if not path:
        print(f"\n*** {MISSING}\n", file=sys.stderr)
