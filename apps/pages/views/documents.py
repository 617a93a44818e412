"""Pages of words: what this is, how it is made, how to take it, and files that robots read."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from apps.pages import addresses, citing, linked_data
from apps.pages.views.records import citation_file
from apps.pages.views.releases import marked
from apps.records.catalogue import CATALOGUE
from apps.records.releases import listed
from apps.records.vocabularies import VOCABULARIES

RELEASES_SHOWN = 5

# The kinds of error of the API, each at `#error-<kind>` of the page of data, and what to do.
ERRORS = {
    "bad-request": gettext_lazy(
        "The request cannot be read. The detail says what is wrong with it; asking the same again"
        " gives the same answer."
    ),
    "unknown-parameter": gettext_lazy(
        "The address has a parameter that nothing here answers to. It is refused and not ignored,"
        " because the answer would be one to another question. The answer names the parameter,"
        " those that are allowed, and the nearest of them."
    ),
    "bad-parameter": gettext_lazy(
        "A parameter has a value that cannot be: an unknown code, a record that is not published,"
        " a day that does not exist, a revision that is yet to come. The answer names it and says"
        " what is allowed."
    ),
    "forbidden": gettext_lazy("What was asked for is not for the public."),
    "not-found": gettext_lazy(
        "Nothing published has this address in the state that was asked for. With as_of it may be"
        " there in another revision. Where a record has a key like the one asked for, the answer"
        " suggests it."
    ),
    "withdrawn": gettext_lazy(
        "The record at this address was public and was withdrawn. The answer says why and when,"
        " and gives the address of its last public state. Where it was withdrawn for a legal cause"
        " there is none: its past is hidden too."
    ),
    "method-not-allowed": gettext_lazy("The API is read-only: use GET, HEAD or OPTIONS."),
    "not-acceptable": gettext_lazy(
        "No format that the Accept header names is made here. The detail lists those that are."
    ),
    "query-too-long": gettext_lazy(
        "The question is longer than 4,096 bytes. Ask in several requests, or take the whole list"
        " and filter it yourself."
    ),
    "too-many-requests": gettext_lazy(
        "More requests came from your address than one client may make in a minute. Wait the"
        " seconds that Retry-After gives; for whole lists use the downloads."
    ),
    "server-error": gettext_lazy(
        "The fault is ours and has been written down. The same request may succeed later."
    ),
    "unavailable": gettext_lazy(
        "The database cannot be reached just now, or the server is busy. Repeat the request after"
        " the seconds that Retry-After gives."
    ),
}


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about.html", {"section": "about"})


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    context = {
        "section": "data",
        "entries": CATALOGUE.values(),
        "releases": (shown := listed()[:RELEASES_SHOWN]),
        "site": request.build_absolute_uri("/"),
        "citable": citing.cited_whole(request),
        "title": _("Data and API"),
        "canonical": addresses.canonical(request, reverse("pages:data")),
        "node": linked_data.of_whole(request),
        "errors": ERRORS,
    }
    return marked(render(request, "pages/data.html", context), shown)


@require_safe
def cite(request: HttpRequest, form: str) -> HttpResponse:
    """Give a file that cites the whole database. Raises Http404 for a form there is none of."""
    return citation_file(citing.cited_whole(request), form, "sahelref")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html", {"section": "accessibility"})


@require_safe
def vocabularies(request: HttpRequest) -> HttpResponse:
    """Show the codebook: every controlled list with the definition of each code and its source."""
    return render(
        request, "pages/vocabularies.html", {"section": "about", "vocabularies": VOCABULARIES}
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots out of the desk and of the endless combinations of parameters."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /*?*cursor=", "Disallow: /*?*as_of="]
    index = reverse("pages:sitemap-index")
    for code, _name in settings.LANGUAGES:
        address = request.build_absolute_uri(addresses.in_language(index, code))
        lines.append(f"Sitemap: {address}")
    return _text(lines)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness (RFC 9116)."""
    contact = request.build_absolute_uri(reverse("pages:about")) + "#contact"
    expires = f"{datetime.now(UTC).year + 1}-12-31T23:59:59Z"
    return _text([f"Contact: {contact}", f"Expires: {expires}", "Preferred-Languages: en, fr"])


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
