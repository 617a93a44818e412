"""Answers made by PostgreSQL: a serializer as one expression, whose bytes the views pass on."""

from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connections
from django.db.models import TextField
from django.db.models.expressions import RawSQL

from apps.api.compile import records  # which registers its fields
from apps.api.compile.fields import NotCompilable, members
from apps.api.serializers.base import RecordSerializer
from apps.records import ready
from apps.records.catalogue import CATALOGUE
from apps.revisions.public import PUBLIC

__all__ = ["NotCompilable", "Shown", "compiled", "expression", "record_called", "records"]

# Stands for the key in a query that is kept; no key has a blank.
KEY = "a key"


class Shown(NamedTuple):
    """How records are shown: the context of a serializer."""

    site: str
    fields: tuple[str, ...] = ()
    expand: tuple[str, ...] = ()
    on: tuple[Any, ...] = ()

    @classmethod
    def by(cls, serializer: RecordSerializer) -> "Shown":
        """Return how `serializer` shows them."""
        given = serializer.context
        return cls(**{name: given[name] for name in cls._fields if name in given})


def expression(kind: type[RecordSerializer], shown: Shown) -> RawSQL | None:
    """Return what gives, of a row of the type of `kind`, the JSON that it writes.

    It stands by itself: no table is joined to the query that it is added to. None where a field
    cannot be compiled: then the serializer has to write.
    """
    sql = _sql(kind, shown)
    return RawSQL(sql[0], sql[1], TextField()) if sql else None


def record_called(kind: type[RecordSerializer], shown: Shown, key: str) -> str | None:
    """Return the JSON of the record that answers to `key`, in one query; None where none does.

    Raises NotCompilable where `expression` is None.
    """
    found = ready.rows(_query_of_a_key(kind, shown), {KEY: key, KEY.upper(): key.upper()})
    return found[0][0] if found else None


@lru_cache(maxsize=ready.KEPT)
def _query_of_a_key(kind: type[RecordSerializer], shown: Shown) -> ready.Ready:
    """Return the query of the record called KEY. Raises NotCompilable."""
    sql, parameters = compiled(kind(context=shown._asdict()))
    record = CATALOGUE[kind.entry].model.objects.with_key(KEY).order_by("pk")[:1]
    written = record.annotate(shown=RawSQL(sql, parameters, TextField()))
    return ready.made(written.values_list("shown"))


@lru_cache(maxsize=ready.KEPT)
def _sql(kind: type[RecordSerializer], shown: Shown) -> Any:
    """Return the SQL and its parameters, made once: making it takes longer than running it."""
    try:
        return compiled(kind(context=shown._asdict()))
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
