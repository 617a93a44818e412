"""Writes many records at once, and finds the few that the database refuses."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import DatabaseError, DataError, IntegrityError, transaction

from apps.desk.importing.columns import KeysColumn

BATCH = 500
MOST_REFUSALS = 100

Save = Callable[[Sequence[Any]], None]


def write(rows: Sequence[Any], save: Save) -> list[tuple[Any, DatabaseError]]:
    """Save `rows` and return those that the database refused, at most 100, with its answer.

    All at once where nothing is wrong; else by halves, so that one wrong row among thousands is
    found in a few statements. What comes after a hundred is not written at all.
    """
    return list(islice(_refused(rows, save), MOST_REFUSALS))


def _refused(rows: Sequence[Any], save: Save) -> Iterator[tuple[Any, DatabaseError]]:
    if not rows:
        return
    try:
        with transaction.atomic():
            save(rows)
    except (IntegrityError, DataError) as fault:
        if len(rows) == 1:
            yield rows[0], fault
            return
        half = len(rows) // 2
        yield from _refused(rows[:half], save)
        yield from _refused(rows[half:], save)


def creator(model: Any, many: Sequence[KeysColumn]) -> Save:
    """Return a function that inserts new records with their many-to-many rows."""

    def create(rows: Sequence[Any]) -> None:
        for row in rows:
            row.pk = None  # of an attempt that was taken back
        model._default_manager.bulk_create(rows, batch_size=BATCH)
        _put_many(rows, many)

    return create


def updater(model: Any, fields: Sequence[str], many: Sequence[KeysColumn]) -> Save:
    """Return a function that updates `fields` of records and their many-to-many rows."""

    def update(rows: Sequence[Any]) -> None:
        if fields:
            model._default_manager.bulk_update(rows, fields, batch_size=BATCH)
        _put_many(rows, many)

    return update


def _put_many(rows: Sequence[Any], many: Sequence[KeysColumn]) -> None:
    """Bring the many-to-many rows to what the instances say, touching those that differ only."""
    for column in many:
        through: Any = column.of.remote_field.through
        own = f"{column.of.m2m_field_name()}_id"
        other = f"{column.of.m2m_reverse_field_name()}_id"
        wanted = {(row.pk, key) for row in rows for key in column.get_value(row)}
        held = through._default_manager.filter(**{f"{own}__in": [row.pk for row in rows]})
        there = {(key, other_key): pk for pk, key, other_key in held.values_list("pk", own, other)}
        gone = [pk for pair, pk in there.items() if pair not in wanted]
        through._default_manager.filter(pk__in=gone).delete()
        new = [through(**{own: key, other: o}) for key, o in sorted(wanted - there.keys())]
        through._default_manager.bulk_create(new, batch_size=BATCH)
