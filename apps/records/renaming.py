"""Finds a record in the past by the key that it has now: a key may have been changed since."""

from typing import TypeVar

from apps.records.models import RecordQuerySet
from apps.revisions.public import reading

Records = TypeVar("Records", bound=RecordQuerySet)


def now_called(records: Records, key: str) -> Records:
    """Keep of `records`, whatever state is being read, the one that answers to `key` now."""
    with reading():
        ids = list(records.model.objects.with_key(key).values_list("public_id", flat=True)[:1])
    return records.filter(public_id__in=ids)
