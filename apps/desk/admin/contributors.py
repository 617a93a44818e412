"""Contributors with their ladder, and strength figures."""

from django.contrib import admin

from apps.desk.admin.base import FactsBelow, PartAdmin, RecordAdmin
from apps.desk.admin.citations import CitationBelow, CitedFilter
from apps.desk.citing import cited_row
from apps.records.models import Contributor, LadderStep, StrengthFigure

FIGURES = (("least", "most", "bound"), ("date", "basis"), ("scope", "personnel_type"))
STEP = (("place", "status"), ("since", "expected"), "condition", "note")


class ContributorBelow(FactsBelow):
    """Contributors on their operation's page; ladder and further citations are on their own."""

    model = Contributor
    form = cited_row("roles")
    own_fields = (("country", "organization"), "roles", "note", "publication")
    readonly_fields = ("publication",)
    autocomplete_fields = ("country", "organization")


class LadderBelow(FactsBelow):
    model = LadderStep
    form = cited_row("status")
    own_fields = STEP


@admin.register(Contributor)
class ContributorAdmin(RecordAdmin):
    list_display = ("operation", "country", "organization", "roles", "publication")
    list_filter = ("publication", ("operation", admin.RelatedOnlyFieldListFilter), CitedFilter)
    search_fields = (
        "operation__name__unaccent",
        "operation__short_name__unaccent",
        "country__name_en__unaccent",
        "organization__name__unaccent",
        "organization__abbreviation__unaccent",
        "public_id",
    )
    fields = ("operation", ("country", "organization"), "roles", "note", "publication")
    autocomplete_fields = ("operation", "country", "organization")
    inlines = (LadderBelow, CitationBelow)


@admin.register(LadderStep)
class LadderStepAdmin(PartAdmin):
    list_display = ("contributor", "place", "status", "since", "expected")
    list_filter = ("status", CitedFilter)
    search_fields = (
        "contributor__operation__name__unaccent",
        "contributor__country__name_en__unaccent",
        "contributor__organization__name__unaccent",
        "status",
    )
    fields = ("contributor", *STEP)
    readonly_fields = ("contributor",)
    inlines = (CitationBelow,)


@admin.register(StrengthFigure)
class StrengthFigureAdmin(RecordAdmin):
    list_display = ("operation", "contributor", "figures", "date", "basis", "publication")
    list_filter = (
        "publication",
        "basis",
        "scope",
        "personnel_type",
        ("operation", admin.RelatedOnlyFieldListFilter),
        CitedFilter,
    )
    search_fields = (
        "operation__name__unaccent",
        "operation__short_name__unaccent",
        "contributor__country__name_en__unaccent",
        "contributor__organization__name__unaccent",
        "public_id",
    )
    fields = (("operation", "contributor"), *FIGURES, "note", "publication")
    autocomplete_fields = ("operation", "contributor")
    inlines = (CitationBelow,)
