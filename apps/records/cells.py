"""How a cell of an export is read: off a record, and by PostgreSQL of a row of a query."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeAlias

from django.db.models import F, Model, OuterRef
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate

from apps.records.expressions import Joined, Literal, of_rows
from apps.records.models import Record

Cell: TypeAlias = str | int | None
SEPARATOR = "|"
# The order in which Python sorts texts.
BYTEWISE = "C"


@dataclass(frozen=True)
class Column:
    """One column, called with a record; `written` makes the expression of the same.

    Only where it is `free` may a text begin like a formula: codes, keys and dates cannot. NULL is
    an empty cell, as "" is.
    """

    read: Callable[[Any], Cell]
    written: Callable[[], Combinable]
    free: bool = False

    def __call__(self, record: Any) -> Cell:
        return self.read(record)


def joined(values: Iterable[object]) -> str:
    return SEPARATOR.join(str(value) for value in values)


def keys(records: Iterable[Record]) -> str:
    return joined(sorted(record.key for record in records))


def key(record: Record | None) -> str:
    return record.key if record else ""


def text(name: str) -> Column:
    """Return the column of a field that may hold any text."""
    return Column(attrgetter(name), lambda: F(name), free=True)


def fixed(name: str) -> Column:
    """Return the column of a code, a key or a number."""
    return Column(attrgetter(name), lambda: F(name))


def dated(name: str) -> Column:
    """Return the column of a partial date."""
    return Column(lambda record: str(getattr(record, name)), lambda: F(name))


def codes(name: str) -> Column:
    """Return the column of an array of codes."""
    return Column(lambda record: joined(getattr(record, name)), lambda: in_one(F(name)))


def key_of(model: type[Model], name: str) -> Column:
    """Return the column of the key of the record that the foreign key `name` leads to."""
    path = f"{name}__{_key(model, name)}"
    return Column(lambda record: key(getattr(record, name)), lambda: F(path))


def keys_by(
    part: type[Model], owner: str, name: str, read: Callable[[Any], Iterable[Record]]
) -> Column:
    """Return the column of the keys, sorted, that the parts of a record lead to by `name`."""
    path = f"{name}__{_key(part, name)}"

    def written() -> Combinable:
        rows = part._default_manager.filter(**{owner: OuterRef("pk")})
        return in_one(of_rows(rows.order_by(Collate(F(path), BYTEWISE)), F(path)))

    return Column(lambda record: keys(read(record)), written)


def in_one(array: Combinable) -> Combinable:
    """Return the texts of an array as one cell."""
    return Joined(array, Literal(SEPARATOR))


def _key(model: type[Model], name: str) -> str:
    related: Any = model._meta.get_field(name).related_model
    return str(related.KEY)
