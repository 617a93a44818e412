"""Parquet is an extra of a release: the tables of the CSV once more, and nothing else changes."""

import csv
import json
import sys
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest
from django.core.management import CommandError, call_command

from apps.records.exports import unsafe
from apps.records.models import Source
from apps.records.releases import faults, make
from apps.records.tests.making import citation, operation
from apps.records.vocabularies import Publication
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

PUBLISHED = Publication.PUBLISHED
TYPES = {"string": "VARCHAR", "integer": "BIGINT"}


@pytest.fixture(scope="module")
def plain(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock():
        return make("2026.1", "The first.", directory=tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def release(django_db_setup, django_db_blocker, tmp_path_factory):
    shelf = tmp_path_factory.mktemp("shelf")
    with django_db_blocker.unblock():
        return make("2026.1", "The first.", directory=shelf, with_parquet=True)


@pytest.fixture
def without_duckdb(monkeypatch):
    """Leave it neither to be found nor to be imported."""
    monkeypatch.setitem(sys.modules, "duckdb", None)


def bytes_of(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def written(directory: Path, name: str) -> list[tuple]:
    """Return the rows of a Parquet file, its header first."""
    with duckdb.connect() as connection:
        found = connection.read_parquet(str(directory / f"{name}.parquet"))
        return [tuple(found.columns), *found.fetchall()]


def expected(directory: Path, resource: dict) -> list[tuple]:
    """Return the same of the CSV file, its cells read as `datapackage.json` says."""
    numbers = [field["type"] == "integer" for field in resource["schema"]["fields"]]
    with (directory / resource["path"]).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return [tuple(header), *(tuple(map(cell, row, numbers)) for row in rows)]


def cell(text: str, number: bool) -> str | int | None:
    if text == "":
        return None
    return int(text) if number else unsafe(text)


def resources(directory: Path) -> list[dict]:
    return json.loads((directory / "datapackage.json").read_text())["resources"]


def test_each_table_has_the_rows_of_its_csv(release):
    assert {path.stem for path in release.glob("*.parquet")} == {
        path.stem for path in release.glob("*.csv")
    }
    for resource in resources(release):
        assert written(release, resource["name"]) == expected(release, resource), resource["name"]


def test_each_column_has_the_type_that_the_package_states(release):
    for resource in resources(release):
        with duckdb.connect() as connection:
            found = connection.read_parquet(str(release / f"{resource['name']}.parquet"))
            types = dict(zip(found.columns, map(str, found.types), strict=True))
        fields = resource["schema"]["fields"]
        assert types == {field["name"]: TYPES[field["type"]] for field in fields}


AWKWARD = ("=1+1", "'=1+1", "'quoted'", '"a", b', "two\nlines", "\ttwo\r\nlines", "NULL", "é|ü")


def test_a_text_comes_back_as_it_was_written(committed_db, tmp_path):
    with revision(reason="More operations"):
        said = {f"awkward-{number}": text for number, text in enumerate(AWKWARD)}
        for slug, text in said.items():
            made = operation(slug, focus_area=text, publication=PUBLISHED)
            citation(Source.objects.get(), operation=made, publication=PUBLISHED)
    release = make("2026.1", "The first.", directory=tmp_path / "a[b]'*", with_parquet=True)
    header, *rows = written(release, "operations")
    held = {row[header.index("slug")]: row[header.index("focus_area")] for row in rows}
    assert {slug: held[slug] for slug in said} == said


def test_made_again_elsewhere_it_is_byte_for_byte_the_same(release, db, tmp_path):
    again = make("2026.1", "The first.", directory=tmp_path / "elsewhere", with_parquet=True)
    assert bytes_of(again) == bytes_of(release)


def test_the_index_and_the_readme_list_it_like_every_file(release):
    index = json.loads((release / "index.json").read_text())
    told = {file["path"]: file for file in index["files"]}
    readme = (release / "README.md").read_text()
    for path in release.glob("*.parquet"):
        held, file = path.read_bytes(), told[path.name]
        assert (file["bytes"], file["sha256"]) == (len(held), sha256(held).hexdigest())
        assert file["rows"] == index["rows"][path.stem]
        assert f"| {path.name} | {file['rows']} | {len(held)} | `{file['sha256']}` |" in readme
    assert "FROM 'operations.parquet'" in readme


def test_a_file_that_was_changed_is_named(db, tmp_path):
    own = make("2026.1", "The first.", directory=tmp_path, with_parquet=True)
    assert faults(own) == []
    (own / "operations.parquet").write_bytes(b"PAR1")
    assert faults(own) == ["operations.parquet"]


def test_it_changes_no_other_file(plain, release):
    others = bytes_of(plain)
    assert not any("parquet" in name for name in others)
    assert b"arquet" not in others["README.md"] + others["index.json"]
    same = {name: held for name, held in bytes_of(release).items() if name in others}
    told = {name for name, held in others.items() if same[name] != held}
    assert told == {"README.md", "index.json"}


def test_the_command_makes_it_if_asked(db, tmp_path, release):
    notes = tmp_path / "notes.md"
    notes.write_text("The first.")
    shelf = tmp_path / "shelf"
    call_command("release", "2026.1", notes=notes, directory=shelf, parquet=True, verbosity=0)
    assert bytes_of(shelf / "2026.1") == bytes_of(release)


def test_without_duckdb_nothing_is_written_and_it_says_what_to_install(
    db, tmp_path, without_duckdb
):
    notes, shelf = tmp_path / "notes.md", tmp_path / "shelf"
    notes.write_text("The first.")
    with pytest.raises(CommandError, match="needs DuckDB.* -r requirements-parquet.txt"):
        call_command("release", "2026.1", notes=notes, directory=shelf, parquet=True)
    assert not shelf.exists()


def test_without_duckdb_a_release_without_parquet_is_the_same(db, tmp_path, plain, without_duckdb):
    assert bytes_of(make("2026.1", "The first.", directory=tmp_path)) == bytes_of(plain)
