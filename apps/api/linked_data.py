"""JSON-LD: the same records, with a context that says what each field means to the world.

An answer in JSON-LD is the answer in JSON with `@context`, `@id` (`api_url` is it) and `@type`,
and without what no source states: an empty text would claim that a name is empty. The context is
made of the serializers, so that no field is without a meaning.
"""

from collections.abc import Mapping
from typing import Any, cast

from django.urls import reverse
from rest_framework import serializers

from apps.api.negotiation import Json
from apps.api.serializers import SERIALIZERS
from apps.api.serializers.base import (
    CodeField,
    CodesField,
    Expandable,
    PartialDateField,
    Reference,
)
from apps.api.serializers.citations import EvidenceSerializer
from apps.api.serializers.references import (
    ContributorReference,
    CountryReference,
    OperationReference,
    OrganizationReference,
    PersonReference,
    SourceReference,
)
from apps.api.views.base import site_of
from apps.records.vocabularies import VOCABULARIES

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SCHEMA = "https://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

# The types of schema.org that fit a type of record, beside our own.
CLASSES = {
    "operations": "Event",
    "countries": "Country",
    "organizations": "Organization",
    "people": "Person",
    "statements": "Quotation",
    "sources": "CreativeWork",
}
# The terms of schema.org that fit a field; every other field is a term of ours.
TERMS: dict[str, Any] = {
    "id": "schema:identifier",
    "name": "schema:name",
    "name_en": {"@id": "schema:name", "@language": "en"},
    "name_fr": {"@id": "schema:name", "@language": "fr"},
    "short_name": "schema:alternateName",
    "abbreviation": "schema:alternateName",
    "title": "schema:name",
    "page_url": {"@id": "schema:mainEntityOfPage", "@type": "@id"},
    "url": {"@id": "schema:url", "@type": "@id"},
    "archive_url": {"@id": "schema:archivedAt", "@type": "@id"},
    "publisher": "schema:publisher",
    "author": "schema:author",
    "language": "schema:inLanguage",
    "words": "schema:text",
    "excerpt": "schema:text",
    "summary": "schema:abstract",
    "speaker": "schema:creator",
    "operations": "schema:about",
    "countries": "schema:about",
    "members": "schema:member",
    "memberships": "schema:memberOf",
}
# How records name each other: such a node has the type of the record, and terms of its own.
REFERENCES: tuple[type[Reference], ...] = (
    ContributorReference,
    CountryReference,
    EvidenceSerializer,
    OperationReference,
    OrganizationReference,
    PersonReference,
    SourceReference,
)
SPEAKER = {"type": "own:kind", "name": "schema:name"}
DATE = {
    "edtf": {"@id": "own:edtf", "@type": EDTF},
    "earliest": {"@id": "own:earliest", "@type": f"{XSD}date"},
    "latest": {"@id": "own:latest", "@type": f"{XSD}date"},
}


def context(site: str) -> dict[str, Any]:
    """Return the context of every answer in JSON-LD, as it is published."""
    types = {
        serializer.noun(): {
            "@id": f"own:{serializer.noun()}",
            "@context": _reference_terms(name, site) | _terms(serializer(), site),
        }
        for name, serializer in SERIALIZERS.items()
    }
    return {
        "@version": 1.1,
        "schema": SCHEMA,
        "own": f"{site}{reverse('api:context')}#",
        "api_url": "@id",
        **types,
        "license": {"@id": "schema:license", "@type": "@id"},
        "results": {"@id": "schema:hasPart", "@container": "@set"},
        **{name: f"own:{name}" for name in ("count", "count_is_exact", "facets")},
        **{name: {"@id": f"own:{name}", "@type": "@id"} for name in ("next", "previous")},
    }


def linked(data: Any, site: str) -> dict[str, Any]:
    """Return an answer in JSON, a record or a page of a list, as JSON-LD."""
    about = {"@context": f"{site}{reverse('api:context')}"}
    if "results" in data:
        about |= {"@type": "schema:Dataset", "license": LICENCE}
    return about | _node(data, site)


def _node(data: dict[str, Any], site: str) -> dict[str, Any]:
    told = {name: _value(value, site) for name, value in data.items()}
    return _type(data, site) | {n: v for n, v in told.items() if v not in ("", None)}


def _value(value: Any, site: str) -> Any:
    if isinstance(value, list):
        return [_value(each, site) for each in value]
    return _node(value, site) if isinstance(value, dict) else value


def _type(data: dict[str, Any], site: str) -> dict[str, Any]:
    """Return the `@type` of a record or reference, which its address tells."""
    path = (data.get("api_url") or "").removeprefix(site + reverse("api:index"))
    entry = path.partition("/")[0]
    if entry not in SERIALIZERS:
        return {}
    fitting = [f"schema:{CLASSES[entry]}"] if entry in CLASSES else []
    return {"@type": [SERIALIZERS[entry].noun(), *fitting]}


def _reference_terms(entry: str, site: str) -> dict[str, Any]:
    kinds = [reference for reference in REFERENCES if reference.entry == entry]
    return {n: term for kind in kinds for n, term in _terms(kind(), site).items()}


def _terms(serializer: serializers.Serializer, site: str) -> dict[str, Any]:
    """Return the terms of the fields of one type of record or part."""
    return {
        name: _term(name, field, site)
        for name, field in serializer.fields.items()
        if name != "api_url"
    }


def _term(name: str, field: serializers.Field, site: str) -> Any:
    meaning = TERMS.get(name, f"own:{name}")
    match field:
        case CodesField():
            return _code(meaning, cast(CodeField, field.child), site) | {"@container": "@set"}
        case CodeField():
            return _code(meaning, field, site)
        case PartialDateField():
            return {"@id": meaning, "@context": DATE}
        case serializers.ListSerializer():
            child = cast(serializers.Serializer, field.child)
            return {"@id": meaning, "@container": "@set", "@context": _terms(child, site)}
        case Expandable():
            several = {"@container": "@set"} if field.many else {}
            return {"@id": meaning, **several}
        case _ if name in ("record", "speaker"):
            return {"@id": meaning, "@context": SPEAKER}
    return meaning


def _code(meaning: Any, field: CodeField, site: str) -> dict[str, Any]:
    """Return the term of a code: its value is an address, where the list defines it."""
    (name,) = (n for n, vocabulary in VOCABULARIES.items() if vocabulary is field.vocabulary)
    address = f"{site}{reverse('api:vocabularies-detail', args=[name])}#"
    told = meaning if isinstance(meaning, dict) else {"@id": meaning}
    return {**told, "@type": "@vocab", "@context": {"@vocab": address}}


class JsonLd(Json):
    """The answer in JSON with its meaning."""

    media_type = "application/ld+json"
    format = "jsonld"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        assert renderer_context is not None, "a view renders within a request"
        told = linked(data, site_of(renderer_context["request"]))
        return super().render(told, accepted_media_type, renderer_context)
