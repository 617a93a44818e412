"""Organizations with their members, people with their offices."""

from django.contrib import admin

from apps.desk.admin.base import FactsBelow, PartAdmin, RecordAdmin
from apps.desk.admin.citations import CitationBelow, CitedFilter
from apps.desk.admin.merging import MergeAdmin
from apps.desk.citing import cited_row
from apps.records.models import Membership, Office, Organization, Person


class MembershipBelow(FactsBelow):
    model = Membership
    form = cited_row("country")
    own_fields = (("country", "start", "end"), "note")
    autocomplete_fields = ("country",)


class OfficeBelow(FactsBelow):
    model = Office
    form = cited_row("title")
    own_fields = (("title", "country", "organization"), ("start", "end"), "note")
    autocomplete_fields = ("country", "organization")


@admin.register(Organization)
class OrganizationAdmin(MergeAdmin, RecordAdmin):
    list_display = ("name", "abbreviation", "kind", "publication")
    list_filter = ("publication", "kind", CitedFilter)
    search_fields = ("name__unaccent", "abbreviation__unaccent", "slug", "public_id")
    fields = (("name", "abbreviation"), "slug", "kind", "note", "publication")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MembershipBelow, CitationBelow)


@admin.register(Membership)
class MembershipAdmin(PartAdmin):
    list_display = ("organization", "country", "start", "end")
    list_filter = (("organization", admin.RelatedOnlyFieldListFilter), CitedFilter)
    search_fields = ("organization__name__unaccent", "country__name_en__unaccent")
    fields = ("organization", "country", ("start", "end"), "note")
    readonly_fields = ("organization",)
    autocomplete_fields = ("country",)
    inlines = (CitationBelow,)


@admin.register(Person)
class PersonAdmin(MergeAdmin, RecordAdmin):
    list_display = ("name", "slug", "publication")
    list_filter = ("publication", CitedFilter)
    search_fields = ("name__unaccent", "slug", "public_id", "offices__title__unaccent")
    fields = (("name", "slug"), "note", "publication")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (OfficeBelow, CitationBelow)


@admin.register(Office)
class OfficeAdmin(PartAdmin):
    list_display = ("person", "title", "country", "organization", "start", "end")
    list_filter = (CitedFilter,)
    search_fields = ("person__name__unaccent", "title__unaccent")
    fields = ("person", "title", ("country", "organization"), ("start", "end"), "note")
    readonly_fields = ("person",)
    autocomplete_fields = ("country", "organization")
    inlines = (CitationBelow,)
