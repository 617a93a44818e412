"""Every address of the description, asked with what it allows and with what it does not."""

import re
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

LEAST_CASES = 2_000
CONFIGURATION = settings.BASE_DIR / "tests" / "schemathesis.toml"


def schemathesis(site, *, examples, seconds):
    """Return what a run of every check over every address says; it ends after `seconds`.

    `examples` are made up of each address, beside those that its description gives.
    """
    command = [sys.executable, "-m", "schemathesis.cli", f"--config-file={CONFIGURATION}"]
    options = [
        "--checks=all",
        "--phases=examples,coverage,fuzzing",
        f"--max-examples={examples}",
        f"--max-time={seconds}",
        "--generation-deterministic",
        "--workers=2",
        "--no-color",
    ]
    done = subprocess.run(
        [*command, "run", f"{site}/api/v1/schema/", *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=3 * seconds,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("examples", "seconds"), [(40, 150), pytest.param(100, 600, marks=pytest.mark.faults)]
)
def test_every_answer_is_what_the_description_says(committed_db, live_server, examples, seconds):
    told = schemathesis(live_server.url, examples=examples, seconds=seconds)
    generated = re.search(r"([\d,]+) generated", told)
    assert generated, told
    assert "Failures:" not in told, told
    assert "Errors:" not in told, told
    assert int(generated[1].replace(",", "")) >= LEAST_CASES
