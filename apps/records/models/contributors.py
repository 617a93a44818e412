"""Who contributes to an operation, how far the promise has come, and with how many people."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from apps.records.date_questions import certainly_between, possibly_between
from apps.records.fields import (
    EarliestField,
    LatestField,
    PartialDateField,
    partial_date_constraints,
)
from apps.records.models.actors import Organization
from apps.records.models.base import Part, Record, RecordQuerySet
from apps.records.models.operations import Operation
from apps.records.models.places import Country
from apps.records.vocabularies import (
    ContributorRole,
    LadderStatus,
    PersonnelType,
    StrengthBasis,
    StrengthBound,
    StrengthScope,
    all_within,
    within,
)
from apps.revisions.tracking import tracked


class LadderStepQuerySet(RecordQuerySet):
    """Steps of status ladders by when they held."""

    def held_on(self, day: date, *, certain: bool = False) -> Self:
        """Keep the steps that held on `day`: begun by then, and no higher step begun by then.

        Possibly: it may have begun, and no higher step had certainly begun. Certainly: it had
        begun, and no higher step may have. A step without a date may have begun at any time.
        """
        higher = LadderStep.objects.filter(
            contributor=models.OuterRef("contributor"), place__gt=models.OuterRef("place")
        )
        return self.begun_by(day, certain=certain).exclude(
            models.Exists(higher.begun_by(day, certain=not certain))
        )

    def begun_by(self, day: date, *, certain: bool = False) -> Self:
        """Keep the steps that had begun by `day`: possibly, or certainly."""
        between = certainly_between if certain else possibly_between
        return self.filter(between("since", None, day))


class ContributorQuerySet(RecordQuerySet):
    """Contributors by where their promise stands."""

    def matching(self, text: str) -> Self:
        """Keep contributors with the words of `text` in their own name or their operation's."""
        return self.filter(
            models.Q(operation__in=Operation.objects.matching(text).order_by().values("pk"))
            | models.Q(country__in=Country.objects.matching(text).order_by().values("pk"))
            | models.Q(organization__in=Organization.objects.matching(text).order_by().values("pk"))
        )

    def for_reading(self) -> Self:
        return (
            self.with_status()
            .with_sort_name("country__name_en", "organization__name")
            .select_related("operation", "country", "organization")
            .prefetch_related("ladder__citations__source", "citations__source")
        )

    def with_status(self) -> Self:
        """Add `current_status`: that of the highest step, "not_stated" without one."""
        newest = LadderStep.objects.filter(contributor=models.OuterRef("pk")).order_by("-place")
        return self.annotate(
            current_status=Coalesce(
                models.Subquery(newest.values("status")[:1]),
                models.Value(LadderStatus.NOT_STATED.value),
            )
        )


@tracked()
class Contributor(Record):
    """A country or an organization in an operation: exactly one of the two."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="contributors")
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )
    roles = ArrayField(
        models.CharField(max_length=40, choices=ContributorRole),
        default=list,
        blank=True,
        help_text="What it contributes; several may apply. Empty where no source says.",
    )

    objects: ClassVar = ContributorQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["operation", "id"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="contributor_is_a_country_or_an_organization",
                condition=models.Q(country=None) ^ models.Q(organization=None),
                violation_error_message="Name a country or an organization, and only one of them.",
            ),
            models.CheckConstraint(
                name="contributor_roles_are_known", condition=all_within("roles", ContributorRole)
            ),
            models.UniqueConstraint(
                fields=["operation", "country", "organization"],
                nulls_distinct=False,
                name="contributor_is_entered_once",
                violation_error_message="This contributor to the operation is already entered.",
            ),
        ]

    def __str__(self) -> str:
        return _("%(actor)s in %(operation)s") % {
            "actor": self.actor,
            "operation": self.operation.display_name,
        }

    @property
    def actor(self) -> Country | Organization:
        """The country or organization that contributes."""
        actor = self.country or self.organization
        assert actor is not None, "held by contributor_is_a_country_or_an_organization"
        return actor

    def get_absolute_url(self) -> str:
        return f"{self.operation.get_absolute_url()}#contributor-{self.public_id}"


@tracked(part_of="contributor")
class LadderStep(Part):
    """A step of a contributor's status ladder: what was promised, when, for when, on what terms.

    The current status is that of the step with the highest `place`. A step that a source reports
    as planned is never entered as done.
    """

    IDENTITY = ("contributor", "place")

    contributor = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="ladder")
    place = models.PositiveSmallIntegerField(
        help_text="Order of the steps of this contributor, from 1; dates may be unknown."
    )
    status = models.CharField(max_length=40, choices=LadderStatus)
    since = PartialDateField(help_text="When this status took hold; blank where no source says.")
    since_earliest = EarliestField(of="since")
    since_latest = LatestField(of="since")
    expected = PartialDateField(help_text="For when it was promised; blank where no source says.")
    expected_earliest = EarliestField(of="expected")
    expected_latest = LatestField(of="expected")
    condition = models.CharField(
        max_length=200, blank=True, help_text="What it hangs on: a vote in parliament ..."
    )

    objects: ClassVar = LadderStepQuerySet.as_manager()

    class Meta:
        ordering = ["contributor", "place"]
        constraints = [
            models.CheckConstraint(
                name="ladder_status_is_known", condition=within("status", LadderStatus)
            ),
            models.CheckConstraint(
                name="ladder_counts_from_one",
                condition=models.Q(place__gte=1),
                violation_error_message="Steps are counted from 1.",
            ),
            models.UniqueConstraint(
                fields=["contributor", "place"],
                name="ladder_has_one_step_a_place",
                violation_error_message="Another step of this contributor has this place.",
            ),
            *partial_date_constraints("ladder_step", "since"),
            *partial_date_constraints("ladder_step", "expected"),
        ]

    def __str__(self) -> str:
        return _("%(name)s: %(what)s") % {
            "name": self.contributor,
            "what": self.get_status_display(),
        }


class StrengthQuerySet(RecordQuerySet):
    """Strength figures by the day they hold for."""

    def matching(self, text: str) -> Self:
        """Keep figures of operations and contributors with the words of `text` in their names."""
        return self.filter(
            models.Q(operation__in=Operation.objects.matching(text).order_by().values("pk"))
            | models.Q(contributor__in=Contributor.objects.matching(text).order_by().values("pk"))
        )

    def dated_on(self, day: date, *, certain: bool = False) -> Self:
        """Keep figures given for `day`: possibly (an unknown date too), or certainly."""
        between = certainly_between if certain else possibly_between
        return self.filter(between("date", day, day))

    def for_reading(self) -> Self:
        return self.select_related(
            "operation",
            "contributor__operation",
            "contributor__country",
            "contributor__organization",
        ).prefetch_related("citations__source")


@tracked()
class StrengthFigure(Record):
    """Personnel of an operation, or of one contributor to it, at a date: at least and at most."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="strengths")
    contributor = models.ForeignKey(
        Contributor,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="strengths",
        help_text="Whose share it is; blank for the whole operation.",
    )
    date = PartialDateField(help_text="The day the figure holds for; blank where no source says.")
    date_earliest = EarliestField(of="date")
    date_latest = LatestField(of="date")
    least = models.PositiveIntegerField(null=True, blank=True, help_text="Persons, at least.")
    most = models.PositiveIntegerField(null=True, blank=True, help_text="Persons, at most.")
    bound = models.CharField(max_length=40, choices=StrengthBound, default=StrengthBound.NOT_STATED)
    basis = models.CharField(max_length=40, choices=StrengthBasis, default=StrengthBasis.NOT_STATED)
    scope = models.CharField(max_length=40, choices=StrengthScope, default=StrengthScope.NOT_STATED)
    personnel_type = models.CharField(
        max_length=40, choices=PersonnelType, default=PersonnelType.NOT_STATED
    )

    objects: ClassVar = StrengthQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["operation", "date_earliest", "id"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="strength_has_a_figure",
                condition=~models.Q(least=None, most=None),
                violation_error_message="Give at least one of the two figures.",
            ),
            models.CheckConstraint(
                name="strength_least_is_not_above_most",
                condition=models.Q(least=None)
                | models.Q(most=None)
                | models.Q(least__lte=models.F("most")),
                violation_error_message="The least cannot be above the most.",
            ),
            models.CheckConstraint(
                name="strength_choices_are_known",
                condition=within("bound", StrengthBound)
                & within("basis", StrengthBasis)
                & within("scope", StrengthScope)
                & within("personnel_type", PersonnelType),
            ),
            *partial_date_constraints("strength", "date"),
        ]

    def __str__(self) -> str:
        whose = self.contributor or self.operation
        return _("%(whose)s: %(figures)s persons") % {"whose": whose, "figures": self.figures}

    @property
    def figures(self) -> str:
        """The figures in digits: "4,500", "at least 4,000", "4,000 to 4,500"."""
        least, most = (_grouped(number) for number in (self.least, self.most))
        if least == most:
            return least
        if not most:
            return _("at least %(number)s") % {"number": least}
        if not least:
            return _("at most %(number)s") % {"number": most}
        return _("%(least)s to %(most)s") % {"least": least, "most": most}

    def get_absolute_url(self) -> str:
        return f"{self.operation.get_absolute_url()}#strength-{self.public_id}"


def _grouped(number: int | None) -> str:
    """Write a number with its thousands set apart as the reader's language does."""
    return "" if number is None else str(number_format(number, force_grouping=True))
