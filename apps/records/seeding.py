"""Loads the fixtures: adds what the database has never held, in one revision, and no more.

Read by the `seed` command and by the tests. A row that a researcher has changed or deleted since
stays as they left it: what has a history is never written again.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Field, Model

from apps.records.models import (
    Citation,
    Contributor,
    Country,
    LadderStep,
    Membership,
    Milestone,
    Office,
    Operation,
    OperationCountry,
    Organization,
    Person,
    Record,
    Source,
    Statement,
    StatementCountry,
    StatementOperation,
    StrengthFigure,
)
from apps.records.models.base import ByIdentity
from apps.revisions.tracking import REGISTRY
from apps.revisions.writing import revision

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
REASON = "Seed"

# Fixture files by name, in the order of the foreign keys between them.
SEEDED: dict[str, type[Record] | type[ByIdentity]] = {
    "countries": Country,
    "organizations": Organization,
    "memberships": Membership,
    "people": Person,
    "offices": Office,
    "operations": Operation,
    "operation_countries": OperationCountry,
    "milestones": Milestone,
    "contributors": Contributor,
    "ladder_steps": LadderStep,
    "strengths": StrengthFigure,
    "sources": Source,
    "statements": Statement,
    "statement_operations": StatementOperation,
    "statement_countries": StatementCountry,
    "citations": Citation,
}

# The values of some fields that no two rows share all of, with the names of these fields.
Identity = tuple[tuple[str, ...], tuple[Any, ...]]
Fields = dict[str, Any]


class SeedError(Exception):
    """A fixture that cannot be loaded; the message names the file, the row and the field."""


@dataclass(frozen=True)
class Loaded:
    """What became of the rows of one file: `left` are those that the database has held before."""

    added: int
    left: int


def seed(directory: Path = FIXTURES) -> dict[str, Loaded]:
    """Add the rows of the fixtures that the database has never held; return counts by file.

    Makes one revision, or none where nothing is missing. Raises SeedError for a reference to a row
    that no fixture has, IntegrityError where a rule of the database refuses the rows.
    """
    with revision(reason=REASON):
        loader = Loader()
        return {
            name: loader.load(name, model, json.loads((directory / f"{name}.json").read_text()))
            for name, model in SEEDED.items()
        }


class Loader:
    """Adds the rows of one file after another; knows the primary keys of all rows it has met."""

    def __init__(self) -> None:
        # None: the database held the row once, or held what it hangs on, and no longer does.
        self.primary_keys: dict[tuple[object, tuple[Any, ...]], int | None] = {}

    def load(self, name: str, model: type[Any], rows: list[Fields]) -> Loaded:
        """Add those of `rows` that are missing; two queries to look, one to write."""
        all_fields = [row["fields"] for row in rows]
        built = [self._built(model, fields, name) for fields in all_fields]
        held = set(_identities(REGISTRY[model].version, model))
        missing = [row for row in built if row and held.isdisjoint(_identities_of(row))]
        model._default_manager.bulk_create(missing)
        current = dict(_identities_with_keys(model))
        for fields, row in zip(all_fields, built, strict=True):
            found = [current.get(identity) for identity in _identities_of(row)] if row else []
            self.primary_keys[model, _natural_key(model, fields)] = next(filter(None, found), None)
        return Loaded(added=len(missing), left=len(rows) - len(missing))

    def _built(self, model: type[Model], fields: Fields, file: str) -> Model | None:
        """Return the unsaved row; None where a row that it refers to is gone."""
        values = {}
        for name, raw in fields.items():
            field = model._meta.get_field(name)
            assert isinstance(field, Field)
            values[field.attname] = self._value(field, raw, f"{file}.json, {fields}")
            if raw is not None and values[field.attname] is None:
                return None
        return model(**values)

    def _value(self, field: "Field[Any, Any]", raw: Any, where: str) -> Any:
        if not field.remote_field or raw is None:
            return field.to_python(raw)
        try:
            return self.primary_keys[field.related_model, tuple(raw)]
        except KeyError:
            raise SeedError(f"{where}: {field.name} {raw} is in no fixture before it.") from None


def _natural_key(model: type[Model], fields: Fields) -> tuple[Any, ...]:
    """Return what other fixtures call the row: what its `natural_key()` will give."""
    if issubclass(model, ByIdentity):
        return tuple(_plain(model, fields, name) for name in model.IDENTITY)
    assert issubclass(model, Record)
    return (fields[model.KEY],)


def _plain(model: type[Model], fields: Fields, name: str) -> Any:
    field = model._meta.get_field(name)
    if field.is_relation:
        return fields[name][0] if name in fields else None
    return fields.get(name, "")


def _identifying(model: type[Model]) -> list[tuple[str, ...]]:
    """Return the sets of attributes, each of which tells a row of `model` from all others."""
    if issubclass(model, ByIdentity):
        named = [model._meta.get_field(name) for name in model.IDENTITY]
        return [tuple(getattr(field, "attname", field.name) for field in named)]
    assert issubclass(model, Record)
    return [(name,) for name in dict.fromkeys(("public_id", model.KEY))]


def _identities_of(row: Model) -> list[Identity]:
    return [
        (names, tuple(getattr(row, name) for name in names)) for names in _identifying(type(row))
    ]


def _identities(table: type[Model], model: type[Model]) -> Iterator[Identity]:
    """Give the identities of all rows in `table`: that of `model`, or its history."""
    for names in _identifying(model):
        for values in table._default_manager.values_list(*names):
            yield names, values


def _identities_with_keys(model: type[Model]) -> Iterator[tuple[Identity, int]]:
    for names in _identifying(model):
        for key, *values in model._default_manager.values_list("pk", *names):
            yield (names, tuple(values)), key
