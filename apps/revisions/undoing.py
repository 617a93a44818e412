"""Takes a revision back, row by row, where nothing later hangs on it. That is a revision too."""

from typing import Any

from django.db import models

from apps.revisions.models import Revision
from apps.revisions.tracking import Tracking, trackings


class CannotUndo(Exception):
    """A revision that cannot be taken back; the message says which later one stands on it."""


def undo(number: int) -> None:
    """Put back every row that revision `number` touched to what it was before.

    To be called inside `revision()`. Foreign keys are checked at the end of the transaction, so
    that the order of the tables does not matter. Raises CannotUndo.
    """
    touched = Revision.objects.get(number=number).tables
    for tracking in (each for each in trackings() if each.table in touched):
        _undo_table(tracking, number)


def _undo_table(tracking: Tracking, number: int) -> None:
    versions: Any = tracking.version._default_manager
    before = {version.row: version for version in versions.filter(until_revision=number)}
    after = set(versions.filter(since_revision=number).values_list("row", flat=True))
    rows = {*before, *after}
    later = versions.filter(row__in=rows).filter(
        models.Q(since_revision__gt=number) | models.Q(until_revision__gt=number)
    )
    if found := later.order_by("-since_revision").first():
        newest = max(found.since_revision, found.until_revision or 0)
        label = tracking.model._meta.verbose_name
        raise CannotUndo(f"Revision {newest} changed a {label} of revision {number} since.")
    manager: Any = tracking.model._default_manager
    manager.filter(pk__in=after - before.keys())._raw_delete(manager.db)
    fields = [f for f in tracking.model._meta.local_concrete_fields if not f.generated]
    was = {row: _instance(tracking.model, fields, version) for row, version in before.items()}
    manager.bulk_create([was[row] for row in before.keys() - after])
    changed = [was[row] for row in before.keys() & after]
    written = [field.name for field in fields if not field.primary_key]
    manager.bulk_update(changed, written, batch_size=500)


def _instance(model: type[models.Model], fields: list[Any], version: Any) -> models.Model:
    values = {f.attname: getattr(version, f.attname) for f in fields if not f.primary_key}
    return model(pk=version.row, **values)
