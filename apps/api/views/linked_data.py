"""The context of JSON-LD: what each field of the API means, in terms of schema.org and our own."""

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.linked_data import context
from apps.api.negotiation import Json, OnlyOne
from apps.api.problems import ERRORS
from apps.api.schema import REVISION_HEADER, SHARED
from apps.api.views.base import PublicView, site_of


class ContextJson(Json):
    """JSON under the name that says what it is."""

    media_type = "application/ld+json"


class Context(PublicView):
    """The context that every answer in JSON-LD names."""

    renderer_classes = [ContextJson]
    content_negotiation_class = OnlyOne
    known = ("as_of",)

    @extend_schema(
        operation_id="context",
        tags=["index"],
        summary="The JSON-LD context: what each field means",
        parameters=[SHARED["as_of"], REVISION_HEADER],
        responses={
            (200, "application/ld+json"): OpenApiResponse(dict, description="A context."),
            **ERRORS,
        },
    )
    def get(self, request: Request) -> Response:
        return Response({"@context": context(site_of(request))})
