"""Asks once for every kind of page and of past: none may fail, and the slowest are told.

Pages that count among all are asked for again after an edit.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from bench.databases import Database
from bench.writing import EDIT

ALONE = ("/", "/quality/", "/changes/", "/changes/feed.atom", "/search/?q=force", "/data/")
# The table and the key of the addresses of each kind of record.
RECORDS = {
    "operations": ("records_operation", "slug"),
    "countries": ("records_country", "iso2"),
    "organizations": ("records_organization", "slug"),
    "people": ("records_person", "slug"),
    "sources": ("records_source", "public_id"),
    "statements": ("records_statement", "public_id"),
}
# Of a list or a record: now, on a day, as of an early and of a late revision.
STATES = ("", "?on=2020-01-15", "?as_of=1", "?as_of=3")
SLOWEST = 8
COUNTING = ("/", "/statements/", "/quality/")


@dataclass(frozen=True)
class Page:
    """A page that was asked for the first time: its status and the seconds to its last byte."""

    address: str
    status: int
    seconds: float

    @property
    def failed(self) -> bool:
        not_there_yet = self.status == 404 and "as_of=" in self.address
        return self.status != 200 and not not_there_yet

    def __str__(self) -> str:
        return f"{self.address} {self.seconds:.2f} s" + (f" ({self.status})" if self.failed else "")


def walk(database: Database, root: str) -> list[Page]:
    """Return all that was asked of the site at `root`, in this order."""
    return [_asked(root, address) for address in _addresses(database)]


def after_an_edit(database: Database, root: str) -> list[Page]:
    """Return what pages that count take when a statement was edited since they last did."""
    with database.connect("sahelref") as owner:
        owner.execute(EDIT, [f"edit {time.time_ns()}", 1])
    return [_asked(root, address) for address in COUNTING]


def told(pages: list[Page]) -> str:
    slowest = sorted(pages, key=lambda page: -page.seconds)[:SLOWEST]
    failed = sum(page.failed for page in pages)
    names = ", ".join(map(str, slowest))
    return f"{len(pages)} pages asked for once, {failed} failed; the slowest: {names}"


def _addresses(database: Database) -> Iterator[str]:
    yield from ALONE
    for name, (table, key) in RECORDS.items():
        yield from (f"/{name}/{state}" for state in STATES)
        yield f"/{name}/feed.atom"
        for record in _some(database, table, key):
            page = f"/{name}/{record}/"
            yield from (f"{page}{state}" for state in STATES)
            yield from (f"{page}history/", f"{page}feed.atom")


def _some(database: Database, table: str, key: str) -> list[str]:
    """Return the keys of the record that most hangs on, which was made first, and of another."""
    with database.connect() as connection:
        rows = connection.execute(
            f"(SELECT {key} FROM published.{table} ORDER BY id LIMIT 1) UNION ALL"
            f" (SELECT {key} FROM published.{table} ORDER BY id OFFSET 25 LIMIT 1)"
        ).fetchall()
    return [str(row[0]) for row in rows]


def _asked(root: str, address: str) -> Page:
    started = time.monotonic()
    try:
        with urlopen(Request(root + address, headers={"Accept": "*/*"}), timeout=120) as answer:
            answer.read()
            status = answer.status
    except HTTPError as error:
        status = error.code
    return Page(address, status, time.monotonic() - started)
