"""What the reconciliation service shows to somebody who is typing or pointing."""

from typing import Any

from django.http import Http404, HttpResponseRedirect
from django.template.loader import render_to_string
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.negotiation import Json
from apps.api.parameters import whole_number
from apps.api.problems import ERRORS, NOT_FOUND
from apps.api.reconciliation import Object, as_type, described, properties_of, type_of
from apps.api.schema import REVISION_HEADER, SHARED
from apps.api.views.base import PublicView
from apps.records.catalogue import CATALOGUE, Entry
from apps.records.cells import Cell
from apps.records.codebook import Column
from apps.records.dates import PartialDate, PartialDateError
from apps.records.likeness import Named
from apps.records.reconciling import MOST, TYPES, Reconciler, values_of, with_ids
from apps.records.vocabularies import VOCABULARIES
from apps.revisions.parameters import BadParameter, composed

TAGS = ["reconciliation"]
SUGGESTED = 10
SHOWN_IN_PREVIEW = ("type", "status", "kind", "start", "end", "theatre", "members", "offices")
RESULT = OpenApiResponse(OpenApiTypes.OBJECT, description="`{result: [{id, name}]}`, best first.")
PREFIX = OpenApiParameter("prefix", str, description="What was typed so far.")
TYPE = OpenApiParameter("type", {"type": "string", "enum": list(TYPES)}, description="One type.")
LIMIT = OpenApiParameter(
    "limit", {"type": "integer", "minimum": 1, "maximum": MOST}, description="How many at most."
)
AS_OF = "The record as it was at a revision."
ID = OpenApiParameter("id", str, description="A public id.", required=True)


class TypingView(PublicView):
    """Asked by widgets that send words of their own: what is not known here is passed over.

    All but `callback`, because JSONP is not spoken.
    """

    def check_parameters(self, request: Request) -> None:
        if callback := request.query_params.get("callback"):
            reason = "JSONP is not spoken; CORS lets every site read the answer."
            raise BadParameter("callback", callback, "nothing; leave it out", reason)

    def prefix(self, request: Request) -> str:
        return composed("prefix", request.query_params.get("prefix", "").strip())

    def types(self, request: Request) -> tuple[str, ...]:
        """Return the types asked for, none for all. Raises BadParameter."""
        text = request.query_params.get("type", "")
        return tuple(type_of("type", name) for name in text.split(",") if name)

    def limit(self, request: Request) -> int:
        return whole_number(request.query_params, "limit", least=1, most=MOST) or SUGGESTED


class SuggestEntity(TypingView):
    """Records with what was typed in a name."""

    @extend_schema(
        operation_id="reconcile_suggest_entity",
        tags=TAGS,
        summary="Records for somebody who is typing a name",
        parameters=[PREFIX, TYPE, LIMIT, SHARED["as_of"], REVISION_HEADER],
        responses={200: RESULT, **ERRORS},
    )
    def get(self, request: Request) -> Response:
        prefix, types, limit = self.prefix(request), self.types(request), self.limit(request)
        found = Reconciler.now().beginning_with(prefix, types, limit=limit) if prefix else []
        return Response({"result": [_suggested(entry, named) for entry, named in found]})


def _suggested(entry: Entry, named: Named) -> Object:
    return {
        "id": named.public_id,
        "name": named.label,
        "description": described(entry, named),
        "notable": [as_type(entry)],
    }


class SuggestType(TypingView):
    """Types of record."""

    @extend_schema(
        operation_id="reconcile_suggest_type",
        tags=TAGS,
        summary="Types for somebody who is typing one",
        parameters=[PREFIX, LIMIT, SHARED["as_of"], REVISION_HEADER],
        responses={200: RESULT, **ERRORS},
    )
    def get(self, request: Request) -> Response:
        prefix = self.prefix(request).casefold()
        found = [each.entry for each in TYPES.values() if prefix in each.entry.name]
        return Response({"result": [as_type(entry) for entry in found[: self.limit(request)]]})


def _as_property(column: Column) -> Object:
    return {"id": column.name, "name": column.label, "description": column.description}


class SuggestProperty(TypingView):
    """Columns of the exports."""

    @extend_schema(
        operation_id="reconcile_suggest_property",
        tags=TAGS,
        summary="Properties for somebody who is typing one",
        parameters=[PREFIX, TYPE, LIMIT, SHARED["as_of"], REVISION_HEADER],
        responses={200: RESULT, **ERRORS},
    )
    def get(self, request: Request) -> Response:
        prefix, columns = self.prefix(request).casefold(), properties_of(self.types(request))
        found = [
            _as_property(column)
            for column in columns.values()
            if prefix in f"{column.name} {column.label}".casefold()
        ]
        return Response({"result": found[: self.limit(request)]})


class Properties(TypingView):
    """What can be fetched of the records of a type."""

    @extend_schema(
        operation_id="reconcile_properties",
        tags=TAGS,
        summary="The properties that `extend` can fetch of records of a type",
        parameters=[TYPE, SHARED["as_of"], REVISION_HEADER],
        responses={
            200: OpenApiResponse(OpenApiTypes.OBJECT, description="`{type, properties}`"),
            **ERRORS,
        },
    )
    def get(self, request: Request) -> Response:
        types = self.types(request)
        properties = [_as_property(column) for column in properties_of(types).values()]
        return Response({"type": ",".join(types), "properties": properties})


def _found(request: Request) -> tuple[Entry, Any]:
    """Return the record that `id` names. Raises Http404."""
    public_id = composed("id", request.query_params.get("id", ""))
    for found in with_ids([public_id]).values():
        return found
    raise Http404(f"No operation, country, organization or person has the id “{public_id}”.")


def _facts(entry: Entry, record: Any) -> dict[str, str]:
    """Return what a preview tells of a record: a few of its columns, by their labels."""
    has, columns = values_of(entry, record), properties_of([entry.name])
    shown = [name for name in SHOWN_IN_PREVIEW if has.get(name)]
    return {columns[name].label: ", ".join(_named(columns[name], has[name])) for name in shown}


def _named(column: Column, values: list[Cell]) -> list[str]:
    """Return the values of a column as people read them: labels of codes, names of records."""
    if column.vocabulary:
        return [str(VOCABULARIES[column.vocabulary](str(value)).label) for value in values]
    if column.table:
        model = CATALOGUE[column.table].model
        return [str(record) for record in model.objects.filter(**{f"{model.KEY}__in": values})]
    return [_in_words(str(value)) for value in values]


def _in_words(text: str) -> str:
    """Return a text, a partial date in words: January 2020."""
    try:
        return PartialDate.parse(text).human("en")
    except PartialDateError:
        return text


def _context(request: Request) -> Object:
    entry, record = _found(request)
    return {
        "record": record,
        "type": entry.model._meta.verbose_name,
        "facts": _facts(entry, record),
        "address": request.build_absolute_uri(record.get_absolute_url()),
    }


class Preview(TypingView):
    """A small page about one record, which other sites may frame: it has nothing to click away."""

    renderer_classes = [TemplateHTMLRenderer]

    @extend_schema(
        operation_id="reconcile_preview",
        tags=TAGS,
        summary="One record as a small page",
        parameters=[ID, OpenApiParameter("as_of", str, description=AS_OF), REVISION_HEADER],
        responses={(200, "text/html"): OpenApiTypes.STR, **NOT_FOUND, **ERRORS},
    )
    def get(self, request: Request) -> Response:
        response = Response(_context(request), template_name="api/preview.html")
        response.xframe_options_exempt = True
        response._csp_replace = {"frame-ancestors": ["*"]}  # type: ignore[attr-defined]
        return response


class View(TypingView):
    """Leads from a public id to the page about the record."""

    renderer_classes = [Json, TemplateHTMLRenderer]

    @extend_schema(
        operation_id="reconcile_view",
        tags=TAGS,
        summary="Leads to the page of the record",
        parameters=[ID, OpenApiParameter("as_of", str, description=AS_OF), REVISION_HEADER],
        responses={
            302: OpenApiResponse(description="Its page."),
            (200, "text/html"): OpenApiResponse(str, description="The page, if it is followed."),
            **NOT_FOUND,
            **ERRORS,
        },
    )
    def get(self, request: Request) -> HttpResponseRedirect:
        _, record = _found(request)
        return HttpResponseRedirect(record.get_absolute_url())


class Flyout(TypingView):
    """What the widget of OpenRefine shows beside a suggestion that is pointed at."""

    @extend_schema(
        operation_id="reconcile_flyout",
        tags=TAGS,
        summary="What is shown of a suggestion that is pointed at",
        parameters=[
            OpenApiParameter(
                "kind",
                {"type": "string", "enum": ["entity", "type", "property"]},
                OpenApiParameter.PATH,
                description="What the id is of.",
            ),
            OpenApiParameter("id", str, description="A public id, or the name.", required=True),
            OpenApiParameter("as_of", str, description=AS_OF),
            REVISION_HEADER,
        ],
        responses={
            200: OpenApiResponse(OpenApiTypes.OBJECT, description="`{id, html}`"),
            **NOT_FOUND,
            **ERRORS,
        },
    )
    def get(self, request: Request, kind: str) -> Response:
        told = request.query_params.get("id", "")
        if kind == "entity":
            html = render_to_string("api/_preview.html", _context(request))
        else:
            html = render_to_string("api/_about.html", {"about": _about(kind, told)})
        return Response({"id": told, "html": html})


def _about(kind: str, name: str) -> str:
    """Return what a type or property is. Raises Http404."""
    if kind == "type" and name in TYPES:
        return TYPES[name].entry.title
    if kind == "property" and name in properties_of():
        return properties_of()[name].description
    raise Http404(f"There is no {kind} “{name[:100]}”.")
