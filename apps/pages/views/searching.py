"""Search over every kind of record."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.pages import addresses, clocks, names, relations
from apps.pages.evidence import by_target
from apps.records.catalogue import Entry
from apps.records.passage_search import passages
from apps.records.search import Hit
from apps.records.search import search as found

HITS_SHOWN = 50


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what bears or holds the words, the best first. Raises BadParameter."""
    clocks.read_parameters(request, "q")
    words = request.GET.get("q", "").strip()
    hits = found(words, limit=HITS_SHOWN)
    context = {
        "section": "search",
        "searched": words,
        "quoted": _once_quoted(words),
        "hits": hits,
        "cut": len(hits) == HITS_SHOWN,
        "kinds": _kinds(request, hits, words),
        "passages": [
            (found, by_target(found.citations))
            for found in passages(words, related=relations.TARGETS_NAMED)
        ],
    }
    return render(request, "pages/search.html", context)


def _once_quoted(words: str) -> str:
    """Return what stands between the quotation marks of the page: a phrase without its own."""
    is_phrase = words.count('"') == 2 and words[0] == words[-1] == '"'
    return words[1:-1].strip() if is_phrase else words


def _kinds(request: HttpRequest, hits: list[Hit], words: str) -> list[dict[str, Any]]:
    """Return the kinds of record among the hits, and the list of each with the same words."""
    entries: dict[str, Entry] = {hit.entry.name: hit.entry for hit in hits}
    return [
        {
            "label": names.types_of(entry.model),
            "count": sum(hit.entry.name == name for hit in hits),
            "address": _list_of(request, entry, words),
        }
        for name, entry in entries.items()
    ]


def _list_of(request: HttpRequest, entry: Entry, words: str) -> str:
    path = reverse(f"pages:{entry.model._meta.model_name}-list")
    return clocks.keep(request, addresses.with_parameters(path, q=words))
