"""Makes the model of a history table from the model it follows."""

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from apps.revisions.indexes import IndexOfNow

SUFFIX = "_history"


def version_model(model: type[models.Model]) -> type[models.Model]:
    """Return a model with the columns of `model` and the revisions in which they held.

    A version holds from `since_revision` until before `until_revision`; NULL is still current.
    """
    columns = {_name(field): _column(field) for field in model._meta.local_concrete_fields}
    body = {
        **columns,
        "version": models.BigAutoField(primary_key=True),
        "since_revision": models.BigIntegerField(),
        "until_revision": models.BigIntegerField(null=True),
        # As of revisions before this one the version is in no public read (hiding.py).
        "hidden_before": models.BigIntegerField(default=0, db_default=0),
        "__module__": model.__module__,
        "__doc__": f"A version of a {model.__name__}; written by triggers only.",
        "Meta": _meta(model),
    }
    version = type(f"{model.__name__}Version", (models.Model,), body)
    setattr(sys.modules[model.__module__], version.__name__, version)
    return version


def _meta(model: type[models.Model]) -> type:
    table = model._meta.db_table
    row = _name(model._meta.pk)
    return type(
        "Meta",
        (),
        {
            "app_label": model._meta.app_label,
            "db_table": table + SUFFIX,
            "default_permissions": (),
            "constraints": [
                models.UniqueConstraint(
                    fields=[row, "since_revision"], name=f"{table}_one_version"
                ),
                models.UniqueConstraint(
                    fields=[row], condition=models.Q(until_revision=None), name=f"{table}_one_open"
                ),
                models.CheckConstraint(
                    condition=models.Q(until_revision__gt=models.F("since_revision")),
                    name=f"{table}_held_a_while",
                ),
            ],
            "indexes": [
                *_of_revisions(table),
                _of_hidden(model),
                *_of_keys(model),
                *_as_in_the_table(model),
            ],
        },
    )


def _of_revisions(table: str) -> list[models.Index]:
    """Return the indexes that find what a revision began, and what it ended."""
    return [
        models.Index(fields=["since_revision"], name=f"{table[-22:]}_since"),
        models.Index(
            fields=["until_revision"],
            condition=models.Q(until_revision__isnull=False),
            name=f"{table[-22:]}_until",
        ),
    ]


def _of_hidden(model: type[models.Model]) -> models.Index:
    return models.Index(
        fields=[_name(model._meta.pk)],
        condition=models.Q(hidden_before__gt=0),
        name=f"{model._meta.db_table[-22:]}_hidden",
    )


def _of_keys(model: type[models.Model]) -> list[models.Index]:
    """Return an index for each foreign key that the table has one for: parts are found by it.

    Its own, or that of a constraint that begins with the key; the history has no constraints.
    Of several keys that may be empty most are: those rows are in none, nor written to it.
    """
    fields: Iterable[Any] = model._meta.local_concrete_fields
    constrained = {
        rule.fields[0]
        for rule in model._meta.constraints
        if isinstance(rule, models.UniqueConstraint) and rule.fields
    }
    keys = [field for field in fields if field.remote_field]
    return [
        models.Index(
            fields=[_name(key), "since_revision"],
            condition=models.Q((f"{_name(key)}__isnull", False)) if key.null else None,
            name=f"{str(model._meta.model_name)[:11]}_by_{key.name[:14]}",
        )
        for key in keys
        if key.db_index or key.unique or key.name in constrained
    ]


def _as_in_the_table(model: type[models.Model]) -> Iterator[models.Index]:
    """Give the indexes that the model declares, for its past: as-of reads ask the same."""
    for index in model._meta.indexes:
        if isinstance(index, IndexOfNow):
            continue
        yield type(index)(
            *(_expression(part) for part in index.expressions),
            fields=[_path(model, name) for name in index.fields],
            condition=_condition(model, index.condition),
            name=f"{index.name}_past",
        )


def _expression(part: Any) -> Any:
    """Return an expression over the table, whose nodes have no common type, over the history."""
    if isinstance(part, models.F):
        return part if part != models.F("id") else models.F("row")
    copied = part.copy()
    copied.set_source_expressions([_expression(each) for each in part.get_source_expressions()])
    return copied


def _condition(model: type[models.Model], condition: models.Q | None) -> models.Q | None:
    """Return the condition over the columns of the history; one level of Q is all there is."""
    if condition is None:
        return None
    copied = models.Q(*((_path(model, path), value) for path, value in condition.children))  # type: ignore[misc]
    return ~copied if condition.negated else copied


def _path(model: type[models.Model], path: str) -> str:
    """Return "owner__isnull" as "owner_id__isnull": the history has the column of the key."""
    name, *lookups = path.split("__")
    return "__".join([_name(model._meta.get_field(name)), *lookups])


def _name(field: Any) -> str:
    # Django keeps the name "id" for primary keys; the column is `id` all the same.
    return "row" if field.primary_key else str(field.attname)


def _column(field: Any) -> "models.Field[Any, Any]":
    """Return a field of the same column type as `field`, with no rule of its own.

    Rules held when the row was written; history must accept what any past rule accepted.
    """
    if field.primary_key or field.remote_field:
        return models.BigIntegerField(null=field.null, db_column=field.column)
    plain = field.output_field if field.generated else field
    _, path, args, kwargs = plain.deconstruct()
    for rule in ("choices", "validators", "unique", "db_index", "help_text", "verbose_name"):
        kwargs.pop(rule, None)
    kwargs |= {"db_column": field.column, "null": field.null or field.generated, "editable": False}
    return type(plain)(*args, **kwargs)
