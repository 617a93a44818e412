"""Finds the passages of sources with the words of a reader: each excerpt once, with its facts."""

from dataclasses import dataclass, field
from typing import Any

from apps.records.models import Citation, Source
from apps.records.search import read_words

# A common word stands in a million citations: so many of them are looked at, in no order.
MOST_READ = 400


@dataclass
class FoundPassage:
    """An excerpt of a paragraph of a source, and the citations that rest on it."""

    source: Source
    paragraph: int
    excerpt: str
    citations: list[Citation] = field(default_factory=list)


def passages(text: str, *, related: tuple[str, ...] = (), limit: int = 10) -> list[FoundPassage]:
    """Return at most `limit` passages for `text` (as `q`), those of most facts first.

    The words stand in the excerpt or in a value as written. `related` is what is fetched with
    each citation. Raises BadParameter, naming `q`.
    """
    words = read_words(text)
    if not words:
        return []
    read = Citation.objects.matching(words).order_by()[:MOST_READ]
    found: dict[tuple[Any, ...], FoundPassage] = {}
    citations = Citation.objects.among(read).select_related("source")
    for citation in citations.prefetch_related(*related).order_by("source", "paragraph", "pk"):
        place = (citation.source, citation.paragraph, citation.excerpt)
        found.setdefault(place, FoundPassage(*place)).citations.append(citation)
    return sorted(found.values(), key=lambda one: -len(one.citations))[:limit]
