"""Full-text queries in both languages at once; models, filters and the search page read them."""

import unicodedata
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable

# Made by migration 0001: they fold accents, then stem.
CONFIGURATIONS = ("extensions.sahelref_en", "extensions.sahelref_fr")


def words_of(text: str) -> SearchQueryCombinable:
    """Return the query for `text` in web syntax: words, "a phrase", or, -without."""
    composed = unicodedata.normalize("NFC", text)
    queries = [SearchQuery(composed, config=c, search_type="websearch") for c in CONFIGURATIONS]
    return reduce(or_, queries)
