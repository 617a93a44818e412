"""Finds what a mistyped or a shortened key may have meant; a 404 of any face says it."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from django.http import Http404

from apps.records.catalogue import Entry
from apps.records.likeness import Named, Names, folded
from apps.records.reconciling import STATES, TYPES, Reconciler

NEAR = 0.4
MOST = 3
LONGEST = 100


class NoRecord(Http404):
    """No published record answers to a key; `near` are those that answer to one like it."""

    def __init__(self, entry: Entry, key: str) -> None:
        self.entry, self.near = entry, near_keys(entry, key)
        super().__init__(f"Nothing published among the {entry.title.lower()} has the key “{key}”.")


def near_keys(entry: Entry, key: str, limit: int = MOST) -> list[Named]:
    """Return the published records whose key, name or code is like `key`, the likest first.

    Capitals, accents and punctuation do not count. Records that only a public id tells apart are
    like no other: none is returned. One query the first time at a revision.
    """
    if entry.name not in TYPES:
        return []
    asked = folded(key[:LONGEST].replace("_", " "))
    now = Reconciler.now()
    known = _keys(entry.name, now.revision, now.fingerprint)
    found = {named.public_id: (named, 1.0) for named in known.bearing(asked)}
    for named, likeness in known.like(asked, at_least=NEAR):
        found.setdefault(named.public_id, (named, likeness))
    likest = sorted(found.values(), key=lambda each: (-each[1], each[0].key))
    return [named for named, _ in likest[:limit]]


@lru_cache(maxsize=STATES * len(TYPES))
def _keys(name: str, revision: int, fingerprint: str) -> Names:
    """Return the names at a revision with the keys and codes, folded, among them."""
    return Names(map(_with_codes, Reconciler(revision, fingerprint).names([name])[0][1].all))


def _with_codes(named: Named) -> Named:
    return replace(named, names=tuple(_distinct([*named.names, *map(folded, named.codes)])))


def _distinct(texts: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(filter(None, texts))
