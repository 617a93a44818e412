"""Makes one record of two that are the same: what refers to one then refers to the other."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from apps.desk.importing.columns import columns_of
from apps.desk.names import with_names
from apps.desk.permissions import CLOSED
from apps.desk.versions import Difference
from apps.records.models import LadderStep, Operation, Organization, Person, Record
from apps.records.vocabularies import Publication
from apps.revisions.models import Successor
from apps.revisions.restoring import undo
from apps.revisions.tracking import REGISTRY
from apps.revisions.writing import check_now, revision

MERGEABLE: tuple[type[Record], ...] = (Person, Organization, Operation)


@dataclass
class Merging:
    """What a merge does: how many rows move, by type, and which are there twice and go."""

    moved: Counter[str] = field(default_factory=Counter)
    doubled: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    @property
    def moves(self) -> list[str]:
        """What moves: "statements: 2"."""
        return [f"{what}: {number}" for what, number in self.moved.items()]


def refuse(kept: Record, merged: Record) -> None:
    """Raise ValidationError where the two cannot be made one."""
    if kept.pk == merged.pk:
        raise ValidationError("This is the record itself: name another that is the same.")
    if Publication.PUBLISHED == merged.publication != kept.publication:
        raise ValidationError(
            "That record is published and this one is not: merge this into that one, or publish"
            " this one first."
        )


def preview(kept: Record, merged: Record) -> Merging:
    """Return what merging them would do, by doing it and taking it back. Raises IntegrityError."""
    with transaction.atomic():
        merging = _merge(kept, merged)
        transaction.set_rollback(True)
    return merging


def merge(kept: Record, merged: Record, *, editor: Any, reason: str) -> Merging:
    """Merge in one revision, and let the addresses of `merged` lead to `kept` from then on.

    Raises ValidationError, and IntegrityError where a rule refuses.
    """
    with revision(editor=editor, reason=reason):
        refuse(kept, merged)
        return _merge(kept, merged)


def undo_merge(successor: Successor, *, editor: Any, reason: str) -> None:
    """Make two records of one again, as they were. Raises CannotUndo where one changed since."""
    with revision(editor=editor, reason=reason):
        merged: Any = Successor.objects.with_revision().get(pk=successor.pk)
        undo(merged.merged_in)
        check_now()


def merged_into(record: Record) -> "models.QuerySet[Successor]":
    """Return what was merged into a record and can be looked up by its old names."""
    of_type = Successor.objects.filter(record_type=record._meta.model_name)
    return of_type.filter(public_id=record.public_id).with_revision().order_by("-pk")


def _merge(kept: Record, merged: Record) -> Merging:
    Successor.objects.create(
        record_type=kept._meta.model_name or "",
        former_id=merged.public_id,
        former_key=merged.key,
        public_id=kept.public_id,
        public=merged.publication in CLOSED,
    )
    merging = Merging(differences=list(_differences(kept, merged)))
    absorb(kept, merged, merging)
    check_now()
    return merging


def absorb(kept: Record, merged: Record, merging: Merging | None = None) -> None:
    """Let what refers to `merged` refer to `kept`, and delete `merged`, in an open revision."""
    _absorb(kept, merged, merging or Merging())
    type(merged).objects.get(pk=merged.pk).delete()


def _differences(kept: Record, merged: Record) -> Iterator[Difference]:
    """Give what the two say differently: what `kept` says stays."""
    for name, column in columns_of(type(kept)).items():
        values = [column.told(record) for record in (kept, merged)]
        if values[0] != values[1] and name not in ("id", "revision"):
            yield Difference(name, *values)


def _references(model: type[models.Model]) -> Iterator[Any]:
    """Give the foreign keys of tracked rows to `model`."""
    for relation in model._meta.related_objects:
        if relation.field.many_to_one and relation.related_model in REGISTRY:
            yield relation.field


def _absorb(kept: Any, merged: Any, merging: Merging) -> None:
    """Let every row that refers to `merged` refer to `kept`; one that `kept` has goes into that."""
    for key in _references(type(merged)):
        for row in with_names(key.model._default_manager.filter(**{key.name: merged})):
            twin = _twin(row, key, kept)
            if row == kept:
                _refer(row, key, None)
            elif twin is None:
                _refer(row, key, kept)
                merging.moved[str(row._meta.verbose_name_plural)] += 1
            elif isinstance(row, LadderStep) and not _says_the_same(row, twin):
                _append(row, kept)
                merging.moved["ladder steps, after those that are there"] += 1
            else:
                merging.doubled.append(f"{row._meta.verbose_name}: {row}")
                _absorb(twin, row, merging)
                row.delete()


def _refer(row: Any, key: Any, kept: Any, **values: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**{key.name: kept}, **values)


def _append(step: LadderStep, contributor: Any) -> None:
    highest = contributor.ladder.aggregate(models.Max("place"))["place__max"]
    _refer(step, LadderStep._meta.get_field("contributor"), contributor, place=highest + 1)


def _says_the_same(step: LadderStep, other: Any) -> bool:
    return all(getattr(step, n) == getattr(other, n) for n in ("status", "since", "expected"))


def _twin(row: Any, key: Any, kept: Any) -> Any:
    """Return the row that is in the way: the one that `row` would be if it referred to `kept`."""
    for constraint in type(row)._meta.total_unique_constraints:
        if key.name in constraint.fields:
            values = {name: getattr(row, name) for name in constraint.fields} | {key.name: kept}
            lookups = {
                f"{name}__isnull" if value is None else name: value is None or value
                for name, value in values.items()
            }
            found = type(row)._default_manager.filter(**lookups).exclude(pk=row.pk)
            return found.first()
    return None
