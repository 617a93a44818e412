"""Makes the model of a history table from the model it follows."""

import sys
from typing import Any

from django.db import models

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
                models.Index(fields=["since_revision"], name=f"{table[-22:]}_since"),
                models.Index(
                    fields=["until_revision"],
                    condition=models.Q(until_revision__isnull=False),
                    name=f"{table[-22:]}_until",
                ),
            ],
        },
    )


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
