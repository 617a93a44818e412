"""The page that says how good the evidence is, of what is published."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.pages import addresses, names
from apps.records import quality as counted
from apps.records.models import TARGETS, Citation
from apps.records.quality import MOST_LISTED


@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """Answer with the counts on the day of the revision read: it does not age by itself."""
    state = addresses.state_of(request)
    day = (state and state.made_at or timezone.now()).date()
    context = {
        "section": "quality",
        "title": _("Quality of the evidence"),
        "day": day,
        "uncited": [_uncited(row) for row in counted.uncited_fields()],
        "sources": [_sources(row) for row in counted.sources_by_kind()],
        "conflicts": counted.conflicts()[:MOST_LISTED],
        "promises": counted.stale_promises(day).prefetch_related("ladder")[:MOST_LISTED],
        "milestones": counted.stale_milestones(day)[:MOST_LISTED],
    }
    return render(request, "pages/quality.html", context)


def _uncited(row: counted.FieldCoverage) -> dict[str, Any]:
    field = names.field_of(TARGETS[row.kind], row.field)
    return {"kind": _kind(row.kind), "field": field, "stated": row.stated, "uncited": row.uncited}


def _sources(row: counted.SourceCount) -> dict[str, Any]:
    return {"kind": _kind(row.kind), "cited": row.cited, "single": row.single}


def _kind(name: str) -> str:
    """Return the name of what a citation supports, as the field that names it is called."""
    return names.field_of(Citation, name)
