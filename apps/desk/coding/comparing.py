"""The records of two coders side by side: matched by kind and passage, compared field by field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from apps.desk.coding import agreement
from apps.desk.coding.blindness import made_from
from apps.desk.importing.columns import columns_of
from apps.desk.models import Coding
from apps.desk.names import Names, label_of
from apps.desk.versions import text_of
from apps.records.models import Citation, Record

# Of a record, but not what a coder says of the source.
UNCOMPARED = ("id", "revision", "note", "publication", "slug")


@dataclass(frozen=True)
class Line:
    """A field, its label, and what the two have in it, as a person reads it."""

    name: str
    label: str
    first: str
    second: str
    differs: bool


@dataclass(frozen=True)
class Coded:
    """A record of one coder with the passages of the source that it cites."""

    record: Any
    citations: list[Citation]

    @property
    def what(self) -> str:
        return str(self.record._meta.verbose_name)

    @property
    def paragraphs(self) -> list[int]:
        return sorted({citation.paragraph for citation in self.citations})

    @cached_property
    def values(self) -> dict[str, str]:
        columns = columns_of(type(self.record)).items()
        return {n: str(c.export(self.record)) for n, c in columns if n not in UNCOMPARED}

    def told(self, name: str) -> str:
        """Return what it has in a field as a person reads it: names, and labels of codes."""
        field = self.record._meta.get_field(name)
        if field.concrete and not field.many_to_many:
            return text_of(field, self.record, Names())
        return self.values[name]

    def likeness(self, other: "Coded") -> tuple[int, int, int]:
        """Return how many excerpts, paragraphs and fields two records of a kind share."""
        if type(self.record) is not type(other.record):
            return 0, 0, 0
        excerpts = {c.excerpt for c in self.citations} & {c.excerpt for c in other.citations}
        same = sum(value == other.values[name] for name, value in self.values.items())
        return len(excerpts), len({*self.paragraphs} & {*other.paragraphs}), same


@dataclass(frozen=True)
class Pair:
    """Two records that are of one thing: of one kind, and from one passage."""

    first: Coded
    second: Coded

    @property
    def lines(self) -> list[Line]:
        return [self._line(name) for name in self.first.values]

    def _line(self, name: str) -> Line:
        label = label_of(type(self.first.record), name)
        differs = self.first.values[name] != self.second.values[name]
        return Line(name, label, self.first.told(name), self.second.told(name), differs)

    def says(self, name: str) -> bool:
        """Whether one of the two has something in a field."""
        return bool(self.first.values[name] or self.second.values[name])


@dataclass(frozen=True)
class Agreement:
    """How far the coders agree in one field of a kind of record; alpha None is not defined."""

    what: str
    field: str
    label: str
    units: int
    same: int
    alpha: float | None


class Comparison:
    """What two coders made of one source; of each record the other's, or that there is none."""

    def __init__(self, codings: Sequence[Coding]) -> None:
        first, second = (_coded(coding) for coding in codings)
        self.pairs = _matched(first, second)
        taken = {id(side) for pair in self.pairs for side in (pair.first, pair.second)}
        self.only_first = [each for each in first if id(each) not in taken]
        self.only_second = [each for each in second if id(each) not in taken]

    @cached_property
    def agreements(self) -> list[Agreement]:
        """Return the agreement in each field of each kind that was matched.

        What all left blank is left out: there alpha is not defined.
        """
        kinds: dict[type[Record], list[Pair]] = {}
        for pair in self.pairs:
            kinds.setdefault(type(pair.first.record), []).append(pair)
        return [
            _agreement(model, name, pairs)
            for model, pairs in kinds.items()
            for name in pairs[0].first.values
            if any(pair.says(name) for pair in pairs)
        ]


def _coded(coding: Coding) -> list[Coded]:
    rows = made_from(coding.source, coding.coder_id)
    citations = [row for row in rows if isinstance(row, Citation)]
    records = [row for row in rows if not isinstance(row, Citation)]
    return [Coded(r, [c for c in citations if c.owner == r]) for r in records]


def _matched(first: Iterable[Coded], second: Iterable[Coded]) -> list[Pair]:
    """Return the pairs that share a paragraph, the likest first; each record is in one at most."""
    likest = sorted(
        ((one.likeness(other), Pair(one, other)) for one in first for other in second),
        key=lambda each: each[0],
        reverse=True,
    )
    pairs: list[Pair] = []
    taken: set[int] = set()
    for (_, shared, _), pair in likest:
        if shared and taken.isdisjoint({id(pair.first), id(pair.second)}):
            pairs.append(pair)
            taken |= {id(pair.first), id(pair.second)}
    return sorted(pairs, key=lambda pair: (pair.first.paragraphs, pair.first.what))


def _agreement(model: type[Record], name: str, pairs: list[Pair]) -> Agreement:
    given = [(pair.first.values[name], pair.second.values[name]) for pair in pairs]
    level = _level(model, name)
    coders = [[_value(text, level) for text in coder] for coder in zip(*given, strict=True)]
    same = sum(one == other for one, other in given)
    found = agreement.alpha(coders, level) if agreement.is_installed() else None
    what = str(model._meta.verbose_name)
    return Agreement(what, name, label_of(model, name), len(pairs), same, found)


def _level(model: type[Record], name: str) -> str:
    is_number = isinstance(model._meta.get_field(name), models.IntegerField)
    return agreement.INTERVAL if is_number else agreement.NOMINAL


def _value(text: str, level: str) -> agreement.Value:
    """Return what a coder said: that a source does not say is a value, but no number."""
    if level == agreement.NOMINAL:
        return text
    return int(text) if text else None
