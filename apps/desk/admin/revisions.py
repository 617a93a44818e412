"""Revisions at the desk: to be read, never written."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format

from apps.desk import versions
from apps.desk.coding.blindness import told_to
from apps.desk.forms import editor_name, reason_in
from apps.desk.permissions import may_undo
from apps.desk.refusals import refusal
from apps.revisions.models import Revision
from apps.revisions.restoring import CannotUndo, dependents, steps_of, undo
from apps.revisions.writing import check_now, revision

MOST_EVENTS = 200
STANDS = "Something depends on it by now: see below. Nothing was changed."


@admin.register(Revision)
class RevisionAdmin(admin.ModelAdmin):
    """Who wrote what and why; drafts and stored texts as well, unlike the public changes."""

    list_display = ("number", "made", "editor_or_command", "reason", "written")
    list_filter = ("made_at", ("editor", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("editor",)
    search_fields = ("=number", "reason__unaccent", "editor__username")
    fields = ("number", "made", "editor_or_command", "reason", "written", "hash")
    readonly_fields = fields
    change_form_template = "desk/revision.html"
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> Any:
        return told_to(request, super().get_queryset(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        revision = self.get_object(request, object_id)
        events = _events(revision) if revision else []
        undoable = revision is not None and may_undo(request.user, steps_of(revision.number))
        shown = {
            "may_undo": undoable,
            "events": events[:MOST_EVENTS],
            "more_events": len(events) - MOST_EVENTS,
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def get_urls(self) -> list[URLPattern]:
        undo = self.admin_site.admin_view(self.undo_view)
        return [
            path("<int:number>/undo/", undo, name="revisions_revision_undo"),
            *super().get_urls(),
        ]

    def undo_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show what undoing a revision does and what stands in the way; a POST undoes it."""
        found = get_object_or_404(Revision, pk=number)
        steps = steps_of(number)
        if not self.has_view_permission(request) or not may_undo(request.user, steps):
            raise PermissionDenied
        if request.method == "POST":
            return self._undone(request, found)
        blocking = [versions.told_dependent(each) for each in dependents(number, steps)]
        shown = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": found,
            "title": f"Undo revision {number}",
            "reason": f"Undo revision {number}",
            "blocking": blocking[:MOST_EVENTS],
            "events": _events(found)[:MOST_EVENTS],
        }
        return TemplateResponse(request, "desk/undo.html", shown)

    def _undone(self, request: HttpRequest, found: Revision) -> HttpResponse:
        address = reverse("admin:revisions_revision_undo", args=[found.number])
        try:
            with revision(editor=request.user, reason=reason_in(request)):
                undo(found.number)
                check_now()
        except CannotUndo:
            self.message_user(request, STANDS, messages.ERROR)
            return HttpResponseRedirect(address)
        except DatabaseError as fault:
            refused = refusal(fault, Revision)
            self.message_user(request, f"{refused.message} Nothing was changed.", messages.ERROR)
            return HttpResponseRedirect(address)
        self.message_user(request, f"Undone: revision {found.number}.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:revisions_revision_changelist"))

    @admin.display(description="made at", ordering="made_at")
    def made(self, revision: Revision) -> str:
        return f"{date_format(revision.made_at, 'j F Y, H:i')} UTC"

    @admin.display(description="editor", ordering="editor__username")
    def editor_or_command(self, revision: Revision) -> str:
        return editor_name(revision.editor)

    @admin.display(description="tables")
    def written(self, revision: Revision) -> str:
        return ", ".join(sorted(table.removeprefix("records_") for table in revision.tables))


def _events(revision: Revision) -> list[versions.Event]:
    rows = versions.rows_of_revision(revision.number, revision.tables)
    entries = versions.entries(rows, after=revision.number - 1)
    return [event for e in entries if e.revision == revision for event in e.events]
