"""The tutorial for a terminal, with the address of this site in its examples and links."""

from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request

from apps.api.negotiation import OnlyOne
from apps.api.problems import ERRORS
from apps.api.schema import REVISION_HEADER, SHARED
from apps.api.views.base import PublicView, site_of
from apps.records.guides import guide

MARKDOWN = OpenApiResponse(str, description="Markdown; as a page at /data/tutorial/.")


class Tutorial(PublicView):
    """How to begin, in Markdown; /data/tutorial/ is the same as a page."""

    content_negotiation_class = OnlyOne
    known = ("as_of",)

    @extend_schema(
        operation_id="tutorial",
        tags=["index"],
        summary="Ten minutes with the API: examples in curl, Python, R and JavaScript",
        parameters=[SHARED["as_of"], REVISION_HEADER],
        responses={(200, "text/plain"): MARKDOWN, **ERRORS},
    )
    def get(self, request: Request) -> HttpResponse:
        site = site_of(request)
        text = guide("tutorial", site, lambda name: f"{site}{reverse(f'pages:{name}')}")
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
