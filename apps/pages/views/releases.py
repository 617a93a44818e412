"""The releases: all of them, and one with its files; read from the disk, as programs find them."""

from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.pages import addresses
from apps.pages.addresses import with_parameters
from apps.pages.markdown import as_html
from apps.records.releases import Release, listed, named


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """List every release, that of the newest revision first."""
    context = {
        "section": "data",
        "releases": (shown := listed()),
        "title": _("Releases"),
        "canonical": addresses.canonical(request, reverse("pages:releases")),
        "as_json": reverse("api:releases-list"),
    }
    return marked(render(request, "pages/releases.html", context), shown)


@require_safe
def release(request: HttpRequest, name: str) -> HttpResponse:
    """Show one release: its files with their hashes, what is new in it, how to cite it."""
    found = named(name)
    if found is None:
        raise Http404
    context: dict[str, Any] = {
        "section": "data",
        "release": found,
        "notes": as_html(found.notes, below=2),
        "receipt": receipt_of(found),
        "title": _("Release %(name)s") % {"name": found.name},
        "canonical": addresses.canonical(request, reverse("pages:release", args=[found.name])),
        "as_json": reverse("api:releases-detail", args=[found.name]),
    }
    return marked(render(request, "pages/release.html", context), [found])


def receipt_of(release: Release) -> str:
    """Return the address that says whether the database still vouches for the release."""
    receipts = reverse("api:receipts")
    return with_parameters(receipts, release=release.name, sha256=release.sha256)


def marked(response: HttpResponse, shown: list[Release]) -> HttpResponse:
    """Return the answer with an ETag of the releases on it: no revision tells of a new one."""
    hashes = " ".join(release.sha256 for release in shown)
    response.headers["ETag"] = f'"{sha256(hashes.encode()).hexdigest()}"'
    return response
