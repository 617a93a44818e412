"""Texts that PostgreSQL puts together, with what they are put together from.

Names stand in the SQL itself: the statement stays the same one, and no parameter is of a type that
the server would have to guess. Read by the exports and by the API, which makes JSON of them.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    F,
    ForeignKey,
    Func,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    When,
)
from django.db.models.expressions import Combinable, Expression

# PostgreSQL takes no more than a hundred arguments to a function.
MOST = 90


class Literal(Expression):
    """A constant of ours, never of a reader's."""

    def __init__(self, text: str) -> None:
        super().__init__(output_field=TextField())
        self.text = text

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        quoted = self.text.replace("'", "''").replace("%", "%%")
        return f"'{quoted}'::text", ()


class Concat(Func):
    """Texts one after the other; unlike Django's, in one call for all of them."""

    function = "concat"
    output_field = TextField()


class Joined(Func):
    """The values of an array with a text between."""

    function = "array_to_string"
    output_field = TextField()
    arity = 2


def concat(*parts: Combinable) -> Combinable:
    """Return the texts as one, in a call for all of them, and of all that they are made of."""
    return _in_calls(_run_together(parts))


def _run_together(parts: Iterable[Any]) -> list[Any]:
    """Return the parts with those of a text among them in its place; constants in a row are one."""
    flat: list[Any] = []
    for part in parts:
        for piece in part.get_source_expressions() if isinstance(part, Concat) else [part]:
            if flat and isinstance(piece, Literal) and isinstance(flat[-1], Literal):
                flat[-1] = Literal(flat[-1].text + piece.text)
            else:
                flat.append(piece)
    return flat


def _in_calls(parts: list[Any]) -> Combinable:
    if len(parts) <= MOST:
        return Concat(*parts)
    return _in_calls([Concat(*parts[at : at + MOST]) for at in range(0, len(parts), MOST)])


def sentence(pattern: str, **named: Combinable) -> Combinable:
    """Return `pattern`, "%(name)s: %(what)s" in the reader's language, with what it names."""
    pieces = re.split(r"%\((\w+)\)s", pattern)
    parts = [named[text] if at % 2 else Literal(text) for at, text in enumerate(pieces)]
    return concat(*parts)


def of_row(rows: QuerySet[Any], text: Combinable) -> Combinable:
    """Return `text` of the one row of `rows`; NULL without one."""
    return Subquery(_written(rows, text))


def of_rows(rows: QuerySet[Any], text: Combinable) -> Combinable:
    """Return the array of `text` of each of the rows, in their order."""
    return ArraySubquery(_written(rows, text))


def _written(rows: QuerySet[Any], text: Combinable) -> QuerySet[Any, Any]:
    return rows.annotate(written=text).values("written")


def referred(relation: "ForeignKey[Any, Any]") -> QuerySet[Any]:
    """Return the row that the key of the row around it leads to."""
    return relation.related_model._base_manager.filter(pk=OuterRef(relation.attname)).order_by()


def named_by(model: type[Model], name: str, text: Combinable) -> Combinable:
    """Return `text` of the row that the key `name` of a row of `model` leads to."""
    relation: Any = model._meta.get_field(name)
    return of_row(referred(relation), text)


def labelled(field: str, labels: Mapping[str, str]) -> Combinable:
    """Return the label of the code that stands in `field`; a code without one is its own."""
    cases = [When(**{field: code}, then=Literal(label)) for code, label in labels.items()]
    return Case(*cases, default=F(field), output_field=TextField())
