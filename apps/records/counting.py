"""Counts that a page shows of many records: made once a revision, and kept."""

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
    state = state_read()
    if state is None or not state.hash:
        return queryset.count()
    told = (
        settings.RELEASE,
        state.fingerprint,
        queryset.order_by().query.get_compiler(queryset.db).as_sql(),
    )
    key = f"count:{sha256(repr(told).encode()).hexdigest()}"
    count: int | None = cache.get(key)
    if count is None:
        with taking_longer(PATIENCE):
            count = queryset.count()
        cache.set(key, count)
    return count
