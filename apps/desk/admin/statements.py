"""Statements at the desk, with what they are about."""

from django.contrib import admin

from apps.desk.admin.base import RecordAdmin, TableBelow
from apps.desk.admin.citations import CitationBelow, CitedFilter
from apps.records.models import Statement, StatementCountry, StatementOperation


class AboutOperationBelow(TableBelow):
    model = StatementOperation
    fields = ("operation",)
    autocomplete_fields = ("operation",)


class AboutCountryBelow(TableBelow):
    model = StatementCountry
    fields = ("country",)
    autocomplete_fields = ("country",)


@admin.register(Statement)
class StatementAdmin(RecordAdmin):
    list_display = ("__str__", "act", "attribution", "said", "publication")
    list_filter = ("publication", "act", "speaker_kind", "attribution", "stance", CitedFilter)
    search_fields = (
        "words__unaccent",
        "summary__unaccent",
        "speaker_person__name__unaccent",
        "speaker_country__name_en__unaccent",
        "speaker_organization__name__unaccent",
        "speaker_label__unaccent",
        "public_id",
    )
    fields = (
        ("speaker_person", "speaker_country", "speaker_organization"),
        "speaker_label",
        ("office", "speaker_kind"),
        ("words", "summary"),
        ("quote_form", "act", "cue"),
        ("attribution", "stance"),
        ("language", "original_language"),
        "translation",
        ("said", "place"),
        ("setting", "occasion", "addressee"),
        "note",
        "publication",
    )
    autocomplete_fields = ("speaker_person", "speaker_country", "speaker_organization")
    inlines = (AboutOperationBelow, AboutCountryBelow, CitationBelow)
