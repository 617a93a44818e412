"""Contributors with their status ladder, and strength figures."""

from typing import Any

from rest_framework import serializers

from apps.api.serializers.base import (
    CodeField,
    CodesField,
    Expandable,
    OnDay,
    PageAddress,
    PartialDateField,
    RecordSerializer,
)
from apps.api.serializers.citations import EvidenceSerializer
from apps.api.serializers.references import (
    ContributorReference,
    CountryReference,
    OperationReference,
    OrganizationReference,
)
from apps.records.vocabularies import (
    ContributorRole,
    LadderStatus,
    PersonnelType,
    StrengthBasis,
    StrengthBound,
    StrengthScope,
)


class LadderStepSerializer(serializers.Serializer):
    """A step of the status ladder: what was promised, when, for when, on what terms."""

    place = serializers.IntegerField(help_text="Order of the steps, from 1.")
    status = CodeField(LadderStatus)
    since = PartialDateField()
    expected = PartialDateField()
    condition = serializers.CharField(help_text="What it was subject to.")
    note = serializers.CharField()
    citations = EvidenceSerializer(many=True)


class CurrentStatus(CodeField):
    """The status of the last step of the ladder; "not_stated" without one."""

    reads = ("ladder",)

    def to_representation(self, value: Any) -> str:
        steps = sorted(value.ladder.all(), key=lambda step: step.place)
        return steps[-1].status if steps else LadderStatus.NOT_STATED.value


class StatusOnDaySerializer(serializers.Serializer):
    """A status that held on the day asked for."""

    status = CodeField(LadderStatus)
    certain = serializers.BooleanField(
        help_text="False where it only may have held, as dates are uncertain."
    )


class ContributorSerializer(RecordSerializer):
    """A country or an organization in an operation: exactly one of the two is named."""

    entry = "contributors"

    page_url = PageAddress("operation")
    operation = Expandable("operations", OperationReference)
    country = Expandable("countries", CountryReference, allow_null=True)
    organization = Expandable("organizations", OrganizationReference, allow_null=True)
    roles = CodesField(ContributorRole)
    status = CurrentStatus(
        LadderStatus,
        source="*",
        help_text="That of the last step of the ladder: the status of today, whatever `on` asks.",
    )
    ladder = LadderStepSerializer(many=True)
    strengths = Expandable("strengths", many=True)
    note = serializers.CharField()
    citations = EvidenceSerializer(many=True)
    status_on_day = OnDay(
        StatusOnDaySerializer(),
        help_text="With `on`: each status that held on that day, in the order of the ladder, as"
        " `match` reads dates. Null without `on`, and where a contributor is expanded.",
    )


class StrengthSerializer(RecordSerializer):
    """Personnel of an operation, or of one contributor to it, at a date."""

    entry = "strengths"

    page_url = PageAddress("operation")
    operation = Expandable("operations", OperationReference)
    contributor = Expandable("contributors", ContributorReference, allow_null=True)
    date = PartialDateField()
    least = serializers.IntegerField(allow_null=True, help_text="Persons, at least.")
    most = serializers.IntegerField(allow_null=True, help_text="Persons, at most.")
    bound = CodeField(StrengthBound)
    basis = CodeField(StrengthBasis)
    scope = CodeField(StrengthScope)
    personnel_type = CodeField(PersonnelType)
    note = serializers.CharField()
    citations = EvidenceSerializer(many=True)
