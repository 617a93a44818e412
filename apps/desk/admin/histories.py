"""The pages of a record's past: as it was, put back as it was, and what was removed."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.paginator import Paginator
from django.db import DatabaseError, models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from apps.desk import versions
from apps.desk.forms import newest_number
from apps.desk.passages import whole_number
from apps.desk.permissions import CLOSED, may_publish
from apps.desk.refusals import Refusal, refusal
from apps.desk.reverting import Comparison
from apps.desk.reviewing import OwnWork
from apps.records.vocabularies import Publication
from apps.revisions.models import Revision
from apps.revisions.restoring import instance_of, missing, removed_with, take_all
from apps.revisions.tracking import REGISTRY
from apps.revisions.writing import check_now

REMOVED_A_PAGE = 50


@dataclass(frozen=True)
class Removed:
    """A record that is no more: its last version, and the revision that removed it."""

    version: Any
    name: str
    revision: Revision


class HistoryPages:
    """The pages `version` and `removed` of a record's admin."""

    model: Any
    opts: Any
    admin_site: Any

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        pages = [
            ("<int:key>/history/<int:number>/", self.version_view, "version"),
            ("<int:key>/history/compare/", self.compare_view, "compare"),
            ("removed/", self.removed_view, "removed"),
        ]
        return [
            path(route, self.admin_site.admin_view(view), name=f"{name}_{role}")
            for route, view, role in pages
        ] + super().get_urls()  # type: ignore[misc]

    def version_view(self: Any, request: HttpRequest, key: int, number: int) -> Any:
        """Show a record as it was beside now, or beside revision `with`; a POST puts it back."""
        record = self.get_object(request, str(key))
        if record is None or not Revision.objects.filter(pk=number).exists():
            raise Http404("There is no such record or revision.")
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        if request.method != "POST":
            return self._compared(request, record, number)
        try:
            return self._written(request, self._put_back, record, number)
        except OwnWork as fault:
            return self._back(request, Refusal(str(fault)), request.get_full_path())
        except DatabaseError as fault:
            refused = refusal(fault, self.model, str(key))
            return self._back(request, refused, request.get_full_path())

    def compare_view(self: Any, request: HttpRequest, key: int) -> HttpResponse:
        """Go to the page of two revisions that a form names."""
        then, other = (whole_number(request.GET.get(name, "")) for name in ("then", "with"))
        if then is None or other is None:
            raise Http404("Name two revisions.")
        return HttpResponseRedirect(f"{self._address('version', key, then)}?with={other}")

    def _compared(self: Any, request: HttpRequest, record: models.Model, number: int) -> Any:
        newest = newest_number()
        other = whole_number(request.GET.get("with", ""))
        now = newest if other is None else min(other, newest)
        comparison = Comparison(self.rows_of([record.pk]), number, now)
        may_put_back = other is None and self.has_change_permission(request, record)
        shown = {
            "original": record,
            "title": f"{record}: revision {number} and {'now' if other is None else now}",
            "comparison": comparison,
            "seen": newest,
            "reason": request.GET.get("reason", f"Put back as of revision {number}"),
            "may_put_back": may_put_back,
        }
        return self._history_page(request, "desk/version.html", shown)

    def _put_back(self: Any, request: HttpRequest, record: models.Model, number: int) -> Any:
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        if changed := self._changed_since(request, [str(record.pk)]):
            return self._back(request, Refusal(changed), request.get_full_path())
        taken = {*request.POST.getlist("take")}
        comparison = Comparison(self.rows_of([record.pk]), number, newest_number())
        if comparison.publishes(taken) and not may_publish(request.user):
            raise PermissionDenied
        comparison.take(taken)
        check_now()
        was_public = getattr(record, "publication", "") == Publication.PUBLISHED
        record.refresh_from_db()
        self.refuse_own_work(request, record, was_public=was_public)
        self.message_user(request, f"Put back from revision {number}.", messages.SUCCESS)
        return HttpResponseRedirect(self._address("change", record.pk))

    def removed_view(self: Any, request: HttpRequest) -> Any:
        """List what was removed, the last first; a POST brings one back, with what went along."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            page = Paginator(self._removed(), REMOVED_A_PAGE).get_page(request.GET.get("p"))
            shown = {"title": f"Removed {self.opts.verbose_name_plural}", "page": page}
            shown["may_restore"] = self.has_add_permission(request)
            shown["removed"] = [self._named(version) for version in page]
            return self._history_page(request, "desk/removed.html", shown)
        try:
            return self._written(request, self._restored)
        except DatabaseError as fault:
            return self._back(request, refusal(fault, self.model), request.path)

    def _removed(self: Any) -> Any:
        """Return the last versions of rows that are no more."""
        rows = REGISTRY[self.model].version._default_manager
        last = rows.exclude(row__in=self.model._default_manager.values("pk"))
        last = last.order_by("row", "-until_revision").distinct("row")
        return rows.filter(pk__in=last.values("pk")).order_by("-until_revision", "row")

    def _named(self: Any, version: Any) -> Removed:
        revision = Revision.objects.select_related("editor").get(pk=version.until_revision)
        try:
            name = str(instance_of(REGISTRY[self.model], version))
        except ObjectDoesNotExist:  # what it was named by is gone as well
            name = f"no. {version.row}"
        return Removed(version, name, revision)

    def _restored(self: Any, request: HttpRequest) -> HttpResponse:
        version = self._removed().filter(row=whole_number(request.POST.get("row", ""))).first()
        if version is None:
            return self._back(request, Refusal("It is there already."), request.path)
        may = getattr(version, "publication", "") not in CLOSED or may_publish(request.user)
        if not (may and self.has_add_permission(request)):
            raise PermissionDenied
        steps = removed_with(REGISTRY[self.model], version.row, version.until_revision)
        if absent := list(missing(steps)):
            why = "; ".join(versions.told_dependent(each) for each in absent)
            return self._back(request, Refusal(f"{why}. Restore that first."), request.path)
        take_all(steps)
        check_now()
        self.message_user(request, f"Restored, with {len(steps)} rows in all.", messages.SUCCESS)
        return HttpResponseRedirect(self._address("change", version.row))

    def _address(self: Any, role: str, *keys: int) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{role}", args=keys)

    def _history_page(
        self: Any, request: HttpRequest, template: str, shown: dict[str, Any]
    ) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **shown}
        return TemplateResponse(request, template, context)
