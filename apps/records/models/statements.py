"""What was said about the operations, by whom, in what form."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext as _

from apps.records.date_questions import certainly_between, days_index, possibly_between
from apps.records.fields import (
    EarliestField,
    LatestField,
    PartialDateField,
    partial_date_constraints,
)
from apps.records.models.actors import Organization, Person
from apps.records.models.base import (
    IS_PUBLISHED,
    ByIdentity,
    Record,
    RecordQuerySet,
    RowManager,
    search_vector,
)
from apps.records.models.operations import Operation
from apps.records.models.places import Country
from apps.records.vocabularies import (
    Act,
    Attribution,
    QuoteForm,
    Setting,
    SpeakerKind,
    Stance,
    within,
)
from apps.revisions.indexes import IndexOfNow
from apps.revisions.tracking import tracked

ENGLISH = "^en(-|$)"
# The fields whose codes lists are asked for most: one of them alone is read off an index.
CODES = ("act", "attribution", "quote_form", "setting", "speaker_kind", "stance")


def latest_of_each(code: str) -> IndexOfNow:
    """Return the index that has the published statements of each code, the latest first."""
    latest = models.F("said_earliest").desc(nulls_last=True)
    return IndexOfNow(code, latest, "id", condition=IS_PUBLISHED, name=f"statement_by_{code}")


class StatementQuerySet(RecordQuerySet):
    """Statements by what they are about."""

    def about_operation(self, *operations: Operation) -> Self:
        """Keep statements coded as about any of `operations`."""
        rows = StatementOperation.objects.filter(operation__in=operations)
        return self.filter(pk__in=rows.values("statement"))

    def about_country(self, *countries: Country) -> Self:
        """Keep statements coded as about any of `countries`."""
        rows = StatementCountry.objects.filter(country__in=countries)
        return self.filter(pk__in=rows.values("statement"))

    def said_on(self, day: date, *, certain: bool = False) -> Self:
        """Keep what was said on `day`: possibly (an unknown date too), or certainly."""
        between = certainly_between if certain else possibly_between
        return self.filter(between("said", day, day))

    def for_reading(self) -> Self:
        return self.select_related(
            "speaker_person", "speaker_country", "speaker_organization"
        ).prefetch_related("operations", "countries", "citations__source")


@tracked()
class Statement(Record):
    """One utterance as a source reports it: quoted words, or what was said in our own words."""

    speaker_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="statements"
    )
    speaker_country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="spoken_statements"
    )
    speaker_organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="statements"
    )
    speaker_label = models.CharField(
        "speaker as described",
        max_length=200,
        blank=True,
        help_text="Only where the source names nobody: unnamed defence sources in Paris.",
    )
    office = models.CharField(
        max_length=200, blank=True, help_text="The office the source gives the speaker, then."
    )
    speaker_kind = models.CharField(
        max_length=40, choices=SpeakerKind, default=SpeakerKind.NOT_STATED
    )
    attribution = models.CharField(
        max_length=40, choices=Attribution, default=Attribution.NOT_STATED
    )
    quote_form = models.CharField(max_length=40, choices=QuoteForm, default=QuoteForm.NOT_STATED)
    act = models.CharField("speech act", max_length=40, choices=Act, default=Act.NOT_STATED)
    cue = models.CharField(
        max_length=80, blank=True, help_text="The reporting verb as printed: said, warned."
    )
    words = models.TextField(
        "quoted words", blank=True, help_text="The speaker's own words as the source quotes them."
    )
    summary = models.TextField(
        blank=True, help_text="What was said, in our own words; for reported speech."
    )
    language = models.CharField(
        max_length=35, blank=True, help_text="BCP 47, of the words as printed: en, fr."
    )
    original_language = models.CharField(
        max_length=35, blank=True, help_text="BCP 47, of the words as spoken, where a source says."
    )
    translation = models.TextField(
        blank=True,
        db_default="",
        help_text="Of words that are printed in another language: in English, by us.",
    )
    said = PartialDateField("said on", help_text="Blank where no source says.")
    said_earliest = EarliestField(of="said")
    said_latest = LatestField(of="said")
    setting = models.CharField(max_length=40, choices=Setting, default=Setting.NOT_STATED)
    occasion = models.CharField(
        max_length=200, blank=True, help_text="In our words: New Year address to the armed forces."
    )
    place = models.CharField(max_length=100, blank=True, help_text="Where it was said.")
    addressee = models.CharField(max_length=200, blank=True, help_text="To whom it was said.")
    stance = models.CharField(max_length=40, choices=Stance, default=Stance.NOT_STATED)
    operations = models.ManyToManyField(
        Operation, through="StatementOperation", related_name="statements", blank=True
    )
    countries = models.ManyToManyField(
        Country, through="StatementCountry", related_name="statements_about", blank=True
    )
    search = search_vector(words="A", summary="A", speaker_label="B", occasion="B", office="C")

    objects: ClassVar = StatementQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = [models.F("said_earliest").desc(nulls_last=True), "id"]
        # The orders of its lists: a page is read off an index, and nothing is sorted.
        indexes = [
            *Record.Meta.indexes,
            GinIndex(fields=["search"], name="statement_search"),
            days_index("said", name="statement_days"),
            models.Index(
                models.F("said_earliest").desc(nulls_last=True),
                "id",
                condition=IS_PUBLISHED,
                name="statement_latest",
            ),
            models.Index("said_earliest", "id", condition=IS_PUBLISHED, name="statement_earliest"),
            *(latest_of_each(code) for code in CODES),
        ]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="statement_has_one_speaker",
                condition=(
                    models.Q(
                        speaker_person__isnull=False,
                        speaker_country=None,
                        speaker_organization=None,
                        speaker_label="",
                    )
                    | models.Q(
                        speaker_person=None,
                        speaker_country__isnull=False,
                        speaker_organization=None,
                        speaker_label="",
                    )
                    | models.Q(
                        speaker_person=None,
                        speaker_country=None,
                        speaker_organization__isnull=False,
                        speaker_label="",
                    )
                    | (
                        models.Q(
                            speaker_person=None, speaker_country=None, speaker_organization=None
                        )
                        & ~models.Q(speaker_label="")
                    )
                ),
                violation_error_message="Name one speaker: a person, a country, an organization,"
                " or a description where the source names nobody.",
            ),
            models.CheckConstraint(
                name="statement_says_something",
                condition=~models.Q(words="", summary=""),
                violation_error_message="Give the quoted words, or what was said in our words.",
            ),
            models.CheckConstraint(
                name="statement_quotes_where_it_says_so",
                condition=~models.Q(quote_form=QuoteForm.DIRECT, words=""),
                violation_error_message="A direct quotation needs the quoted words.",
            ),
            models.CheckConstraint(
                name="statement_translates_words_of_another_language",
                condition=models.Q(translation="")
                | ~(
                    models.Q(words="") | models.Q(language="") | models.Q(language__iregex=ENGLISH)
                ),
                violation_error_message="A translation needs quoted words and their language,"
                " which is not English.",
            ),
            models.CheckConstraint(
                name="statement_choices_are_known",
                condition=within("speaker_kind", SpeakerKind)
                & within("attribution", Attribution)
                & within("quote_form", QuoteForm)
                & within("act", Act)
                & within("setting", Setting)
                & within("stance", Stance),
            ),
            *partial_date_constraints("statement", "said"),
        ]

    def __str__(self) -> str:
        said = self.words or self.summary
        return _("%(name)s: %(what)s") % {"name": self.speaker, "what": said[:80]}

    @property
    def speaker(self) -> Person | Country | Organization | str:
        """Who said it: a record, or the description of a speaker that no source names."""
        return (
            self.speaker_person
            or self.speaker_country
            or self.speaker_organization
            or self.speaker_label
        )


@tracked(part_of="statement")
class StatementOperation(ByIdentity):
    """An operation that a statement is about."""

    IDENTITY = ("statement", "operation")

    # Looked for by the index of the constraint, which begins with it.
    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="about_operations", db_index=False
    )
    operation = models.ForeignKey(
        Operation, on_delete=models.PROTECT, related_name="about_statements"
    )

    objects: ClassVar = RowManager()

    class Meta:
        verbose_name = "operation it is about"
        verbose_name_plural = "operations it is about"
        ordering = ["statement", "operation"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "operation"], name="statement_names_an_operation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} about {self.operation}"


@tracked(part_of="statement")
class StatementCountry(ByIdentity):
    """A country that a statement is about."""

    IDENTITY = ("statement", "country")

    # Looked for by the index of the constraint, which begins with it.
    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="about_countries", db_index=False
    )
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="about_statements")

    objects: ClassVar = RowManager()

    class Meta:
        verbose_name = "country it is about"
        verbose_name_plural = "countries it is about"
        ordering = ["statement", "country"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "country"], name="statement_names_a_country_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} about {self.country}"
