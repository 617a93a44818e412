"""Makes the synthetic records: the background in one revision, then statements and corrections."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection

from apps.records.generating.ahead import Load, entering
from apps.records.generating.background import MARK, Background
from apps.records.generating.chance import SYNTHETIC, Chance
from apps.records.generating.loading import Loading
from apps.records.generating.statements import Made, Statements, each_cited
from apps.records.generating.tables import Row, Table, batches
from apps.records.models import (
    Citation,
    Contributor,
    Country,
    LadderStep,
    Membership,
    Milestone,
    Office,
    Operation,
    OperationCountry,
    Organization,
    Person,
    Source,
    SourceText,
    Statement,
    StatementCountry,
    StatementOperation,
    StrengthFigure,
)

# Statements that one revision adds: what it holds in memory, and sorts for its hash.
A_REVISION = 50_000
# Revisions that correct what stands, each one statement in `EVERY`.
CORRECTIONS, EVERY = 4, 40

RECORD = ("public_id", "publication", "note")
START = ("start", "start_earliest", "start_latest")
END = ("end", "end_earliest", "end_latest")

COUNTRIES = Table(Country, (*RECORD, "iso2", "iso3", "numeric", "name_en", "name_fr"))
ORGANIZATIONS = Table(Organization, (*RECORD, "slug", "name", "abbreviation", "kind"))
MEMBERSHIPS = Table(Membership, ("note", "organization_id", "country_id", *START, *END))
PEOPLE = Table(Person, (*RECORD, "slug", "name"))
OFFICES = Table(Office, ("note", "person_id", "title", "country_id", *START, *END))
OPERATIONS = Table(
    Operation,
    (
        *(*RECORD, "slug", "name", "short_name", "type", "conducting_body", "functions"),
        *("mandate", "legal_basis", "focus_area", *START, *END, "status", "predecessor_id"),
    ),
)
THEATRES = Table(OperationCountry, ("operation_id", "country_id"))
EXPECTED = ("expected", "expected_earliest", "expected_latest")
REACHED = ("reached", "reached_earliest", "reached_latest")
MILESTONES = Table(Milestone, ("note", "operation_id", "kind", *EXPECTED, *REACHED))
ACTOR = ("operation_id", "country_id", "organization_id")
CONTRIBUTORS = Table(Contributor, (*RECORD, *ACTOR, "roles"))
SINCE = ("since", "since_earliest", "since_latest")
LADDERS = Table(LadderStep, ("note", "contributor_id", "place", "status", *SINCE, *EXPECTED))
DATE = ("date", "date_earliest", "date_latest")
FIGURES = ("least", "most", "basis", "scope", "personnel_type")
STRENGTHS = Table(StrengthFigure, (*RECORD, "operation_id", "contributor_id", *DATE, *FIGURES))
SOURCES = Table(
    Source,
    (
        *(*RECORD, "type", "title", "publisher"),
        *("published", "published_earliest", "published_latest"),
        *("url", "language", "paragraphs", "text_sha256"),
    ),
)
TEXTS = Table(SourceText, ("source_id", "text"))
STATEMENTS = Table(
    Statement,
    (
        *(*RECORD, "speaker_person_id", "speaker_country_id", "speaker_organization_id"),
        *("speaker_label", "office", "speaker_kind", "attribution", "quote_form", "act"),
        *("words", "summary", "language", "said", "said_earliest", "said_latest"),
        *("setting", "stance"),
    ),
)
ABOUT_OPERATIONS = Table(StatementOperation, ("statement_id", "operation_id"))
ABOUT_COUNTRIES = Table(StatementCountry, ("statement_id", "country_id"))


def citations_of(name: str) -> Table:
    """Return the table of citations that support the foreign key `name`."""
    passage = ("source_id", "paragraph", "excerpt", "field")
    return Table(Citation, (*RECORD, *passage, f"{name}_id"))


class HoldsRecords(Exception):
    """The database holds, or held, records; synthetic ones must never stand among real ones."""


def generate(
    statements: int,
    seed: int,
    told: Callable[[str], None] = lambda _: None,
    using: str = DEFAULT_DB_ALIAS,
) -> None:
    """Fill an empty database with so many synthetic statements and all that goes with them.

    Each revision is a transaction of the connection `using`, which is quick as the owner's;
    `told` is called with a line for each. `tidy` is to follow. Raises HoldsRecords.
    """
    refuse_records()
    loading = Loading(using)
    with loading.without_what_no_rule_reads(ALL):
        make_records(loading, Background(statements, Chance(seed)), told)
        told("all records")
    told("keys, and indexes of words, days and orders")


def make_records(loading: Loading, background: Background, told: Callable[[str], None]) -> None:
    with loading.revision(f"{MARK} Background"):
        cited = make_background(loading, background)
    told("background")
    made = batches(Statements(background, cited).made(), A_REVISION)
    with entering(loading, OF_STATEMENTS, map(load_of, made)) as parts:
        for number, enter in enumerate(parts, 1):
            with loading.revision(f"{MARK} Statements, part {number}"):
                enter()
            told(f"statements, part {number}")
    for table in ALL:
        table.advance_key(loading.using)
    for number in range(CORRECTIONS):
        with loading.revision(f"{MARK} Correction {number + 1}"):
            correct(loading, number)
        told(f"correction {number + 1}")


def refuse_records() -> None:
    """Raise HoldsRecords where there is any record, or the history of one."""
    kinds: list[type[Any]] = [Country, Organization, Person, Operation, Source, Statement]
    for model in kinds:
        rows = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT public_id FROM public.{rows}_history"
                " ORDER BY public_id LIKE %s, version LIMIT 1",
                [f"{SYNTHETIC}%"],
            )
            for (held,) in cursor.fetchall():
                kind = "synthetic" if held.startswith(SYNTHETIC) else "real"
                raise HoldsRecords(
                    f"This database holds, or held, {kind} {model._meta.verbose_name_plural}"
                    f" ({held}). Synthetic records are only made in an empty database."
                )


def make_background(loading: Loading, background: Background) -> int:
    """Load all but statements, each cited; return how many citations there are."""
    steps: list[tuple[Table, Iterator[Row], str, str]] = [
        (SOURCES, background.source_rows(), "", ""),
        (TEXTS, background.text_rows(), "", ""),
        (COUNTRIES, background.country_rows(), "country", "name_en"),
        (ORGANIZATIONS, background.organization_rows(), "organization", "name"),
        (MEMBERSHIPS, background.membership_rows(), "membership", "country"),
        (PEOPLE, background.person_rows(), "person", "name"),
        (OFFICES, background.office_rows(), "office", "title"),
        (OPERATIONS, background.operation_rows(), "operation", "name"),
        (THEATRES, background.theatre_rows(), "", ""),
        (MILESTONES, background.milestone_rows(), "milestone", "kind"),
        (CONTRIBUTORS, background.contributor_rows(), "contributor", "operation"),
        (LADDERS, background.ladder_rows(), "ladder_step", "status"),
        (STRENGTHS, background.strength_rows(), "strength", "least"),
    ]
    cited = 0
    for table, rows, name, field in steps:
        loaded = list(rows)
        loading.copy(table, loaded)
        if name:
            keys = [row[0] for row in loaded]
            loading.copy(citations_of(name), each_cited(background, keys, field, cited))
            cited += len(keys)
    return cited


def load_of(batch: list[Made]) -> Load:
    """Return the rows of so many statements, by the tables of OF_STATEMENTS."""
    return [
        (STATEMENTS, [made.statement for made in batch]),
        (ABOUT_OPERATIONS, [row for made in batch for row in made.operations]),
        (ABOUT_COUNTRIES, [row for made in batch for row in made.countries]),
        (CITED, [row for made in batch for row in made.citations]),
    ]


def correct(loading: Loading, number: int) -> None:
    """Write some statements anew, and publish the drafts among them with their citations."""
    # By their keys: a remainder of each would be asked of every row.
    chosen = (
        "s.id IN (SELECT generate_series(%s, (SELECT max(id) FROM public.records_statement), %s))"
    )
    of = [number, EVERY]
    loading.execute(
        "UPDATE public.records_citation AS c SET publication = 'published'"
        " FROM public.records_statement AS s"
        f" WHERE s.id = c.statement_id AND s.publication = 'draft' AND {chosen}",
        of,
    )
    loading.execute(
        "UPDATE public.records_statement AS s SET publication = 'published',"
        f" occasion = '[synthetic] corrected' WHERE {chosen}",
        of,
    )


def tidy(using: str = DEFAULT_DB_ALIAS) -> None:
    """Tell the planner what the tables hold now; not inside a transaction, and as the owner."""
    Loading(using).tidy(ALL)


CITED = citations_of("statement")
OF_STATEMENTS = (STATEMENTS, ABOUT_OPERATIONS, ABOUT_COUNTRIES, CITED)
ALL = (
    *(COUNTRIES, ORGANIZATIONS, MEMBERSHIPS, PEOPLE, OFFICES, OPERATIONS, THEATRES, MILESTONES),
    *(CONTRIBUTORS, LADDERS, STRENGTHS, SOURCES, TEXTS, *OF_STATEMENTS),
)
