"""The numbered passages of one page: which citations support which fact shown on it."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

from django.db.models import Q

from apps.pages import addresses, facts
from apps.pages.names import name_of
from apps.records.models import TARGETS, Citation, Part, Record, Source
from apps.records.vocabularies import Caveat, Rank, Standing

NAMES = {model: name for name, model in TARGETS.items()}
FIRST_READ = {Rank.PREFERRED: 0, Rank.NORMAL: 1, Rank.DEPRECATED: 2}


class Passage:
    """One passage of a source and everything on the page that rests on it: its citations.

    `shown` is what was made of it, by the name of the macro: a page shows it more than once.
    """

    def __init__(self, number: int, citations: list[Citation]) -> None:
        self.number, self.citations = number, citations
        first = citations[0]
        self.source: Source = first.source
        self.paragraph, self.excerpt = first.paragraph, first.excerpt
        self.shown: dict[str, str] = {}

    @cached_property
    def caveats(self) -> list[Caveat]:
        """Every caveat of its citations once, in the order of the list."""
        codes = {code for citation in self.citations for code in citation.caveats}
        return [caveat for caveat in Caveat if caveat in codes]

    @property
    def by_target(self) -> list[list[Citation]]:
        """Its citations, those of the same record or part together, in the order of the source."""
        return by_target(self.citations)

    @cached_property
    def text_fragment(self) -> str:
        """The address of the words themselves where the source has one, else ""."""
        return addresses.of_passage(self.source, self.excerpt)


class Evidence:
    """Gives the same passage the same number all over a page, in the order of first use.

    One query for all citations of `targets`: records and parts, whichever the page shows.
    """

    def __init__(self, *targets: Record | Part) -> None:
        self._labels: dict[tuple[str, int], str] = {}
        self._targets = {(NAMES[type(t)], t.pk): t for t in targets if type(t) in NAMES}
        self._by_target: dict[tuple[str, int], list[Citation]] = defaultdict(list)
        self._by_passage: dict[tuple[int, int, str], list[Citation]] = defaultdict(list)
        self._numbered: dict[tuple[int, int, str], Passage] = {}
        # The marks that were shown, by what they show.
        self.marked: dict[tuple[Any, ...], str] = {}
        self._fields: dict[tuple[str, int], set[str]] = defaultdict(set)
        for citation in _citations_of(self._targets):
            target = _target(citation)
            self._by_passage[_place(citation)].append(citation)
            self._by_target[target].append(citation)
            self._fields[target].add(citation.field)
        for citations in self._by_target.values():
            citations.sort(key=_first_read)

    def of(self, target: Record | Part, fields: str) -> list[Passage]:
        """Return the passages for any of the space-separated `fields`, each once."""
        return list({p.number: p for p in map(self._passage, self.cited(target, fields))}.values())

    def cited(self, target: Record | Part, fields: str) -> list[Citation]:
        """Return the citations of `fields` of `target`, those to be read first at the front."""
        names = _names_in(fields)
        found = self._by_target.get((NAMES.get(type(target), ""), target.pk), ())
        return [citation for citation in found if citation.field in names]

    def uncited(self, target: Record | Part, fields: str) -> list[str]:
        """Return those of the space-separated `fields` that state what no citation supports.

        Of records whose citations were not asked for nothing is known: none is returned.
        """
        key = (NAMES.get(type(target), ""), target.pk)
        if key not in self._targets:
            return []
        return facts.uncited(target, fields, self._fields.get(key, frozenset()))

    def conflicting(self, target: Record | Part, fields: str) -> list[Citation]:
        """Return the citations of `fields` where their sources contradict each other, else none."""
        cited = self.cited(target, fields)
        return cited if any(c.standing == Standing.CONFLICTING for c in cited) else []

    def used(self) -> list[Passage]:
        """Return the passages numbered so far."""
        return list(self._numbered.values())

    def complete(self) -> list[Passage]:
        """Number what is left and return every passage: for the list at the foot of a record."""
        for citations in self._by_passage.values():
            self._passage(citations[0])
        return self.used()

    @property
    def sources(self) -> list[Source]:
        """The sources of all its passages, each once."""
        cited = [citations[0] for citations in self._by_passage.values()]
        return list({citation.source_id: citation.source for citation in cited}.values())

    def label_of(self, citation: Citation) -> str:
        """Return the name of the record or part that `citation` supports."""
        target = _target(citation)
        if target not in self._labels:
            self._labels[target] = name_of(self._targets[target])
        return self._labels[target]

    def __len__(self) -> int:
        return len(self._by_passage)

    def _passage(self, citation: Citation) -> Passage:
        place = _place(citation)
        if place not in self._numbered:
            self._numbered[place] = Passage(len(self._numbered) + 1, self._by_passage[place])
        return self._numbered[place]


@cache
def _names_in(fields: str) -> frozenset[str]:
    return frozenset(fields.split())


def by_target(citations: Iterable[Citation]) -> list[list[Citation]]:
    """Return the citations of the same record or part together, in the order of the first."""
    groups: dict[tuple[str, int], list[Citation]] = {}
    for citation in citations:
        groups.setdefault(_target(citation), []).append(citation)
    return list(groups.values())


def _first_read(citation: Citation) -> int:
    return FIRST_READ[Rank(citation.rank)]


def _place(citation: Citation) -> tuple[int, int, str]:
    return citation.source_id, citation.paragraph, citation.excerpt


def _target(citation: Citation) -> tuple[str, int]:
    name = citation.target_name
    return name, getattr(citation, f"{name}_id")


def _citations_of(targets: Iterable[tuple[str, int]]) -> Iterable[Citation]:
    wanted: dict[str, list[int]] = defaultdict(list)
    for name, pk in targets:
        wanted[name].append(pk)
    if not wanted:
        return []
    any_of = Q()
    for name, pks in wanted.items():
        any_of |= Q(**{f"{name}__in": pks})
    return Citation.objects.filter(any_of).select_related("source")
