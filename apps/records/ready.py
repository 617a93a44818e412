"""Queries that are put together once: Django takes longer for some than PostgreSQL to answer.

Such a query is compiled with marks in it, and asked with what they stand for.
"""

from collections.abc import Mapping
from contextlib import nullcontext
from functools import lru_cache
from typing import Any, TypeAlias

from django.db import connections
from django.db.models import QuerySet

from apps.revisions.public import PUBLIC

# SQL and its parameters, marks among them.
Ready: TypeAlias = tuple[str, tuple[Any, ...]]

# How many are kept of each kind.
KEPT = 256


def made(queryset: QuerySet[Any, Any]) -> Ready:
    """Return the query of `queryset`, for the public's connection."""
    sql, parameters = queryset.query.get_compiler(PUBLIC).as_sql()
    return sql, tuple(parameters)


def rows(query: Ready, named: Mapping[str, str], *, planned: bool = True) -> list[tuple[Any, ...]]:
    """Return what the query gives, each of its marks replaced by what `named` says.

    Where it is `planned` the server keeps its plan, which is then the same for all values.
    """
    sql, parameters = query
    values = [named.get(value, value) if isinstance(value, str) else value for value in parameters]
    connection: Any = connections[PUBLIC]
    if planned:
        sql, asking = _numbered(sql, len(values)), connection.preparing(numbered=True)
    else:
        asking = nullcontext()
    with asking, connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


@lru_cache(maxsize=4 * KEPT)
def _numbered(sql: str, values: int) -> str:
    """Return `sql` with its places of values numbered; psycopg keeps no long query so."""
    return sql % tuple(f"${place}" for place in range(1, values + 1))
