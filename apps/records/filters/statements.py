"""Questions about statements."""

from apps.records.filters.base import RecordFilter
from apps.records.filters.kinds import (
    ChoicesFilter,
    FromFilter,
    OnFilter,
    ReferencesFilter,
    UntilFilter,
)
from apps.records.models import Country, Operation, Organization, Person
from apps.records.models.statements import StatementQuerySet
from apps.records.vocabularies import Act, Attribution, QuoteForm, Setting, SpeakerKind, Stance

LATEST = "-said"


class StatementFilter(RecordFilter):
    """Statements by what they are about, who made them, how, and when."""

    operation = ReferencesFilter(
        "operations",
        Operation,
        ask=StatementQuerySet.about_operation,
        help_text="About these operations.",
    )
    country = ReferencesFilter(
        "countries",
        Country,
        ask=StatementQuerySet.about_country,
        help_text="About these countries.",
    )
    speaker = ReferencesFilter("speaker_person", Person, help_text="Said by these people.")
    speaker_country = ReferencesFilter(
        "speaker_country", Country, help_text="Said in the name of these countries."
    )
    organization = ReferencesFilter(
        "speaker_organization", Organization, help_text="Said by these organizations."
    )
    speaker_kind = ChoicesFilter(
        "speaker_kind", SpeakerKind, indexed=LATEST, help_text="What kind of speaker."
    )
    attribution = ChoicesFilter(
        "attribution", Attribution, indexed=LATEST, help_text="On record, unnamed ..."
    )
    quote_form = ChoicesFilter(
        "quote_form", QuoteForm, indexed=LATEST, help_text="Direct, indirect, mixed."
    )
    act = ChoicesFilter("act", Act, indexed=LATEST, help_text="What was done by saying it.")
    stance = ChoicesFilter(
        "stance", Stance, indexed=LATEST, help_text="How the speaker stands to it."
    )
    setting = ChoicesFilter(
        "setting", Setting, indexed=LATEST, help_text="Where and how it was said."
    )
    said_from = FromFilter("said", help_text="Said on this day or later.")
    said_until = UntilFilter("said", help_text="Said on this day or earlier.")
    on = OnFilter(ask=StatementQuerySet.said_on, help_text="Said on this day.")

    @property
    def reads_own_rows(self) -> bool:
        return True
