"""Questions about sources and citations."""

from apps.records.filters import values
from apps.records.filters.base import RecordFilter
from apps.records.filters.kinds import (
    ArrayChoicesFilter,
    ChoicesFilter,
    FromFilter,
    ListFilter,
    ParameterFilter,
    Records,
    ReferencesFilter,
    TextsFilter,
    UntilFilter,
)
from apps.records.models import (
    TARGETS,
    Contributor,
    Country,
    Operation,
    Organization,
    Person,
    Source,
    Statement,
    StrengthFigure,
    citable_fields,
)
from apps.records.models.evidence import CitationQuerySet
from apps.records.models.sources import SourceQuerySet
from apps.records.vocabularies import Caveat, Rank, SourceType, Standing


class SourceFilter(RecordFilter):
    """Sources by what they are and where they came out."""

    type = ChoicesFilter("type", SourceType, help_text="What kind of source it is.")
    language = TextsFilter("language", help_text="Language codes (BCP 47): en, fr.")
    publisher = TextsFilter("publisher", help_text="The publisher, exactly as recorded.")
    url = ParameterFilter(
        ask=SourceQuerySet.at_address, help_text="Its address or that of its archived copy, exact."
    )
    published_from = FromFilter("published", help_text="Published on this day or later.")
    published_until = UntilFilter("published", help_text="Published on this day or earlier.")


# Every field that a citation of any kind can support.
FIELDS = sorted({name for model in TARGETS.values() for name in citable_fields(model)})


class FieldFilter(TextsFilter):
    """The field that a citation supports."""

    field_class = values.ChoicesField


class RecordTypeFilter(ListFilter):
    """What a citation supports, by the name of its key."""

    field_class = values.ChoicesField

    def narrow(self, queryset: Records, value: list[str]) -> Records:
        return queryset.supporting_any(value)  # type: ignore[attr-defined]


class CitationFilter(RecordFilter):
    """Citations by source, by what they support, and by how they stand.

    A record is named by the parameter of its type; its parts (milestones, memberships, offices,
    steps of the ladder) are meant with it.
    """

    source = ReferencesFilter("source", Source, help_text="From these sources.")
    record_type = RecordTypeFilter(
        codes=list(TARGETS), help_text="The kind of record or part that the passage supports."
    )
    operation = ReferencesFilter(
        "operation", Operation, ask=CitationQuerySet.about, help_text="Of these operations."
    )
    country = ReferencesFilter(
        "country", Country, ask=CitationQuerySet.about, help_text="Of these countries."
    )
    organization = ReferencesFilter(
        "organization",
        Organization,
        ask=CitationQuerySet.about,
        help_text="Of these organizations.",
    )
    person = ReferencesFilter(
        "person", Person, ask=CitationQuerySet.about, help_text="Of these people."
    )
    contributor = ReferencesFilter(
        "contributor", Contributor, ask=CitationQuerySet.about, help_text="Of these contributors."
    )
    strength = ReferencesFilter(
        "strength", StrengthFigure, ask=CitationQuerySet.about, help_text="Of these figures."
    )
    statement = ReferencesFilter(
        "statement", Statement, ask=CitationQuerySet.about, help_text="Of these statements."
    )
    field = FieldFilter(
        "field", codes=FIELDS, help_text="The field that the passage supports: status, start."
    )
    standing = ChoicesFilter("standing", Standing, help_text="Accepted or conflicting.")
    rank = ChoicesFilter("rank", Rank, help_text="Preferred, normal, deprecated.")
    caveat = ArrayChoicesFilter("caveats", Caveat, help_text="With any of these caveats.")

    @property
    def reads_own_rows(self) -> bool:
        # What is about a record is about its parts, which are others' rows.
        return not any(self.filters[name].ask for name, value in self.asked.items() if value)
