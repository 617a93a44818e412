"""How one record names another, by type."""

from rest_framework import serializers

from apps.api.serializers.base import Reference


class CountryReference(Reference):
    """A country by its ISO code."""

    entry = "countries"

    code = serializers.CharField(source="iso2", help_text="ISO 3166-1 alpha-2: ML.")
    name = serializers.CharField(source="name_en", help_text="In English, as in CLDR.")


class OrganizationReference(Reference):
    """An organization by its slug."""

    entry = "organizations"

    slug = serializers.CharField(help_text="g5-sahel")
    name = serializers.CharField()


class PersonReference(Reference):
    """A person by the slug."""

    entry = "people"

    slug = serializers.CharField(help_text="florence-parly")
    name = serializers.CharField()


class OperationReference(Reference):
    """An operation by its slug."""

    entry = "operations"

    slug = serializers.CharField(help_text="barkhane")
    name = serializers.CharField()


class SourceReference(Reference):
    """A source by its title."""

    entry = "sources"

    title = serializers.CharField(help_text="As printed; a title of ours [in square brackets].")


class ContributorReference(Reference):
    """A contributor by the country or organization that it is."""

    entry = "contributors"

    country = CountryReference(allow_null=True)
    organization = OrganizationReference(allow_null=True)
