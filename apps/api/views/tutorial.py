"""The tutorial, with the address of this site in its examples."""

from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request

from apps.api.negotiation import OnlyOne
from apps.api.schema import ERRORS, REVISION_HEADER, SHARED
from apps.api.views.base import PublicView, site_of

TUTORIAL = settings.BASE_DIR / "docs" / "api-tutorial.md"
WRITTEN_FOR = "http://127.0.0.1:8000"


class Tutorial(PublicView):
    """How to begin, to be read in a browser or a terminal."""

    content_negotiation_class = OnlyOne
    known = ("as_of",)

    @extend_schema(
        operation_id="tutorial",
        tags=["index"],
        summary="Ten minutes with the API: examples in curl, Python, R and JavaScript",
        parameters=[SHARED["as_of"], REVISION_HEADER],
        responses={(200, "text/plain"): OpenApiResponse(str, description="Markdown."), **ERRORS},
    )
    def get(self, request: Request) -> HttpResponse:
        text = TUTORIAL.read_text("utf-8").replace(WRITTEN_FOR, site_of(request))
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
