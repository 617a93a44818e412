"""The desk's page on the quality of the evidence, drafts included: where there is work to do."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from apps.records import quality
from apps.records.models import TARGETS
from apps.records.quality import MOST_LISTED


def quality_page(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("records.view_citation"):
        raise PermissionDenied
    today = timezone.now().date()
    shown = {
        "title": "Quality of the evidence",
        "uncited": [_named(row.kind, field=_field(row), row=row) for row in _uncited()],
        "sources": [_named(row.kind, row=row) for row in quality.sources_by_kind()],
        "coverage": [(row, _address(row.source)) for row in quality.coverage()[:MOST_LISTED]],
        "conflicts": _listed(quality.conflicts()),
        "stale": [
            *_listed(quality.stale_promises(today)),
            *_listed(quality.stale_milestones(today)),
        ],
    }
    context = {**admin.site.each_context(request), **shown}
    return TemplateResponse(request, "desk/quality.html", context)


def _uncited() -> list[quality.FieldCoverage]:
    return sorted(quality.uncited_fields(), key=lambda row: -row.uncited)


def _named(kind: str, **more: Any) -> dict[str, Any]:
    """Name a kind of record, with the list of those that cite nothing at all."""
    opts = TARGETS[kind]._meta
    return {"kind": opts.verbose_name_plural, "list": f"{_list(opts)}?cited=no", **more}


def _field(row: quality.FieldCoverage) -> str:
    return str(getattr(TARGETS[row.kind]._meta.get_field(row.field), "verbose_name", row.field))


def _list(opts: Any) -> str:
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")


def _address(row: models.Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def _listed(rows: "models.QuerySet[Any]") -> list[tuple[Any, str]]:
    """Give the first rows with their addresses."""
    return [(row, _address(row)) for row in rows[:MOST_LISTED]]
