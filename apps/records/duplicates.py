"""Which records a new one may be already: asked before it is saved, never a reason to refuse it.

A contributor to an operation is not asked about: it can be entered only once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from apps.records.dates import PartialDate
from apps.records.likeness import folded, trigrams
from apps.records.models import (
    Operation,
    Organization,
    Person,
    Record,
    Source,
    Statement,
    StrengthFigure,
)
from apps.records.reconciling import TYPES

# From here on two names may be one name written in two ways: Epervier and Operation Épervier.
NEAR_NAMES = 0.7
# Of fewer letters ("EU", "New") every other name that holds them would be near.
FEWEST_LETTERS = 4
# From here on two utterances share so many words that they may be one.
NEAR_WORDS = 0.5


@dataclass(frozen=True)
class Duplicate:
    """A record that may be the same, and what it has in common."""

    record: Record
    shared: str


# The fields by which a record of each type is told from others.
IDENTIFYING: dict[type[Record], tuple[str, ...]] = {
    Operation: ("name", "short_name"),
    Organization: ("name", "abbreviation"),
    Person: ("name",),
    Source: ("url", "archive_url", "title", "published", "text_sha256"),
    Statement: (
        "speaker_person",
        "speaker_country",
        "speaker_organization",
        "speaker_label",
        "words",
        "summary",
        "said",
    ),
    StrengthFigure: ("operation", "contributor", "date", "least", "most", "basis", "scope"),
}


def duplicates(record: Record) -> list[Duplicate]:
    """Return the records that `record`, saved or not, may be already; drafts count too."""
    find = FINDERS.get(type(record))
    return [] if find is None else [each for each in find(record) if each.record != record]


def _of_source(source: Source) -> Iterator[Duplicate]:
    addresses = {address for address in (source.url, source.archive_url) if address}
    same_address = Q(url__in=addresses) | Q(archive_url__in=addresses)
    same_text = Q(text_sha256=source.text_sha256) & ~Q(text_sha256="")
    same_title = Q(title__unaccent__iexact=source.title, published=source.published)
    for other in Source.objects.filter(same_address | same_text | same_title):
        if {other.url, other.archive_url} & addresses:
            yield Duplicate(other, "the same address")
        elif source.text_sha256 and other.text_sha256 == source.text_sha256:
            yield Duplicate(other, "the same text")
        else:
            yield Duplicate(other, "the same title and date")


def _of_statement(statement: Statement) -> Iterator[Duplicate]:
    same_speaker = Statement.objects.filter(
        speaker_person=statement.speaker_person_id,
        speaker_country=statement.speaker_country_id,
        speaker_organization=statement.speaker_organization_id,
        speaker_label__iexact=statement.speaker_label,
    )
    for other in same_speaker.select_related(
        "speaker_person", "speaker_country", "speaker_organization"
    ):
        if _may_be_one_day(statement.said, other.said) and _overlapping(statement, other):
            yield Duplicate(other, "the same speaker, many of the same words")


def _overlapping(one: Statement, other: Statement) -> bool:
    """Whether the shorter of two utterances has many of its groups of letters in the other."""
    groups = [trigrams(folded(f"{each.words} {each.summary}")) for each in (one, other)]
    fewest = min(map(len, groups))
    return bool(fewest) and len(groups[0] & groups[1]) / fewest >= NEAR_WORDS


def _may_be_one_day(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates may mean the same day; one that is not stated may mean any."""
    if not (one and other):
        return True
    return one.possibly_between(other.earliest, other.latest)


def _of_strength(figure: StrengthFigure) -> Iterator[Duplicate]:
    same = StrengthFigure.objects.filter(
        operation=figure.operation_id,
        contributor=figure.contributor_id,
        least=figure.least,
        most=figure.most,
        basis=figure.basis,
        scope=figure.scope,
    ).for_reading()
    for other in same:
        if _may_be_one_day(figure.date, other.date):
            yield Duplicate(other, "the same figures for the same time")


def _of_name(record: Any) -> Iterator[Duplicate]:
    """Find near-equal names; Any because three types have names and no common class."""
    reconciled = next(each for each in TYPES.values() if each.entry.model is type(record))
    names = reconciled.read()
    near = {
        named.public_id
        for field in reconciled.names
        if (text := getattr(record, field))
        for named in (*names.bearing(text), *_like(names, text))
    }
    for other in reconciled.entry.model.objects.filter(public_id__in=near):
        yield Duplicate(other, "a name like it")


def _like(names: Any, text: str) -> Iterator[Any]:
    if len(folded(text)) >= FEWEST_LETTERS:
        for named, _likeness in names.like(text, at_least=NEAR_NAMES):
            yield named


FINDERS: dict[type[Record], Callable[[Any], Iterator[Duplicate]]] = {
    Operation: _of_name,
    Organization: _of_name,
    Person: _of_name,
    Source: _of_source,
    Statement: _of_statement,
    StrengthFigure: _of_strength,
}
