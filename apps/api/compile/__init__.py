"""Answers made by PostgreSQL: a serializer as one expression, whose bytes the views pass on."""

from functools import lru_cache
from typing import Any

from django.db import connections
from django.db.models import TextField
from django.db.models.expressions import RawSQL

from apps.api.compile import records  # which registers its fields
from apps.api.compile.fields import NotCompilable, members
from apps.api.serializers.base import RecordSerializer
from apps.records import ready
from apps.records.catalogue import CATALOGUE
from apps.revisions.public import PUBLIC

__all__ = ["NotCompilable", "compiled", "expression", "record_called", "records"]

# Stands for the key in a query that is kept; no key has a blank.
KEY = "a key"


def expression(serializer: RecordSerializer) -> RawSQL | None:
    """Return what gives, of a row of the serializer's type, the JSON that it writes.

    It stands by itself: no table is joined to the query that it is added to. None where a field
    cannot be compiled: then the serializer has to write.
    """
    asked = (serializer.context.get(name, ()) for name in ("site", "fields", "expand", "on"))
    sql = _sql(type(serializer), *asked)
    return RawSQL(sql[0], sql[1], TextField()) if sql else None


def record_called(serializer: RecordSerializer, key: str) -> str | None:
    """Return the JSON of the record that answers to `key`, in one query.

    None where none does, or PostgreSQL cannot write such a record.
    """
    asked = (serializer.context.get(name, ()) for name in ("site", "fields", "expand"))
    if (query := _query_of_a_key(type(serializer), *asked)) is None:
        return None
    found = ready.rows(query, {KEY: key, KEY.upper(): key.upper()})
    return found[0][0] if found else None


@lru_cache(maxsize=ready.KEPT)
def _query_of_a_key(kind: type[RecordSerializer], site: str, *asked: tuple[Any, ...]) -> Any:
    """Return the query of the record called KEY; None where PostgreSQL cannot write such a one."""
    if (sql := _sql(kind, site, *asked, ())) is None:
        return None
    written = CATALOGUE[kind.entry].model.objects.with_key(KEY).order_by("pk")[:1]
    return ready.made(written.values_list(RawSQL(sql[0], sql[1], TextField())))


@lru_cache(maxsize=ready.KEPT)
def _sql(kind: type[RecordSerializer], site: str, *asked: tuple[Any, ...]) -> Any:
    """Return the SQL and its parameters, made once: making it takes longer than running it."""
    context = zip(("fields", "expand", "on"), asked, strict=True)
    serializer = kind(context={"site": site, **dict(context)})
    try:
        return compiled(serializer)
    except NotCompilable:
        return None


def compiled(serializer: RecordSerializer) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL and parameters of the serializer. Raises NotCompilable."""
    model = CATALOGUE[serializer.entry].model
    queryset = model._base_manager.annotate(written=members(serializer, model)).values("written")
    compiler = queryset.query.get_compiler(PUBLIC, connections[PUBLIC])
    compiler.pre_sql_setup()
    sql, parameters = compiler.compile(queryset.query.annotations["written"])
    return sql, tuple(parameters)
