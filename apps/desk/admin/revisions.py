"""Revisions at the desk: to be read, never written."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from apps.desk import versions
from apps.desk.forms import editor_name
from apps.revisions.models import Revision

MOST_EVENTS = 200


@admin.register(Revision)
class RevisionAdmin(admin.ModelAdmin):
    """Who wrote what and why; drafts and stored texts as well, unlike the public changes."""

    list_display = ("number", "made_at", "editor_or_command", "reason", "written")
    list_filter = ("made_at", ("editor", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("editor",)
    search_fields = ("=number", "reason__unaccent", "editor__username")
    fields = ("number", "made_at", "editor_or_command", "reason", "written", "hash")
    readonly_fields = fields
    change_form_template = "desk/revision.html"
    show_full_result_count = False
    list_per_page = 50

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
        shown = {"events": events[:MOST_EVENTS], "more_events": len(events) - MOST_EVENTS}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

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
