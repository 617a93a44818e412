"""Operations, their theatre and their milestones."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
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
    ByIdentity,
    Part,
    RecordQuerySet,
    RowManager,
    address_constraints,
    search_vector,
)
from apps.records.models.places import Country
from apps.records.vocabularies import (
    ConductingBody,
    LegalBasis,
    MandateFunction,
    MilestoneKind,
    OperationStatus,
    OperationType,
    all_within,
    within,
)
from apps.revisions.tracking import tracked


class OperationQuerySet(RecordQuerySet):
    """Operations by where they act and when they ran."""

    def in_country(self, *countries: Country) -> Self:
        """Keep operations with any of `countries` in their theatre."""
        rows = OperationCountry.objects.filter(country__in=countries)
        return self.filter(pk__in=rows.values("operation"))

    def active_on(self, day: date, *, certain: bool = False) -> Self:
        """Keep operations that ran on `day`: possibly, or certainly.

        An unknown start or end leaves it possible and never certain.
        """
        return self.filter(certainly_on(day) if certain else possibly_on(day))

    def for_reading(self) -> Self:
        return (
            self.with_sort_name("name")
            .select_related("predecessor")
            .prefetch_related("theatre", "milestones__citations__source", "citations__source")
        )


@tracked()
class Operation(Addressed):
    """A security operation, mission, force or the political framework above one."""

    slug = models.SlugField(max_length=80, unique=True, help_text="Its address: barkhane.")
    name = models.CharField(
        max_length=200, help_text="As the sources print it; [in brackets] where they name none."
    )
    short_name = models.CharField(max_length=80, blank=True, help_text="Takuba")
    type = models.CharField(max_length=40, choices=OperationType, default=OperationType.NOT_STATED)
    conducting_body = models.CharField(
        max_length=40, choices=ConductingBody, default=ConductingBody.NOT_STATED
    )
    functions = ArrayField(
        models.CharField(max_length=40, choices=MandateFunction),
        default=list,
        blank=True,
        help_text="What it is to do; several may apply. Empty where no source says.",
    )
    mandate = models.TextField(blank=True, help_text="In our own words, short.")
    legal_basis = models.CharField(max_length=40, choices=LegalBasis, default=LegalBasis.NOT_STATED)
    theatre = models.ManyToManyField(
        Country, through="OperationCountry", related_name="operations", blank=True
    )
    focus_area = models.CharField(
        max_length=200, blank=True, help_text="As the sources put it: tri-border zone ..."
    )
    start = PartialDateField(help_text="First day it ran; blank where no source says.")
    start_earliest = EarliestField(of="start")
    start_latest = LatestField(of="start")
    end = PartialDateField(help_text="Last day it ran; blank where no source says or it runs.")
    end_earliest = EarliestField(of="end")
    end_latest = LatestField(of="end")
    status = models.CharField(
        max_length=40, choices=OperationStatus, default=OperationStatus.NOT_STATED
    )
    predecessor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    search = search_vector(name="A", short_name="A", mandate="B", focus_area="B", note="C")

    objects: ClassVar = OperationQuerySet.as_manager()

    class Meta(Addressed.Meta):
        ordering = ["name", "id"]
        indexes = [
            *Addressed.Meta.indexes,
            GinIndex(fields=["search"], name="operation_search"),
        ]
        constraints = [
            *Addressed.Meta.constraints,
            *address_constraints("operation"),
            models.CheckConstraint(
                name="operation_choices_are_known",
                condition=within("type", OperationType)
                & within("conducting_body", ConductingBody)
                & within("legal_basis", LegalBasis)
                & within("status", OperationStatus)
                & all_within("functions", MandateFunction),
                violation_error_message="A choice is not one of its list.",
            ),
            models.CheckConstraint(
                name="operation_does_not_precede_itself",
                condition=models.Q(predecessor=None) | ~models.Q(predecessor=models.F("id")),
                violation_error_message="An operation is not its own predecessor.",
            ),
            *partial_date_constraints("operation", "start"),
            *partial_date_constraints("operation", "end"),
            span_constraint("operation"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        """The name used in running text."""
        return self.short_name or self.name


@tracked(part_of="operation")
class OperationCountry(ByIdentity):
    """A country in the theatre of an operation."""

    IDENTITY = ("operation", "country")

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="theatre_rows")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="theatre_rows")

    objects: ClassVar = RowManager()

    class Meta:
        verbose_name = "theatre country"
        verbose_name_plural = "theatre"
        ordering = ["operation", "country"]
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "country"],
                name="country_is_in_a_theatre_once",
                violation_error_message="This country is already in the theatre.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.operation} in {self.country}"


@tracked(part_of="operation")
class Milestone(Part):
    """A milestone of an operation: when it was expected, when it was reached."""

    IDENTITY = ("operation", "kind", "expected")

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(max_length=40, choices=MilestoneKind)
    expected = PartialDateField(help_text="For when it was announced, as first stated.")
    expected_earliest = EarliestField(of="expected")
    expected_latest = LatestField(of="expected")
    reached = PartialDateField(help_text="When it came; blank until a source says so.")
    reached_earliest = EarliestField(of="reached")
    reached_latest = LatestField(of="reached")

    objects: ClassVar = RowManager()

    class Meta:
        ordering = ["operation", "kind", "id"]
        constraints = [
            models.CheckConstraint(
                name="milestone_kind_is_known", condition=within("kind", MilestoneKind)
            ),
            models.UniqueConstraint(
                fields=["operation", "kind", "expected"],
                name="milestone_is_entered_once",
                violation_error_message="This milestone is already entered.",
            ),
            *partial_date_constraints("milestone", "expected"),
            *partial_date_constraints("milestone", "reached"),
        ]

    def __str__(self) -> str:
        return _("%(name)s: %(what)s") % {
            "name": self.operation,
            "what": self.get_kind_display(),
        }
