"""Puts rows back as they were: one row, a row with what was removed with it, a whole revision.

What is put back is written like anything else, so it is a change of its own in a new revision; no
revision ever goes away. Nobody's permission is looked at here: that is for who calls.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from apps.revisions.tracking import REGISTRY, Tracking, trackings

ROWS_AT_ONCE = 500


@dataclass(frozen=True, eq=False)
class Step:
    """What has to be done to one row: `before` and `after` are its versions; None is no row.

    Any because every tracked model has a version model of its own, made when it was tracked.
    """

    tracking: Tracking
    row: int
    before: Any
    after: Any

    @property
    def kept(self) -> Any:
        """A version of the row, whichever there is."""
        return self.after or self.before

    def take(self, fields: Collection[str] | None = None) -> None:
        """Make the row as `after` has it; of a row that stays, only `fields` where given."""
        rows = self.tracking.model._default_manager.filter(pk=self.row)
        if self.after is None:
            # Not delete(): what refers to it goes by a step of its own, or PostgreSQL refuses.
            rows._raw_delete(rows.db)
        elif self.before is None:
            instance_of(self.tracking, self.after).save(force_insert=True)
        else:
            values = {name: getattr(self.after, name) for name in self.differing}
            rows.update(**{n: v for n, v in values.items() if fields is None or n in fields})

    @property
    def differing(self) -> list[str]:
        """The columns that a person writes and that the two versions have otherwise."""
        if self.before is None or self.after is None:
            return []
        return [
            field.attname
            for field in written_columns(self.tracking)
            if getattr(self.before, field.attname) != getattr(self.after, field.attname)
        ]


def written_columns(tracking: Tracking) -> "list[models.Field[Any, Any]]":
    """Return the columns that a person writes: not bounds of dates, search columns, ids."""
    fields = tracking.model._meta.local_concrete_fields
    return [field for field in fields if field.editable and not field.primary_key]


def _versions(tracking: Tracking) -> Any:
    return tracking.version._default_manager


def instance_of(tracking: Tracking, version: Any) -> Any:
    """Return the row that a version is of, as it was then and not saved."""
    fields = [f for f in tracking.model._meta.local_concrete_fields if not f.generated]
    values = {f.attname: getattr(version, f.attname) for f in fields if not f.primary_key}
    return tracking.model(pk=version.row, **values)


def versions_at(tracking: Tracking, number: int, condition: Q | None = None) -> dict[int, Any]:
    """Return the versions that held at the end of revision `number`, by the keys of their rows."""
    held = Q(until_revision=None) | Q(until_revision__gt=number)
    found = _versions(tracking).filter(held, since_revision__lte=number)
    return {version.row: version for version in (found.filter(condition) if condition else found)}


def steps_of(number: int) -> list[Step]:
    """Return what undoes revision `number`: the versions it began end, those it ended come back."""
    return [step for tracking in trackings() for step in _steps(tracking, number)]


def _steps(tracking: Tracking, number: int) -> Iterator[Step]:
    rows = _versions(tracking)
    began = {version.row: version for version in rows.filter(since_revision=number)}
    ended = {version.row: version for version in rows.filter(until_revision=number)}
    for row in sorted(began.keys() | ended.keys()):
        yield Step(tracking, row, began.get(row), ended.get(row))


def removed_with(tracking: Tracking, row: int, number: int) -> list[Step]:
    """Return what brings back a row that revision `number` removed, and what went because of it."""
    removed = [step for step in steps_of(number) if step.before is None]
    taken = [step for step in removed if (step.tracking, step.row) == (tracking, row)]
    for step in taken:
        for other in removed:
            if other not in taken and _refers(other, step):
                taken.append(other)
    return taken


def _refers(step: Step, other: Step) -> bool:
    return any(
        field.related_model is other.tracking.model
        and getattr(step.kept, field.attname) == other.row
        for field in _foreign_keys(step.tracking)
    )


def _foreign_keys(tracking: Tracking) -> "list[models.ForeignKey[Any, Any]]":
    fields = tracking.model._meta.local_concrete_fields
    return [field for field in fields if isinstance(field, models.ForeignKey)]


@dataclass(frozen=True)
class Dependent:
    """A row that stands in the way: what happened to it `since`, or whom it refers to."""

    tracking: Tracking
    row: int
    revision: int
    why: str


def dependents(number: int, steps: list[Step]) -> list[Dependent]:
    """Return what later depends on revision `number`: undoing it would lose or break that."""
    return [*_changed_later(number, steps), *_referring(steps), *missing(steps)]


def _by_table(steps: list[Step]) -> dict[Tracking, list[Step]]:
    grouped: dict[Tracking, list[Step]] = {}
    for step in steps:
        grouped.setdefault(step.tracking, []).append(step)
    return grouped


def _changed_later(number: int, steps: list[Step]) -> Iterator[Dependent]:
    later = Q(since_revision__gt=number) | Q(until_revision__gt=number)
    for tracking, of_table in _by_table(steps).items():
        rows = _versions(tracking).filter(later, row__in=[step.row for step in of_table])
        for version in rows.order_by("row", "-since_revision").distinct("row"):
            changed = max(version.since_revision, version.until_revision or 0)
            yield Dependent(tracking, version.row, changed, "was changed later")


def _referring(steps: list[Step]) -> Iterator[Dependent]:
    """Find rows that refer to one that goes and do not go with it."""
    going = {(step.tracking, step.row) for step in steps if step.after is None}
    for tracking in trackings():
        for field in _foreign_keys(tracking):
            keys = [row for target, row in going if target.model is field.related_model]
            refer = _versions(tracking).filter(
                until_revision=None, **{f"{field.attname}__in": keys}
            )
            for version in refer if keys else ():
                if (tracking, version.row) not in going:
                    why = "refers to what was added"
                    yield Dependent(tracking, version.row, version.since_revision, why)


def missing(steps: list[Step]) -> Iterator[Dependent]:
    """Find rows that one which comes back refers to, which are not there and do not come back."""
    coming = {(step.tracking, step.row) for step in steps if step.after is not None}
    for tracking, of_table in _by_table(steps).items():
        for field in _foreign_keys(tracking):
            target = REGISTRY.get(field.related_model)
            keys = {getattr(step.after, field.attname) for step in of_table if step.after} - {None}
            if target is not None:
                absent = {key for key in keys if (target, key) not in coming}
                yield from _gone(target, absent)


def _gone(tracking: Tracking, keys: set[int]) -> Iterator[Dependent]:
    there = _versions(tracking).filter(until_revision=None, row__in=keys)
    absent = keys - {*there.values_list("row", flat=True)}
    gone = _versions(tracking).filter(row__in=absent).order_by("row", "-until_revision")
    for version in gone.distinct("row"):
        why = "was removed, and is referred to"
        yield Dependent(tracking, version.row, version.until_revision, why)


def take_all(steps: list[Step]) -> None:
    """Take every step. What goes goes first, so that a name that was given anew is free again."""
    for tracking, of_table in _by_table(steps).items():
        rows = tracking.model._default_manager.filter(
            pk__in=[step.row for step in of_table if step.after is None]
        )
        rows._raw_delete(rows.db)
    for tracking, of_table in _by_table(steps).items():
        manager = tracking.model._default_manager
        coming = [step for step in of_table if step.before is None]
        staying = [step for step in of_table if step.before and step.after]
        fields = [f.name for f in tracking.model._meta.local_concrete_fields if not f.generated]
        manager.bulk_create([instance_of(tracking, step.after) for step in coming])
        manager.bulk_update(
            [instance_of(tracking, step.after) for step in staying],
            [name for name in fields if name != tracking.model._meta.pk.name],
            batch_size=ROWS_AT_ONCE,
        )


class CannotUndo(Exception):
    """A revision that cannot be taken back; `dependents` are what stands on it."""

    def __init__(self, number: int, dependents: list[Dependent]) -> None:
        self.dependents = dependents
        super().__init__(f"Revision {number} cannot be undone: something depends on it.")


def undo(number: int) -> None:
    """Put every row that revision `number` wrote back to what it was before.

    To be called inside `revision()`. Raises CannotUndo where something later depends on it.
    """
    steps = steps_of(number)
    if stand := dependents(number, steps):
        raise CannotUndo(number, stand)
    take_all(steps)
