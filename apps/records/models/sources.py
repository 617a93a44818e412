"""The sources: what was read, and its stored text."""

from hashlib import sha256
from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models

from apps.records.fields import (
    EarliestField,
    LatestField,
    PartialDateField,
    partial_date_constraints,
)
from apps.records.models.base import IS_PUBLISHED, Record, RecordQuerySet, search_vector
from apps.records.models.functions import Filed
from apps.records.vocabularies import SourceType, within
from apps.revisions.tracking import tracked


def paragraphs_of(text: str) -> list[str]:
    """Split a source's text at blank lines; paragraph 1 of a citation is the first of the list."""
    blocks = text.replace("\r\n", "\n").split("\n\n")
    return [block.strip() for block in blocks if block.strip()]


class SourceQuerySet(RecordQuerySet):
    """Sources by where they are."""

    def at_address(self, url: str) -> Self:
        """Keep sources with exactly this address, their own or that of the archived copy."""
        return self.filter(models.Q(url=url) | models.Q(archive_url=url))

    def for_reading(self) -> Self:
        return self.with_sort_name("title")


@tracked()
class Source(Record):
    """What was read. Whatever it does not state of itself is blank."""

    type = models.CharField(max_length=40, choices=SourceType, default=SourceType.NOT_STATED)
    title = models.CharField(
        max_length=300, help_text="As printed; a title of ours [in square brackets]."
    )
    publisher = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=200, blank=True)
    dateline = models.CharField(max_length=100, blank=True, help_text="As printed: PARIS.")
    published = PartialDateField(help_text="Blank where the source does not say.")
    published_earliest = EarliestField(of="published")
    published_latest = LatestField(of="published")
    url = models.URLField("address", max_length=1000, blank=True)
    archive_url = models.URLField("archived at", max_length=1000, blank=True)
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47: en, fr.")
    paragraphs = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many, separated by blank lines."
    )
    text_sha256 = models.CharField(
        "SHA-256 of the text",
        max_length=64,
        blank=True,
        validators=[RegexValidator(r"^[0-9a-f]{64}$", "64 hexadecimal digits.")],
        help_text="Of the text as read, in UTF-8.",
    )
    search = search_vector(title="A", publisher="B", author="B", note="C")

    objects: ClassVar = SourceQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = [models.F("published_earliest").desc(nulls_last=True), "title", "id"]
        # The orders of its lists: a page is read off an index, and nothing is sorted.
        indexes = [
            *Record.Meta.indexes,
            GinIndex(fields=["search"], name="source_search"),
            models.Index(
                models.F("published_earliest").desc(nulls_last=True),
                Filed("title"),
                "id",
                condition=IS_PUBLISHED,
                name="source_latest",
            ),
            models.Index(
                "published_earliest",
                Filed("title"),
                "id",
                condition=IS_PUBLISHED,
                name="source_earliest",
            ),
            models.Index(Filed("title"), "id", condition=IS_PUBLISHED, name="source_by_title"),
        ]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="source_type_is_known", condition=within("type", SourceType)
            ),
            models.CheckConstraint(
                name="source_has_a_title",
                condition=~models.Q(title=""),
                violation_error_message="Give the title, or one of ours in square brackets.",
            ),
            models.CheckConstraint(
                name="source_hash_is_sha256",
                condition=models.Q(text_sha256="") | models.Q(text_sha256__regex=r"^[0-9a-f]{64}$"),
            ),
            *partial_date_constraints("source", "published"),
        ]

    def __str__(self) -> str:
        return self.title


@tracked(public=False)
class SourceText(models.Model):
    """The full text of a source, for editors to cite from; it is never public."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="stored_text")
    text = models.TextField(help_text="Paragraphs separated by blank lines.")

    def __str__(self) -> str:
        return f"Text of {self.source}"

    @property
    def sha256(self) -> str:
        """The hash that `Source.text_sha256` has to be."""
        return sha256(self.text.encode()).hexdigest()
