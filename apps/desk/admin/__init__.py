"""The desk's pages: a file a noun. Django finds them here."""

from apps.desk.admin import (
    accounts,
    actors,
    citations,
    contributors,
    operations,
    places,
    revisions,
    sources,
    statements,
)

__all__ = [
    "accounts",
    "actors",
    "citations",
    "contributors",
    "operations",
    "places",
    "revisions",
    "sources",
    "statements",
]
