"""Where a list that is asked for from a day on, or until one, begins in the order of its days.

Among a million the order is not walked from its end past all that the day leaves out.
"""

from datetime import date

from apps.records.date_questions import possibly_between
from apps.records.filters import RecordFilter
from apps.records.filters.kinds import FromFilter
from apps.records.paging import Across, Key


def begin(filters: RecordFilter, first: Key) -> date | None:
    """Return the day that a list from the newest on begins at, where it is asked for until one."""
    return _asked(filters, first, last=True) if first.descending else None


def across(filters: RecordFilter, first: Key) -> Across | None:
    """Return what a list from the oldest on begins with, where it is asked for from a day on.

    That is what began before the day and may have been on it. None where every day is certain:
    nothing began before it then.
    """
    day = None if first.descending or filters.certain else _asked(filters, first, last=False)
    if day is None:
        return None
    field = first.path.removesuffix("_earliest")
    before = {f"{first.path}__lt": day}
    return Across(day, filters.queryset.filter(possibly_between(field, day, day), **before))


def _asked(filters: RecordFilter, first: Key, *, last: bool) -> date | None:
    """Return the last day or the first one that is asked for of the dates that order the list."""
    for name, kind in filters.filters.items():
        if isinstance(kind, FromFilter) and kind.last == last and kind.earliest == first.path:
            day: date | None = filters.asked[name]
            return day
    return None
