"""The pieces of the OpenAPI description: shared parameters, errors, lists; made of the catalogue.

Views and the loop in views/records.py put them together; nothing here is written twice by hand.
"""

from typing import Any

from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    inline_serializer,
)
from rest_framework import serializers

from apps.api.serializers import SERIALIZERS
from apps.records.asking import LARGEST_PAGE, PAGE_SIZE
from apps.records.catalogue import Entry
from apps.records.filters import ChoicesFilter, FromFilter, OnFilter, ParameterFilter
from apps.records.filters.kinds import IdsFilter, SearchFilter
from apps.records.filters.values import MOST_LETTERS
from apps.records.matches import CAP
from apps.records.models.base import ALPHABET
from apps.revisions import as_of
from apps.revisions.parameters import LONGEST

REVISION_HEADER = OpenApiParameter(
    "Sahelref-Revision",
    int,
    OpenApiParameter.HEADER,
    response=[200],
    description="The revision of the database that the answer shows.",
)
LINK_HEADER = OpenApiParameter(
    "Link",
    str,
    OpenApiParameter.HEADER,
    response=[200],
    description="The neighbouring pages, `next` and `prev` (RFC 8288), and of a list its"
    " receipt, `cite-as` (RFC 8574).",
)


class FacetValueSerializer(serializers.Serializer):
    """One value of a parameter and how many records it would give, all others unchanged."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field, which DRF takes out of the class
    count = serializers.IntegerField()


# What the seed answers.
EXAMPLES: dict[str, Any] = {
    "operation": ["takuba-task-force"],
    "country": ["ML"],
    "organization": ["g5-sahel"],
    "on": "2020-01-19",
    "q": "coalition",
    "as_of": "1",
    "page_size": 20,
}
KEY_EXAMPLES = {
    "operations": "barkhane",
    "countries": "ML",
    "organizations": "g5-sahel",
    "people": "florence-parly",
}


def several(codes: list[str] | None = None) -> dict[str, Any]:
    """Return the JSON Schema of values separated by commas."""
    items = {"type": "string"} | ({"enum": codes} if codes else {})
    return {"type": "array", "items": items}


def query(name: str, schema: Any, description: str) -> OpenApiParameter:
    """Return one parameter in the query; several values are separated by commas."""
    several = schema["type"] == "array"
    told: dict[str, Any] = {"description": description, "examples": examples_of(name, several)}
    if not several:
        return OpenApiParameter(name, schema, **told)
    return OpenApiParameter(name, schema, style="form", explode=False, **told)


def examples_of(name: str, several: bool) -> list[OpenApiExample]:
    """Return the example of a parameter, which the seed answers; none for most.

    The first is what Swagger fills in: all examples at once are a question that finds nothing.
    """
    if name not in EXAMPLES:
        return []
    unasked: Any = [] if several else ""
    return [OpenApiExample("not asked", unasked), OpenApiExample(name, EXAMPLES[name])]


AS_OF = "^([0-9]{1,15}|[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].+)?)$"
SHARED: dict[str, OpenApiParameter] = {
    "as_of": query(
        "as_of",
        {"type": "string", "pattern": AS_OF},
        f"What the database said then: {as_of.ALLOWED}.",
    ),
    "format": query(
        "format", {"type": "string", "enum": ["json"]}, "The format; wins over Accept."
    ),
    "page_size": query(
        "page_size",
        {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE},
        "How many records a page has.",
    ),
    "cursor": query(
        "cursor", {"type": "string"}, "A place in the list, as `next` and `previous` give it."
    ),
}
ALL_FORMATS = query(
    "format",
    {"type": "string", "enum": ["json", "csv", "ndjson", "jsonld"]},
    "The format; wins over Accept. CSV and NDJSON are the whole list, not a page.",
)


def shape(parameter: ParameterFilter) -> dict[str, Any]:
    """Return the JSON Schema of the values of a filter."""
    if isinstance(parameter, IdsFilter):
        return several() | {"items": {"type": "string", "pattern": f"^[{ALPHABET}]{{12}}$"}}
    if parameter.several:
        return several(parameter.extra.get("codes"))
    if codes := parameter.extra.get("codes"):
        return {"type": "string", "enum": codes}
    if isinstance(parameter, OnFilter):
        return {"type": "string", "pattern": "^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$"}
    if isinstance(parameter, FromFilter):
        return {"type": "string", "pattern": "^[12][0-9]{3}(-[0-9]{2}){0,2}$"}
    if isinstance(parameter, SearchFilter):
        return {"type": "string", "maxLength": MOST_LETTERS}
    return {"type": "string", "maxLength": LONGEST}


def filters_of(entry: Entry) -> list[OpenApiParameter]:
    """Return every filter of a record type, as the filter set describes it."""
    return [
        query(name, shape(parameter), _described(parameter))
        for name, parameter in entry.filters.base_filters.items()
    ]


def of_a_day(entry: Entry) -> list[OpenApiParameter]:
    """Return the parameters that ask for a day, where a day means something to the type."""
    kinds = entry.filters.base_filters
    return [
        query(name, shape(kinds[name]), _described(kinds[name]))
        for name in ("on", "match")
        if "on" in kinds
    ]


def _described(parameter: ParameterFilter) -> str:
    if isinstance(parameter, ChoicesFilter):
        return f"{parameter.help_text} Codes of {parameter.vocabulary.title_en.lower()}."
    return parameter.help_text


def shown_by(entry: Entry) -> list[OpenApiParameter]:
    """Return the parameters that choose how a record is shown."""
    return [*_fields(entry), ALL_FORMATS, SHARED["as_of"]]


def _fields(entry: Entry) -> list[OpenApiParameter]:
    serializer = SERIALIZERS[entry.name]
    chosen = [query("fields", several(serializer.names()), "Give these fields only.")]
    if names := serializer.expansions():
        chosen.append(query("expand", several(names), "Give these whole, not as references."))
    return chosen


def _ordering(entry: Entry) -> OpenApiParameter:
    return query(
        "ordering",
        {"type": "string", "enum": list(entry.ordering), "default": entry.default_ordering},
        "The order; `-` turns it round. What is not known comes last.",
    )


def exported_by(entry: Entry, kind: str) -> list[OpenApiParameter]:
    """Return every parameter of the whole list as a file: what is asked of it, but no page."""
    columns = query("fields", several(list(entry.columns)), "Give these columns only.")
    shown = [columns] if kind == "csv" else _fields(entry)
    return [*filters_of(entry), *shown, _ordering(entry), SHARED["as_of"]]


def asked_by(entry: Entry) -> list[OpenApiParameter]:
    """Return every parameter of the list of a record type."""
    return [
        *filters_of(entry),
        *shown_by(entry),
        _ordering(entry),
        query("facets", several(list(entry.facets)), "Count the values of these parameters."),
        SHARED["page_size"],
        SHARED["cursor"],
    ]


def paged(
    name: str, serializer: type[serializers.Serializer], **more: serializers.Field
) -> serializers.Serializer:
    """Return what a page of a list looks like; `more` are keys that only this list has."""
    return inline_serializer(
        f"{name}List",
        {
            "count": serializers.IntegerField(help_text="How many there are in all."),
            "count_is_exact": serializers.BooleanField(
                required=False,
                help_text=f"Only there, and false, where there are more than {CAP}: `count` is"
                " then a lower bound.",
            ),
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            **more,
            "results": serializer(many=True),
        },
    )


def facets_of(entry: Entry) -> serializers.Serializer:
    """Return what the counts of a record type look like."""
    values: dict[str, serializers.Field] = {
        name: FacetValueSerializer(many=True, required=False) for name in entry.facets
    }
    return inline_serializer(f"{SERIALIZERS[entry.name].noun()}Facets", values, required=False)


def key_of(entry: Entry) -> OpenApiParameter:
    """Return the parameter in the path that names one record."""
    kinds = {"slug": "slug", "iso2": "ISO 3166-1 code (two or three letters)"}
    readable = kinds.get(entry.model.KEY)
    described = f"Its {readable} or stable public id." if readable else "Its stable public id."
    example = KEY_EXAMPLES.get(entry.name)
    examples = [OpenApiExample("key", example)] if example else []
    return OpenApiParameter(
        "key", str, OpenApiParameter.PATH, description=described, examples=examples
    )
