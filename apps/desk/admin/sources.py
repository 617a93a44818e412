"""Sources at the desk, with their stored text, which is never public."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from apps.desk.admin.base import RecordAdmin, RowsBelow
from apps.desk.admin.coding import CodingPages
from apps.desk.admin.reading import ReadingPages
from apps.desk.forms import DeskForm, RowForm
from apps.desk.passages import reading_address
from apps.records.models import Source, SourceText, paragraphs_of

# The prefix of the fields of the text below a source.
PASTED = "stored_text"


class StoredTextForm(RowForm):
    """The text as read: browsers send other line ends, and spaces at its ends are part of it."""

    text = forms.CharField(
        strip=False,
        widget=forms.Textarea(attrs={"class": "vLargeTextField", "rows": 20}),
        help_text="For the desk only, never public. Paragraphs are separated by blank lines. The"
        " number of paragraphs and a blank SHA-256 above are filled in from it.",
    )

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class StoredTextBelow(RowsBelow, admin.StackedInline):
    model = SourceText
    form = StoredTextForm
    fields = ("text",)
    verbose_name = verbose_name_plural = "stored text"
    extra = 1


class SourceForm(DeskForm):
    """A source, which takes a hash that was not given from the text pasted below it."""

    def clean_text_sha256(self) -> str:
        given = str(self.cleaned_data["text_sha256"])
        pasted = self.data.get(f"{PASTED}-0-text", "").replace("\r\n", "\n")
        return given or (SourceText(text=pasted).sha256 if pasted.strip() else "")


@admin.register(Source)
class SourceAdmin(ReadingPages, CodingPages, RecordAdmin):
    form = SourceForm
    list_display = ("title", "publisher", "type", "published", "language", "publication")
    list_filter = ("publication", "type", "language", "publisher")
    search_fields = (
        "title__unaccent",
        "publisher__unaccent",
        "author__unaccent",
        "url",
        "public_id",
    )
    fields = (
        "title",
        ("type", "language"),
        ("publisher", "author"),
        ("dateline", "published"),
        "url",
        "archive_url",
        ("paragraphs", "text_sha256"),
        "note",
        "publication",
    )
    readonly_fields = [*RecordAdmin.readonly_fields, "citations"]
    inlines = (StoredTextBelow,)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_fields(request, obj), *(["citations"] if obj else [])]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        for stored in (*formset.new_objects, *(row for row, _ in formset.changed_objects)):
            fill_in(form.instance, stored)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Go on to read what was just pasted."""
        if SourceText.objects.filter(source=obj).exists():
            return HttpResponseRedirect(reading_address(obj.pk))
        return super().response_post_save_add(request, obj)

    @admin.display(description="citations of it")
    def citations(self, source: Source) -> str:
        address = reverse("admin:records_citation_changelist")
        number = source.citations.count()
        return format_html('<a href="{}?source__id__exact={}">{}</a>', address, source.pk, number)


def fill_in(source: Source, stored: SourceText) -> None:
    """Take from the stored text what it says: its paragraphs, and its hash where none is given.

    A hash that was given is left for the rule to compare: it may be that of another text.
    """
    source.paragraphs = len(paragraphs_of(stored.text))
    source.text_sha256 = source.text_sha256 or stored.sha256
    source.save(update_fields=["paragraphs", "text_sha256"])
