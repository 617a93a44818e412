"""Statements with who made them and what they are about."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.api.serializers.base import (
    CodeField,
    Expandable,
    PartialDateField,
    RecordSerializer,
    api_address,
)
from apps.api.serializers.citations import EvidenceSerializer
from apps.api.serializers.references import CountryReference, OperationReference
from apps.records.models import Country, Organization, Person
from apps.records.vocabularies import Act, Attribution, QuoteForm, Setting, SpeakerKind, Stance

TYPES: dict[type, str] = {Person: "people", Country: "countries", Organization: "organizations"}
LABEL = "label"


class SpeakerSerializer(serializers.Serializer):
    """Who said it: a record, or the words of a source that names nobody."""

    type = serializers.ChoiceField(choices=[*TYPES.values(), LABEL])
    id = serializers.CharField(allow_null=True, help_text="Null where the source names nobody.")
    name = serializers.CharField()
    api_url = serializers.URLField(allow_null=True)


@extend_schema_field(SpeakerSerializer)
class SpeakerField(serializers.Field):
    """The one speaker of a statement."""

    reads = ("speaker_person", "speaker_country", "speaker_organization")

    def to_representation(self, value: Any) -> dict[str, str | None]:
        if isinstance(value, str):
            return {"type": LABEL, "id": None, "name": value, "api_url": None}
        kind = TYPES[type(value)]
        address = api_address(self.context["site"], kind, value)
        return {"type": kind, "id": value.public_id, "name": str(value), "api_url": address}


# What of the model the field `speaker` shows.
SPEAKER_COLUMNS = (*SpeakerField.reads, "speaker_label")


class StatementSerializer(RecordSerializer):
    """One utterance as a source reports it."""

    entry = "statements"

    speaker = SpeakerField()
    office = serializers.CharField(help_text="The office the source gives the speaker, then.")
    speaker_kind = CodeField(SpeakerKind)
    attribution = CodeField(Attribution)
    quote_form = CodeField(QuoteForm)
    act = CodeField(Act)
    cue = serializers.CharField(help_text="The reporting verb as printed: said, warned.")
    words = serializers.CharField(help_text="The speaker’s own words as the source quotes them.")
    summary = serializers.CharField(help_text="What was said, in our own words.")
    language = serializers.CharField(help_text="BCP 47, of the words as printed.")
    original_language = serializers.CharField(help_text="BCP 47, of the words as spoken.")
    translation = serializers.CharField(
        help_text="Of words printed in another language: in English, by sahelref."
    )
    said = PartialDateField()
    setting = CodeField(Setting)
    occasion = serializers.CharField()
    place = serializers.CharField()
    addressee = serializers.CharField()
    stance = CodeField(Stance)
    operations = Expandable("operations", OperationReference, many=True)
    countries = Expandable("countries", CountryReference, many=True)
    note = serializers.CharField()
    citations = EvidenceSerializer(many=True)
