"""The reconciliation service (Reconciliation Service API 0.2): OpenRefine matches a table here."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.parameters import check_known
from apps.api.problems import ERRORS
from apps.api.reconciliation import (
    BATCH,
    EXTEND,
    QUERIES,
    Object,
    Query,
    as_result,
    as_type,
    extended,
    queries_in,
)
from apps.api.schema import REVISION_HEADER, SHARED
from apps.api.views.base import PublicView, site_of
from apps.records.reconciling import TYPES, Reconciler
from apps.revisions.parameters import BadParameter

FORM = "application/x-www-form-urlencoded"
ANSWER = OpenApiResponse(
    OpenApiTypes.OBJECT,
    description="The service manifest; or `{key: {result: [candidates]}}` for `queries`; or"
    " `{meta, rows}` for `extend`. As in Reconciliation Service API 0.2.",
)
ABOUT = (
    "Reconciliation Service API 0.2, for OpenRefine: paste this address as a standard service."
    " Types: operations, countries, organizations, people. Ids are the stable public ids of the"
    f" API, properties the columns of the exports. At most {BATCH} queries at once. `match` is"
    " true only where a name or code is the same, no other candidate has it, and no property"
    " speaks against it. JSONP is not spoken; every answer may be read from other sites (CORS)."
)
EXAMPLE = '{"q0":{"query":"Barkhane","type":"operations","limit":3}}'


def _asked(name: str, about: str, *examples: str) -> OpenApiParameter:
    shown = [OpenApiExample(name, example) for example in examples]
    return OpenApiParameter(name, str, description=about, examples=shown)


class Reconciliation(PublicView):
    """The service itself: what it is, candidates for names, properties of records."""

    http_method_names = ["get", "post", "head", "options"]
    known = (QUERIES, EXTEND, "as_of", "format")

    @extend_schema(
        operation_id="reconcile",
        tags=["reconciliation"],
        summary="What the service is; with `queries` or `extend`, what is asked",
        description=ABOUT,
        parameters=[
            _asked(QUERIES, "A batch of queries, in JSON.", EXAMPLE),
            _asked(EXTEND, "Records and the properties wanted of them, in JSON."),
            SHARED["as_of"],
            SHARED["format"],
            REVISION_HEADER,
        ],
        responses={200: ANSWER, **ERRORS},
    )
    def get(self, request: Request) -> Response:
        given = request.query_params
        if not (given.get(QUERIES) or given.get(EXTEND)):
            return Response(manifest(site_of(request)))
        return Response(answered(given))

    @extend_schema(
        operation_id="reconcile_batch",
        tags=["reconciliation"],
        summary="The same, asked by a form: for batches too long for an address",
        description="Changes nothing: it is a question, and may be repeated.",
        parameters=[SHARED["as_of"], SHARED["format"], REVISION_HEADER],
        request={
            FORM: {
                "type": "object",
                "properties": {QUERIES: {"type": "string"}, EXTEND: {"type": "string"}},
                "additionalProperties": False,
                "minProperties": 1,
                "maxProperties": 1,
            }
        },
        responses={200: ANSWER, **ERRORS},
    )
    def post(self, request: Request) -> Response:
        form = request._request.POST
        check_known(form, (QUERIES, EXTEND))
        return Response(answered(form))

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Say in `Allow` what can be asked."""
        return HttpResponse(content_type="text/plain")


def answered(given: QueryDict) -> Object:
    """Return the answer to `queries` or `extend`, one of the two. Raises BadParameter."""
    asked = [name for name in (QUERIES, EXTEND) if given.get(name)]
    if len(asked) != 1:
        allowed = f"`{QUERIES}` or `{EXTEND}`, one of the two, in a query string or a form"
        raise BadParameter(QUERIES, given.get(QUERIES, ""), allowed, "There is not one question.")
    if asked == [EXTEND]:
        return extended(given.get(EXTEND, ""))
    queries, reconciler = queries_in(given.get(QUERIES, "")), Reconciler.now()
    return {key: {"result": _candidates(reconciler, query)} for key, query in queries.items()}


def _candidates(reconciler: Reconciler, query: Query) -> list[Object]:
    if not query.text:
        return []
    found = reconciler.candidates(
        query.text, query.types, limit=query.limit, properties=query.properties
    )
    return [as_result(candidate) for candidate in found]


def manifest(site: str) -> Object:
    """Return what the service is and can do, as clients read it."""
    here = f"{site}{reverse('api:reconcile')}".removesuffix("/")
    return {
        "versions": ["0.1", "0.2"],
        "name": "sahelref: security operations in the Sahel",
        "identifierSpace": f"{here}/view/?id=",
        "schemaSpace": f"{site}{reverse('api:schema')}",
        "documentation": f"{site}{reverse('api:docs')}",
        "serviceVersion": settings.RELEASE,
        "defaultTypes": [as_type(each.entry) for each in TYPES.values()],
        "view": {"url": f"{here}/view/?id={{{{id}}}}"},
        "preview": {"url": f"{here}/preview/?id={{{{id}}}}", "width": 400, "height": 200},
        "suggest": {
            name: {
                "service_url": here,
                "service_path": f"/suggest/{name}/",
                # Without one the widget of OpenRefine asks at an address of its own making.
                "flyout_service_url": here,
                "flyout_service_path": f"/flyout/{name}/?id=${{id}}",
            }
            for name in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties/"},
            "property_settings": [],
        },
        "batchSize": BATCH,
    }
