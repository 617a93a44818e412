"""Who acts and speaks: organizations with their members, persons with their offices."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext as _

from apps.records.date_questions import certainly_on, possibly_on
from apps.records.fields import (
    EarliestField,
    LatestField,
    PartialDateField,
    partial_date_constraints,
    span_constraint,
)
from apps.records.models.addressed import Addressed
from apps.records.models.base import (
    IS_PUBLISHED,
    Part,
    RecordQuerySet,
    address_constraints,
    search_vector,
)
from apps.records.models.functions import Filed
from apps.records.models.places import Country
from apps.records.vocabularies import OrganizationKind, within
from apps.revisions.tracking import tracked


class TenureQuerySet(RecordQuerySet):
    """Memberships and offices by when they were held."""

    def held_on(self, day: date, *, certain: bool = False) -> Self:
        """Keep what was held on `day`: possibly, or certainly.

        An unknown start or end leaves it possible and never certain.
        """
        return self.filter(certainly_on(day) if certain else possibly_on(day))


class OrganizationQuerySet(RecordQuerySet):
    """Organizations as their lists show them."""

    def for_reading(self) -> Self:
        return self.with_sort_name("name").prefetch_related(
            "memberships__country", "memberships__citations__source", "citations__source"
        )


@tracked()
class Organization(Addressed):
    """A body that acts or speaks: the UN, the G5 Sahel, a parliament, an army."""

    slug = models.SlugField(max_length=80, unique=True, help_text="Its address: g5-sahel.")
    name = models.CharField(max_length=200, help_text="As the sources print it.")
    abbreviation = models.CharField(max_length=40, blank=True)
    kind = models.CharField(
        max_length=40, choices=OrganizationKind, default=OrganizationKind.NOT_STATED
    )
    countries = models.ManyToManyField(
        Country, through="Membership", related_name="organizations", blank=True
    )
    search = search_vector(name="A", abbreviation="A", note="C")

    objects: ClassVar = OrganizationQuerySet.as_manager()

    class Meta(Addressed.Meta):
        ordering = ["name", "id"]
        indexes = [
            *Addressed.Meta.indexes,
            GinIndex(fields=["search"], name="organization_search"),
        ]
        constraints = [
            *Addressed.Meta.constraints,
            *address_constraints("organization"),
            models.CheckConstraint(
                name="organization_kind_is_known", condition=within("kind", OrganizationKind)
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked(part_of="organization", shown_with=["country"])
class Membership(Part):
    """A country's membership of a grouping or organization, with its dates where stated."""

    IDENTITY = ("organization", "country", "start")

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="memberships"
    )
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="memberships")
    start = PartialDateField("member since", help_text="Blank where no source says.")
    start_earliest = EarliestField(of="start")
    start_latest = LatestField(of="start")
    end = PartialDateField("member until", help_text="Blank where no source says.")
    end_earliest = EarliestField(of="end")
    end_latest = LatestField(of="end")

    objects: ClassVar = TenureQuerySet.as_manager()

    class Meta:
        ordering = ["organization", "country"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "country", "start"],
                name="membership_is_entered_once",
                violation_error_message="This membership is already entered.",
            ),
            *partial_date_constraints("membership", "start"),
            *partial_date_constraints("membership", "end"),
            span_constraint("membership"),
        ]

    def __str__(self) -> str:
        return _("%(country)s in %(organization)s") % {
            "country": self.country,
            "organization": self.organization,
        }


class PersonQuerySet(RecordQuerySet):
    """People as their lists show them."""

    def for_reading(self) -> Self:
        return self.with_sort_name("name").prefetch_related(
            "offices__country",
            "offices__organization",
            "offices__citations__source",
            "citations__source",
        )


@tracked()
class Person(Addressed):
    """Someone named by a source."""

    slug = models.SlugField(max_length=80, unique=True, help_text="The address: florence-parly.")
    name = models.CharField(max_length=200, help_text="The fullest form a source prints.")
    search = search_vector(name="A", note="C")

    objects: ClassVar = PersonQuerySet.as_manager()

    class Meta(Addressed.Meta):
        verbose_name_plural = "people"
        ordering = ["name", "id"]
        indexes = [
            *Addressed.Meta.indexes,
            GinIndex(fields=["search"], name="person_search"),
            models.Index(Filed("name"), "id", condition=IS_PUBLISHED, name="person_by_name"),
        ]
        constraints = [*Addressed.Meta.constraints, *address_constraints("person")]

    def __str__(self) -> str:
        return self.name


@tracked(part_of="person")
class Office(Part):
    """An office that a person held, as a source gives it."""

    IDENTITY = ("person", "title", "country", "organization", "start")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="offices")
    title = models.CharField(max_length=200, help_text="Defence minister, in our words.")
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="offices"
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="offices"
    )
    start = PartialDateField("in office since", help_text="Blank where no source says.")
    start_earliest = EarliestField(of="start")
    start_latest = LatestField(of="start")
    end = PartialDateField("in office until", help_text="Blank where no source says.")
    end_earliest = EarliestField(of="end")
    end_latest = LatestField(of="end")

    objects: ClassVar = TenureQuerySet.as_manager()

    class Meta:
        ordering = ["person", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "title", "country", "organization", "start"],
                nulls_distinct=False,
                name="office_is_entered_once",
                violation_error_message="This office is already entered.",
            ),
            *partial_date_constraints("office", "start"),
            *partial_date_constraints("office", "end"),
            span_constraint("office"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"
