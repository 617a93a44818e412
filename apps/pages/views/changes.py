"""What changed: all revisions, one revision."""

from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.pages import addresses, changelog, citing, clocks, names
from apps.revisions.models import Change, Revision
from apps.revisions.parameters import BadParameter

REVISIONS_A_PAGE = 20
CHANGES_A_PAGE = 200
CHANGES_SHOWN = 6
# Of a revision that published more than this, what each record said is told on its own page.
CHANGES_IN_FULL = 20
# A seed makes hundreds of citations: what they support tells a reader more.
UNNAMED = "citation"
LATE = Case(When(record_type=UNNAMED, then=1), default=0)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Show the revisions that changed something public, the newest first."""
    before = read_number(request, "before")
    made = _public_revisions()
    if before is not None:
        made = made.filter(number__lt=before)
    shown = list(made[: REVISIONS_A_PAGE + 1])
    revisions, more = shown[:REVISIONS_A_PAGE], len(shown) > REVISIONS_A_PAGE
    context = {
        "section": "changes",
        "revisions": _with_changes(revisions),
        "older": revisions[-1].number if more else None,
        "before": before,
    }
    return render(request, "pages/changes.html", context)


@require_safe
def revision(request: HttpRequest, number: int) -> HttpResponse:
    """Show one revision: when, why, its hash, and what it changed in public."""
    made = Revision.objects.filter(number=number).first()
    if made is None:
        raise Http404
    made_changes = Change.objects.filter(revision=made).annotate(late=LATE).order_by("late", "pk")
    changes = list(_beyond(made_changes, read_number(request, "after"))[: CHANGES_A_PAGE + 1])
    shown, more = changes[:CHANGES_A_PAGE], len(changes) > CHANGES_A_PAGE
    path = reverse("pages:revision", args=[number])
    context = {
        "section": "changes",
        "revision": made,
        "changes": changelog.compared(shown, in_full=len(changes) <= CHANGES_IN_FULL),
        "total": made_changes.count(),
        "more": _further(request, path, shown[-1].pk) if more else "",
        "then": addresses.with_parameters(reverse("pages:home"), as_of=str(number)),
        "citable": citing.cited(request, _("Revision %(number)d") % {"number": number}, path),
    }
    return render(request, "pages/revision.html", context)


def latest_changes(count: int = 5) -> list[dict[str, Any]]:
    """Return the newest revisions that changed something public, for the first page."""
    return _with_changes(list(_public_revisions()[:count]))


def _public_revisions() -> "QuerySet[Revision]":
    # Not Exists, for which PostgreSQL reads all changes where most are of one import.
    first = Change.objects.filter(revision=OuterRef("pk")).order_by("pk").values("pk")[:1]
    made = Revision.objects.alias(first_change=Subquery(first))
    return made.filter(first_change__isnull=False).order_by("-number")


def _with_changes(revisions: list[Revision]) -> list[dict[str, Any]]:
    """Return each revision with the records it changed, or how many of each type where many."""
    counts = _counts([one.number for one in revisions])
    few = [number for number, found in counts.items() if _named(found) <= CHANGES_SHOWN]
    changes = Change.objects.filter(revision__in=few).exclude(record_type=UNNAMED)
    logged = changelog.logged(changes.order_by("revision", "pk"))
    return [
        {
            "revision": one,
            "changes": [c for c in logged if c.change.revision_id == one.number],
            "counted": _counted(counts[one.number], one.number in few),
        }
        for one in revisions
    ]


def _counts(numbers: list[int]) -> dict[int, dict[str, int]]:
    """Return how many records of each type each revision changed, the fewest first."""
    rows = Change.objects.filter(revision__in=numbers).order_by().values("revision", "record_type")
    counts: dict[int, dict[str, int]] = {number: {} for number in numbers}
    for row in rows.annotate(found=Count("pk")).order_by("found", "record_type"):
        counts[row["revision"]][row["record_type"]] = row["found"]
    return counts


def _named(counts: dict[str, int]) -> int:
    return sum(found for kind, found in counts.items() if kind != UNNAMED)


def _counted(counts: dict[str, int], are_named: bool) -> list[tuple[str, int]]:
    """Return the types of what is not named, as words, with how many there are."""
    models = names.by_model_name()
    return [
        (names.types_of(models[kind]), found)
        for kind, found in counts.items()
        if kind == UNNAMED or not are_named
    ]


def _beyond(changes: "QuerySet[Change]", after: int | None) -> "QuerySet[Change]":
    """Keep what comes after the change numbered `after` in the order of the page."""
    last = changes.filter(pk=after).first() if after is not None else None
    if last is None:
        return changes
    late = last.late  # type: ignore[attr-defined]  # annotated
    return changes.filter(Q(late__gt=late) | Q(late=late, pk__gt=last.pk))


def _further(request: HttpRequest, path: str, after: int) -> str:
    return clocks.keep(request, addresses.with_parameters(path, after=str(after)))


def read_number(request: HttpRequest, parameter: str) -> int | None:
    """Return the number in `parameter`, the only one beside the clocks. Raises BadParameter."""
    clocks.read_parameters(request, parameter)
    text = request.GET.get(parameter, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise BadParameter(parameter, text, _("a whole number"))
    return int(text)
