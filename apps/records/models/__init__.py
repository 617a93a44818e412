"""The records: a file a noun or close pair; imports follow the foreign keys."""

from apps.records.models.actors import Membership, Office, Organization, Person
from apps.records.models.base import Part, Record, RecordQuerySet
from apps.records.models.contributors import Contributor, LadderStep, StrengthFigure
from apps.records.models.evidence import TARGETS, Citation, citable_fields
from apps.records.models.operations import Milestone, Operation, OperationCountry
from apps.records.models.places import Country
from apps.records.models.sources import Source, SourceText, paragraphs_of
from apps.records.models.statements import Statement, StatementCountry, StatementOperation

__all__ = [
    "TARGETS",
    "Citation",
    "Contributor",
    "Country",
    "LadderStep",
    "Membership",
    "Milestone",
    "Office",
    "Operation",
    "OperationCountry",
    "Organization",
    "Part",
    "Person",
    "Record",
    "RecordQuerySet",
    "Source",
    "SourceText",
    "Statement",
    "StatementCountry",
    "StatementOperation",
    "StrengthFigure",
    "citable_fields",
    "paragraphs_of",
]
