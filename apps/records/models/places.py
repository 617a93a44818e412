"""Countries, by ISO 3166-1."""

from collections.abc import Collection
from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models

from apps.records.models.base import Record, RecordQuerySet, search_vector, storable
from apps.records.vocabularies.base import whichever_is_read
from apps.revisions.tracking import tracked


class CountryQuerySet(RecordQuerySet):
    def with_keys(self, keys: Collection[str]) -> Self:
        """Keep the countries whose ISO code (two or three letters) or public id is in `keys`."""
        codes = [key.upper() for key in storable(keys)]
        ids = [key.lower() for key in storable(keys)]
        return self.filter(
            models.Q(iso2__in=codes) | models.Q(iso3__in=codes) | models.Q(public_id__in=ids)
        )

    def for_reading(self) -> Self:
        return self.with_sort_name(whichever_is_read("name_en", "name_fr")).prefetch_related(
            "memberships__organization", "citations__source"
        )


@tracked()
class Country(Record):
    """A state; groupings such as the G5 Sahel or "Europe" are organizations."""

    KEY = "iso2"

    iso2 = models.CharField(
        "ISO 3166-1 alpha-2",
        max_length=2,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", "Two capital letters, such as ML.")],
    )
    iso3 = models.CharField(
        "ISO 3166-1 alpha-3",
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{3}$", "Three capital letters, such as MLI.")],
    )
    numeric = models.CharField(
        "ISO 3166-1 numeric",
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^[0-9]{3}$", "Three digits, such as 466.")],
    )
    name_en = models.CharField("name in English", max_length=100, help_text="As in CLDR.")
    name_fr = models.CharField("name in French", max_length=100, help_text="As in CLDR.")
    search = search_vector(name_en="A", name_fr="A", iso2="A", iso3="A")

    objects: ClassVar = CountryQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name_plural = "countries"
        ordering = ["name_en", "id"]
        indexes = [*Record.Meta.indexes, GinIndex(fields=["search"], name="country_search")]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="country_codes_are_iso_3166",
                condition=models.Q(iso2__regex=r"^[A-Z]{2}$")
                & models.Q(iso3__regex=r"^[A-Z]{3}$")
                & models.Q(numeric__regex=r"^[0-9]{3}$"),
                violation_error_message="Codes are two and three capital letters and three digits.",
            ),
        ]

    def __str__(self) -> str:
        return whichever_is_read(self.name_en, self.name_fr)

    def answers_to(self, key: str) -> bool:
        return key.upper() in (self.iso2, self.iso3) or key.lower() == self.public_id
