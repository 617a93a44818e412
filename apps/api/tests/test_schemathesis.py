"""Every address of the description, asked with what it allows and with what it does not."""

import re
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

LEAST_CASES = 2_000
SECONDS = 170
CONFIGURATION = settings.BASE_DIR / "tests" / "schemathesis.toml"


def schemathesis(site):
    """Return what a run of every check over every address says; it ends after some minutes."""
    command = [sys.executable, "-m", "schemathesis.cli", f"--config-file={CONFIGURATION}"]
    options = [
        "--checks=all",
        "--phases=examples,coverage,fuzzing",
        "--max-examples=40",
        f"--max-time={SECONDS}",
        "--generation-deterministic",
        "--workers=2",
        "--no-color",
    ]
    done = subprocess.run(
        [*command, "run", f"{site}/api/v1/schema/", *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=3 * SECONDS,
        check=False,
    )
    return done.stdout + done.stderr


def test_every_answer_is_what_the_description_says(committed_db, live_server):
    told = schemathesis(live_server.url)
    generated = re.search(r"([\d,]+) generated", told)
    assert generated, told
    assert "Failures:" not in told, told
    assert "Errors:" not in told, told
    assert int(generated[1].replace(",", "")) >= LEAST_CASES
