"""Operations with their theatre and milestones."""

from rest_framework import serializers

from apps.api.serializers.base import (
    CodeField,
    CodesField,
    Expandable,
    PartialDateField,
    RecordSerializer,
)
from apps.api.serializers.citations import EvidenceSerializer
from apps.api.serializers.references import CountryReference, OperationReference
from apps.records.vocabularies import (
    ConductingBody,
    LegalBasis,
    MandateFunction,
    MilestoneKind,
    OperationStatus,
    OperationType,
)


class MilestoneSerializer(serializers.Serializer):
    """A milestone of an operation: for when it was expected, when it was reached."""

    kind = CodeField(MilestoneKind)
    expected = PartialDateField()
    reached = PartialDateField()
    note = serializers.CharField()
    citations = EvidenceSerializer(many=True)


class OperationSerializer(RecordSerializer):
    """A security operation, mission or force."""

    entry = "operations"

    slug = serializers.CharField(help_text="barkhane")
    name = serializers.CharField(help_text="As the sources print it.")
    short_name = serializers.CharField()
    type = CodeField(OperationType)
    conducting_body = CodeField(ConductingBody)
    functions = CodesField(MandateFunction)
    mandate = serializers.CharField(help_text="In our own words.")
    legal_basis = CodeField(LegalBasis)
    theatre = Expandable("countries", CountryReference, many=True)
    focus_area = serializers.CharField()
    start = PartialDateField()
    end = PartialDateField()
    status = CodeField(OperationStatus)
    milestones = MilestoneSerializer(many=True)
    predecessor = Expandable("operations", OperationReference, allow_null=True)
    contributors = Expandable("contributors", many=True)
    strengths = Expandable("strengths", many=True)
    note = serializers.CharField()
    citations = EvidenceSerializer(many=True)
