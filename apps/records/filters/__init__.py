"""One filter set a model: every question that pages, API and exports can ask.

Words are flat and mean the same everywhere:

    q, id, match, on          on every type; `on` only where a day means something
    <reference>               country=ML,NE  operation=barkhane: keys or public ids, any of them
    <choice>                  status=active,concluded: codes of the codebook, any of them
    <date>_from, <date>_until the range of a partial date, both days included, read by `match`:
                              started, ended (operations), dated (strengths), said (statements),
                              published (sources)
"""

from apps.records.filters.actors import CountryFilter, OrganizationFilter, PersonFilter
from apps.records.filters.base import CERTAIN, POSSIBLE, RecordFilter
from apps.records.filters.contributors import ContributorFilter, StrengthFilter
from apps.records.filters.evidence import CitationFilter, SourceFilter
from apps.records.filters.kinds import (
    ChoicesFilter,
    FacetFilter,
    FacetValue,
    FromFilter,
    ListFilter,
    OnFilter,
    ParameterFilter,
    ReferencesFilter,
)
from apps.records.filters.operations import OperationFilter
from apps.records.filters.statements import StatementFilter

__all__ = [
    "CERTAIN",
    "POSSIBLE",
    "ChoicesFilter",
    "CitationFilter",
    "ContributorFilter",
    "CountryFilter",
    "FacetFilter",
    "FacetValue",
    "FromFilter",
    "ListFilter",
    "OnFilter",
    "OperationFilter",
    "OrganizationFilter",
    "ParameterFilter",
    "PersonFilter",
    "RecordFilter",
    "ReferencesFilter",
    "SourceFilter",
    "StatementFilter",
    "StrengthFilter",
]
