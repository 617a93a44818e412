"""What each type of record looks like to programs: one serializer a type, by noun."""

from apps.api.serializers.actors import (
    CountrySerializer,
    OrganizationSerializer,
    PersonSerializer,
)
from apps.api.serializers.base import RecordSerializer
from apps.api.serializers.citations import CitationSerializer, SourceSerializer
from apps.api.serializers.contributors import ContributorSerializer, StrengthSerializer
from apps.api.serializers.operations import OperationSerializer
from apps.api.serializers.statements import StatementSerializer

SERIALIZERS: dict[str, type[RecordSerializer]] = {
    serializer.entry: serializer
    for serializer in (
        OperationSerializer,
        CountrySerializer,
        OrganizationSerializer,
        PersonSerializer,
        ContributorSerializer,
        StrengthSerializer,
        StatementSerializer,
        SourceSerializer,
        CitationSerializer,
    )
}
