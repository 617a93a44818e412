"""The examples of the tutorial, each run as it is printed, or read where nothing can run it."""

import json
import re
import shutil
import subprocess
import sys

import pytest

from apps.api.views.tutorial import TUTORIAL, WRITTEN_FOR

ADDED = re.compile(r"^\| `&([^`]*)` \|", re.MULTILINE)
ADDRESS = re.compile(rf"{re.escape(WRITTEN_FOR)}[^\s'\"]*")


def example(language):
    """Return the first example in a language, with the site that it was written for."""
    found = re.search(rf"```{language}\n(.*?)```", TUTORIAL.read_text(), re.DOTALL)
    assert found, language
    return found[1]


def run(site, *command):
    here = [part.replace(WRITTEN_FOR, site) for part in command]
    done = subprocess.run(here, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


TAKUBA = {
    "Belgium": "announced",
    "Estonia": "committed",
    "Italy": "announced",
    "Portugal": "committed",
    "Sweden": "committed",
}


@pytest.fixture
def site(committed_db, live_server):
    return live_server.url


@pytest.mark.slow
def test_the_example_in_the_shell_gives_the_contributors_of_takuba(site):
    told = json.loads(run(site, "sh", "-c", example("sh").replace("curl", "curl --silent")))
    assert {each["country"]["name"]: each["status"] for each in told["results"]} == TAKUBA


@pytest.mark.slow
def test_the_example_in_python_prints_them_with_their_evidence(site):
    printed = run(site, sys.executable, "-W", "ignore", "-c", example("python"))
    assert printed.splitlines() == [f"{name} {status} ¶ 9" for name, status in TAKUBA.items()]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("node"), reason="Node is not installed")
def test_the_example_in_javascript_prints_them(site):
    printed = run(site, "node", "--input-type=module", "--eval", example("js"))
    assert printed.splitlines() == [f"{name} {status}" for name, status in TAKUBA.items()]


@pytest.mark.django_db
def test_the_example_in_r_reads_the_columns_that_the_file_has(ask):
    code = example("r")
    (address,) = ADDRESS.findall(code)
    rows = ask(address.replace(WRITTEN_FOR, "http://testserver")).text.splitlines()
    columns = re.findall(r'"(\w+)"', code.split("print(")[1])
    assert columns
    assert set(columns) <= set(rows[0].split(","))
    assert len(rows) == 1 + len(TAKUBA)


def test_all_languages_ask_the_same_question():
    asked = {
        ADDRESS.findall(example(name))[0].split("?")[1] for name in ("sh", "python", "r", "js")
    }
    assert asked == {"operation=takuba-task-force"}


@pytest.mark.django_db
def test_everything_that_can_be_added_to_the_question_is_answered(ask):
    added = ADDED.findall(TUTORIAL.read_text())
    assert len(added) >= 8
    for parameter in added:
        assert ask(f"contributors/?operation=takuba-task-force&{parameter}").status == 200


@pytest.mark.django_db
def test_the_site_shows_it_with_its_own_address(ask):
    told = ask("tutorial/")
    assert told.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "curl --compressed 'http://testserver/api/v1/contributors/" in told.text
    assert WRITTEN_FOR not in told.text
