"""Pages of words: what this is, how it is made, how to take it, and files that robots read."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from apps.pages import citing
from apps.records.catalogue import CATALOGUE
from apps.records.vocabularies import VOCABULARIES


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about.html", {"section": "about"})


def data(request: HttpRequest) -> HttpResponse:
    context = {
        "section": "data",
        "entries": CATALOGUE.values(),
        "schema": reverse("api:schema"),
        "site": request.build_absolute_uri("/"),
        "citable": citing.cited(request, "sahelref", "/"),
    }
    return render(request, "pages/data.html", context)


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html", {"section": "accessibility"})


def vocabularies(request: HttpRequest) -> HttpResponse:
    """Show the codebook: every controlled list with the definition of each code and its source."""
    return render(
        request, "pages/vocabularies.html", {"section": "about", "vocabularies": VOCABULARIES}
    )


def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots out of the desk and of the endless combinations of parameters."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /*?*cursor=", "Disallow: /*?*as_of="]
    return _text(lines)


def security(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness (RFC 9116)."""
    contact = request.build_absolute_uri(reverse("pages:about")) + "#contact"
    expires = f"{datetime.now(UTC).year + 1}-12-31T23:59:59Z"
    return _text([f"Contact: {contact}", f"Expires: {expires}", "Preferred-Languages: en, fr"])


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
