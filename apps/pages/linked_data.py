"""The pages as schema.org: what a search engine or a library reads of a record (JSON-LD)."""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.pages import facts, names
from apps.pages.addresses import in_language, of_api, on_the_web, pinned, state_of, with_parameters
from apps.pages.citing import AUTHOR, LICENCE
from apps.records.catalogue import CATALOGUE
from apps.records.dates import PartialDate
from apps.records.models import Country, Operation, Organization, Person, Record, Source, Statement

Node = dict[str, Any]

CONTEXT = "https://schema.org"
# In the terms of ISO 8601, which is narrower than EDTF: a year, a month or a day.
ISO = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?", re.ASCII)
# What would end the element of the page that the data stands in, and the marks of its lines.
ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&\u2028\u2029"}


def in_page(node: Node) -> str:
    """Return `node` as JSON that can stand in a `script` element, whatever its texts hold."""
    return json.dumps(node, ensure_ascii=False).translate(ESCAPES)


def of_record(request: HttpRequest, record: Record, title: str) -> Node:
    """Return what a record is, and the page that says so at the revision being read."""
    absolute = request.build_absolute_uri
    about = NODES[type(record)]
    return stated(
        {
            "@context": CONTEXT,
            "@type": about.type,
            # Of the thing, which is one in both languages; the page is not.
            "@id": absolute(in_language(record.get_absolute_url(), "en")),
            "url": absolute(record.get_absolute_url()),
            "identifier": record.public_id,
            **about.facts(record, absolute),
            "mainEntityOfPage": page(request, record, title),
        }
    )


def page(request: HttpRequest, record: Record, title: str) -> Node:
    """Return the page of a record: its revision, its licence, what it is a part of."""
    state = state_of(request)
    shown = state.shown if state else 0
    absolute = request.build_absolute_uri
    return {
        "@type": "WebPage",
        "@id": absolute(pinned(record.get_absolute_url(), shown)),
        "name": title,
        "version": str(shown),
        "dateModified": _moment(request),
        "inLanguage": facts.language(),
        "license": LICENCE,
        "isPartOf": {"@type": "Dataset", "@id": absolute("/"), "name": AUTHOR},
        "encoding": {
            "@type": "MediaObject",
            "encodingFormat": "application/json",
            "contentUrl": absolute(of_api(request, _entry(record), record.key)),
        },
    }


def of_whole(request: HttpRequest) -> Node:
    """Return the whole database as a data set that can be downloaded, list by list."""
    state = state_of(request)
    absolute = request.build_absolute_uri
    return stated(
        {
            "@context": CONTEXT,
            "@type": "Dataset",
            "@id": absolute("/"),
            "url": absolute(reverse("pages:home")),
            "name": _("sahelref: security operations in the Sahel"),
            "description": _(
                "Who runs security operations in the Sahel, who contributes, and who said what."
                " Every record is cited, and every past state can be read again."
            ),
            "version": str(state.shown) if state else "",
            "dateModified": _moment(request),
            "license": LICENCE,
            "isAccessibleForFree": True,
            "inLanguage": ["en", "fr"],
            "creator": {"@type": "Organization", "name": AUTHOR, "url": absolute("/")},
            "spatialCoverage": {"@type": "Place", "name": "Sahel"},
            "distribution": list(_downloads(request)),
        }
    )


def stated(node: Node) -> Node:
    """Return the node without what no source states: an empty text would claim that it is empty."""
    return {name: value for name, value in node.items() if value not in ("", None, [])}


def _downloads(request: HttpRequest) -> Iterable[Node]:
    for entry in CATALOGUE.values():
        whole = request.build_absolute_uri(reverse(f"api:{entry.name}-list"))
        for form, media_type in (("json", "application/json"), ("csv", "text/csv")):
            yield {
                "@type": "DataDownload",
                "name": f"{names.types_of(entry.model)}, {form.upper()}",
                "encodingFormat": media_type,
                "contentUrl": with_parameters(whole, format=form),
            }


def _moment(request: HttpRequest) -> str:
    state = state_of(request)
    return state.made_at.isoformat() if state and state.made_at else ""


def _entry(record: Record) -> str:
    return next(name for name, entry in CATALOGUE.items() if entry.model is type(record))


def _iso(date: PartialDate) -> str:
    """Return a date that schema.org can hold; "" for a season, an interval or an uncertain one."""
    return date.text if ISO.fullmatch(date.text) else ""


class About:
    """The type of schema.org that fits a type of record, and its facts in those terms."""

    def __init__(self, type: str, facts: Callable[[Any, Callable[[str], str]], Node]) -> None:
        self.type, self.facts = type, facts


def _named(record: Record | str, absolute: Callable[[str], str]) -> Node:
    """Return another record in short, or someone whom a source describes and does not name."""
    if isinstance(record, str):
        return {"@type": "Thing", "description": record}
    address = absolute(in_language(record.get_absolute_url(), "en"))
    return {"@type": NODES[type(record)].type, "@id": address, "name": str(record)}


def _operation(operation: Operation, absolute: Callable[[str], str]) -> Node:
    return {
        "name": operation.name,
        "alternateName": operation.short_name,
        "description": operation.mandate,
        "startDate": _iso(operation.start),
        "endDate": _iso(operation.end),
        "location": [_named(country, absolute) for country in operation.theatre.all()],
    }


def _country(country: Country, absolute: Callable[[str], str]) -> Node:
    other = {country.name_en, country.name_fr} - {str(country)}
    codes = {"iso2": country.iso2, "iso3": country.iso3, "numeric": country.numeric}
    properties = [
        {"@type": "PropertyValue", "propertyID": names.field_of(Country, name), "value": code}
        for name, code in codes.items()
    ]
    return {
        "name": str(country),
        "alternateName": sorted(other),
        "identifier": [country.public_id, *properties],
    }


def _organization(organization: Organization, absolute: Callable[[str], str]) -> Node:
    return {"name": organization.name, "alternateName": organization.abbreviation}


def _person(person: Person, absolute: Callable[[str], str]) -> Node:
    return {"name": person.name, "jobTitle": [office.title for office in person.offices.all()]}


def _statement(statement: Statement, absolute: Callable[[str], str]) -> Node:
    about = [*statement.operations.all(), *statement.countries.all()]
    return {
        "text": statement.words,
        "abstract": statement.summary,
        "creator": _named(statement.speaker, absolute),
        "inLanguage": statement.language,
        "dateCreated": _iso(statement.said),
        "about": [_named(record, absolute) for record in about],
    }


def _source(source: Source, absolute: Callable[[str], str]) -> Node:
    return {
        "name": source.title,
        "publisher": source.publisher,
        "author": source.author,
        "datePublished": _iso(source.published),
        "inLanguage": source.language,
        "sameAs": on_the_web(source.url),
        "archivedAt": on_the_web(source.archive_url),
    }


NODES: dict[type[Record], About] = {
    Operation: About("Event", _operation),
    Country: About("Country", _country),
    Organization: About("Organization", _organization),
    Person: About("Person", _person),
    Statement: About("Quotation", _statement),
    Source: About("CreativeWork", _source),
}
