"""Citations, beside the fact that they support and by themselves, and sources."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.api.serializers.base import (
    CodeField,
    CodesField,
    Expandable,
    PageAddress,
    PartialDateField,
    RecordSerializer,
    Reference,
    api_address,
)
from apps.api.serializers.references import SourceReference
from apps.records.models import TARGETS, Citation
from apps.records.models.evidence import PARTS
from apps.records.vocabularies import Caveat, Rank, SourceType, Standing

# The type, in the catalogue, of the record that each kind of citation is about: what it supports,
# or what the part that it supports belongs to.
RECORDS = {
    "operation": "operations",
    "milestone": "operations",
    "country": "countries",
    "organization": "organizations",
    "membership": "organizations",
    "person": "people",
    "office": "people",
    "contributor": "contributors",
    "ladder_step": "contributors",
    "strength": "strengths",
    "statement": "statements",
}


class SupportedRecordSerializer(serializers.Serializer):
    """The record that a citation supports, itself or by one of its parts."""

    type = serializers.ChoiceField(choices=sorted(set(RECORDS.values())))
    id = serializers.CharField(help_text="Stable public id.")
    api_url = serializers.URLField()


@extend_schema_field(SupportedRecordSerializer)
class SupportedRecord(serializers.Field):
    """The record that a citation supports, itself or by one of its parts."""

    reads = (*TARGETS, *(f"{part}__{owner}" for part, owner in PARTS.values()))

    def __init__(self) -> None:
        super().__init__(source="*")

    def to_representation(self, value: Citation) -> dict[str, str]:
        kind, owner = RECORDS[value.target_name], value.owner
        assert owner is not None, "held by citation_supports_one_record"
        address = api_address(self.context["site"], kind, owner)
        return {"type": kind, "id": owner.public_id, "api_url": address}


class CitationSerializer(RecordSerializer):
    """The passage of a source that supports one field of one record."""

    entry = "citations"

    page_url = PageAddress("source")
    source = Expandable("sources", SourceReference)  # type: ignore[assignment]  # a field, which DRF takes out of the class
    paragraph = serializers.IntegerField(help_text="Counted from 1; blank lines separate them.")
    excerpt = serializers.CharField(help_text="A short phrase, letter by letter.")
    record_type = serializers.ChoiceField(
        choices=list(TARGETS),
        source="target_name",
        help_text="The kind of record, or of part of one, that it supports.",
    )
    record = SupportedRecord()
    field = serializers.CharField(help_text="The field of the record that it supports.")
    as_written = serializers.CharField(help_text="The value as the source prints it.")
    standing = CodeField(Standing)
    rank = CodeField(Rank)
    rank_reason = serializers.CharField(help_text="Why it is preferred or deprecated.")
    caveats = CodesField(Caveat)
    note = serializers.CharField()


class EvidenceSerializer(Reference):
    """A citation beside the fact that it supports: all of it but the record."""

    entry = "citations"

    source = SourceReference()  # type: ignore[assignment]  # a field, which DRF takes out of the class
    paragraph = serializers.IntegerField(help_text="Counted from 1; blank lines separate them.")
    excerpt = serializers.CharField(help_text="A short phrase, letter by letter.")
    field = serializers.CharField(help_text="The field around it that it supports.")
    as_written = serializers.CharField(help_text="The value as the source prints it.")
    standing = CodeField(Standing)
    rank = CodeField(Rank)
    rank_reason = serializers.CharField(help_text="Why it is preferred or deprecated.")
    caveats = CodesField(Caveat)
    note = serializers.CharField()


class SourceSerializer(RecordSerializer):
    """What was read; whatever it does not state of itself is empty."""

    entry = "sources"

    type = CodeField(SourceType)
    title = serializers.CharField(help_text="As printed; a title of ours [in square brackets].")
    publisher = serializers.CharField()
    author = serializers.CharField()
    dateline = serializers.CharField(help_text="As printed: PARIS.")
    published = PartialDateField()
    url = serializers.CharField(help_text="Where it can be read.")
    archive_url = serializers.CharField()
    language = serializers.CharField(help_text="BCP 47: en, fr.")
    paragraphs = serializers.IntegerField(allow_null=True, help_text="How many it has.")
    text_sha256 = serializers.CharField(help_text="Of the text as read, in UTF-8.")
    note = serializers.CharField()
