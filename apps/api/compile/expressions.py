"""Combinables of JSON as PostgreSQL expressions; each is a text that is never NULL.

The JSON is put together as text, and not with `json_build_object`, so that it has the bytes that
the plain serializer and its renderer make: a strong ETag promises the same bytes whoever wrote
them. Names stand in the SQL itself: the statement stays the same one, and no parameter is of a
type that the server would have to guess.
"""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, QuerySet, Subquery, TextField
from django.db.models.expressions import Combinable, Expression
from django.db.models.functions import Coalesce

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


class Json(Func):
    """A value as JSON: NULL is `null`, a date ISO 8601."""

    template = "coalesce(to_json(%(expressions)s)::text, 'null')"
    output_field = TextField()
    arity = 1


class Listed(Func):
    """An array of JSON texts as one JSON array."""

    template = "concat('[', array_to_string(%(expressions)s, ','), ']')"
    output_field = TextField()
    arity = 1


def joined(*parts: Combinable) -> Combinable:
    """Return the texts as one."""
    if len(parts) <= MOST:
        return Concat(*parts)
    return joined(*(Concat(*parts[at : at + MOST]) for at in range(0, len(parts), MOST)))


def as_object(members: dict[str, Combinable]) -> Combinable:
    """Return a JSON object of `members`, each JSON already, in their order."""
    parts: list[Combinable] = []
    for name, value in members.items():
        parts += [Literal(f'{"," if parts else "{"}"{name}":'), value]
    return joined(*parts, Literal("}"))


def of_row(rows: QuerySet[Any], json: Combinable) -> Combinable:
    """Return `json` of the one row of `rows`; NULL, which `or_null` takes, without one."""
    return Subquery(_written(rows, json))


def of_rows(rows: QuerySet[Any], json: Combinable) -> Combinable:
    """Return the JSON array of `json` of each of the rows, in their order."""
    return Listed(ArraySubquery(_written(rows, json)))


def _written(rows: QuerySet[Any], json: Combinable) -> QuerySet[Any, Any]:
    return rows.annotate(written=json).values("written")


def or_null(json: Combinable) -> Combinable:
    return Coalesce(json, Literal("null"))
