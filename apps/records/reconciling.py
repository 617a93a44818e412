"""Finds the records that a name in somebody's table may mean, and says when one is certain.

What is compared are names, codes and public ids. A candidate is certain only where its name (but
for capitals, accents and punctuation) or its code (letter by letter) is the text, no other
candidate has it too, and no property that was given beside it speaks against it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.utils import translation

from apps.records.catalogue import CATALOGUE, Entry
from apps.records.cells import SEPARATOR, Cell
from apps.records.codebook import columns_of
from apps.records.exports import row
from apps.records.likeness import Named, Names, folded
from apps.revisions.models import Revision
from apps.revisions.public import state_read

# What is asked for without a limit, and the most that can be.
USUAL, MOST = 5, 25
NEAR = 0.3
CERTAIN, ALMOST = 100.0, 99.0
# How much of the score the properties are, where some are given.
PROPERTIES = 0.3
# The states of the database whose names are kept at hand.
STATES = 2


@dataclass(frozen=True)
class Reconciled:
    """A type of record that can be reconciled: the fields with its names and with its codes."""

    entry: Entry
    names: tuple[str, ...]
    codes: tuple[str, ...]

    def read(self) -> Names:
        """Read the names of every record of the type."""
        fields = ("public_id", *self.names, *self.codes)
        return Names(map(self._named, self.entry.model.objects.only(*fields).order_by("pk")))

    def _named(self, record: Any) -> Named:
        names = [folded(getattr(record, name)) for name in self.names]
        codes = [getattr(record, name) for name in (*self.codes, "public_id")]
        distinct = tuple(dict.fromkeys(filter(None, names)))
        return Named(record.public_id, str(record), record.key, distinct, tuple(codes))


TYPES: dict[str, Reconciled] = {
    each.entry.name: each
    for each in (
        Reconciled(CATALOGUE["operations"], ("name", "short_name"), ("slug",)),
        Reconciled(CATALOGUE["countries"], ("name_en", "name_fr"), ("iso2", "iso3")),
        Reconciled(CATALOGUE["organizations"], ("name", "abbreviation"), ("slug",)),
        Reconciled(CATALOGUE["people"], ("name",), ("slug",)),
    )
}


@dataclass(frozen=True)
class Candidate:
    """A record that may be meant; `score` runs from 0 to 100, `likeness` is that of the name."""

    entry: Entry
    named: Named
    score: float
    likeness: float
    exact: bool
    certain: bool


@lru_cache(maxsize=STATES * len(TYPES))
def _known_names(name: str, revision: int, fingerprint: str) -> Names:
    """Return the names of the state that is read, which the fingerprint tells from all others.

    In the language of the site, whatever language the reader has who asks for them first.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return TYPES[name].read()


@dataclass(frozen=True)
class Reconciler:
    """Answers about the state of the database that the context reads; see `now`."""

    revision: int
    fingerprint: str

    @classmethod
    def now(cls) -> "Reconciler":
        """Return the one for the state that is read; one query at the desk, else none."""
        if state := state_read():
            return cls(state.shown, state.fingerprint)
        newest = Revision.objects.newest()
        return cls(newest.number, newest.hash) if newest else cls(0, "")

    def names(self, types: Collection[str]) -> list[tuple[Entry, Names]]:
        """Return the names of the types, of all where empty; a query a type once a revision."""
        state = self.revision, self.fingerprint
        return [(TYPES[name].entry, _known_names(name, *state)) for name in types or TYPES]

    def candidates(
        self,
        text: str,
        types: Collection[str] = (),
        *,
        limit: int = USUAL,
        properties: Mapping[str, Collection[str]] = MappingProxyType({}),
    ) -> list[Candidate]:
        """Return at most `limit` records that `text` may name, the most likely first.

        `types` are names of TYPES, all of them where empty; `properties` are texts by export
        column, any of which will do: they take the queries of an export of the likeliest.
        """
        found = [
            (entry, named, likeness)
            for entry, names in self.names(types)
            for named, likeness in _found(names, text)
        ]
        alone = sum(likeness == CERTAIN for *_, likeness in found) == 1
        found.sort(key=lambda each: (-each[2], each[0].name, each[1].public_id))
        agreements = _agreements(found[:MOST], properties) if properties else {}
        judged = [
            _judged(entry, named, likeness, alone, agreements.get(named.public_id))
            for entry, named, likeness in found[:MOST]
        ]
        judged.sort(key=lambda each: -each.score)
        return judged[:limit]

    def beginning_with(
        self, text: str, types: Collection[str] = (), *, limit: int
    ) -> list[tuple[Entry, Named]]:
        """Return records for somebody who types: those with `text` in a name, then near ones."""
        holding = [
            (entry, named)
            for entry, names in self.names(types)
            for named in names.all
            if any(folded(text) in name for name in named.names)
        ]
        near = [(each.entry, each.named) for each in self.candidates(text, types, limit=MOST)]
        distinct = {named.public_id: (entry, named) for entry, named in [*near, *holding]}
        return sorted(distinct.values(), key=lambda each: _place(each[1], text))[:limit]


def _found(names: Names, text: str) -> list[tuple[Named, float]]:
    """Return what the text names, and what is called like it, with the likeness from 0 to 100."""
    near = {
        named.public_id: (named, min(ALMOST, round(100 * likeness, 1)))
        for named, likeness in names.like(text, at_least=NEAR)
    }
    exact = {named.public_id: (named, CERTAIN) for named in names.bearing(text)}
    return list((near | exact).values())


def _agreements(
    found: Iterable[tuple[Entry, Named, float]], properties: Mapping[str, Collection[str]]
) -> dict[str, float]:
    """Return, by public id, the share of the properties that each record has."""
    records = with_ids(named.public_id for _, named, _ in found)
    return {
        public_id: _share(values_of(entry, record), properties)
        for public_id, (entry, record) in records.items()
    }


def _share(has: Mapping[str, list[Cell]], properties: Mapping[str, Collection[str]]) -> float:
    agreeing = [
        name
        for name, texts in properties.items()
        if {folded(text) for text in texts} & {folded(str(cell)) for cell in has.get(name, [])}
    ]
    return len(agreeing) / len(properties)


def _judged(
    entry: Entry, named: Named, likeness: float, alone: bool, agreement: float | None
) -> Candidate:
    score, exact = likeness, likeness == CERTAIN
    if agreement is not None:
        score = round(likeness * (1 - PROPERTIES) + 100 * agreement * PROPERTIES, 1)
    certain = exact and alone and agreement in (None, 1.0)
    return Candidate(entry, named, score, likeness, exact, certain)


def values_of(entry: Entry, record: Any) -> dict[str, list[Cell]]:
    """Return the values of each export column of a record from `for_reading()`; [] for none."""
    cells = row(entry, record)
    return {
        column.name: _values(cells[column.name], several=column.several)
        for column in columns_of(entry)
    }


def _values(cell: Cell, *, several: bool) -> list[Cell]:
    if cell in ("", None):
        return []
    return list(str(cell).split(SEPARATOR)) if several else [cell]


def with_ids(ids: Iterable[str]) -> dict[str, tuple[Entry, Any]]:
    """Return the records with these public ids and their type, as an export reads them."""
    wanted = list(ids)
    return {
        record.public_id: (reconciled.entry, record)
        for reconciled in TYPES.values()
        for record in reconciled.entry.model.objects.for_reading().filter(public_id__in=wanted)
    }


def _place(named: Named, text: str) -> tuple[bool, bool, str]:
    """Sort by whether a name begins with the text, then whether one holds it, then by name."""
    typed = folded(text)
    begins = any(name.startswith(typed) for name in named.names)
    return not begins, not any(typed in name for name in named.names), named.label
