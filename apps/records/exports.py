"""Whole lists as rows and as CSV, of any size, with flat memory."""

import csv
import re
from collections.abc import Collection, Iterable, Iterator
from io import StringIO
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from apps.records.asking import read
from apps.records.catalogue import Entry
from apps.records.cells import Cell
from apps.records.columns import COLUMNS
from apps.records.copying import csv_lines
from apps.revisions.public import PUBLIC, reading, reading_publicly

CHUNK = 500
# A spreadsheet runs a cell that begins with one of these; a text may have our quote already.
FORMULA = re.compile(r"'*[=+\-@\t\r]")


def rows(entry: Entry, queryset: QuerySet[Any]) -> Iterator[dict[str, Cell]]:
    """Give the columns of each record, fetched in chunks.

    Raises RuntimeError for public records outside `reading()`: a streamed answer is one snapshot
    too, and would otherwise forget the revision that it was asked for.
    """
    if queryset.db == PUBLIC and not reading_publicly():
        raise RuntimeError("Read public records inside reading().")
    for record in queryset.iterator(chunk_size=CHUNK):
        yield row(entry, record)


def public_csv(
    entry: Entry, parameters: QueryDict, *, shown: int, also_allowed: Collection[str] = ()
) -> Iterator[bytes]:
    """Give the list that `parameters` ask for as CSV, all pages, at the revision `shown`.

    Opens a snapshot of its own, because a response is streamed after that of its request closed.
    Raises BadParameter at its first row only: `ask` first. PostgreSQL writes it where it can.
    """
    yield lines([entry.columns]).encode()
    with reading(str(shown), patient=True):
        queryset = read(entry, parameters, also_allowed).queryset
        if (written := csv_lines(entry, queryset)) is not None:
            yield from written
        else:
            yield from csv_rows(rows(entry, queryset))


def row(entry: Entry, record: Any) -> dict[str, Cell]:
    """Return the columns of one record, which comes from `for_reading()`."""
    accessors = COLUMNS[entry.model]
    return {name: accessors[name](record) for name in entry.columns}


def csv_stream(entry: Entry, found: Iterable[dict[str, Cell]]) -> Iterator[str]:
    """Give the rows as CSV (RFC 4180, header first), the header at once, then chunks of lines."""
    yield lines([entry.columns])
    yield from (chunk.decode() for chunk in csv_rows(found))


def csv_rows(found: Iterable[dict[str, Cell]]) -> Iterator[bytes]:
    """Give the rows as CSV without a header, in chunks of lines."""
    remaining = iter(found)
    while chunk := list(islice(remaining, CHUNK)):
        yield lines([safe(cell) for cell in cells.values()] for cells in chunk).encode()


def lines(table: Iterable[Iterable[Any]]) -> str:
    buffer = StringIO()
    csv.writer(buffer).writerows(table)
    return buffer.getvalue()


def safe(cell: Cell) -> Cell:
    """Return the cell so that no spreadsheet runs it: a text that looks like a formula gets a `'`.

    Numbers are left alone.
    """
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def unsafe(cell: str) -> str:
    """Return the text of a cell that `safe` wrote."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
