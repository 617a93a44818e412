"""Where words stand in a source's text, and which passage is nearest to words that do not.

Read by the desk, which holds the stored text; the public never reads it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.records.likeness import folded, trigrams

# Less alike than this is another passage, and to offer it would mislead.
LEAST_LIKENESS = 0.4
LONGEST_EXCERPT = 200


@dataclass(frozen=True)
class Passage:
    """Some words of a text, letter by letter, and the paragraph they stand in, counted from 1."""

    paragraph: int
    words: str

    def __str__(self) -> str:
        return f"“{self.words}” in paragraph {self.paragraph}"


def stands(paragraphs: Sequence[str], paragraph: int, excerpt: str) -> bool:
    """Whether `excerpt` stands, letter by letter, in the paragraph of that number."""
    return 1 <= paragraph <= len(paragraphs) and excerpt in paragraphs[paragraph - 1]


def nearest(paragraphs: Sequence[str], paragraph: int, excerpt: str) -> Passage | None:
    """Return the passage that `excerpt` most likely means; None where nothing is like it.

    The same letters in another paragraph come first; then what is most alike by groups of three
    letters, as names are compared, where the paragraph named wins over others as like.
    """
    numbered = sorted(enumerate(paragraphs, start=1), key=lambda each: each[0] != paragraph)
    for number, words in numbered:
        if excerpt in words:
            return Passage(number, excerpt)
    asked = trigrams(folded(excerpt))
    likest, likeness = None, LEAST_LIKENESS
    for number, words in numbered:
        for window in _windows(words, len(excerpt.split())):
            if (found := _likeness(asked, trigrams(folded(window)))) > likeness:
                likest, likeness = Passage(number, window), found
    return likest


def shortened(words: str, longest: int = LONGEST_EXCERPT) -> str:
    """Return words of `words` that fit into an excerpt: of its longest line, from its start.

    They stand where `words` does. A single word that is longer is cut.
    """
    words = max((line.strip() for line in words.splitlines()), key=len, default="")
    if len(words) <= longest:
        return words
    cut = words[: longest + 1]
    return cut[: cut.rstrip().rfind(" ")].rstrip() if " " in cut.rstrip() else words[:longest]


def quotation(paragraph: str, words: str) -> str:
    """Return the part of `words` that the source quotes: all of it inside “ ”, or what it encloses.

    "" where nothing of it is quoted, or where it does not stand in the paragraph.
    """
    for quoted in re.finditer(r"“([^“”]+)”", paragraph):
        if words in quoted[1]:
            return words
        if quoted[0] in words:
            return quoted[1]
    return ""


def _windows(text: str, size: int) -> Iterator[str]:
    """Give every run of `size` words of each line of `text`, or all of a line that has fewer.

    Punctuation at the ends of a run is left to those who choose an excerpt.
    """
    for line in text.splitlines():
        places = [match.span() for match in re.finditer(r"\S+", line)]
        for first in range(max(1, len(places) - size + 1) if places else 0):
            run = places[first : first + size]
            yield line[run[0][0] : run[-1][1]].strip(",.;:")


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0
