"""The page on which another record that is the same is merged into one, and a merge is undone."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from apps.desk import record_merging as merging
from apps.desk import versions
from apps.desk.admin.writing import MOST_TOLD
from apps.desk.forms import REASON_HELP, reason_field, reason_in
from apps.desk.permissions import may_write
from apps.desk.refusals import refusal
from apps.records.models import Citation, Record
from apps.revisions.restoring import CannotUndo


class MergeForm(forms.Form):
    """Which record is the same as `kept`."""

    def __init__(self, kept: Record, user: Any, *args: Any) -> None:
        super().__init__(*args)
        self.kept, self.user = kept, user
        key = Citation._meta.get_field(kept._meta.model_name or "")
        self.fields["other"] = forms.ModelChoiceField(
            type(kept).objects.all(),
            label="The same as",
            widget=AutocompleteSelect(key, admin.site),
            help_text="It goes into this one; its addresses then lead here.",
        )
        self.fields["reason"] = reason_field(
            widget=forms.TextInput(attrs={"class": "vTextField"}), help_text=REASON_HELP
        )

    def clean_other(self) -> Record:
        other: Record = self.cleaned_data["other"]
        merging.refuse(self.kept, other)
        if not may_write(self.user, other):
            raise ValidationError("Only a reviewer may change what is published.")
        return other


class MergeAdmin(admin.ModelAdmin):
    """Adds the page to the records that can be merged."""

    def get_urls(self) -> Any:
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<int:number>/merge/", view, name=name), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kw: Any) -> Any:
        record = kw.get("obj")
        return super().render_change_form(
            request, context | {"merge": record and self._address("merge", record)}, *args, **kw
        )

    def merge_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Choose, look, merge; or undo what was merged."""
        kept = get_object_or_404(self.model, pk=number)
        if not self.has_change_permission(request, kept):
            raise PermissionDenied
        if "undo" in request.POST:
            return self._undo(request, kept)
        form, planned = MergeForm(kept, request.user, request.POST or None), None
        if request.method == "POST" and form.is_valid():
            try:
                planned = self._records_merged(request, kept, form.cleaned_data)
            except DatabaseError as fault:
                form.add_error("other", refusal(fault, self.model).message)
            else:
                if planned is None:
                    return redirect(self._address("change", kept))
        shown = {"form": form, "planned": planned, "merged": merging.merged_into(kept)}
        return self._shown(request, kept, shown)

    def _records_merged(
        self, request: HttpRequest, kept: Any, given: Any
    ) -> merging.Merging | None:
        """Return what would be done, or None where it was asked for and is done."""
        other = given["other"]
        if "confirmed" not in request.POST:
            return merging.preview(kept, other)
        said = str(other)
        merging.merge(kept, other, editor=request.user, reason=given["reason"])
        self.message_user(request, f"“{said}” is merged into “{kept}”.", messages.SUCCESS)
        return None

    def _undo(self, request: HttpRequest, kept: Any) -> HttpResponse:
        successor = get_object_or_404(merging.merged_into(kept), pk=request.POST["undo"])
        try:
            merging.undo_merge(successor, editor=request.user, reason=reason_in(request))
        except CannotUndo as error:
            why = "; ".join(versions.told_dependent(each) for each in error.dependents[:MOST_TOLD])
            self.message_user(request, f"{why}. Nothing was changed.", messages.ERROR)
        except DatabaseError as fault:
            self.message_user(request, refusal(fault, self.model).message, messages.ERROR)
        else:
            said = f"“{successor.former_key}” is a record of its own again."
            self.message_user(request, said, messages.SUCCESS)
        return redirect(self._address("merge", kept))

    def _shown(self, request: HttpRequest, kept: Any, shown: dict[str, Any]) -> HttpResponse:
        title = f"Merge another into “{kept}”"
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        context |= {"media": self.media + shown["form"].media, "record": kept, **shown}
        return TemplateResponse(request, "desk/merge.html", context)

    def _address(self, role: str, *args: Any) -> str:
        keys = [getattr(arg, "pk", arg) for arg in args]
        name = f"{self.opts.app_label}_{self.opts.model_name}_{role}"
        return reverse(f"{self.admin_site.name}:{name}", args=keys)
