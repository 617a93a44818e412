"""The columns of every export: per record type, the name of each and how it is read.

The records come from `for_reading()`, so that no column asks the database. Names do not change
within a version of the API; a new column goes last. Dates are EDTF texts, codes are codes, and
several values are joined by `|`.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from apps.records.models import (
    Citation,
    Contributor,
    Country,
    Operation,
    Organization,
    Person,
    Record,
    Source,
    Statement,
    StrengthFigure,
)

Cell: TypeAlias = str | int | None
# Each takes a record of its own type, which a dictionary of them cannot say.
Columns: TypeAlias = dict[str, Callable[[Any], Cell]]

SEPARATOR = "|"


def joined(values: Iterable[object]) -> str:
    return SEPARATOR.join(str(value) for value in values)


def keys(records: Iterable[Record]) -> str:
    return joined(sorted(record.key for record in records))


def key(record: Record | None) -> str:
    return record.key if record else ""


def last_step(contributor: Contributor) -> Any:
    """Return the highest step of the ladder, or None."""
    return max(contributor.ladder.all(), key=lambda step: step.place, default=None)


def statuses_on_day(contributor: Contributor) -> list[str]:
    """Return the statuses that may have held on the day that was asked; none where no day was."""
    return [held["status"] for held in getattr(contributor, "status_on_day", ())]


def citation_target(citation: Citation) -> str:
    """Return the readable key of the record that a citation supports, or that its part is of."""
    owner = citation.owner
    return owner.key if owner else ""


OPERATION: Columns = {
    "id": lambda o: o.public_id,
    "slug": lambda o: o.slug,
    "name": lambda o: o.name,
    "short_name": lambda o: o.short_name,
    "type": lambda o: o.type,
    "conducting_body": lambda o: o.conducting_body,
    "functions": lambda o: joined(o.functions),
    "mandate": lambda o: o.mandate,
    "legal_basis": lambda o: o.legal_basis,
    "theatre": lambda o: keys(o.theatre.all()),
    "focus_area": lambda o: o.focus_area,
    "start": lambda o: str(o.start),
    "end": lambda o: str(o.end),
    "status": lambda o: o.status,
    "predecessor": lambda o: key(o.predecessor),
    "note": lambda o: o.note,
}
COUNTRY: Columns = {
    "id": lambda c: c.public_id,
    "iso2": lambda c: c.iso2,
    "iso3": lambda c: c.iso3,
    "numeric": lambda c: c.numeric,
    "name_en": lambda c: c.name_en,
    "name_fr": lambda c: c.name_fr,
    "organizations": lambda c: keys(row.organization for row in c.memberships.all()),
    "note": lambda c: c.note,
}
ORGANIZATION: Columns = {
    "id": lambda o: o.public_id,
    "slug": lambda o: o.slug,
    "name": lambda o: o.name,
    "abbreviation": lambda o: o.abbreviation,
    "kind": lambda o: o.kind,
    "members": lambda o: keys(row.country for row in o.memberships.all()),
    "note": lambda o: o.note,
}
PERSON: Columns = {
    "id": lambda p: p.public_id,
    "slug": lambda p: p.slug,
    "name": lambda p: p.name,
    "offices": lambda p: joined(row.title for row in p.offices.all()),
    "note": lambda p: p.note,
}
CONTRIBUTOR: Columns = {
    "id": lambda c: c.public_id,
    "operation": lambda c: c.operation.key,
    "country": lambda c: key(c.country),
    "organization": lambda c: key(c.organization),
    "name": lambda c: str(c.actor),
    "roles": lambda c: joined(c.roles),
    "status": lambda c: c.current_status,
    "status_since": lambda c: str(step.since) if (step := last_step(c)) else "",
    "status_expected": lambda c: str(step.expected) if (step := last_step(c)) else "",
    "ladder": lambda c: joined(step.status for step in c.ladder.all()),
    "note": lambda c: c.note,
    "status_on_day": lambda c: joined(statuses_on_day(c)),
}
STRENGTH: Columns = {
    "id": lambda s: s.public_id,
    "operation": lambda s: s.operation.key,
    "contributor": lambda s: key(s.contributor),
    "contributor_name": lambda s: str(s.contributor.actor) if s.contributor else "",
    "date": lambda s: str(s.date),
    "least": lambda s: s.least,
    "most": lambda s: s.most,
    "bound": lambda s: s.bound,
    "basis": lambda s: s.basis,
    "scope": lambda s: s.scope,
    "personnel_type": lambda s: s.personnel_type,
    "note": lambda s: s.note,
}
STATEMENT: Columns = {
    "id": lambda s: s.public_id,
    "speaker": lambda s: str(s.speaker),
    "speaker_person": lambda s: key(s.speaker_person),
    "speaker_country": lambda s: key(s.speaker_country),
    "speaker_organization": lambda s: key(s.speaker_organization),
    "speaker_kind": lambda s: s.speaker_kind,
    "office": lambda s: s.office,
    "attribution": lambda s: s.attribution,
    "quote_form": lambda s: s.quote_form,
    "act": lambda s: s.act,
    "cue": lambda s: s.cue,
    "words": lambda s: s.words,
    "summary": lambda s: s.summary,
    "language": lambda s: s.language,
    "original_language": lambda s: s.original_language,
    "said": lambda s: str(s.said),
    "setting": lambda s: s.setting,
    "occasion": lambda s: s.occasion,
    "place": lambda s: s.place,
    "addressee": lambda s: s.addressee,
    "stance": lambda s: s.stance,
    "operations": lambda s: keys(s.operations.all()),
    "countries": lambda s: keys(s.countries.all()),
    "note": lambda s: s.note,
    "translation": lambda s: s.translation,
}
SOURCE: Columns = {
    "id": lambda s: s.public_id,
    "type": lambda s: s.type,
    "title": lambda s: s.title,
    "publisher": lambda s: s.publisher,
    "author": lambda s: s.author,
    "dateline": lambda s: s.dateline,
    "published": lambda s: str(s.published),
    "url": lambda s: s.url,
    "archive_url": lambda s: s.archive_url,
    "language": lambda s: s.language,
    "paragraphs": lambda s: s.paragraphs,
    "text_sha256": lambda s: s.text_sha256,
    "note": lambda s: s.note,
}
CITATION: Columns = {
    "id": lambda c: c.public_id,
    "source": lambda c: c.source.key,
    "paragraph": lambda c: c.paragraph,
    "excerpt": lambda c: c.excerpt,
    "record_type": lambda c: c.target_name,
    "record": citation_target,
    "record_name": lambda c: str(c.target),
    "field": lambda c: c.field,
    "as_written": lambda c: c.as_written,
    "standing": lambda c: c.standing,
    "rank": lambda c: c.rank,
    "rank_reason": lambda c: c.rank_reason,
    "caveats": lambda c: joined(c.caveats),
    "note": lambda c: c.note,
}

COLUMNS: dict[type[Record], Columns] = {
    Operation: OPERATION,
    Country: COUNTRY,
    Organization: ORGANIZATION,
    Person: PERSON,
    Contributor: CONTRIBUTOR,
    StrengthFigure: STRENGTH,
    Statement: STATEMENT,
    Source: SOURCE,
    Citation: CITATION,
}
