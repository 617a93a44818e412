"""Combinables of JSON as PostgreSQL expressions; each is a text that is never NULL.

The JSON is put together as text, and not with `json_build_object`, so that it has the bytes that
the plain serializer and its renderer make: a strong ETag promises the same bytes whoever wrote
them.
"""

from typing import Any

from django.db.models import Func, QuerySet, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from apps.records import expressions
from apps.records.expressions import Literal, concat

QUOTE = Literal('"')


class Json(Func):
    """A value as JSON: NULL is `null`, a date ISO 8601."""

    template = "coalesce(to_json(%(expressions)s)::text, 'null')"
    output_field = TextField()
    arity = 1


class Stated(Json):
    """The same of what is never NULL."""

    template = "to_json(%(expressions)s)::text"


def plain(*parts: Combinable) -> Combinable:
    """Return a JSON string of texts that have nothing to escape: keys, codes, addresses."""
    return concat(QUOTE, *parts, QUOTE)


class Listed(Func):
    """An array of JSON texts as one JSON array."""

    template = "concat('[', array_to_string(%(expressions)s, ','), ']')"
    output_field = TextField()
    arity = 1


def as_object(members: dict[str, Combinable]) -> Combinable:
    """Return a JSON object of `members`, each JSON already, in their order."""
    parts: list[Combinable] = []
    for name, value in members.items():
        parts += [Literal(f'{"," if parts else "{"}"{name}":'), value]
    return concat(*parts, Literal("}"))


def of_rows(rows: QuerySet[Any], json: Combinable) -> Combinable:
    """Return the JSON array of `json` of each of the rows, in their order."""
    return Listed(expressions.of_rows(rows, json))


def or_null(json: Combinable) -> Combinable:
    return Coalesce(json, Literal("null"))
