"""Counts among many records that follow from an earlier count and from what was changed since."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.core.cache import cache
from django.db.models import Model

from apps.records.counting import key_of, patiently_kept
from apps.records.filters.kinds import Counts
from apps.revisions.models import Change, Revision
from apps.revisions.public import State, reading, state_read
from apps.revisions.tracking import REGISTRY

# Beyond so many changes all records are counted again.
MOST_CHANGES = 1_000
# Seconds: what is counted as soon as that is counted again.
SOON = 0.05

# Counts among the records of these keys; of all for None.
Count = Callable[[Collection[int] | None], Counts]


@dataclass(frozen=True)
class Counted:
    """What was counted at a revision."""

    revision: int
    hash: str
    counts: Counts


def recounted(model: type[Model], asked: object, count: Count) -> Counts:
    """Return what `count` gives for all records of `model`.

    Where it was counted at an earlier revision, only those that were changed since are counted:
    then and now. `asked` tells the count from others; it must depend on nothing but the records,
    their parts and their citations, and be the sum of what it is for each record.
    """
    state = state_read()
    # The log has no part of a record by itself.
    if state is None or not state.hash or state.is_past or REGISTRY[model].part_of:
        return count(None)
    key = key_of("at an earlier revision", model, asked)
    before: Counted | None = cache.get(key)
    changed = _changed(model, before, state) if before else None
    began = monotonic()
    if before is None or changed is None:
        counts = count(None)
    else:
        counts = _following(before, changed, count)
    if before or monotonic() - began > SOON:
        cache.set(key, Counted(state.shown, state.hash, counts))
    return counts


def all_of(model: type[Model]) -> int:
    """Return how many records of `model` there are."""

    def count(keys: Collection[int] | None) -> Counts:
        rows = model._default_manager.order_by()
        return {"all": (rows if keys is None else rows.filter(pk__in=keys)).count()}

    of = ("all of", model._meta.label_lower)
    return patiently_kept(of, lambda: recounted(model, "all", count).get("all", 0))


def _changed(model: type[Model], before: Counted, state: State) -> set[int] | None:
    """Return the keys of the records that were changed since; None where it cannot be told.

    What was removed may have been withheld: then its past, and that of what named it, is hidden
    and cannot be counted any more. A cache may know another database, or a newer state.
    """
    if before.revision > state.shown:
        return None
    if not Revision.objects.filter(number=before.revision, hash=before.hash).exists():
        return None
    since = Change.objects.filter(revision__gt=before.revision).order_by("revision", "id")
    changes = list(since.values_list("action", "record_type", "record_id")[: MOST_CHANGES + 1])
    if len(changes) > MOST_CHANGES or any(action == Change.Action.DELETE for action, *_ in changes):
        return None
    return {key for _, record_type, key in changes if record_type == model._meta.model_name}


def _following(before: Counted, changed: Collection[int], count: Count) -> Counts:
    if not changed:
        return before.counts
    counts: Counter[Any] = Counter(before.counts)
    with reading(str(before.revision)):
        counts.subtract(count(changed))
    counts.update(count(changed))
    return dict(+counts)
