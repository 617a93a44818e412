"""Questions about operations."""

from apps.records.filters.base import RecordFilter
from apps.records.filters.kinds import (
    ArrayChoicesFilter,
    ChoicesFilter,
    FromFilter,
    OnFilter,
    ReferencesFilter,
    UntilFilter,
)
from apps.records.models import Country
from apps.records.models.operations import OperationQuerySet
from apps.records.vocabularies import (
    ConductingBody,
    LegalBasis,
    MandateFunction,
    OperationStatus,
    OperationType,
)


class OperationFilter(RecordFilter):
    """Operations by what they are, where they act and when they ran."""

    type = ChoicesFilter("type", OperationType, help_text="What kind of operation it is.")
    status = ChoicesFilter("status", OperationStatus, help_text="Where it stands.")
    conducting_body = ChoicesFilter(
        "conducting_body", ConductingBody, help_text="What kind of body conducts it."
    )
    function = ArrayChoicesFilter("functions", MandateFunction, help_text="What it is to do.")
    legal_basis = ChoicesFilter("legal_basis", LegalBasis, help_text="What it rests on in law.")
    country = ReferencesFilter(
        "theatre",
        Country,
        ask=OperationQuerySet.in_country,
        help_text="With these countries in its theatre.",
    )
    started_from = FromFilter("start", help_text="Started on this day or later.")
    started_until = UntilFilter("start", help_text="Started on this day or earlier.")
    ended_from = FromFilter("end", help_text="Ended on this day or later.")
    ended_until = UntilFilter("end", help_text="Ended on this day or earlier.")
    on = OnFilter(ask=OperationQuerySet.active_on, help_text="Ran on this day.")
