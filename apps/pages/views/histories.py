"""The history of one record: the revisions that changed it or what hangs on it, and how."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpResponse

from apps.pages import addresses, changelog, names
from apps.pages.views.changes import read_number
from apps.pages.views.records import RecordView
from apps.records.models import Citation, Contributor, Operation, Record, Source, StrengthFigure
from apps.records.models.functions import IsAnyOf
from apps.records.withdrawals import WasWithdrawn
from apps.revisions.models import Change, Revision
from apps.revisions.public import reading

REVISIONS_A_PAGE = 20
# Of one revision; its own page shows the rest.
CHANGES_SHOWN = 12
# A removed row no longer says what it hung on: it is looked up in the state right before.
REMOVALS_READ = 20


class RecordHistory(RecordView):
    """The revisions that changed a record, the newest first, and what differs."""

    role = "history"
    template = "pages/history.html"

    def absent(self, why: Http404) -> HttpResponse:
        """Show what became of a record that was withdrawn, but for a legal cause. Raises `why`."""
        record = why.as_it_was() if isinstance(why, WasWithdrawn) else None
        return self.answer(record) if record else super().absent(why)

    def context(self, record: Any) -> dict[str, Any]:
        before = read_number(self.request, "before")
        concerning = changes_of(record, before)
        numbers = newest_of(concerning, REVISIONS_A_PAGE + 1)
        return {
            "record": record,
            "section": self.name,
            "type": names.types_of(self.model),
            "type_list": f"{self.name}-list",
            "title": self.title(record),
            "feed": addresses.keep_as_of(self.request, self.address("feed", record)),
            "made": made(concerning, record, numbers[:REVISIONS_A_PAGE]),
            "older": numbers[-2] if len(numbers) > REVISIONS_A_PAGE else None,
        }


def changes_of(record: Record, before: int | None = None) -> "QuerySet[Change]":
    """Return the changes to `record` and to what hangs on it or did, in revisions before one."""
    earlier = Change.objects.all() if before is None else Change.objects.filter(revision__lt=before)
    hanging = Q(**_is(record))
    for rows in _hanging_on(record):
        hanging |= _keys(rows.model, rows.order_by().values_list("pk", flat=True))
    return earlier.filter(hanging | _removed(earlier, record))


def made(changes: "QuerySet[Change]", record: Record, numbers: list[int]) -> list[dict[str, Any]]:
    """Return each revision with its changes compared, those of the record itself first."""
    chosen = changes.filter(revision__in=numbers)
    place = Case(When(**_is(record), then=0), When(record_type="citation", then=2), default=1)
    ranked = chosen.annotate(
        rank=Window(RowNumber(), partition_by=F("revision_id"), order_by=[place, F("id")])
    )
    shown = ranked.filter(rank__lte=CHANGES_SHOWN).order_by("revision", "rank")
    compared = changelog.compared(shown)
    totals = dict(
        chosen.order_by().values("revision").annotate(n=Count("pk")).values_list("revision", "n")
    )
    revisions = Revision.objects.in_bulk(numbers)
    return [
        {
            "revision": revisions[number],
            "changes": [one for one in compared if one.change.revision_id == number],
            "unshown": totals[number] - CHANGES_SHOWN,
        }
        for number in numbers
    ]


def newest_of(changes: "QuerySet[Change]", count: int) -> list[int]:
    """Return the numbers of the newest `count` revisions that made any of `changes`."""
    return list(revisions_of(changes)[:count])


def revisions_of(changes: "QuerySet[Change]") -> "QuerySet[Change, int]":
    """Return the numbers of the revisions that made any of `changes`, the newest first."""
    return changes.order_by("-revision_id").values_list("revision_id", flat=True).distinct()


def _is(record: Record) -> dict[str, Any]:
    return {"record_type": record._meta.model_name, "record_id": record.pk}


def _keys(model: Any, keys: Iterable[int]) -> Q:
    # In one array: a source has tens of thousands of citations, each a value to be read otherwise.
    among = Value(list(keys), ArrayField(BigIntegerField()))
    return Q(record_type=model._meta.model_name) & Q(IsAnyOf(F("record_id"), among))


def _hanging_on(record: Record) -> "list[QuerySet[Any]]":
    """Return the rows that hang on `record` in the state that is being read."""
    if isinstance(record, Source):
        return [Citation.objects.filter(source=record)]
    if isinstance(record, Operation):
        contributors = Contributor.objects.filter(operation=record)
        strengths = StrengthFigure.objects.filter(operation=record)
        return [contributors, strengths, Citation.objects.about(record)]
    return [Citation.objects.about(record)]


def _removed(changes: "QuerySet[Change]", record: Record) -> Q:
    """Return the condition of the changes to rows that hung on `record` and were removed.

    Of the revisions that removed rows of such a kind, the newest REMOVALS_READ are looked into.
    The log says that a citation of a record changed, but not so of a source.
    """
    kinds = [rows.model._meta.model_name for rows in _hanging_on(record)]
    removals = changes.filter(record_type__in=kinds, action=Change.Action.DELETE)
    if not isinstance(record, Source):
        # Asked first, for there are few: the planner would go through all that was ever removed.
        own = list(changes.filter(**_is(record)).order_by().values_list("revision_id", flat=True))
        removals = removals.filter(~Q(record_type="citation") | Q(revision__in=own))
    found = Q(pk__in=[])
    for number, keys in _by_revision(removals).items():
        with reading(str(number - 1)):
            for rows in _hanging_on(record):
                gone = rows.filter(pk__in=keys.get(str(rows.model._meta.model_name), []))
                found |= _keys(rows.model, gone.values_list("pk", flat=True))
    return found


def _by_revision(removals: "QuerySet[Change]") -> dict[int, dict[str, list[int]]]:
    numbers = newest_of(removals, REMOVALS_READ)
    chosen = removals.filter(revision__in=numbers).order_by("pk")
    by_revision: dict[int, dict[str, list[int]]] = {}
    for number, kind, key in chosen.values_list("revision_id", "record_type", "record_id"):
        by_revision.setdefault(number, {}).setdefault(kind, []).append(key)
    return by_revision
