"""A release is a revision as files: complete, checkable, the same wherever it is made."""

import csv
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.records.catalogue import CATALOGUE
from apps.records.codebook import columns_of
from apps.records.models import LadderStep, Operation
from apps.records.releases import ReleaseError, faults, listed, make, named
from apps.records.tests import making
from apps.records.vocabularies import VOCABULARIES
from apps.revisions.models import Revision
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.RELEASES_DIR = tmp_path / "releases"
    return settings.RELEASES_DIR


@pytest.fixture(scope="module")
def release(django_db_setup, django_db_blocker, tmp_path_factory):
    """Make a release of the seed once, for tests that only read it."""
    with django_db_blocker.unblock():
        return make("2026.1", "The first.", directory=tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def own(db):
    """Make a release that the test may spoil."""
    return make("2026.1", "The first.")


def bytes_of(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def table(directory: Path, name: str) -> list[dict[str, str]]:
    with (directory / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_release_holds_every_published_record(release, db):
    for name, entry in CATALOGUE.items():
        published = entry.model._default_manager.filter(publication="published")
        ids = [row["id"] for row in table(release, name)]
        assert ids == sorted(published.values_list("public_id", flat=True))


def test_the_steps_of_the_ladder_come_with_their_terms(release, db):
    (first, *_) = table(release, "ladder_steps")
    assert list(first) == [
        "contributor",
        "place",
        "status",
        "since",
        "expected",
        "condition",
        "note",
    ]
    steps = LadderStep.objects.order_by("contributor__public_id", "place")
    assert [
        (row["contributor"], row["place"], row["status"]) for row in table(release, "ladder_steps")
    ] == [(step.contributor.public_id, str(step.place), step.status) for step in steps]


def test_the_index_tells_the_bytes_hash_and_rows_of_every_file(release):
    index = json.loads((release / "index.json").read_text())
    files = bytes_of(release)
    assert {file["path"] for file in index["files"]} == set(files) - {"index.json"}
    for file in index["files"]:
        held = files[file["path"]]
        assert (file["bytes"], file["sha256"]) == (len(held), sha256(held).hexdigest())
        if file["path"].endswith(".csv"):
            assert file["rows"] == len(table(release, file["path"].removesuffix(".csv")))


def test_the_index_names_the_revision_and_its_hash(release, db):
    newest = Revision.objects.latest("number")
    index = json.loads((release / "index.json").read_text())
    assert (index["revision"], index["revision_hash"]) == (newest.number, newest.hash)
    assert newest.hash in index["citation"]


def test_made_again_elsewhere_it_is_byte_for_byte_the_same(release, db, tmp_path):
    again = make("2026.1", "The first.", directory=tmp_path / "elsewhere")
    assert bytes_of(again) == bytes_of(release)


def test_a_past_revision_gives_what_it_gave_then(committed_db, tmp_path):
    then = make("2026.1", "The first.")
    with revision(reason="Say more"):
        Operation.objects.filter(slug="barkhane").update(focus_area="the Sahel", name="Barkhane II")
    again = make("2026.1", "The first.", as_of="1", directory=tmp_path / "again")
    now = make("2026.2", "The second.")
    assert bytes_of(again) == bytes_of(then)
    assert "Barkhane II" in (now / "operations.csv").read_text()


def test_a_draft_is_in_no_file(committed_db):
    with revision(reason="xyzzyplugh of drafts alone"):
        operation = making.operation("xyzzyplugh", note="xyzzyplugh")
        operation.theatre.add(making.country("XZ", "xyzzyplugh"))
        making.citation(
            making.source(title="xyzzyplugh"),
            operation=Operation.objects.get(slug="barkhane"),
            note="xyzzyplugh",
        )
    directory = make("2026.1", "The first.")
    holding = [name for name, held in bytes_of(directory).items() if b"xyzzyplugh" in held]
    assert holding == []


def test_a_name_is_used_once(own):
    before = bytes_of(own)
    with pytest.raises(ReleaseError, match="There is a release 2026.1 already"):
        make("2026.1", "Another.")
    assert bytes_of(own) == before


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", ".hidden", "a b", "é", "x" * 41])
def test_a_name_is_a_name_and_no_path(db, shelf, name):
    with pytest.raises(ReleaseError, match="is no name for a release"):
        make(name, "The first.")
    assert not shelf.exists()


def test_what_fails_on_the_way_leaves_nothing(db, shelf, monkeypatch):
    def fail(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        make("2026.1", "The first.")
    assert (list(shelf.iterdir()), listed()) == ([], [])


def test_a_file_that_was_changed_is_named(own):
    assert faults(own) == []
    file = own / "operations.csv"
    file.write_bytes(file.read_bytes().replace(b"barkhane", b"markhane"))
    (own / "LICENSE").unlink()
    assert sorted(faults(own)) == ["LICENSE", "operations.csv"]
    found = named("2026.1")
    assert found
    assert found.altered() == ["LICENSE"]


def test_releases_are_listed_the_newest_revision_first(committed_db):
    make("2026.2", "Later named, of the first revision.")
    with revision(reason="Say more"):
        Operation.objects.filter(slug="barkhane").update(focus_area="the Sahel")
    make("2026.1", "Of the second.")
    assert [(each.name, each.revision) for each in listed()] == [("2026.1", 2), ("2026.2", 1)]


def test_the_sqlite_file_is_whole_and_its_references_lead_somewhere(release):
    with closing(sqlite3.connect(release / "sahelref.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        (statuses,) = zip(
            *connection.execute(
                "SELECT step.status FROM contributors AS c"
                " JOIN operations AS o ON o.slug = c.operation"
                " JOIN ladder_steps AS step ON step.contributor = c.id"
                " WHERE o.slug = 'takuba-task-force' AND c.country = 'EE'"
            ),
            strict=True,
        )
    assert statuses == ("committed",)


def test_a_reference_that_is_not_stated_is_null_and_no_empty_text(release):
    with closing(sqlite3.connect(release / "sahelref.sqlite")) as connection:
        question = "SELECT count(*) FROM contributors WHERE country IS NULL AND organization <> ''"
        ((count,),) = connection.execute(question)
    assert count == sum(not row["country"] for row in table(release, "contributors"))


def test_every_column_says_what_it_means(release):
    lines = {(row["table"], row["column"]): row for row in table(release, "codebook")}
    for name, entry in CATALOGUE.items():
        for column in entry.columns:
            assert lines[name, column]["description"], (name, column)
    assert lines["operations", "status"]["vocabulary"] == "operation-status"
    assert lines["contributors", "operation"]["refers_to"] == "operations.slug"


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_codes_of_a_column_are_those_of_its_list(db, name):
    (entry,) = (each for each in CATALOGUE.values() if each.name == name)
    coded = {column.name: column.vocabulary for column in columns_of(entry) if column.vocabulary}
    for parameter in entry.filters.base_filters.values():
        vocabulary = getattr(parameter, "vocabulary", None)
        if vocabulary and parameter.field_name in coded:
            assert VOCABULARIES[coded[parameter.field_name]] is vocabulary


def test_every_code_of_the_tables_is_defined(release):
    package = json.loads((release / "datapackage.json").read_text())
    defined = {
        name: {term["code"] for term in each["terms"]}
        for name, each in package["vocabularies"].items()
    }
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            if "vocabulary" in field:
                used = {
                    code
                    for row in table(release, resource["name"])
                    for code in row[field["name"]].split(field.get("separator"))
                    if code
                }
                assert used <= defined[field["vocabulary"]]


def test_people_are_told_what_it_is_and_how_to_cite_it(own):
    readme, citation = (own / "README.md").read_text(), (own / "CITATION.cff").read_text()
    assert "The first." in readme
    assert named("2026.1").citation in readme
    assert 'version: "2026.1"' in citation
    assert re.search(r"^license: CC-BY-4.0$", citation, re.MULTILINE)
    assert "creativecommons.org/licenses/by/4.0" in (own / "LICENSE").read_text()


def test_the_command_makes_a_release_and_checks_it_again(db, tmp_path, capsys, shelf):
    notes = tmp_path / "notes.md"
    notes.write_text("The first.")
    call_command("release", "2026.1", notes=notes)
    call_command("release", "2026.1", check=True)
    assert capsys.readouterr().out.splitlines() == [
        str(shelf / "2026.1"),
        f"Every file of {shelf / '2026.1'} is as it was made.",
    ]
    (shelf / "2026.1" / "LICENSE").write_text("Mine.")
    with pytest.raises(CommandError, match="Not as they were made: LICENSE"):
        call_command("release", "2026.1", check=True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "Say what is new"),
        ({"notes": Path("/nowhere/notes.md")}, "No such file"),
        ({"notes": "blank"}, "The notes are blank"),
        ({"notes": "written", "as_of": "99"}, "Revision 99 does not exist yet"),
        ({"notes": "written", "as_of": "0"}, "no revision to freeze"),
    ],
)
def test_the_command_says_what_is_wrong(db, tmp_path, shelf, options, said):
    (tmp_path / "blank").write_text(" \n")
    (tmp_path / "written").write_text("The first.")
    if isinstance(options.get("notes"), str):
        options = {**options, "notes": tmp_path / options["notes"]}
    with pytest.raises(CommandError, match=said):
        call_command("release", "2026.1", **options)
    assert not list(shelf.glob("*"))


@pytest.mark.slow
def test_frictionless_accepts_the_package(release):
    validate = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    ran = subprocess.run(validate, cwd=release, capture_output=True, text=True, check=False)
    report = json.loads(ran.stdout)
    assert (ran.returncode, report["valid"]) == (0, True), ran.stdout[:2000]
    assert len(report["tasks"]) == len(list(release.glob("*.csv")))


@pytest.mark.slow
def test_datasette_opens_the_sqlite_file_and_follows_its_references(release):
    question = "/sahelref/contributors.json?_shape=array&_labels=on&operation=takuba-task-force"
    ask = [sys.executable, "-m", "datasette", "sahelref.sqlite", "--get", question]
    ran = subprocess.run(ask, cwd=release, capture_output=True, text=True, check=True)
    rows = json.loads(ran.stdout)
    assert {row["operation"]["label"] for row in rows} == {"Takuba Task Force"}
    assert {"EE", "SE", "BE"} <= {row["country"]["value"] for row in rows if row["country"]}


def test_a_release_of_a_site_is_cited_with_its_address(shelf, db):
    address = "https://sahelref.example/data/releases/2026.1/"
    release = make("2026.1", "The first.", directory=shelf, site="https://sahelref.example")
    assert f'url: "{address}"' in (release / "CITATION.cff").read_text()
    assert json.loads((release / "index.json").read_text())["citation"].endswith(address)
    with pytest.raises(ReleaseError, match="is no site"):
        make("2026.2", "The second.", directory=shelf, site="sahelref.example")
