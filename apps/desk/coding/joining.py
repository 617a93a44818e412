"""Makes one record of the two that coders made of the same thing, with the citations of both."""

from collections.abc import Collection
from typing import Any

from django.db import models

from apps.desk.coding.comparing import Pair
from apps.desk.record_merging import absorb
from apps.revisions.writing import check_now, revision


def join(pair: Pair, of_second: Collection[str], *, editor: Any, reason: str) -> Any:
    """Make one of `pair`, in one revision, and return it: the first, with what was chosen.

    `of_second` are the fields that are taken from the second record. Its citations and parts move;
    what both have stays once. Raises IntegrityError where a rule refuses.
    """
    kept, other = pair.first.record, pair.second.record
    model = type(kept)
    fields = [model._meta.get_field(line.name) for line in pair.lines if line.name in of_second]
    chosen = {field.name: _value(other, field) for field in fields}
    many = {field.name for field in fields if field.many_to_many}
    with revision(editor=editor, reason=reason):
        before = {line.name: _value(kept, field) for line, field in _many_of(pair)}
        absorb(kept, other)
        model._default_manager.filter(pk=kept.pk).update(
            **{name: value for name, value in chosen.items() if name not in many}
        )
        for name, rows in (before | {name: chosen[name] for name in many}).items():
            getattr(kept, name).set(rows)
        check_now()
    kept.refresh_from_db()
    return kept


def _many_of(pair: Pair) -> list[Any]:
    """Return the lines of many-to-many fields: moving the rows of one adds them to the other."""
    fields = pair.first.record._meta
    lines = [(line, fields.get_field(line.name)) for line in pair.lines]
    return [(line, field) for line, field in lines if field.many_to_many]


def _value(record: models.Model, field: Any) -> Any:
    value = getattr(record, field.name)
    return list(value.all()) if field.many_to_many else value
