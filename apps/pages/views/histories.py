"""The history of one record: the revisions that changed it, or what hangs on it."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from apps.pages import changelog, names
from apps.pages.views.changes import read_number
from apps.pages.views.records import RecordView
from apps.records.models import Citation, Contributor, Operation, Record, Source, StrengthFigure
from apps.revisions.models import Change, Revision

REVISIONS_A_PAGE = 50


class RecordHistory(RecordView):
    """The revisions that changed a record, the newest first, and what differs."""

    role = "history"
    template = "pages/history.html"

    def context(self, record: Any) -> dict[str, Any]:
        concerning = Change.objects.filter(_concerning(record))
        before = read_number(self.request, "before")
        numbers = _numbers(concerning, before)
        return {
            "record": record,
            "section": self.name,
            "type": names.types_of(self.model),
            "type_list": f"{self.name}-list",
            "title": self.title(record),
            "made": _made(concerning, record, numbers[:REVISIONS_A_PAGE]),
            "older": numbers[-2] if len(numbers) > REVISIONS_A_PAGE else None,
        }


def _numbers(changes: "QuerySet[Change]", before: int | None) -> list[int]:
    """Return the revisions of one page, and the one after them where there is one."""
    if before is not None:
        changes = changes.filter(revision__lt=before)
    numbers = changes.order_by("-revision_id").values_list("revision_id", flat=True).distinct()
    return list(numbers[: REVISIONS_A_PAGE + 1])


def _made(changes: "QuerySet[Change]", record: Record, numbers: list[int]) -> list[dict[str, Any]]:
    """Return each revision, its change to the record, and how much else it changed by type."""
    revisions = Revision.objects.in_bulk(numbers)
    own = changes.filter(revision__in=numbers, **_is(record))
    by_number = {one.change.revision_id: one for one in changelog.logged(own)}
    others = changes.filter(revision__in=numbers).exclude(**_is(record)).order_by()
    counts = others.values("revision", "record_type").annotate(found=Count("pk"))
    return [
        {
            "revision": revisions[number],
            "own": by_number.get(number),
            "others": [
                (_types(c["record_type"]), c["found"]) for c in counts if c["revision"] == number
            ],
        }
        for number in numbers
    ]


def _types(model_name: str) -> str:
    return names.types_of(names.by_model_name()[model_name])


def _is(record: Record) -> dict[str, Any]:
    return {"record_type": record._meta.model_name, "record_id": record.pk}


def _concerning(record: Record) -> Q:
    """Return the condition of changes to `record` and to the records that hang on it now."""
    any_of = Q(**_is(record))
    for rows in _hanging_on(record):
        kind = rows.model._meta.model_name
        any_of |= Q(record_type=kind, record_id__in=list(rows.values_list("pk", flat=True)))
    return any_of


def _hanging_on(record: Record) -> "list[QuerySet[Any]]":
    if isinstance(record, Source):
        return [Citation.objects.filter(source=record)]
    if isinstance(record, Operation):
        contributors = Contributor.objects.filter(operation=record)
        strengths = StrengthFigure.objects.filter(operation=record)
        return [contributors, strengths, Citation.objects.about(record)]
    return [Citation.objects.about(record)]
