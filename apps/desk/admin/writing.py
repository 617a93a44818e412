"""How the pages of the desk write: one revision with editor and reason, or a refusal in words."""

from collections.abc import Callable, Collection
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import flatten_fieldsets
from django.core.paginator import Paginator
from django.db import DatabaseError, models
from django.db.models import Q
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from apps.desk import versions
from apps.desk.coding.blindness import hidden_from, seen_by
from apps.desk.forms import (
    Circumstances,
    DeskForm,
    ReasonedActionForm,
    id_in_form,
    newest_number,
    reason_in,
    told,
)
from apps.desk.merging import SEEN, Below, Merging
from apps.desk.names import with_names
from apps.desk.passages import whole_number
from apps.desk.posted import PostedRows
from apps.desk.refusals import Refusal, refusal
from apps.desk.reviewing import OwnWork
from apps.revisions.tracking import REGISTRY
from apps.revisions.writing import check_now, revision

View = Callable[..., Any]
ENTRIES_A_PAGE = 50
MOST_TOLD = 5
GONE = (
    "The record was removed. Nothing was saved yet; what you typed is below. Save it as a new"
    " record, or restore the old one first, from the list of what was removed."
)
SENT_TWICE = "This form was sent twice. It made one record, the first time."


class WritingAdmin(admin.ModelAdmin):
    """A page whose writes are one revision, and whose refusals come back with the input.

    Where the database refuses a form, the form is shown again from the same input with the
    refusal among its errors: nothing of it was saved and nothing typed is lost.
    """

    form = DeskForm
    action_form = ReasonedActionForm
    object_history_template = "desk/history.html"
    list_per_page = 50
    show_full_result_count = False

    class Media:
        js = ["desk/checks.js"]

    def get_queryset(self, request: HttpRequest) -> "models.QuerySet[Any]":
        return seen_by(request, with_names(super().get_queryset(request)))

    def get_search_results(
        self, request: HttpRequest, queryset: "models.QuerySet[Any]", search_term: str
    ) -> tuple["models.QuerySet[Any]", bool]:
        return super().get_search_results(request, queryset, search_term.replace("\0", ""))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        show = self._merged
        try:
            return self._written(request, show, object_id, form_url, extra_context)
        except DatabaseError as fault:
            request.desk_refusal = refusal(fault, self.model, object_id)  # type: ignore[attr-defined]
            return show(request, object_id, form_url, extra_context)
        except OwnWork as fault:
            request.desk_refusal = Refusal(str(fault), "publication")  # type: ignore[attr-defined]
            return show(request, object_id, form_url, extra_context)

    def _merged(self, request: HttpRequest, object_id: str | None, *args: Any) -> Any:
        """Show the form, or save it; one that somebody else overtook comes back to be merged."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, *args)
        if object_id is None:
            made = self._made_already(request)
            if made:
                return self._sent_twice(request, made)
            return super().changeform_view(request, None, *args)
        if (record := self.get_object(request, object_id)) is not None:
            self._merge(request, record)
        elif gone := self._gone(object_id):
            return self._as_new(request, gone)
        return super().changeform_view(request, object_id, *args)

    def _gone(self, object_id: str) -> versions.Entry | None:
        """Return the revision that removed a record; None where there was none."""
        entries = versions.entries(self.rows_of([int(object_id)])) if object_id.isdecimal() else []
        return entries[0] if entries else None

    def _as_new(self, request: HttpRequest, gone: versions.Entry) -> Any:
        """Show what was typed about a record that somebody removed, as the form of a new one."""
        posted = request.POST.copy()
        for formset, _inline in self.get_formsets_with_inlines(request):
            rows = PostedRows.of(posted, formset.get_default_prefix())
            rows.let_go(formset.fk.name)
            rows.write(posted)
        request.POST = posted  # type: ignore[assignment]
        request.desk_refusal = Refusal(f"{told(gone)} {GONE}")  # type: ignore[attr-defined]
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return super().changeform_view(request, None, address)

    def _sent_twice(self, request: HttpRequest, made: models.Model) -> HttpResponse:
        self.message_user(request, SENT_TWICE, messages.WARNING)
        return self.response_post_save_add(request, made)

    def _made_already(self, request: HttpRequest) -> models.Model | None:
        """Return the record that the same form made a moment ago."""
        public_id = id_in_form(request.POST.get("made_as", ""))
        return (
            self.model._default_manager.filter(public_id=public_id).first() if public_id else None
        )

    def _merge(self, request: HttpRequest, record: models.Model) -> None:
        """Put into the form what was chosen of an earlier merge; ask for one where it is due."""
        merging = self._merging(request, record)
        posted = merging.chosen(request.POST)
        seen, rows = posted.get(SEEN, ""), self.rows_of([record.pk])
        if whole_number(seen) is not None and versions.newest(rows) > int(seen):
            entries = versions.entries(rows, after=int(seen))
            request.desk_merge = merging.merged(posted, int(seen), entries)  # type: ignore[attr-defined]
            posted[SEEN] = str(entries[0].revision.number)
        request.POST = posted  # type: ignore[assignment]

    def _merging(self, request: HttpRequest, record: models.Model) -> Merging:
        names = flatten_fieldsets(self.get_fieldsets(request, record))
        form = self.get_form(request, record, change=True, fields=names)
        below = [
            Below(
                formset.get_default_prefix(), self._below(inline, record), formset.form.base_fields
            )
            for formset, inline in self.get_formsets_with_inlines(request, record)
        ]
        alone = versions.Rows(REGISTRY[self.model], Q(row=record.pk))
        return Merging(alone, form.base_fields, below)

    def _below(self, inline: Any, record: models.Model) -> versions.Rows:
        condition = {f"{_foreign_key(inline, self.model)}_id": record.pk}
        return versions.Rows(REGISTRY[inline.model], Q(**condition))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        shown = {SEEN: newest_number(), **(extra_context or {})}
        try:
            return self._written(request, self._deleted, object_id, shown)
        except DatabaseError as fault:
            typed = urlencode({"reason": reason_in(request)})
            return self._back(request, refusal(fault, self.model), f"{request.path}?{typed}")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        try:
            return self._written(request, self._acted, extra_context)
        except DatabaseError as fault:
            return self._back(request, refusal(fault, self.model), request.get_full_path())

    def _deleted(self, request: HttpRequest, object_id: str, shown: dict[str, Any]) -> Any:
        if changed := self._changed_since(request, [object_id]):
            typed = urlencode({"reason": reason_in(request)})
            return self._back(request, Refusal(changed), f"{request.path}?{typed}")
        return super().delete_view(request, object_id, shown)

    def _acted(self, request: HttpRequest, extra_context: dict[str, Any] | None) -> Any:
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        all_of_them = request.POST.get("select_across") == "1"
        if changed := self._changed_since(request, None if all_of_them else chosen):
            return self._back(request, Refusal(changed), request.get_full_path())
        return super().changelist_view(request, extra_context)

    def _changed_since(self, request: HttpRequest, keys: list[str] | None) -> str:
        """Return who changed any of the records after the page that was sent was shown; "" if none.

        `keys` None are all records of the type.
        """
        seen = whole_number(request.POST.get(SEEN, ""))
        if seen is None:
            return ""
        numbers = None if keys is None else [int(k) for k in keys if whole_number(k) is not None]
        rows = self.rows_of(numbers)
        if versions.newest(rows) <= seen:
            return ""
        return " ".join(map(told, versions.entries(rows, after=seen)[:MOST_TOLD]))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        entries = versions.entries(self.rows_of([int(object_id)])) if object_id.isdecimal() else []
        page = Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("p"))
        return super().history_view(request, object_id, {**(extra_context or {}), "page": page})

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> "type[ModelForm[Any]]":
        form = cast(type[DeskForm], super().get_form(request, obj, change, **kwargs))
        refused, merge = (getattr(request, f"desk_{name}", None) for name in ("refusal", "merge"))
        rows = self.rows_of([obj.pk]) if obj else []
        form.circumstances = Circumstances(rows, refused, merge, hidden_from(request))
        return form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows below the record, then let the rules speak before the answer is made."""
        super().save_related(request, form, formsets, change)
        check_now()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        check_now()

    def delete_queryset(self, request: HttpRequest, queryset: "models.QuerySet[Any]") -> None:
        super().delete_queryset(request, queryset)
        check_now()

    def _written(self, request: HttpRequest, view: View, *args: Any) -> Any:
        if request.method != "POST":
            return view(request, *args)
        with revision(editor=request.user, reason=reason_in(request)):
            return view(request, *args)

    def _back(self, request: HttpRequest, refused: Refusal, address: str) -> HttpResponse:
        self.message_user(request, f"{refused.message} Nothing was changed.", messages.ERROR)
        return HttpResponseRedirect(address)

    def rows_of(self, keys: Collection[int] | None) -> list[versions.Rows]:
        """Return the versions of what this page shows of records: themselves and their inlines."""
        inlines = [(inline.model, _foreign_key(inline, self.model)) for inline in self.inlines]
        return versions.rows_of_records(self.model, keys, inlines)


def _foreign_key(inline: Any, parent: type[models.Model]) -> str:
    keys = [f for f in inline.model._meta.concrete_fields if f.related_model is parent]
    return str(inline.fk_name or keys[0].name)
