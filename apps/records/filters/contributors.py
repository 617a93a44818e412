"""Questions about contributors to operations and about strength figures."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F

from apps.records.filters.base import RecordFilter
from apps.records.filters.kinds import (
    ArrayChoicesFilter,
    ChoicesFilter,
    Counts,
    FromFilter,
    OnFilter,
    Records,
    ReferencesFilter,
    UntilFilter,
    count_of,
)
from apps.records.ladders import with_status_on
from apps.records.models import Contributor, Country, LadderStep, Operation, Organization
from apps.records.models.contributors import StrengthQuerySet
from apps.records.models.functions import IsAnyOf
from apps.records.vocabularies import (
    ContributorRole,
    LadderStatus,
    PersonnelType,
    StrengthBasis,
    StrengthScope,
)


def on_steps(queryset: Records, steps: Records) -> Records:
    """Keep the contributors whose ladder has any of `steps`."""
    return queryset.filter(pk__in=steps.order_by().values("contributor"))


class StatusFilter(ChoicesFilter):
    """The status of a contributor: the current one, or with `on` the one of that day."""

    parent: "ContributorFilter"

    def narrow(self, queryset: Records, value: list[str]) -> Records:
        if (steps := self.parent.steps()) is not None:
            return on_steps(queryset, steps.filter(status__in=value))
        current = Contributor.objects.with_status().filter(current_status__in=value)
        return queryset.filter(pk__in=current.order_by().values("pk"))

    def counts(self, queryset: Records) -> Counts:
        found = queryset.order_by().values("pk")
        if (steps := self.parent.steps()) is None:
            current = Contributor.objects.with_status().filter(pk__in=found)
            return count_of(current, "current_status")
        # In an array: the planner would look through the steps anew for each of them.
        held = steps.filter(IsAnyOf(F("contributor"), ArraySubquery(found)))
        return count_of(held, "status")


class ContributorFilter(RecordFilter):
    """Contributors by operation, by who contributes, and by where the promise stands."""

    operation = ReferencesFilter("operation", Operation, help_text="Contributors to these.")
    country = ReferencesFilter("country", Country, help_text="These countries as contributors.")
    organization = ReferencesFilter(
        "organization", Organization, help_text="These organizations as contributors."
    )
    role = ArrayChoicesFilter("roles", ContributorRole, help_text="What it contributes.")
    status = StatusFilter(
        "current_status",
        LadderStatus,
        help_text="The highest step of its status ladder; with `on`, the step of that day.",
    )
    on = OnFilter(
        help_text="With a step of the status ladder that held on this day; `status_on_day` of each"
        " then says which."
    )

    @property
    def qs(self) -> Records:
        """The contributors asked for, with `status_on_day` where a day was. Raises BadParameter."""
        found, day = super().qs, self.asked["on"]
        return found if day is None else with_status_on(found, day, certain=self.certain)

    def steps(self) -> Records | None:
        """Return the steps that held on the day asked for; None where no day was."""
        if self.asked["on"] is None:
            return None
        return LadderStep.objects.held_on(self.asked["on"], certain=self.certain)

    def narrowed(self, asked: dict[str, Any]) -> Records:
        queryset = super().narrowed(asked)
        steps = self.steps()
        return queryset if steps is None else on_steps(queryset, steps)


class StrengthFilter(RecordFilter):
    """Strength figures by whose they are, on what basis, and when."""

    operation = ReferencesFilter("operation", Operation, help_text="Of these operations.")
    contributor = ReferencesFilter(
        "contributor", Contributor, help_text="The shares of these contributors."
    )
    basis = ChoicesFilter("basis", StrengthBasis, help_text="Authorised, planned, reported ...")
    scope = ChoicesFilter("scope", StrengthScope, help_text="The whole, a share, a unit.")
    personnel_type = ChoicesFilter("personnel_type", PersonnelType, help_text="Who is counted.")
    dated_from = FromFilter("date", help_text="For this day or later.")
    dated_until = UntilFilter("date", help_text="For this day or earlier.")
    on = OnFilter(ask=StrengthQuerySet.dated_on, help_text="Given for this day.")
