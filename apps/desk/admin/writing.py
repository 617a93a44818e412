"""How the pages of the desk write: one revision with editor and reason, or a refusal in words."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db import DatabaseError, models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode

from apps.desk import versions
from apps.desk.forms import Circumstances, DeskForm, ReasonedActionForm, reason_in
from apps.desk.names import with_names
from apps.desk.refusals import Refusal, refusal
from apps.revisions.writing import check_now, revision

View = Callable[..., Any]
ENTRIES_A_PAGE = 50


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
        css = {"all": ["desk/desk.css"]}

    def get_queryset(self, request: HttpRequest) -> "models.QuerySet[Any]":
        return with_names(super().get_queryset(request))

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
        show = super().changeform_view
        try:
            return self._written(request, show, object_id, form_url, extra_context)
        except DatabaseError as fault:
            request.desk_refusal = refusal(fault, self.model, object_id)  # type: ignore[attr-defined]
            return show(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        try:
            return self._written(request, super().delete_view, object_id, extra_context)
        except DatabaseError as fault:
            typed = urlencode({"reason": reason_in(request)})
            return self._back(request, refusal(fault, self.model), f"{request.path}?{typed}")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        try:
            return self._written(request, super().changelist_view, extra_context)
        except DatabaseError as fault:
            return self._back(request, refusal(fault, self.model), request.get_full_path())

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        entries = versions.entries(self._rows(int(object_id))) if object_id.isdecimal() else []
        page = Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("p"))
        return super().history_view(request, object_id, {**(extra_context or {}), "page": page})

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> "type[ModelForm[Any]]":
        form = cast(type[DeskForm], super().get_form(request, obj, change, **kwargs))
        refused = getattr(request, "desk_refusal", None)
        form.circumstances = Circumstances(self._rows(obj.pk) if obj else [], refused)
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

    def _rows(self, key: int) -> list[versions.Rows]:
        """Return the versions of what this page shows of a record: itself and its inlines."""
        inlines = [(inline.model, _foreign_key(inline, self.model)) for inline in self.inlines]
        return versions.rows_of_record(self.model, key, inlines)


def _foreign_key(inline: Any, parent: type[models.Model]) -> str:
    keys = [f for f in inline.model._meta.concrete_fields if f.related_model is parent]
    return str(inline.fk_name or keys[0].name)
