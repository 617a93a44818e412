"""The columns of every export: per record type, the name of each and how it is read.

Each is read in two ways that give the same (cells.py): off a record that comes from
`for_reading()`, so that no column asks the database, and by PostgreSQL, which writes whole lists.
Names do not change within a version of the API; a new column goes last. Dates are EDTF texts, codes
are codes, and several values are joined by `|`.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from django.db.models import Case, F, Func, OuterRef, TextField, When
from django.db.models.expressions import Combinable

from apps.records.cells import (
    Cell,
    Column,
    codes,
    dated,
    fixed,
    in_one,
    joined,
    key_of,
    keys_by,
    text,
)
from apps.records.expressions import Literal, named_by, of_row, of_rows
from apps.records.models import (
    TARGETS,
    Citation,
    Contributor,
    Country,
    LadderStep,
    Membership,
    Office,
    Operation,
    OperationCountry,
    Organization,
    Person,
    Record,
    Source,
    Statement,
    StatementCountry,
    StatementOperation,
    StrengthFigure,
)
from apps.records.models.evidence import PARTS
from apps.records.namings import actor_name, name_of, speaker_name

# Each takes a record of its own type, which a dictionary of them cannot say.
Columns: TypeAlias = dict[str, Callable[[Any], Cell]]

ON_DAY = "status_on_day"
OWNERS = dict(PARTS.values())


class StatusesOnDay(Func):
    """The statuses that a question about a day adds to each contributor; "" where none was."""

    template = (
        "array_to_string(ARRAY(SELECT held ->> 'status' FROM unnest(%(expressions)s) AS held), '|')"
    )
    output_field = TextField()

    def resolve_expression(self, query: Any = None, *args: Any, **options: Any) -> Any:
        if ON_DAY not in query.annotations:
            return Literal("").resolve_expression(query, *args, **options)
        return super().resolve_expression(query, *args, **options)


def last_step(contributor: Contributor) -> Any:
    """Return the highest step of the ladder, or None."""
    return max(contributor.ladder.all(), key=lambda step: step.place, default=None)


def steps(name: str) -> Combinable:
    """Return the array of a field of each step of a contributor's ladder, the lowest first."""
    ladder = LadderStep.objects.filter(contributor=OuterRef("pk")).order_by("place", "pk")
    return of_rows(ladder, F(name))


def of_last_step(name: str) -> Column:
    """Return the column of a date of the highest step."""
    ladder = LadderStep.objects.filter(contributor=OuterRef("pk")).order_by("-place")
    return Column(
        lambda c: str(getattr(step, name)) if (step := last_step(c)) else "",
        lambda: of_row(ladder[:1], F(name)),
    )


def statuses_on_day(contributor: Contributor) -> list[str]:
    """Return the statuses that may have held on the day that was asked; none where no day was."""
    return [held["status"] for held in getattr(contributor, ON_DAY, ())]


def titles() -> Combinable:
    """Return the titles of a person's offices, in their order."""
    return of_rows(Office.objects.filter(person=OuterRef("pk")).order_by("pk"), F("title"))


def citation_target(citation: Citation) -> str:
    """Return the readable key of the record that a citation supports, or that its part is of."""
    owner = citation.owner
    return owner.key if owner else ""


def of_target(written: Callable[[str], Combinable]) -> Combinable:
    """Return what `written` makes of the name of the key of a citation that is set."""
    cases = [When(**{f"{name}__isnull": False}, then=written(name)) for name in TARGETS]
    return Case(*cases, default=Literal(""), output_field=TextField())


def owner_key(name: str) -> Combinable:
    """Return the key of the record that a citation of `name` is about, itself or by its part."""
    model: Any = TARGETS[name]
    if name not in OWNERS:
        return named_by(Citation, name, F(model.KEY))
    owner = model._meta.get_field(OWNERS[name]).related_model
    return named_by(Citation, name, F(f"{OWNERS[name]}__{owner.KEY}"))


def target_named(name: str) -> Combinable:
    return named_by(Citation, name, name_of(TARGETS[name]))


OPERATION: Columns = {
    "id": fixed("public_id"),
    "slug": fixed("slug"),
    "name": text("name"),
    "short_name": text("short_name"),
    "type": fixed("type"),
    "conducting_body": fixed("conducting_body"),
    "functions": codes("functions"),
    "mandate": text("mandate"),
    "legal_basis": fixed("legal_basis"),
    "theatre": keys_by(OperationCountry, "operation", "country", lambda o: o.theatre.all()),
    "focus_area": text("focus_area"),
    "start": dated("start"),
    "end": dated("end"),
    "status": fixed("status"),
    "predecessor": key_of(Operation, "predecessor"),
    "note": text("note"),
}
COUNTRY: Columns = {
    "id": fixed("public_id"),
    "iso2": fixed("iso2"),
    "iso3": fixed("iso3"),
    "numeric": fixed("numeric"),
    "name_en": text("name_en"),
    "name_fr": text("name_fr"),
    "organizations": keys_by(
        Membership,
        "country",
        "organization",
        lambda c: (row.organization for row in c.memberships.all()),
    ),
    "note": text("note"),
}
ORGANIZATION: Columns = {
    "id": fixed("public_id"),
    "slug": fixed("slug"),
    "name": text("name"),
    "abbreviation": text("abbreviation"),
    "kind": fixed("kind"),
    "members": keys_by(
        Membership,
        "organization",
        "country",
        lambda o: (row.country for row in o.memberships.all()),
    ),
    "note": text("note"),
}
PERSON: Columns = {
    "id": fixed("public_id"),
    "slug": fixed("slug"),
    "name": text("name"),
    "offices": Column(
        lambda p: joined(row.title for row in p.offices.all()), lambda: in_one(titles()), free=True
    ),
    "note": text("note"),
}
CONTRIBUTOR: Columns = {
    "id": fixed("public_id"),
    "operation": key_of(Contributor, "operation"),
    "country": key_of(Contributor, "country"),
    "organization": key_of(Contributor, "organization"),
    "name": Column(lambda c: str(c.actor), actor_name, free=True),
    "roles": codes("roles"),
    "status": fixed("current_status"),
    "status_since": of_last_step("since"),
    "status_expected": of_last_step("expected"),
    "ladder": Column(
        lambda c: joined(step.status for step in c.ladder.all()), lambda: in_one(steps("status"))
    ),
    "note": text("note"),
    "status_on_day": Column(lambda c: joined(statuses_on_day(c)), lambda: StatusesOnDay(F(ON_DAY))),
}
STRENGTH: Columns = {
    "id": fixed("public_id"),
    "operation": key_of(StrengthFigure, "operation"),
    "contributor": key_of(StrengthFigure, "contributor"),
    "contributor_name": Column(
        lambda s: str(s.contributor.actor) if s.contributor else "",
        lambda: actor_name("contributor__"),
        free=True,
    ),
    "date": dated("date"),
    "least": fixed("least"),
    "most": fixed("most"),
    "bound": fixed("bound"),
    "basis": fixed("basis"),
    "scope": fixed("scope"),
    "personnel_type": fixed("personnel_type"),
    "note": text("note"),
}
STATEMENT: Columns = {
    "id": fixed("public_id"),
    "speaker": Column(lambda s: str(s.speaker), speaker_name, free=True),
    "speaker_person": key_of(Statement, "speaker_person"),
    "speaker_country": key_of(Statement, "speaker_country"),
    "speaker_organization": key_of(Statement, "speaker_organization"),
    "speaker_kind": fixed("speaker_kind"),
    "office": text("office"),
    "attribution": fixed("attribution"),
    "quote_form": fixed("quote_form"),
    "act": fixed("act"),
    "cue": text("cue"),
    "words": text("words"),
    "summary": text("summary"),
    "language": text("language"),
    "original_language": text("original_language"),
    "said": dated("said"),
    "setting": fixed("setting"),
    "occasion": text("occasion"),
    "place": text("place"),
    "addressee": text("addressee"),
    "stance": fixed("stance"),
    "operations": keys_by(
        StatementOperation, "statement", "operation", lambda s: s.operations.all()
    ),
    "countries": keys_by(StatementCountry, "statement", "country", lambda s: s.countries.all()),
    "note": text("note"),
    "translation": text("translation"),
}
SOURCE: Columns = {
    "id": fixed("public_id"),
    "type": fixed("type"),
    "title": text("title"),
    "publisher": text("publisher"),
    "author": text("author"),
    "dateline": text("dateline"),
    "published": dated("published"),
    "url": text("url"),
    "archive_url": text("archive_url"),
    "language": text("language"),
    "paragraphs": fixed("paragraphs"),
    "text_sha256": fixed("text_sha256"),
    "note": text("note"),
}
CITATION: Columns = {
    "id": fixed("public_id"),
    "source": key_of(Citation, "source"),
    "paragraph": fixed("paragraph"),
    "excerpt": text("excerpt"),
    "record_type": Column(lambda c: c.target_name, lambda: of_target(Literal)),
    "record": Column(citation_target, lambda: of_target(owner_key)),
    "record_name": Column(lambda c: str(c.target), lambda: of_target(target_named), free=True),
    "field": fixed("field"),
    "as_written": text("as_written"),
    "standing": fixed("standing"),
    "rank": fixed("rank"),
    "rank_reason": text("rank_reason"),
    "caveats": codes("caveats"),
    "note": text("note"),
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
