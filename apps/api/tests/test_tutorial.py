"""The examples of the tutorial, each run as it is printed, or read where nothing can run it."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from apps.records.guides import DOCUMENTS, GUIDES, WRITTEN_FOR
from apps.records.models import Operation

TUTORIAL = DOCUMENTS / GUIDES["tutorial"]

ADDED = re.compile(r"^\| `&([^`]*)` \|", re.MULTILINE)
ADDRESS = re.compile(rf"{re.escape(WRITTEN_FOR)}[^\s'\"]*")


def example(language):
    """Return the first example in a language, with the site that it was written for."""
    return blocks(language)[0]


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", TUTORIAL.read_text(), re.DOTALL)


def run(site, *command, **options):
    here = [part.replace(WRITTEN_FOR, site) for part in command]
    options |= {"capture_output": True, "text": True, "encoding": "utf-8"}
    done = subprocess.run(here, check=False, **options)
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
def test_the_mirror_is_fetched_and_run_as_it_is_printed(site, tmp_path):
    (lines,) = [code for code in blocks("sh") if "mirror.py" in code]
    assert run(site, "sh", "-c", lines, cwd=tmp_path).strip().endswith("1")
    with closing(sqlite3.connect(tmp_path / "sahelref.sqlite3")) as copy:
        ((count,),) = copy.execute("SELECT count(*) FROM record WHERE type = 'operations'")
    assert count == Operation.objects.filter(publication="published").count()


@pytest.mark.django_db
def test_every_address_that_the_tutorial_names_answers(ask):
    named = {address.rstrip("`>;,") for address in ADDRESS.findall(TUTORIAL.read_text())}
    assert len(named) >= 10
    for address in named - {WRITTEN_FOR}:
        assert ask(address.replace(WRITTEN_FOR, "http://testserver")).status == 200, address


@pytest.mark.django_db
def test_the_list_has_the_receipt_that_the_tutorial_shows(ask):
    printed = re.search(r"^    Link: (.*)$", TUTORIAL.read_text(), re.MULTILINE)[1]
    link = ask("contributors/?operation=takuba-task-force").headers["Link"]
    assert link == printed.replace(WRITTEN_FOR, "http://testserver")


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


@pytest.mark.django_db
def test_the_links_in_its_text_lead_to_pages(ask):
    links = re.findall(r"\]\(([^)#]+)", ask("tutorial/").text)
    assert len(links) >= 4
    assert {ask(link).status for link in links} == {200}
