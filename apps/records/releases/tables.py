"""The tables of a release: the records with the columns of every export, and their parts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Model, QuerySet
from django.db.models.functions import Collate

from apps.records.catalogue import CATALOGUE, Entry
from apps.records.cells import Cell
from apps.records.codebook import INTEGER, TEXT, Column, column_of, columns_of, terms
from apps.records.exports import CHUNK, rows
from apps.records.models import Record
from apps.records.models.base import ByIdentity
from apps.records.releases.texts import LICENCE_NAME, Frozen
from apps.records.seeding import SEEDED
from apps.revisions.tracking import REGISTRY

# The order of public ids must be the same on every server, whatever it sorts words by.
BYTEWISE = "C"


@dataclass(frozen=True)
class Table:
    """One table; `key` is the column that other tables refer to it by, "" where none does.

    `rows` reads them in a fixed order; those of records and parts only inside `reading()`.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[dict[str, Cell]]]
    key: str = ""

    @property
    def path(self) -> str:
        return f"{self.name}.csv"


def tables() -> list[Table]:
    """Return every table of a release, the records first."""
    parts = [_of_parts(name, model) for name, model in SEEDED.items() if _is_part(model)]
    return [*map(_of_records, CATALOGUE.values()), *parts, vocabularies()]


def _is_part(model: type[Model]) -> bool:
    return issubclass(model, ByIdentity)


def _of_records(entry: Entry) -> Table:
    def read() -> Iterator[dict[str, Cell]]:
        found = entry.model.objects.for_reading().order_by(Collate(F("public_id"), BYTEWISE))
        return rows(entry, found)

    described = _first_sentence(entry.model)
    key = entry.model.KEY.replace("public_id", "id")
    return Table(entry.name, entry.title, described, columns_of(entry), read, key)


def _of_parts(name: str, model: type[Model]) -> Table:
    columns = tuple(column_of(model, field) for field in _facts(model))
    owner = f"{REGISTRY[model].part_of}__public_id"

    def read() -> Iterator[dict[str, Cell]]:
        found = model._default_manager.select_related(
            *(column.name for column in columns if column.table)
        )
        return _part_rows(found.order_by(Collate(F(owner), BYTEWISE), "pk"), columns)

    title = name.replace("_", " ").capitalize()
    return Table(name, title, _first_sentence(model), columns, read)


def _facts(model: type[Model]) -> list[str]:
    """Return the fields that hold what a part says, the note last."""
    fields = model._meta.concrete_fields
    names = [field.name for field in fields if field.editable and not field.primary_key]
    return sorted(names, key=lambda name: name == "note")


def _part_rows(found: QuerySet[Any], columns: tuple[Column, ...]) -> Iterator[dict[str, Cell]]:
    for part in found.iterator(chunk_size=CHUNK):
        yield {column.name: _cell(getattr(part, column.name)) for column in columns}


def _cell(value: Any) -> Cell:
    """Return a value as the exports write it: a record by its key, a date by its text."""
    if isinstance(value, Record):
        return value.key
    return value if isinstance(value, int) else str(value or "")


def vocabularies() -> Table:
    """Return the table of every code, which needs no database."""
    described = {
        "vocabulary": "The list that the code belongs to.",
        "code": "The code, as the columns have it.",
        "label_en": "Its name in English.",
        "label_fr": "Its name in French.",
        "definition_en": "What it means, in English.",
        "definition_fr": "What it means, in French.",
        "source": "Where the definition, or its place in the list, comes from.",
    }
    columns = tuple(Column(name, text) for name, text in described.items())
    about = "Every code of every column, with what it means and where that is from."
    return Table("vocabularies", "Vocabularies", about, columns, lambda: iter(list(terms())))  # type: ignore[arg-type]  # texts are cells


def release_table(frozen: Frozen) -> Table:
    """Return the table of one row that says which release this is."""
    row: dict[str, Cell] = {
        "name": frozen.name,
        "revision": frozen.revision,
        "revision_hash": frozen.hash,
        "made_at": frozen.made_at,
        "licence": LICENCE_NAME,
        "citation": frozen.citation,
        "notes": frozen.notes,
    }
    texts = {
        "name": "Name of the release.",
        "revision": "Revision of the database that it holds.",
        "revision_hash": "SHA-256 of the history up to that revision.",
        "made_at": "When the revision was made (ISO 8601, UTC).",
        "licence": "Licence of the data.",
        "citation": "How to cite it.",
        "notes": "What is new.",
    }
    columns = tuple(
        Column(name, text, type=INTEGER if name == "revision" else TEXT)
        for name, text in texts.items()
    )
    return Table("release", "Release", "Which release this is.", columns, lambda: iter([row]))


def codebook(described: list[Table]) -> Table:
    """Return the table that says what each column of the tables `described` means."""
    texts = {
        "table": "The table.",
        "column": "The column.",
        "title": "Its name for people.",
        "type": "string or integer.",
        "several": "yes where a cell holds several values with | between them.",
        "vocabulary": "The list that its codes are of.",
        "refers_to": "The table and column that its values are found in.",
        "description": "What it means.",
    }
    columns = tuple(Column(name, text) for name, text in texts.items())
    lines = [_line(table, column) for table in described for column in table.columns]
    about = "What every column of the other tables means."
    return Table("codebook", "Codebook", about, columns, lambda: iter(lines))


def _line(table: Table, column: Column) -> dict[str, Cell]:
    return {
        "table": table.name,
        "column": column.name,
        "title": column.label,
        "type": column.type,
        "several": "yes" if column.several else "",
        "vocabulary": column.vocabulary,
        "refers_to": f"{column.table}.{column.column}" if column.table else "",
        "description": column.description,
    }


def _first_sentence(model: type[Model]) -> str:
    return " ".join((model.__doc__ or "").split("\n\n")[0].split())
