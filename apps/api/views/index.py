"""The front door: every endpoint in one answer; and the description of them all."""

from functools import cache
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework import serializers
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.problems import ERRORS
from apps.api.schema import REVISION_HEADER, SHARED
from apps.api.views.base import PublicView, site_of, state_of
from apps.api.views.exports import EXPORTS

# What each list holds, in a line.
ABOUT = {
    "operations": "Security operations, missions and forces in the Sahel.",
    "countries": "States, by ISO 3166-1.",
    "organizations": "Bodies that act or speak, groupings such as the G5 Sahel among them.",
    "people": "People named by a source, with the offices they held.",
    "contributors": "Who contributes to an operation, with what, and how far the promise has come.",
    "strengths": "Personnel of operations and of contributors, at a date, on a stated basis.",
    "statements": "What was said about the operations, by whom, in what form.",
    "sources": "What was read.",
    "citations": "The passage of a source behind each fact.",
    "changes": "What changed after a revision, in order, for mirrors.",
    "withdrawals": "What was public and was withdrawn, why, and when.",
    "revisions": "Every numbered state of the database.",
    "releases": "Revisions frozen under a name, as files: CSV, data package, SQLite.",
    "vocabularies": "What each code means, in English and French, and where that is from.",
}


class EndpointSerializer(serializers.Serializer):
    """One list."""

    name = serializers.CharField()
    api_url = serializers.URLField()
    about = serializers.CharField()
    files = serializers.ListField(
        child=serializers.URLField(), help_text="The whole list as a file, in each format."
    )


class IndexSerializer(serializers.Serializer):
    """What can be asked here."""

    title = serializers.CharField()
    revision = serializers.IntegerField(help_text="The revision that answers show.")
    newest = serializers.IntegerField(help_text="The newest revision.")
    made_at = serializers.DateTimeField(allow_null=True, help_text="When it was made.")
    hash = serializers.CharField(help_text="SHA-256 of the history up to it.")
    licence = serializers.CharField()
    schema = serializers.URLField(help_text="OpenAPI 3.1.")
    docs = serializers.URLField(help_text="The same, to read and try out.")
    tutorial = serializers.URLField(help_text="Examples in curl, Python, R and JavaScript.")
    context = serializers.URLField(help_text="JSON-LD: what each field means.")  # type: ignore[assignment]  # a field, which DRF takes out of the class
    endpoints = EndpointSerializer(many=True)


class Index(PublicView):
    """Every endpoint, and the state of the database."""

    @extend_schema(
        operation_id="index",
        tags=["index"],
        summary="Every endpoint, and the state of the database",
        parameters=[SHARED["as_of"], SHARED["format"], REVISION_HEADER],
        responses={200: IndexSerializer, **ERRORS},
    )
    def get(self, request: Request) -> Response:
        site, state = site_of(request), state_of(request)
        endpoints = [
            {
                "name": name,
                "api_url": f"{site}{reverse(f'api:{name}-list')}",
                "about": about,
                "files": [f"{site}{path}" for path in files_of(name)],
            }
            for name, about in ABOUT.items()
        ]
        return Response(
            {
                "title": "sahelref: security operations in the Sahel, every record cited",
                "revision": state.shown,
                "newest": state.newest,
                "made_at": state.made_at,
                "hash": state.hash,
                "licence": "CC BY 4.0",
                "schema": f"{site}{reverse('api:schema')}",
                "docs": f"{site}{reverse('api:docs')}",
                "tutorial": f"{site}{reverse('api:tutorial')}",
                "context": f"{site}{reverse('api:context')}",
                "endpoints": endpoints,
            }
        )


def files_of(name: str) -> list[str]:
    """Return the paths of the list `name` as a file; none for what is no type of record."""
    formats = [kind for entry, kind in EXPORTS if entry == name]
    return [reverse(f"api:{name}-{kind}") for kind in formats]


class Schema(PublicView, SpectacularAPIView):
    """OpenAPI 3.1 of this API, in JSON (which comes first) or YAML."""

    renderer_classes = [
        OpenApiJsonRenderer2,
        OpenApiJsonRenderer,
        OpenApiYamlRenderer2,
        OpenApiYamlRenderer,
    ]
    known = ("format",)

    def _get_schema_response(self, request: Request) -> HttpResponse:
        renderer = request.accepted_renderer
        name = f"sahelref.{renderer.format}"
        return HttpResponse(
            described(renderer.format),
            content_type=renderer.media_type,
            headers={"Content-Disposition": f'inline; filename="{name}"'},
        )


@cache
def described(kind: str) -> str | bytes:
    """Return the description in a format; making it takes a second, so it is kept."""
    renderer = next(each() for each in Schema.renderer_classes if each.format == kind)
    return renderer.render(SchemaGenerator().get_schema(request=None, public=True))


class Docs(PublicView, SpectacularSwaggerSplitView):
    """The description to read and try out; its script is a file of its own, as the policy wants."""

    renderer_classes = [TemplateHTMLRenderer]
    template_name = "api/docs.html"
    # The stock script sends a CSRF token, which takes a cookie: nothing here can be changed.
    template_name_js = "api/docs.js"
    url_name = "api:schema"
    known = ("script",)

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer without the token that the library asks for: it would come with a cookie."""
        answer: Response = super().get(request, *args, **kwargs)
        answer.data["csrf_token"] = ""
        return answer
