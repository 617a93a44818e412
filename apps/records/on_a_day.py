"""What was true on a day: reads `on` as the lists do, and tells the certain from the possible."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import QueryDict

from apps.records.asking import Answer, read
from apps.records.catalogue import Entry
from apps.records.models import RecordQuerySet


def asked_day(entry: Entry, parameters: QueryDict) -> date | None:
    """Return the day in `on`, None where none is asked for.

    Raises BadParameter as a list of `entry` does: also where a day is no question to its records.
    """
    if not any(text.strip() for text in parameters.getlist("on")):
        return None
    asked = QueryDict(mutable=True)
    asked.setlist("on", parameters.getlist("on"))
    day: date = read(entry, asked).filters.asked["on"]
    return day


def certain_among(answer: Answer) -> set[int]:
    """Return the primary keys of the records of a page that certainly meet its question of a day.

    The others possibly do. One query, and one for each parameter that names records.
    """
    shown = answer.entry.model.objects.filter(pk__in=[record.pk for record in answer.records])
    certain = answer.entry.filters({**answer.parameters, "match": "certain"}, queryset=shown)
    return set(certain.qs.order_by().values_list("pk", flat=True))


def told_apart(question: Callable[..., RecordQuerySet], day: date) -> dict[Any, bool]:
    """Return the primary keys of the rows that `question` keeps on `day`: True where certainly.

    `question` is a queryset method of a day and `certain`: `active_on`, `held_on`, `dated_on`.
    A row that it does not even possibly keep is absent. One query.
    """
    certain = question(day, certain=True).order_by().filter(pk=OuterRef("pk"))
    rows = question(day).order_by().annotate(certain=Exists(certain))
    return dict(rows.values_list("pk", "certain"))
