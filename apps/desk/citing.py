"""A row of a form that brings a citation of itself, so that both are saved together.

A published record cannot have an uncited part for a moment: where a ladder step, a milestone, a
membership or an office is entered, its passage is entered in the same row.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from apps.desk.checks import misplaced
from apps.desk.forms import RowForm
from apps.desk.names import label_of
from apps.desk.publishing import target_name
from apps.records.models import TARGETS, Citation, Source, citable_fields

PASSAGE = ("cite_source", "cite_paragraph", "cite_excerpt", "cite_as_written")
CITE_FIELDS = (
    ("cite_source", "cite_paragraph", "cite_field"),
    ("cite_excerpt", "cite_as_written"),
)
HELP = (
    "Source, paragraph and excerpt given here are saved as a citation of this row, together with"
    " it; what is published needs one. Further citations: on the row's own page (“Change”)."
)


def field_choices(model: type[models.Model]) -> list[tuple[str, str]]:
    """Return the fields of `model` that a citation can support, with their names for a person."""
    return [(name, label_of(model, name)) for name in citable_fields(model)]


class PassageForm(RowForm):
    """A form with an excerpt, which has to stand in the stored text of its source."""

    passage_fields = ("source", "paragraph", "excerpt")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if excerpt := self.fields.get(self.passage_fields[-1]):
            excerpt.widget.attrs["data-check"] = reverse("admin:check_excerpt")

    def clean(self) -> dict[str, Any]:
        super().clean()
        source, paragraph, excerpt = (self.cleaned_data.get(n) for n in self.passage_fields)
        is_new = not {*self.passage_fields}.isdisjoint(self.changed_data)
        if not (is_new and source and paragraph and excerpt):
            return self.cleaned_data
        if why := misplaced(source.pk, paragraph, excerpt):
            self.add_error(self.passage_fields[-1], ValidationError(why, code="misplaced"))
        return self.cleaned_data


class CitedRowForm(PassageForm):
    """A row, and the passage that supports one of its fields."""

    passage_fields = ("cite_source", "cite_paragraph", "cite_excerpt")

    cite_source = forms.ModelChoiceField(
        Source.objects.all(),
        required=False,
        label="Citation: source",
        widget=AutocompleteSelect(Citation._meta.get_field("source"), admin.site),
    )
    cite_paragraph = forms.IntegerField(required=False, min_value=1, label="paragraph")
    cite_field = forms.ChoiceField(required=False, label="supports")
    cite_excerpt = forms.CharField(
        required=False, max_length=200, label="excerpt", help_text="Letter by letter."
    )
    cite_as_written = forms.CharField(required=False, max_length=200, label="value as written")

    supports = ""  # the field that a passage most often supports

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cite_field"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = field_choices(type(self.instance))
        field.initial = self.supports

    @property
    def cites(self) -> bool:
        """Whether a passage was given."""
        return any(self.cleaned_data.get(name) for name in PASSAGE)

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in ("cite_source", "cite_paragraph", "cite_excerpt"):
            if self.cites and not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, ValidationError("A citation needs this.", code="required"))
        return self.cleaned_data

    def save_citation(self) -> Citation:
        """Save the passage as a draft citation of the saved row, and return it."""
        given = self.cleaned_data
        return Citation.objects.create(
            **{target_name(self.instance): self.instance},
            source=given["cite_source"],
            paragraph=given["cite_paragraph"],
            excerpt=given["cite_excerpt"],
            field=given["cite_field"],
            as_written=given["cite_as_written"],
        )


def all_citable() -> list[tuple[str, str]]:
    """Return every field that a citation of anything can support; a form says which fit."""
    return sorted({choice for model in TARGETS.values() for choice in field_choices(model)})


def cited_row(field: str) -> type[CitedRowForm]:
    """Return a form of a row whose passage most often supports `field`."""
    return type("CitedRowForm", (CitedRowForm,), {"supports": field})
