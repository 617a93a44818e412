"""Sitemaps (sitemaps.org): an index, and of each type of record a page a range of its rows.

A page is cut by the number of the row, so that it costs the same wherever it lies, its address
stays, and none has more records than the format allows.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.pages.views.records import ENTRY_NAMES
from apps.records.catalogue import CATALOGUE, Entry
from apps.records.guides import GUIDES
from apps.records.models import Country, Operation, Organization, Person, Source, Statement
from apps.revisions.models import Change

# The format allows 50,000 addresses; a page of fewer is made and read sooner.
ROWS_A_PAGE = 10_000
WITH_PAGES = (Operation, Country, Organization, Person, Statement, Source)
DOCUMENTS = (
    "home",
    "changes",
    "data",
    "releases",
    *GUIDES,
    "about",
    "vocabularies",
    "quality",
    "accessibility",
)
TYPE = "application/xml; charset=utf-8"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the sitemaps: that of the documents, and a page for each range that holds a record.

    Takes a query for each of them.
    """
    entries = [CATALOGUE[ENTRY_NAMES[model]] for model in WITH_PAGES]
    pages = [reverse("pages:sitemap-documents")]
    for entry in entries:
        pages += [reverse("pages:sitemap", args=[entry.name, n]) for n in _ranges(entry)]
    return _answer(request, "index", {"pages": map(request.build_absolute_uri, pages)})


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """List the pages that are not of one record."""
    lists = [f"{model._meta.model_name}-list" for model in WITH_PAGES]
    found = [reverse(f"pages:{name}") for name in (*DOCUMENTS, *lists)]
    listed = [(request.build_absolute_uri(path), None) for path in found]
    return _answer(request, "pages", {"pages": listed})


@require_safe
def of_records(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """List the pages of the records of one range, with the day of the newest change to each.

    Takes two queries. Raises Http404 for a range without records.
    """
    entry = CATALOGUE.get(name)
    if entry is None or entry.model not in WITH_PAGES:
        raise Http404
    listed = list(_listed(request, entry, number))
    if not listed:
        raise Http404
    return _answer(request, "pages", {"pages": listed})


def _ranges(entry: Entry) -> Iterator[int]:
    """Give the numbers of the ranges that hold a record, going from each to the next."""
    rows = entry.model.objects.order_by("pk").values_list("pk", flat=True)
    first = rows.first()
    while first is not None:
        number = first // ROWS_A_PAGE
        yield number
        first = rows.filter(pk__gte=(number + 1) * ROWS_A_PAGE).first()


def _listed(
    request: HttpRequest, entry: Entry, number: int
) -> Iterator[tuple[str, datetime | None]]:
    within = (number * ROWS_A_PAGE, (number + 1) * ROWS_A_PAGE - 1)
    changed = _changed(entry, within)
    kind = entry.model._meta.model_name
    # Keys are written as they stand: slugs, codes and ids are made of letters, digits and hyphens.
    start = request.build_absolute_uri(reverse(f"pages:{kind}-list"))
    rows = entry.model.objects.filter(pk__range=within).order_by("pk")
    for row, key in rows.values_list("pk", entry.model.KEY):
        yield f"{start}{key}/", changed.get(row)


def _changed(entry: Entry, within: tuple[int, int]) -> dict[int, datetime]:
    """Return when each record of the range was last changed; a later revision is a later time."""
    kind = entry.model._meta.model_name
    changes = Change.objects.filter(record_type=kind, record_id__range=within)
    newest = changes.order_by().values("record_id").annotate(at=Max("revision__made_at"))
    return dict(newest.values_list("record_id", "at"))


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"sitemaps/{template}.xml", context, content_type=TYPE)
