"""Which rows of a file are in the database already, and of which revision they are now."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max
from django.db.models.functions import Coalesce, Greatest
from import_export.instance_loaders import BaseInstanceLoader

from apps.desk.importing.columns import (
    Column,
    KeyColumn,
    KeysColumn,
    as_typed,
    many_of,
    through,
)
from apps.records.models import (
    Citation,
    Contributor,
    Record,
    Source,
    Statement,
    StrengthFigure,
)
from apps.records.models.base import ByIdentity
from apps.revisions.tracking import REGISTRY

# By what a row without an id is known again, where its key is nothing but the id.
IDENTITY: dict[type[models.Model], tuple[str, ...]] = {
    Contributor: ("operation", "country", "organization"),
    StrengthFigure: (
        *("operation", "contributor", "date", "least", "most"),
        *("bound", "basis", "scope", "personnel_type"),
    ),
    Statement: (
        *("words", "summary", "said"),
        *("speaker_person", "speaker_country", "speaker_organization", "speaker_label"),
    ),
    Source: ("title", "publisher", "published", "url"),
}


def identity_of(model: type[models.Model]) -> tuple[str, ...]:
    """Return the columns by which a row without an id is known again."""
    if issubclass(model, ByIdentity):
        return model.IDENTITY
    if model is Citation:
        names = {column for c in Citation._meta.total_unique_constraints for column in c.fields}
        return tuple(sorted(names, key=[f.name for f in Citation._meta.fields].index))
    assert issubclass(model, Record)
    return IDENTITY.get(model, (model.KEY,))


class ExistingRows(BaseInstanceLoader):
    """Finds the record that a row of the file is of: by its id, or else by what identifies it."""

    def __init__(self, resource: Any, dataset: Any = None) -> None:
        super().__init__(resource, dataset)
        self.model = resource._meta.model
        self.identity: list[Column] = [resource.fields[name] for name in identity_of(self.model)]
        self._taken: dict[Any, int] = {}
        rows = dataset.dict
        _learn(resource, rows)
        self._by_id: dict[str, Any] = {}
        if issubclass(self.model, Record):
            given = {row["id"].strip() for row in rows if row.get("id")}
            self._by_id = {r.public_id: r for r in self._rows(public_id__in=given)}
        self._by_identity: dict[Any, Any] = {
            self._identity_of(r): r for r in self._candidates(rows)
        }
        attach([*self._by_id.values(), *self._by_identity.values()])

    def get_instance(self, row: Any) -> Any:
        """Return the record, or None for a new one. Raises ValidationError at the column."""
        identity = self._identity_in(row)
        public_id = row.get("id", "").strip()
        if public_id and public_id not in self._by_id:
            raise ValidationError({"id": "No record has this id. Leave it blank for a new one."})
        found = self._by_id.get(public_id) or self._by_identity.get(identity)
        if (key := found.pk if found else identity) is not None:
            self._refuse_twice(key)
        return found

    def _refuse_twice(self, key: Any) -> None:
        line = self._taken.setdefault(key, self.resource.line)
        if line != self.resource.line:
            raise ValidationError(f"Line {line} of the file is the same record.")

    def _candidates(self, rows: Iterable[Any]) -> Iterable[Any]:
        """Return the records that rows without an id may be: they share what is never blank."""
        identities = [self._identity_in(row) for row in rows if not row.get("id", "").strip()]
        known = [identity for identity in identities if identity is not None]
        narrowed = {
            f"{column.attribute}__in": {identity[place] for identity in known}
            for place, column in enumerate(self.identity)
            if not column.of.null
        }
        return self._rows(**narrowed) if known else []

    def _identity_in(self, row: Any) -> tuple[Any, ...] | None:
        """Return the identity that a row gives; None where a column is missing or wrong."""
        try:
            return tuple(as_typed(column.clean(row)) for column in self.identity)
        except (KeyError, ValueError):
            return None

    def _identity_of(self, instance: Any) -> tuple[Any, ...]:
        return tuple(as_typed(column.get_value(instance)) for column in self.identity)

    def _rows(self, **lookups: Any) -> Iterable[Any]:
        return self.model._default_manager.filter(**lookups)


def _learn(resource: Any, rows: list[Any]) -> None:
    for column in resource.fields.values():
        if isinstance(column, KeyColumn | KeysColumn):
            column.widget.learn({row.get(column.column_name, "") for row in rows})


def attach(instances: list[Any]) -> None:
    """Put on instances of one model their revision and the keys of their many-to-many rows."""
    if not instances:
        return
    model, keys = type(instances[0]), [instance.pk for instance in instances]
    revisions = newest_revisions(model, keys)
    for instance in instances:
        instance.revision = revisions.get(instance.pk, 0)
    for field in many_of(model):
        of: dict[int, list[int]] = {}
        own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        rows = through(field)._default_manager.filter(**{f"{own}__in": keys}).order_by()
        for key, other_key in rows.values_list(own, other):
            of.setdefault(key, []).append(other_key)
        for instance in instances:
            setattr(instance, f"{field.name}_keys", tuple(sorted(of.get(instance.pk, []))))


def newest_revisions(model: type[models.Model], keys: Iterable[int]) -> dict[int, int]:
    """Return by primary key the newest revision that touched a row or its many-to-many rows."""
    versions: Any = REGISTRY[model].version._default_manager
    held = versions.filter(row__in=keys, until_revision=None)
    newest = dict(held.values_list("row", "since_revision"))
    touched = Greatest(F("since_revision"), Coalesce("until_revision", "since_revision"))
    for field in many_of(model):
        own = f"{field.m2m_field_name()}_id"
        rows: Any = REGISTRY[through(field)].version._default_manager.filter(**{f"{own}__in": keys})
        for key, number in (
            rows.values(own).annotate(newest=Max(touched)).values_list(own, "newest")
        ):
            newest[key] = max(newest.get(key, 0), number)
    return newest
