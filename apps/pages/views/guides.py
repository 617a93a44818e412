"""The guides of docs/ as pages, and the script that they name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from apps.pages import addresses
from apps.pages.markdown import as_html
from apps.records.guides import MIRROR, guide

TITLES = {
    "tutorial": gettext_lazy("Tutorial"),
    "policy": gettext_lazy("What the API promises"),
    "releases-and-receipts": gettext_lazy("Releases and receipts"),
    "reconciliation": gettext_lazy("Matching a table in OpenRefine"),
}


@require_safe
def guide_page(request: HttpRequest, name: str) -> HttpResponse:
    site = request.build_absolute_uri("/").rstrip("/")
    text = guide(name, site, lambda other: addresses.keep_as_of(request, reverse(f"pages:{other}")))
    context = {
        "section": "data",
        "title": TITLES[name],
        "guide": as_html(text),
        "canonical": addresses.canonical(request, reverse(f"pages:{name}")),
    }
    return render(request, "pages/guide.html", context)


@require_safe
def mirror(request: HttpRequest) -> HttpResponse:
    """Give the script that keeps a copy of the database, to be saved and run."""
    name = {"Content-Disposition": f'attachment; filename="{MIRROR.name}"'}
    text = MIRROR.read_text("utf-8")
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=name)
