"""Countries, organizations and people."""

from rest_framework import serializers

from apps.api.serializers.base import CodeField, PartialDateField, RecordSerializer
from apps.api.serializers.citations import EvidenceSerializer
from apps.api.serializers.references import CountryReference, OrganizationReference
from apps.records.vocabularies import OrganizationKind


class CountryMembershipSerializer(serializers.Serializer):
    """An organization that the country around it belongs to."""

    organization = OrganizationReference()
    start = PartialDateField()
    end = PartialDateField()
    note = serializers.CharField()
    citations = EvidenceSerializer(many=True)


class MemberSerializer(serializers.Serializer):
    """A country that belongs to the organization around it."""

    country = CountryReference()
    start = PartialDateField()
    end = PartialDateField()
    note = serializers.CharField()
    citations = EvidenceSerializer(many=True)


class CountrySerializer(RecordSerializer):
    """A state, by ISO 3166-1."""

    entry = "countries"

    iso2 = serializers.CharField(help_text="ISO 3166-1 alpha-2: ML.")
    iso3 = serializers.CharField(help_text="ISO 3166-1 alpha-3: MLI.")
    numeric = serializers.CharField(help_text="ISO 3166-1 numeric: 466.")
    name_en = serializers.CharField(help_text="In English, as in CLDR.")
    name_fr = serializers.CharField(help_text="In French, as in CLDR.")
    memberships = CountryMembershipSerializer(many=True)
    note = serializers.CharField()
    citations = EvidenceSerializer(many=True)


class OrganizationSerializer(RecordSerializer):
    """A body that acts or speaks."""

    entry = "organizations"

    slug = serializers.CharField(help_text="g5-sahel")
    name = serializers.CharField()
    abbreviation = serializers.CharField()
    kind = CodeField(OrganizationKind)
    members = MemberSerializer(many=True, source="memberships")
    note = serializers.CharField()
    citations = EvidenceSerializer(many=True)


class OfficeSerializer(serializers.Serializer):
    """An office that a person held."""

    title = serializers.CharField(help_text="In our words: defence minister.")
    country = CountryReference(allow_null=True)
    organization = OrganizationReference(allow_null=True)
    start = PartialDateField()
    end = PartialDateField()
    note = serializers.CharField()
    citations = EvidenceSerializer(many=True)


class PersonSerializer(RecordSerializer):
    """Someone named by a source."""

    entry = "people"

    slug = serializers.CharField(help_text="florence-parly")
    name = serializers.CharField(help_text="The fullest form a source prints.")
    offices = OfficeSerializer(many=True)
    note = serializers.CharField()
    citations = EvidenceSerializer(many=True)
