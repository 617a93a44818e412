"""Countries at the desk."""

from django.contrib import admin

from apps.desk.admin.base import RecordAdmin
from apps.desk.admin.citations import CitationBelow, CitedFilter
from apps.records.models import Country


@admin.register(Country)
class CountryAdmin(RecordAdmin):
    list_display = ("name_en", "name_fr", "iso2", "iso3", "publication")
    list_filter = ("publication", CitedFilter)
    search_fields = ("name_en__unaccent", "name_fr__unaccent", "iso2", "iso3", "public_id")
    fields = (("name_en", "name_fr"), ("iso2", "iso3", "numeric"), "note", "publication")
    inlines = (CitationBelow,)
