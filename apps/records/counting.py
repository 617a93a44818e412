"""Counts that a page shows of many records: made once a revision, and kept."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet

from apps.revisions.public import state_read, taking_longer

# Milliseconds for a count of a million records.
PATIENCE = 10_000


def counted(queryset: QuerySet[Any]) -> int:
    """Return how many there are, exactly; at the desk, where they may change, counted each time."""
    unordered = queryset.order_by()

    def count() -> int:
        with taking_longer(PATIENCE):
            return unordered.count()

    return _kept(unordered, count)


def counted_to(queryset: QuerySet[Any], most: int) -> int:
    """Return how many there are, at most `most`; kept as the exact count is."""
    cut = queryset.order_by()[:most]
    return _kept(cut, cut.count)


def _kept(queryset: QuerySet[Any], count: Callable[[], int]) -> int:
    state = state_read()
    if state is None or not state.hash:
        return count()
    told = (settings.RELEASE, state.hash, queryset.query.get_compiler(queryset.db).as_sql())
    key = f"count:{sha256(repr(told).encode()).hexdigest()}"
    found: int | None = cache.get(key)
    if found is None:
        found = count()
        cache.set(key, found)
    return found
