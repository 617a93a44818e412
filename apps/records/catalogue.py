"""The catalogue: per record type its address, model, filter set, orders, facets and columns.

Pages, API, exports and feeds loop over it. It holds classes and data: no behaviour, and nothing
to import by name.
"""

from dataclasses import dataclass

from apps.records import columns
from apps.records.filters import (
    CitationFilter,
    ContributorFilter,
    CountryFilter,
    OperationFilter,
    OrganizationFilter,
    PersonFilter,
    RecordFilter,
    SourceFilter,
    StatementFilter,
    StrengthFilter,
)
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


@dataclass(frozen=True)
class Entry:
    """One record type.

    `name` is its plural in addresses and `title` the same for people. `ordering` leads from the
    public word to the fields sorted by (a path, or `sort_name`, which `for_reading` adds), the
    default first. What is not known comes last, whichever way the order runs, and every order
    ends with `id`, so that it is complete. `facets` are filters whose values can be counted,
    `columns` the columns of every export. `many` is True where there may be a million.
    """

    name: str
    title: str
    model: type[Record]
    filters: type[RecordFilter]
    ordering: dict[str, tuple[str, ...]]
    facets: tuple[str, ...]
    columns: tuple[str, ...]
    many: bool = False

    @property
    def default_ordering(self) -> str:
        """The word of the order that is used where none is asked for."""
        return next(iter(self.ordering))


BY_NAME: dict[str, tuple[str, ...]] = {"name": ("sort_name", "id"), "-name": ("-sort_name", "id")}

ENTRIES = (
    Entry(
        name="operations",
        title="Operations",
        model=Operation,
        filters=OperationFilter,
        ordering=BY_NAME
        | {
            "started": ("start_earliest", "id"),
            "-started": ("-start_earliest", "id"),
            "ended": ("end_earliest", "id"),
            "-ended": ("-end_earliest", "id"),
        },
        facets=("status", "type", "conducting_body", "function", "legal_basis", "country"),
        columns=tuple(columns.OPERATION),
    ),
    Entry(
        name="countries",
        title="Countries",
        model=Country,
        filters=CountryFilter,
        ordering=BY_NAME | {"code": ("iso2", "id"), "-code": ("-iso2", "id")},
        facets=("organization", "operation"),
        columns=tuple(columns.COUNTRY),
    ),
    Entry(
        name="organizations",
        title="Organizations",
        model=Organization,
        filters=OrganizationFilter,
        ordering=BY_NAME,
        facets=("kind", "country"),
        columns=tuple(columns.ORGANIZATION),
    ),
    Entry(
        name="people",
        title="People",
        model=Person,
        filters=PersonFilter,
        ordering=BY_NAME,
        facets=("country", "organization"),
        columns=tuple(columns.PERSON),
    ),
    Entry(
        name="contributors",
        title="Contributors",
        model=Contributor,
        filters=ContributorFilter,
        ordering={
            "operation": ("operation__slug", "sort_name", "id"),
            "-operation": ("-operation__slug", "sort_name", "id"),
            "name": ("sort_name", "operation__slug", "id"),
            "-name": ("-sort_name", "operation__slug", "id"),
        },
        facets=("status", "role", "operation", "country", "organization"),
        columns=tuple(columns.CONTRIBUTOR),
    ),
    Entry(
        name="strengths",
        title="Strength figures",
        model=StrengthFigure,
        filters=StrengthFilter,
        ordering={
            "operation": ("operation__slug", "date_earliest", "id"),
            "-operation": ("-operation__slug", "date_earliest", "id"),
            "date": ("date_earliest", "id"),
            "-date": ("-date_earliest", "id"),
            "least": ("least", "id"),
            "-least": ("-least", "id"),
            "most": ("most", "id"),
            "-most": ("-most", "id"),
        },
        facets=("basis", "scope", "personnel_type", "operation"),
        columns=tuple(columns.STRENGTH),
    ),
    Entry(
        name="statements",
        title="Statements",
        model=Statement,
        filters=StatementFilter,
        ordering={"-said": ("-said_earliest", "id"), "said": ("said_earliest", "id")},
        facets=(
            "act",
            "stance",
            "attribution",
            "quote_form",
            "speaker_kind",
            "setting",
            "operation",
            "country",
            "speaker",
            "speaker_country",
            "organization",
        ),
        columns=tuple(columns.STATEMENT),
        many=True,
    ),
    Entry(
        name="sources",
        title="Sources",
        model=Source,
        filters=SourceFilter,
        ordering={
            "-published": ("-published_earliest", "sort_name", "id"),
            "published": ("published_earliest", "sort_name", "id"),
            "title": ("sort_name", "id"),
            "-title": ("-sort_name", "id"),
        },
        facets=("type", "language", "publisher"),
        columns=tuple(columns.SOURCE),
    ),
    Entry(
        name="citations",
        title="Citations",
        model=Citation,
        filters=CitationFilter,
        ordering={
            "source": ("source__public_id", "paragraph", "id"),
            "-source": ("-source__public_id", "paragraph", "id"),
        },
        facets=("standing", "caveat", "field", "rank", "source"),
        columns=tuple(columns.CITATION),
        many=True,
    ),
)

CATALOGUE: dict[str, Entry] = {entry.name: entry for entry in ENTRIES}
