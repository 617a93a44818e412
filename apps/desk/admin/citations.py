"""Citations: below every record and part, and on a page of their own."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from apps.desk.admin.base import RecordAdmin, RowsBelow
from apps.desk.citing import PassageForm, all_citable, field_choices
from apps.desk.forms import DeskForm
from apps.desk.publishing import target_name
from apps.records.models import TARGETS, Citation

PASSAGE = (("source", "paragraph"), ("excerpt", "as_written"), ("field", "standing"))


class CitationBelow(RowsBelow, admin.StackedInline):
    """The citations of the record or part of the page."""

    template = "desk/_folded_rows.html"
    model = Citation
    form = PassageForm
    fieldsets = (
        (None, {"fields": PASSAGE}),
        ("Caveats and note", {"fields": ("caveats", "note"), "classes": ["collapse"]}),
    )
    autocomplete_fields = ("source",)
    extra = 1
    show_change_link = True

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "field":
            return _field_choice(field_choices(self.parent_model), db_field.help_text)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class CitedFilter(admin.SimpleListFilter):
    """What has no citation cannot be published."""

    title = "citations"
    parameter_name = "cited"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Cited"), ("no", "Not cited")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        if self.value() not in ("yes", "no"):
            return queryset
        citations = Citation.objects.filter(**{target_name(queryset.model()): OuterRef("pk")})
        return queryset.filter(Exists(citations) if self.value() == "yes" else ~Exists(citations))


class CitationForm(PassageForm, DeskForm):
    """A citation on a page of its own."""


@admin.register(Citation)
class CitationAdmin(RecordAdmin):
    form = CitationForm
    list_display = (
        "excerpt",
        "source",
        "paragraph",
        "supported",
        "field",
        "standing",
        "publication",
    )
    list_filter = ("publication", "standing", "rank", "source", "field")
    search_fields = (
        "excerpt__unaccent",
        "as_written__unaccent",
        "public_id",
        "source__title__unaccent",
    )
    fields = (
        *PASSAGE,
        ("rank", "rank_reason"),
        "caveats",
        *TARGETS,
        "note",
        "publication",
    )
    autocomplete_fields = ("source", *TARGETS)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "field":
            return _field_choice(all_citable(), db_field.help_text)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description="supports")
    def supported(self, citation: Citation) -> str:
        return str(TARGETS[citation.target_name]._meta.verbose_name)


def _field_choice(choices: list[tuple[str, str]], help_text: str) -> forms.Field:
    return forms.ChoiceField(choices=[("", "---------"), *choices], help_text=help_text)
