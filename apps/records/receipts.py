"""Receipts: what a question found at a revision, in so few words that anyone can check it again.

A receipt is an address: the question, the revision, the count and the SHA-256 of the result. None
is stored. The result is put in a canonical text, which can be made again here or from an export:

- A record is a JSON object of its export columns, sorted by name, with every value as a text (""
  for what is not stated, numbers in digits), no space between, in UTF-8. Of columns that came
  later than the receipt none counts: they are added at the end, and the receipt says how many
  it covers.
- A result of up to 10,000 records is a line for each, `<public id> <SHA-256 of the object>`, the
  lines sorted. A longer one is the public ids alone, a line each, sorted.

Every line ends with a line feed; a result without records is the empty text.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.db.models.functions import Collate
from django.http import QueryDict

from apps.records.asking import Question, read
from apps.records.catalogue import Entry
from apps.records.cells import Cell
from apps.records.exports import rows
from apps.records.matches import CAP
from apps.revisions.parameters import BadParameter
from apps.revisions.public import State

RECORDS, IDS = "records", "ids"
CHUNK = 10_000
# What tells how a list is shown or where a page begins, and not what is in it.
NOT_OF_THE_QUESTION = ("as_of", "cursor", "page_size", "fields", "expand", "facets", "format")


@dataclass(frozen=True)
class Digest:
    """What a question found: `covers` is `records`, or `ids` where there are over 10,000."""

    count: int
    sha256: str
    covers: str


def query_text(parameters: dict[str, str]) -> str:
    """Return the parameters of a list in one text, `as_of` left out; equal for equal questions.

    It is a query string in which only what would be misread is escaped.
    """
    told = sorted((name, value) for name, value in parameters.items() if name != "as_of")
    return "&".join(f"{name}={_escaped(value)}" for name, value in told)


def receipt_query(**parameters: object) -> str:
    """Return the query string of the address of a receipt: one for all faces."""
    return urlencode(parameters, safe=",=:/")


def _escaped(value: str) -> str:
    for letter, escape in (("%", "%25"), ("&", "%26"), ("+", "%2B"), (" ", "+")):
        value = value.replace(letter, escape)
    return value


def question_of(entry: Entry, text: str) -> Question:
    """Return the question that a receipt's `query` puts.

    Raises BadParameter for a parameter that does not choose records; of values when it is read.
    """
    given = QueryDict(text)
    for name in NOT_OF_THE_QUESTION:
        if name in given:
            reason = f"`{name}` says how a list is shown, not what is in it."
            raise BadParameter("query", text, "filters, `on`, `match` and `ordering`", reason)
    return read(entry, given)


def digest(question: Question, columns: int) -> Digest:
    """Return what the question finds now, over the first `columns` columns of the exports.

    Takes a query to count, and those of an export.
    """
    found = question.filters.qs
    if found.order_by()[: CAP + 1].count() > CAP:
        return hashed(_id_lines(found), IDS)
    entry = replace(question.entry, columns=question.entry.columns[:columns])
    lines = (_record_line(row, public_id) for row, public_id in _rows(entry, question.queryset))
    return hashed(iter(sorted(lines)), RECORDS)


def _rows(entry: Entry, queryset: QuerySet[Any]) -> Iterator[tuple[dict[str, Cell], str]]:
    for row in rows(entry, queryset):
        yield row, str(row["id"])


def _record_line(row: dict[str, Cell], public_id: str) -> bytes:
    return f"{public_id} {sha256(canonical(row)).hexdigest()}\n".encode()


def canonical(row: Mapping[str, Cell]) -> bytes:
    """Return the canonical text of a record, in UTF-8."""
    texts = {name: "" if cell is None else str(cell) for name, cell in row.items()}
    compact = (",", ":")
    return json.dumps(texts, ensure_ascii=False, sort_keys=True, separators=compact).encode()


def _id_lines(found: QuerySet[Any]) -> Iterator[bytes]:
    ids = found.order_by(Collate(F("public_id"), "C")).values_list("public_id", flat=True)
    for public_id in ids.iterator(chunk_size=CHUNK):
        yield f"{public_id}\n".encode()


def hashed(lines: Iterator[bytes], covers: str) -> Digest:
    """Return how many lines there are, and the SHA-256 of their text."""
    text, count = sha256(), 0
    for line in lines:
        text.update(line)
        count += 1
    return Digest(count, text.hexdigest(), covers)


def citation(
    title: str, query: str, found: Digest, state: State, address: str, day: str = ""
) -> str:
    """Return the sentence to cite what was found; that nothing was found is said as plainly.

    `title` is that of the list, `day` the day or moment that was asked for, "" where a revision
    was.
    """
    asked = f"{title} ({query or 'all'})"
    held = {0: "no record", 1: "1 record"}.get(found.count, f"{found.count:,} records")
    made = f" of {state.made_at:%Y-%m-%d}" if state.made_at else ""
    made += f", the newest on {day}" if day else ""
    return (
        f"sahelref, {asked}: {held} at revision {state.shown}{made}."
        f" SHA-256 of the result {found.sha256}. {address}"
    )
