"""What the ladder of a contributor says of a day: which statuses held, and whether certainly."""

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject

from apps.records.models import LadderStep, RecordQuerySet


def steps_of_row_on(day: date, *, certain: bool = False) -> RecordQuerySet:
    """Return the steps that the contributor of the query around this one held on `day`.

    In the order of the ladder; `held_certainly` says of each whether it certainly held.
    """
    surely = LadderStep.objects.held_on(day, certain=True).filter(pk=OuterRef("pk"))
    steps: RecordQuerySet = LadderStep.objects.held_on(day, certain=certain)
    held = steps.filter(contributor=OuterRef("pk"))
    return held.annotate(held_certainly=Exists(surely.order_by())).order_by("place", "pk")


def with_status_on(
    contributors: RecordQuerySet, day: date, *, certain: bool = False
) -> RecordQuerySet:
    """Add `status_on_day`: each status that held on `day`, and whether certainly."""
    told = JSONObject(status="status", certain="held_certainly")
    steps = steps_of_row_on(day, certain=certain)
    return contributors.annotate(status_on_day=ArraySubquery(steps.values(told=told)))
