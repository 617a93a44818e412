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

    return kept_count(unordered.query.get_compiler(queryset.db).as_sql(), count)


def kept_count(of: object, count: Callable[[], int]) -> int:
    """Return what `count` gives, or gave before at the same revision; `of` tells what it counts."""
    state = state_read()
    if state is None or not state.hash:
        return count()
    key = f"count:{sha256(repr((settings.RELEASE, state.fingerprint, of)).encode()).hexdigest()}"
    found: int | None = cache.get(key)
    if found is None:
        found = count()
        cache.set(key, found)
    return found
