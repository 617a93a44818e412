"""Operations at the desk, with their theatre, milestones, contributors and strength figures."""

from django.contrib import admin

from apps.desk.admin.base import FactsBelow, PartAdmin, RecordAdmin, TableBelow
from apps.desk.admin.citations import CitationBelow, CitedFilter
from apps.desk.admin.contributors import FIGURES, ContributorBelow
from apps.desk.admin.merging import MergeAdmin
from apps.desk.citing import cited_row
from apps.records.models import Milestone, Operation, OperationCountry, StrengthFigure


class TheatreBelow(TableBelow):
    model = OperationCountry
    fields = ("country",)
    autocomplete_fields = ("country",)


class MilestoneBelow(FactsBelow):
    model = Milestone
    form = cited_row("expected")
    own_fields = (("kind", "expected", "reached"), "note")


class StrengthBelow(FactsBelow):
    model = StrengthFigure
    form = cited_row("least")
    own_fields = ("contributor", *FIGURES, "note", "publication")
    readonly_fields = ("publication",)
    autocomplete_fields = ("contributor",)


@admin.register(Operation)
class OperationAdmin(MergeAdmin, RecordAdmin):
    list_display = ("name", "short_name", "type", "status", "start", "end", "publication")
    list_filter = ("publication", "type", "status", "conducting_body", CitedFilter)
    search_fields = ("name__unaccent", "short_name__unaccent", "slug", "public_id")
    fields = (
        ("name", "short_name"),
        "slug",
        ("type", "conducting_body", "legal_basis"),
        "functions",
        "mandate",
        "focus_area",
        ("start", "end", "status"),
        "predecessor",
        "note",
        "publication",
    )
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("predecessor",)
    inlines = (TheatreBelow, CitationBelow, MilestoneBelow, ContributorBelow, StrengthBelow)


@admin.register(Milestone)
class MilestoneAdmin(PartAdmin):
    list_display = ("operation", "kind", "expected", "reached")
    list_filter = ("kind", CitedFilter)
    search_fields = ("operation__name__unaccent", "operation__short_name__unaccent", "kind")
    fields = ("operation", ("kind", "expected", "reached"), "note")
    readonly_fields = ("operation",)
    inlines = (CitationBelow,)
