"""Makes a release: freezes the published records of a revision under a name, whole or not at all.

Everything is written to a directory beside its place, checked there, and renamed into place.
"""

import csv
import json
import os
import re
import shutil
import sqlite3
from hashlib import file_digest
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.conf import settings
from django.db import connections

from apps.records.exports import lines, safe
from apps.records.releases import parquet, sqlite
from apps.records.releases.package import package
from apps.records.releases.sqlite import SqliteFile
from apps.records.releases.tables import Table, codebook, release_table, tables
from apps.records.releases.texts import (
    DATABASE,
    LICENCE,
    LICENCE_NAME,
    TITLE,
    Frozen,
    citation_file,
    readme,
)
from apps.revisions.public import PUBLIC, State, reading

INDEX = "index.json"
NAME = r"[0-9A-Za-z]+([.-][0-9A-Za-z]+)*"
LONGEST_NAME = 40
SITE = r"https?://[^/\s?#]+/?"

Files = dict[str, dict[str, Any]]


class ReleaseError(Exception):
    """A release that cannot be made; the message says why."""


def make(
    name: str,
    notes: str,
    *,
    as_of: str = "",
    directory: Path | None = None,
    site: str = "",
    with_parquet: bool = False,
) -> Path:
    """Freeze the revision that `as_of` names, the newest if "", and return the new directory.

    `site` is the address that the citation leads to; `with_parquet` adds each table as Parquet.
    Raises ReleaseError for a name that is taken or not one, for blank notes, for a `site` that is
    none, for Parquet without DuckDB, for a database without revisions, and where what was written
    is not what was read; BadParameter for `as_of`.
    """
    shelf = Path(directory or settings.RELEASES_DIR)
    _check_words(name, notes, site)
    if with_parquet and not parquet.installed():
        raise ReleaseError(parquet.MISSING)
    if (shelf / name).exists():
        raise ReleaseError(f"There is a release {name} already, in {shelf / name}.")
    shelf.mkdir(parents=True, exist_ok=True)
    workshop = Path(mkdtemp(prefix=f".{name}-", dir=shelf))
    try:
        _fill(workshop, name, notes.strip(), as_of, site, with_parquet)
        _place(workshop, shelf / name)
    except sqlite3.Error as error:
        raise ReleaseError(f"The SQLite file could not be written: {error}.") from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return shelf / name


def _check_words(name: str, notes: str, site: str) -> None:
    if len(name) > LONGEST_NAME or not re.fullmatch(NAME, name, re.ASCII):
        raise ReleaseError(f"“{name}” is no name for a release. Allowed: 2026.1, 2026.1-rc1 ...")
    if not notes.strip():
        raise ReleaseError("The notes are blank. Say what is new in this release.")
    if site and not re.fullmatch(SITE, site):
        raise ReleaseError(f"“{site}” is no site. Allowed: https://sahelref.example")


def _fill(workshop: Path, name: str, notes: str, as_of: str, site: str, with_parquet: bool) -> None:
    with reading(as_of) as state:
        _lift_limits()
        frozen = _frozen(name, notes, state, site)
        all_tables = _all_tables(frozen)
        counts = _write_tables(workshop, all_tables)
    if with_parquet:
        parquet.write(workshop, all_tables)
    files = _measured(workshop, counts)
    _write(workshop / "datapackage.json", as_json(package(frozen, all_tables, files)))
    _write(workshop / "LICENSE", LICENCE)
    _write(workshop / "CITATION.cff", citation_file(frozen))
    _write(workshop / "README.md", readme(frozen, _measured(workshop, counts)))
    index = _index(frozen, counts, _measured(workshop, counts))
    _write(workshop / INDEX, as_json(index))
    if wrong := [*faults(workshop), *_miscounted(workshop, counts)]:
        raise ReleaseError(f"What was written is not what was read: {'; '.join(wrong)}.")


def _lift_limits() -> None:
    """Take the time it takes: this is no visitor."""
    with connections[PUBLIC].cursor() as cursor:
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute("SELECT set_config(%s, '0', true)", [limit])


def _frozen(name: str, notes: str, state: State, site: str) -> Frozen:
    if state.made_at is None:
        raise ReleaseError("There is no revision to freeze.")
    made_at = state.made_at.isoformat().replace("+00:00", "Z")
    return Frozen(name, state.shown, state.hash, made_at, notes, site)


def _all_tables(frozen: Frozen) -> list[Table]:
    read = [*tables(), release_table(frozen)]
    return [*read, codebook(read)]


def _write_tables(workshop: Path, all_tables: list[Table]) -> dict[str, int]:
    """Write each table as CSV and into the SQLite file, in one pass; return rows by table."""
    database = SqliteFile(workshop / DATABASE)
    try:
        counts = {table.name: _write_table(workshop, table, database) for table in all_tables}
    except BaseException:
        # Not `close`, which packs the file: on a full disk that fails too, for another reason.
        database.connection.close()
        raise
    database.close()
    return counts


def _write_table(workshop: Path, table: Table, database: SqliteFile) -> int:
    count = 0
    with (workshop / table.path).open("w", encoding="utf-8", newline="") as file:
        file.write(lines([[column.name for column in table.columns]]))
        for row in database.add(table, table.rows()):
            file.write(lines([[safe(row[column.name]) for column in table.columns]]))
            count += 1
    return count


def _measured(workshop: Path, counts: dict[str, int]) -> Files:
    """Return bytes, SHA-256 and, of a table, rows of each file there is."""
    return {path.name: _measure(path, counts) for path in sorted(workshop.iterdir())}


def _measure(path: Path, counts: dict[str, int]) -> dict[str, Any]:
    rows = {"rows": counts[path.stem]} if path.suffix in (".csv", parquet.SUFFIX) else {}
    return {"bytes": path.stat().st_size, "sha256": sha256_of(path), **rows}


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _index(frozen: Frozen, counts: dict[str, int], files: Files) -> dict[str, Any]:
    return {
        "name": frozen.name,
        "title": TITLE,
        "revision": frozen.revision,
        "revision_hash": frozen.hash,
        "made_at": frozen.made_at,
        "licence": LICENCE_NAME,
        "citation": frozen.citation,
        "notes": frozen.notes,
        "rows": counts,
        "files": [{"path": path, **told} for path, told in sorted(files.items())],
    }


def as_json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def faults(directory: Path) -> list[str]:
    """Return the files that are not as `index.json` says, read again from the disk."""
    index = json.loads((directory / INDEX).read_text(encoding="utf-8"))
    return [file["path"] for file in index["files"] if not _is_as_told(directory, file)]


def _is_as_told(directory: Path, told: dict[str, Any]) -> bool:
    path = directory / told["path"]
    if not path.is_file():
        return False
    return path.stat().st_size == told["bytes"] and sha256_of(path) == told["sha256"]


def _miscounted(workshop: Path, counts: dict[str, int]) -> list[str]:
    """Return what the tables, read again, hold otherwise than they were read."""
    wrong = sqlite.faults(workshop / DATABASE)
    if sqlite.counts(workshop / DATABASE) != counts:
        wrong.append(f"{DATABASE} has other rows")
    for name, count in counts.items():
        with (workshop / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            if sum(1 for _ in csv.reader(file)) != count + 1:
                wrong.append(f"{name}.csv has other rows")
    for path in workshop.glob(f"*{parquet.SUFFIX}"):
        if parquet.count(path) != counts[path.stem]:
            wrong.append(f"{path.name} has other rows")
    return wrong


def _place(workshop: Path, place: Path) -> None:
    """Bring everything to the disk, then to its place: there whole or not at all."""
    for path in [*workshop.iterdir(), workshop]:
        _sync(path)
    workshop.chmod(0o755)
    try:
        workshop.rename(place)
    except OSError as error:
        raise ReleaseError(f"{place} was made in the meantime.") from error
    _sync(place.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
