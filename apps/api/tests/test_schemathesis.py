"""Every address of the description, asked with what it allows and with what it does not."""

import re
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

LEAST_CASES = 2_000
TIMEOUT = 3_600  # seconds
CONFIGURATION = settings.BASE_DIR / "tests" / "schemathesis.toml"
# `coverage` asks for each value and each kind of wrong one of every parameter, and by every method:
# 9,000 cases in four minutes of a whole machine. It is not cut short, or what comes last in the
# description would never be asked; .ci/run has it in a step of its own.
MADE_UP, EVERY_VALUE = "examples,fuzzing", "examples,coverage"


def schemathesis(site, *, phases, examples):
    """Return what a run of every check over every address says.

    `examples` are made up of each address, beside those that its description gives.
    """
    command = [sys.executable, "-m", "schemathesis.cli", f"--config-file={CONFIGURATION}"]
    options = [
        "--checks=all",
        f"--phases={phases}",
        f"--max-examples={examples}",
        "--generation-deterministic",
        "--workers=2",
        "--no-color",
    ]
    done = subprocess.run(
        [*command, "run", f"{site}/api/v1/schema/", *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=TIMEOUT,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("phases", "examples"),
    [
        (MADE_UP, 40),
        pytest.param(MADE_UP, 100, marks=pytest.mark.faults),
        pytest.param(EVERY_VALUE, 1, marks=pytest.mark.faults, id="every value"),
    ],
)
def test_every_answer_is_what_the_description_says(committed_db, live_server, phases, examples):
    told = schemathesis(live_server.url, phases=phases, examples=examples)
    generated = re.search(r"([\d,]+) generated", told)
    assert generated, told
    assert "Failures:" not in told, told
    assert "Errors:" not in told, told
    assert int(generated[1].replace(",", "")) >= LEAST_CASES
