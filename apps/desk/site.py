"""The admin site of the desk: its names, and what is waiting on its front page."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Value
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import path

from apps.desk.checks import date_view, excerpt_view
from apps.records.models import Record
from apps.records.vocabularies import Publication

WAITING = (Publication.DRAFT, Publication.IN_REVIEW)


class DeskSite(admin.AdminSite):
    site_title = "sahelref desk"
    site_header = "sahelref desk"
    index_title = "Records"
    index_template = "desk/index.html"

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        return super().index(request, {**(extra_context or {}), "waiting": self.waiting(request)})

    def get_urls(self) -> list[Any]:
        checks = [("date", date_view), ("excerpt", excerpt_view)]
        return [
            path(f"check/{name}/", self.admin_view(view), name=f"check_{name}")
            for name, view in checks
        ] + super().get_urls()

    def waiting(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Return, for each type with drafts or records in review, their numbers. One query."""
        models = [model for model in self._registry if self._is_waited_for(request, model)]
        if not models:
            return []
        first, *others = (_counted(model) for model in models)
        numbers: dict[str, dict[str, int]] = {}
        for row in first.union(*others, all=True):
            numbers.setdefault(row["record_type"], {})[row["publication"]] = row["number"]
        return [
            {"opts": model._meta, **numbers[model._meta.label_lower]}
            for model in models
            if model._meta.label_lower in numbers
        ]

    def _is_waited_for(self, request: HttpRequest, model: Any) -> bool:
        return issubclass(model, Record) and self._registry[model].has_view_permission(request)


def _counted(model: Any) -> Any:
    return (
        model.objects.filter(publication__in=WAITING)
        .order_by()
        .annotate(record_type=Value(model._meta.label_lower))
        .values("record_type", "publication")
        .annotate(number=Count("pk"))
    )
