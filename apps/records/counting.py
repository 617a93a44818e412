"""Counts that a page shows of many records, and which they are: found once a revision, and kept."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet

from apps.revisions.public import state_read, taking_longer

Found = TypeVar("Found")

# Milliseconds for a count of a million records.
PATIENCE = 10_000


def counted(queryset: QuerySet[Any]) -> int:
    """Return how many there are, exactly; at the desk, where they may change, counted each time."""
    unordered = queryset.order_by()
    of = unordered.query.get_compiler(queryset.db).as_sql()
    return patiently_kept(of, unordered.count)


def patiently_kept(of: object, find: Callable[[], Found]) -> Found:
    """Return what `kept` does; where it is found anew it may take as long as a million records."""

    def found() -> Found:
        with taking_longer(PATIENCE):
            return find()

    return kept(of, found)


def kept(
    of: object, find: Callable[[], Found], worth: Callable[[Found], bool] = lambda _: True
) -> Found:
    """Return what `find` gives, or gave before at the same revision.

    `of` tells what of; `worth` whether it is kept. At the desk, where it may change, nothing is.
    """
    state = state_read()
    if state is None or not state.hash:
        return find()
    key = key_of(state.fingerprint, of)
    found: Found | None = cache.get(key)
    if found is None:
        found = find()
        if worth(found):
            cache.set(key, found)
    return found


def key_of(*told: object) -> str:
    """Return the key of what is kept in the cache, for this release of the software."""
    return f"count:{sha256(repr((settings.RELEASE, *told)).encode()).hexdigest()}"
