"""What a partial date may mean, asked in SQL: possibly, or certainly, on a day or between days."""

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GistIndex
from django.contrib.postgres.lookups import Overlap
from django.db import models
from django.db.models import Func, Q, Value

from apps.records.dates import check_order


def possibly_on(day: date, start: str = "start", end: str = "end") -> Q:
    """Rows that may have gone on on `day`: Span.possibly_on. A NULL bound is no limit."""
    began = _not_after(f"{start}_earliest", day)
    return _present(start) & began & _not_before(f"{end}_latest", day)


def certainly_on(day: date, start: str = "start", end: str = "end") -> Q:
    """Rows that went on on `day` whichever their days were: Span.certainly_on."""
    return Q(**{f"{start}_latest__lte": day, f"{end}_earliest__gte": day})


class Days(Func):
    """The days from the first bound to the last, both included; NULL is no limit.

    An index may hold it (`days_index`), where "on or before, or NULL" leads past every index.
    """

    function = "daterange"
    template = "%(function)s(%(expressions)s, '[]')"
    output_field = DateRangeField()
    arity = 2


def days_index(field: str, *, name: str) -> GistIndex:
    """Return the index that finds the rows whose partial date may be within given days."""
    return GistIndex(Days(f"{field}_earliest", f"{field}_latest"), name=name)


def possibly_between(field: str, since: date | None, until: date | None) -> Q:
    """Rows whose `field` may be in the range: PartialDate.possibly_between, its ValueError too."""
    check_order(since, until)
    if since is None and until is None:
        return _present(field)
    may_be = Days(f"{field}_earliest", f"{field}_latest")
    asked = Days(*(Value(day, output_field=models.DateField()) for day in (since, until)))
    return _present(field) & Q(Overlap(may_be, asked))


def certainly_between(field: str, since: date | None, until: date | None) -> Q:
    """Rows whose `field` is in the range: PartialDate.certainly_between, its ValueError too."""
    check_order(since, until)
    within = Q(**{f"{field}__gt": ""})
    if since is not None:
        within &= Q(**{f"{field}_earliest__gte": since})
    if until is not None:
        within &= Q(**{f"{field}_latest__lte": until})
    if since is not None and until is not None:
        # Follows from the two, and gives the index of the first day both its ends.
        within &= Q(**{f"{field}_earliest__lte": until})
    return within


def _present(field: str) -> Q:
    """A text is never NULL, except over a relation that has no row: that is no unknown date."""
    return Q(**{f"{field}__isnull": False})


def _not_after(bound: str, day: date) -> Q:
    return Q(**{f"{bound}__lte": day}) | Q(**{f"{bound}__isnull": True})


def _not_before(bound: str, day: date) -> Q:
    return Q(**{f"{bound}__gte": day}) | Q(**{f"{bound}__isnull": True})
