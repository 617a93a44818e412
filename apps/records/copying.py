"""Whole lists that PostgreSQL writes by COPY: as CSV, or a text a record; streamed as they come."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, Func, QuerySet, TextField
from django.db.models.expressions import Combinable

from apps.records.catalogue import Entry
from apps.records.cells import Column
from apps.records.columns import COLUMNS
from apps.records.expressions import Literal

# Bytes that are sent at a time, and at first, so that a reader sees soon that something comes.
CHUNK, FIRST = 262_144, 16_384
# A limit that the planner cannot know: it then looks for a way to the first rows, as for a cursor,
# and not for one that begins with sorting a million.
SOON = "LIMIT (SELECT 9223372036854775807)"


class Safe(Func):
    """A text so that no spreadsheet runs it, as `exports.safe` says."""

    template = r"regexp_replace(%(expressions)s, '^(''*[=+@\t\r-])', '''\1')"
    output_field = TextField()
    arity = 1


class SafeColumn(Safe):
    """The same of what costs nothing to look at twice: few texts begin with = + - @ ' or a tab."""

    template = (
        "CASE WHEN ascii(%(expressions)s) IN (9, 13, 39, 43, 45, 61, 64)"
        f" THEN {Safe.template} ELSE %(expressions)s END"
    )


class Empty(Func):
    """NULL for "": COPY puts an empty text into quotation marks, and nothing for NULL."""

    template = "nullif((%(expressions)s)::text, '')"
    output_field = TextField()
    arity = 1


class Blank(Func):
    """ "" for NULL: where there is no other cell, nothing at all would be no line."""

    template = "coalesce((%(expressions)s)::text, '')"
    output_field = TextField()
    arity = 1


def csv_lines(entry: Entry, queryset: QuerySet[Any]) -> Iterator[bytes] | None:
    """Return the lines of CSV of the records of `queryset`, without a header, in pieces.

    None where a column is read in Python alone.
    """
    columns = [COLUMNS[entry.model][name] for name in entry.columns]
    written = [_cell(column) for column in columns if isinstance(column, Column)]
    if len(written) < len(columns):
        return None
    if len(written) == 1:
        # A cell that is alone gets an empty one beside it, whose comma is cut off again.
        return _lines(_selected(queryset, [Blank(*written), Empty(Literal(""))]), end=b",\n")
    return _lines(_selected(queryset, [Empty(cell) for cell in written]), end=b"\n")


def _cell(column: Column) -> Combinable:
    if not column.free:
        return column.written()
    written = column.written()
    return SafeColumn(written) if isinstance(written, F) else Safe(written)


def _lines(queryset: QuerySet[Any, Any], end: bytes) -> Iterator[bytes]:
    """Give the lines with the end that RFC 4180 wants; a quoted cell keeps its own."""
    for rows in copied(queryset, "FORMAT csv"):
        yield b"".join([row.removesuffix(end) + b"\r\n" for row in rows])


def texts(queryset: QuerySet[Any], text: Combinable) -> Iterator[bytes]:
    """Return `text`, JSON without line feeds, of each of the records, a line each, in pieces."""
    for rows in copied(_selected(queryset, [text]), "FORMAT text"):
        # All that COPY escapes in JSON, which escapes control characters itself.
        yield b"".join(rows).replace(b"\\\\", b"\\")


def _selected(queryset: QuerySet[Any], cells: list[Combinable]) -> QuerySet[Any, Any]:
    named = {f"cell{at}": cell for at, cell in enumerate(cells)}
    return queryset.prefetch_related(None).annotate(**named).values_list(*named)


def copied(queryset: QuerySet[Any, Any], options: str) -> Iterator[list[bytes]]:
    """Give the rows of `queryset` as COPY writes them, some bytes of them at a time."""
    connection: Any = connections[queryset.db]
    try:
        sql = connection.ops.compose_sql(*queryset.query.get_compiler(queryset.db).as_sql())
    except EmptyResultSet:
        return
    rows: list[bytes] = []
    size, most = 0, FIRST
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({sql} {SOON}) TO STDOUT ({options})") as copy,
    ):
        for row in copy:
            rows.append(bytes(row))
            size += len(row)
            if size >= most:
                yield rows
                rows, size, most = [], 0, CHUNK
    if rows:
        yield rows
