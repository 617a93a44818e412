"""What happened to rows, revision by revision and field by field, read from their histories."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce, Greatest

from apps.desk.names import Names
from apps.records.models import TARGETS, Citation, Record
from apps.revisions.models import Revision
from apps.revisions.restoring import Dependent, instance_of, versions_at, written_columns
from apps.revisions.tracking import REGISTRY, Tracking

# Characters of a value; only a stored text is longer.
LONGEST = 2000


@dataclass(frozen=True)
class Rows:
    """Some versions of the rows of one table: those that meet `condition`."""

    tracking: Tracking
    condition: Q

    def versions(self) -> "models.QuerySet[Any]":
        return self.tracking.version._default_manager.filter(self.condition)

    def at(self, number: int) -> dict[int, Any]:
        """Return the rows, by their keys, as they were at the end of revision `number`."""
        found = versions_at(self.tracking, number, self.condition)
        return {row: instance_of(self.tracking, version) for row, version in found.items()}

    def newest(self) -> int:
        """Return the number of the last revision that touched one of them; 0 if none did."""
        ended = Coalesce("until_revision", "since_revision")
        found = self.versions().aggregate(newest=Max(Greatest(F("since_revision"), ended)))
        return found["newest"] or 0


@dataclass(frozen=True)
class Difference:
    """A field that differs; `usual` where the only value is what every new row has."""

    field: str
    before: str
    after: str
    usual: bool = False


@dataclass(frozen=True)
class Event:
    """What one revision did to one row; `action` is added, changed or removed."""

    revision: int
    tracking: Tracking
    row: int
    action: str
    differences: tuple[Difference, ...]
    name: str = ""

    @property
    def what(self) -> str:
        """The type of the row."""
        return str(self.tracking.model._meta.verbose_name)

    @property
    def telling(self) -> tuple[Difference, ...]:
        """What differs, without what a whole row has as every other does: "not stated"."""
        return tuple(d for d in self.differences if not d.usual)

    @property
    def fields(self) -> list[str]:
        """The names of what differs, for a short account: a whole row counts as one."""
        return [d.field for d in self.differences] if self.action == "changed" else [self.what]


@dataclass(frozen=True)
class Entry:
    """A revision and its events of interest."""

    revision: Revision
    events: list[Event] = field(default_factory=list)


def rows_of_records(
    model: type[models.Model],
    keys: Collection[int] | None,
    parts: Iterable[tuple[type[models.Model], str]],
) -> list[Rows]:
    """Return the versions that the forms of records show: their own, and those of their `parts`.

    `keys` None are all records of `model`. `parts` are models and the name of their foreign key to
    it. Citations of parts come along.
    """
    rows = [Rows(REGISTRY[model], Q() if keys is None else Q(row__in=keys))]
    for part, foreign_key in parts:
        key = f"{foreign_key}_id"
        owned = Q(**{f"{key}__isnull": False}) if keys is None else Q(**{f"{key}__in": keys})
        of_part = Rows(REGISTRY[part], owned)
        rows.append(of_part)
        if target := _target_of_part(part):
            numbers = of_part.versions().values("row")
            rows.append(Rows(REGISTRY[Citation], Q(**{f"{target}_id__in": numbers})))
    return rows


def rows_of_revision(number: int, tables: Iterable[str]) -> list[Rows]:
    """Return the versions that one revision began or ended."""
    touched = Q(since_revision=number) | Q(until_revision=number)
    return [Rows(tracking, touched) for tracking in REGISTRY.values() if tracking.table in tables]


def told_dependent(dependent: Dependent) -> str:
    """Say what stands in the way: "statement “…” was changed later, in revision 12"."""
    model = dependent.tracking.model
    name = Names().of(model, dependent.row)
    return f"{model._meta.verbose_name} {name} {dependent.why} (revision {dependent.revision})"


def newest(rows: Iterable[Rows]) -> int:
    """Return the number of the last revision that touched any of `rows`; 0 if none did."""
    return max((some.newest() for some in rows), default=0)


def entries(rows: Iterable[Rows], after: int = 0) -> list[Entry]:
    """Return what happened to `rows` in revisions later than `after`, newest first."""
    names = Names()
    events = [event for some in rows for event in _events(some, names, after)]
    events.sort(key=lambda event: -event.revision)
    numbers = {event.revision for event in events}
    revisions = Revision.objects.select_related("editor").in_bulk(numbers)
    return [
        Entry(revisions[number], list(of_number))
        for number, of_number in groupby(events, key=lambda event: event.revision)
    ]


def between(rows: Iterable[Rows], then: int) -> Iterator[Event]:
    """Give what differs of `rows` from the end of revision `then` to now, as if done at once."""
    names = Names()
    for some in rows:
        was = versions_at(some.tracking, then, some.condition)
        now = {version.row: version for version in some.versions().filter(until_revision=None)}
        _learn(some.tracking, [*was.values(), *now.values()], names)
        for row in sorted(was.keys() | now.keys()):
            event = _event(some.tracking, then, was.get(row), now.get(row), names)
            if event.differences:
                yield event


def _target_of_part(part: type[models.Model]) -> str:
    """Return by which foreign key a citation supports a part; records keep their own history."""
    names = (name for name, model in TARGETS.items() if model is part)
    return "" if issubclass(part, Record) else next(names, "")


def _events(rows: Rows, names: Names, after: int) -> Iterator[Event]:
    versions = list(rows.versions().order_by("row", "since_revision"))
    _learn(rows.tracking, versions, names)
    for _row, of_row in groupby(versions, key=lambda version: version.row):
        for event in _events_of_row(rows.tracking, list(of_row), names):
            if event.revision > after:
                yield event


def _events_of_row(tracking: Tracking, versions: list[Any], names: Names) -> Iterator[Event]:
    for before, version in zip([None, *versions], [*versions, None], strict=True):
        follows = before and version and before.until_revision == version.since_revision
        if before and before.until_revision and not follows:
            yield _event(tracking, before.until_revision, before, None, names)
        if version:
            yield _event(
                tracking, version.since_revision, before if follows else None, version, names
            )


def _event(tracking: Tracking, revision: int, before: Any, after: Any, names: Names) -> Event:
    action = "changed" if before and after else "added" if after else "removed"
    row = (after or before).row
    differences = tuple(_differences(tracking.model, before, after, names))
    return Event(revision, tracking, row, action, differences, names.of(tracking.model, row))


def _differences(
    model: type[models.Model], before: Any, after: Any, names: Names
) -> Iterator[Difference]:
    for column in written_columns(REGISTRY[model]):
        old, new = (text_of(column, version, names) for version in (before, after))
        if old != new:
            usual = None in (before, after) and _is_usual(column, before or after)
            yield Difference(str(column.verbose_name), old, new, usual)


def _is_usual(column: "models.Field[Any, Any]", version: Any) -> bool:
    return column.has_default() and getattr(version, column.attname) == column.get_default()


def _learn(tracking: Tracking, versions: list[Any], names: Names) -> None:
    """Ask for every name that the differences of `versions` will need: one query a model."""
    names.learn(tracking.model, (version.row for version in versions))
    for column in written_columns(tracking):
        if isinstance(column, models.ForeignKey):
            keys = (getattr(version, column.attname) for version in versions)
            names.learn(column.related_model, keys)


def text_of(column: "models.Field[Any, Any]", version: Any, names: Names) -> str:
    """Return the value as a person reads it, cut where it is long; "" for none."""
    value = getattr(version, column.attname, None) if version else None
    if value in (None, "", []):
        return ""
    if isinstance(column, models.ForeignKey):
        return names.of(column.related_model, value)
    if isinstance(column, ArrayField):
        return ", ".join(_label(column.base_field, item) for item in value)
    text = _label(column, value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def _label(column: "models.Field[Any, Any]", value: Any) -> str:
    return str(dict(column.flatchoices).get(value, value))
