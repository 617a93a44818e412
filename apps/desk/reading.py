"""A source as it is read at the desk: numbered paragraphs, what cites each, and what none does."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Min

from apps.records.models import Citation, Operation, Record, Source, paragraphs_of
from apps.records.vocabularies import Publication
from apps.revisions.models import Revision
from apps.revisions.tracking import REGISTRY


@dataclass(frozen=True)
class Piece:
    """Some letters of a paragraph, and whether an excerpt covers them."""

    words: str
    cited: bool


@dataclass(frozen=True)
class Paragraph:
    number: int
    words: str
    citations: list[Citation]

    @property
    def coded(self) -> bool:
        return bool(self.citations)

    def pieces(self) -> Iterator[Piece]:
        """Give the paragraph cut where excerpts begin and end; together they are its words."""
        covered = [False] * len(self.words)
        for citation in self.citations:
            start = self.words.find(citation.excerpt)
            for place in range(start, start + len(citation.excerpt)) if start >= 0 else ():
                covered[place] = True
        start = 0
        for place in range(1, len(self.words) + 1):
            if place == len(self.words) or covered[place] != covered[start]:
                yield Piece(self.words[start:place], covered[start])
                start = place


@dataclass(frozen=True)
class Coder:
    """Somebody who cited the source: how many paragraphs, with how many citations."""

    name: str
    paragraphs: int
    citations: int


class Reading:
    """The stored text of a source and its citations, drafts too."""

    def __init__(self, source: Source, hidden: Collection[int] = ()) -> None:
        """Read `source` without the citations whose keys are `hidden`."""
        self.source = source
        stored = getattr(source, "stored_text", None)
        self.texts = paragraphs_of(stored.text) if stored else []
        of_source = Citation.objects.filter(source=source).for_reading()
        self.citations = list(of_source.exclude(pk__in=hidden).order_by("paragraph", "id"))

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        citing = defaultdict(list)
        for citation in self.citations:
            citing[citation.paragraph].append(citation)
        return [Paragraph(n, words, citing[n]) for n, words in enumerate(self.texts, start=1)]

    @property
    def coded(self) -> int:
        """How many paragraphs something cites."""
        return sum(paragraph.coded for paragraph in self.paragraphs)

    @property
    def share(self) -> int:
        """The coded paragraphs of all, in per cent, rounded down so that 100 is all of them."""
        return 100 * self.coded // len(self.paragraphs) if self.paragraphs else 0

    @property
    def first_uncoded(self) -> Paragraph | None:
        return next((each for each in self.paragraphs if not each.coded), None)

    @property
    def operations(self) -> list[Operation]:
        """The operations that its citations are about."""
        owners = [citation.owner for citation in self.citations]
        named = [getattr(owner, "operation", owner) for owner in owners]
        return [each for each in dict.fromkeys(named) if isinstance(each, Operation)]

    @property
    def drafts(self) -> list[Record]:
        """The records that its citations support and that nobody was asked to review yet."""
        owners = dict.fromkeys(citation.owner for citation in self.citations)
        return [each for each in owners if each and each.publication == Publication.DRAFT]

    @cached_property
    def coders(self) -> list[Coder]:
        """Who cited it, the one with most paragraphs first; a citation is of whoever entered it."""
        entered_by = _editors(self.citations)
        cited: dict[str, set[int]] = defaultdict(set)
        numbers: Counter[str] = Counter()
        for citation in self.citations:
            name = entered_by.get(citation.pk, "a command")
            cited[name].add(citation.paragraph)
            numbers[name] += 1
        coders = [Coder(name, len(cited[name]), numbers[name]) for name in cited]
        return sorted(coders, key=lambda coder: (-coder.paragraphs, coder.name))


def _editors(citations: Iterable[Citation]) -> dict[int, str]:
    """Return who entered each citation, by its key; what a command entered is left out."""
    versions: Any = REGISTRY[Citation].version._default_manager
    keys = [citation.pk for citation in citations]
    first = versions.filter(row__in=keys).values("row").annotate(entered=Min("since_revision"))
    revision_of = {row["row"]: row["entered"] for row in first}
    made = Revision.objects.select_related("editor").in_bulk(set(revision_of.values()))
    return {
        key: editor.get_username()
        for key, number in revision_of.items()
        if (editor := made[number].editor)
    }
