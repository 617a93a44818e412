"""Questions about countries, organizations and people."""

from apps.records.filters.base import PartsFilter
from apps.records.filters.kinds import (
    ChoicesFilter,
    OnFilter,
    PartReferencesFilter,
    Records,
    ReferencesFilter,
)
from apps.records.models import (
    Country,
    Membership,
    Office,
    Operation,
    OperationCountry,
    Organization,
)
from apps.records.vocabularies import OrganizationKind


def in_theatre_of(queryset: Records, *operations: Operation) -> Records:
    """Keep countries in the theatre of any of `operations`."""
    rows = OperationCountry.objects.filter(operation__in=operations)
    return queryset.filter(pk__in=rows.values("country"))


class CountryFilter(PartsFilter):
    """Countries by membership and by what operates there."""

    parts, owner = Membership, "country"

    organization = PartReferencesFilter(
        "organization", Organization, help_text="Members of these organizations."
    )
    operation = ReferencesFilter(
        "theatre_rows__operation",
        Operation,
        ask=in_theatre_of,
        help_text="In the theatre of these operations.",
    )
    on = OnFilter(help_text="Members of an organization on this day: of `organization`, or any.")


class OrganizationFilter(PartsFilter):
    """Organizations by kind and members."""

    parts, owner = Membership, "organization"

    kind = ChoicesFilter("kind", OrganizationKind, help_text="What kind of body it is.")
    country = PartReferencesFilter("country", Country, help_text="With these members.")
    on = OnFilter(help_text="With a member on this day: one of `country`, or any.")


class PersonFilter(PartsFilter):
    """People by the offices they held."""

    parts, owner = Office, "person"

    country = PartReferencesFilter("country", Country, help_text="In office for these countries.")
    organization = PartReferencesFilter(
        "organization", Organization, help_text="In office in these organizations."
    )
    on = OnFilter(help_text="In office on this day: for `country` or `organization`, or any.")
