"""How many records each value of a parameter would give; counted once a revision."""

from collections.abc import Collection
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language

from apps.records.filters import FacetFilter, FacetValue, RecordFilter
from apps.records.filters.kinds import Counts
from apps.records.recounting import recounted
from apps.revisions.public import state_read, taking_longer

# Milliseconds for a count of a million records, which is made once a revision.
PATIENCE = 10_000


def facet(filters: RecordFilter, name: str) -> list[FacetValue]:
    """Return the values of the filter `name` that occur, with the number of records of each.

    All other parameters hold and `name` itself does not, so that the values not chosen are
    counted too. A record with several values counts for each. One query, two for references; none
    where it was counted before at the same revision. Among many records it follows, where it can,
    from what was counted at an earlier one.
    """
    key = _key(filters, name)
    kept: list[tuple[str, str, int]] | None = cache.get(key) if key else None
    if kept is not None:
        return [FacetValue(*value) for value in kept]
    counted = filters.filters[name]
    assert isinstance(counted, FacetFilter), f"{name} is a facet of the catalogue"
    with taking_longer(PATIENCE):
        found = counted.told(_counts(filters, name, counted))
    if key:
        # As tuples, which are read back in a tenth of the time.
        cache.set(key, [(value.code, value.label, value.count) for value in found])
    return found


def _counts(filters: RecordFilter, name: str, counted: FacetFilter) -> Counts:
    def count(keys: Collection[int] | None) -> Counts:
        chosen = filters.without(name)
        return counted.counts(chosen if keys is None else chosen.filter(pk__in=keys))

    if not filters.reads_own_rows:
        return count(None)
    return recounted(filters.queryset.model, (name, _asked(filters, name)), count)


def _asked(filters: RecordFilter, name: str) -> list[tuple[str, str]]:
    """Return the other parameters, in one form for equal questions."""
    return [(other, text) for other, text in filters.normalised().items() if other != name]


def _key(filters: RecordFilter, name: str) -> str:
    """Return what tells this count from all others; "" where it may change: at the desk."""
    state = state_read()
    if state is None or not state.hash:
        return ""
    model = filters.queryset.model._meta.label_lower
    asked = _asked(filters, name)
    told = (settings.RELEASE, state.fingerprint, model, name, asked, get_language())
    return f"facet:{sha256(repr(told).encode()).hexdigest()}"
