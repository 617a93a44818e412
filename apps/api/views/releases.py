"""The releases that were made, read from the disk: no database is asked."""

from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.problems import ERRORS, NOT_FOUND
from apps.api.schema import SHARED, paged
from apps.api.views.base import PublicView, site_of
from apps.records.releases import Release, listed, named


class ReleaseFileSerializer(serializers.Serializer):
    """One file of a release."""

    path = serializers.CharField()
    url = serializers.URLField()
    bytes = serializers.IntegerField()
    sha256 = serializers.CharField()
    rows = serializers.IntegerField(allow_null=True, help_text="Null where it is no table.")


class ReleaseSerializer(serializers.Serializer):
    """A revision frozen under a name: a Frictionless data package and a SQLite file."""

    name = serializers.CharField(help_text="2026.1")
    api_url = serializers.URLField()
    title = serializers.CharField()
    revision = serializers.IntegerField(help_text="The revision that it holds.")
    revision_hash = serializers.CharField(help_text="SHA-256 of the history up to it.")
    made_at = serializers.DateTimeField(help_text="When the revision was made.")
    licence = serializers.CharField()
    citation = serializers.CharField(help_text="How to cite it.")
    receipt = serializers.URLField(help_text="Says whether the database still vouches for it.")
    notes = serializers.CharField(help_text="What is new; Markdown.")
    index_sha256 = serializers.CharField(help_text="SHA-256 of index.json, which has all others.")
    rows = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many rows each table has."
    )
    files = ReleaseFileSerializer(many=True)


def as_json(release: Release, site: str) -> dict[str, Any]:
    """Return a release as ReleaseSerializer describes it."""
    same = ("name", "title", "revision", "revision_hash", "made_at", "licence", "citation")
    address = reverse("api:releases-detail", args=[release.name])
    return {
        **{name: getattr(release, name) for name in same},
        "api_url": f"{site}{address}",
        "receipt": receipt_of(release, site),
        "notes": release.notes,
        "index_sha256": release.sha256,
        "rows": release.rows,
        "files": [
            {
                **vars(file),
                "url": f"{site}{reverse('release-file', args=[release.name, file.path])}",
            }
            for file in release.files
        ],
    }


def receipt_of(release: Release, site: str) -> str:
    """Return the address that says whether the release is still as it was made."""
    receipts = reverse("api:receipts")
    return f"{site}{receipts}?release={release.name}&sha256={release.sha256}"


class ReleaseView(PublicView):
    """What the list and one release share: they change when the files do, not by revision."""

    known = ("format",)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Any:
        """Any: a client that has the answer gets a plain 304."""
        final = super().finalize_response(request, response, *args, **kwargs)
        return _validated(request._request, final) if final.status_code == 200 else final


def _validated(request: HttpRequest, response: Response) -> HttpResponseBase:
    """Add the ETag of the body; answer 304 to a client that has it."""
    response.headers["Cache-Control"] = "public, max-age=60"
    if request.method not in ("GET", "HEAD"):
        return response
    response.headers["ETag"] = f'"{sha256(response.render().content).hexdigest()}"'
    return get_conditional_response(request, response.headers["ETag"], None, response) or response


class ReleaseList(ReleaseView):
    """Every release, that of the newest revision first."""

    @extend_schema(
        operation_id="releases_list",
        tags=["releases"],
        summary="Every release, that of the newest revision first",
        description="A release is a revision frozen under a name, as files that do not change:"
        " CSV, a Frictionless data package with the codebook, a SQLite file.",
        parameters=[SHARED["format"]],
        responses={200: paged("Release", ReleaseSerializer), **ERRORS},
    )
    def get(self, request: Request) -> Response:
        releases = [as_json(release, site_of(request)) for release in listed()]
        return Response(
            {"count": len(releases), "next": None, "previous": None, "results": releases}
        )


class ReleaseDetail(ReleaseView):
    """One release, by its name."""

    @extend_schema(
        operation_id="releases_retrieve",
        tags=["releases"],
        summary="One release with its files",
        parameters=[
            OpenApiParameter("key", str, OpenApiParameter.PATH, description="Its name: 2026.1."),
            SHARED["format"],
        ],
        responses={200: ReleaseSerializer, **NOT_FOUND, **ERRORS},
    )
    def get(self, request: Request, key: str) -> Response:
        release = named(key)
        if release is None:
            raise Http404(f"There is no release “{key}”. /api/v1/releases/ lists them.")
        return Response(as_json(release, site_of(request)))
