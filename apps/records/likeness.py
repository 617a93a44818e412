"""How like two names are, by the groups of three letters that they share, as pg_trgm has it.

The index is in memory and not in PostgreSQL, where a column without accents would have to be kept
for one: of ten thousand people a question takes 15 ms here and a scan of 0.3 s there.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

# A text that holds the other, or is held by it, is less than the other itself.
PARTLY = 0.9


def folded(text: str) -> str:
    """Return the words of `text` without capitals, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", letters))


def trigrams(words: str) -> frozenset[str]:
    """Return the groups of three letters of folded words, each with two spaces before it."""
    padded = [f"  {word} " for word in words.split()]
    return frozenset(word[place : place + 3] for word in padded for place in range(len(word) - 2))


@dataclass(frozen=True)
class Named:
    """A record as it is compared: its names, folded, and its codes, letter by letter.

    `label` and `key` are for people: what it is called and its readable key.
    """

    public_id: str
    label: str
    key: str
    names: tuple[str, ...]
    codes: tuple[str, ...]

    def is_named(self, text: str) -> bool:
        """Whether the text is a code of it, or but for capitals and accents a name."""
        return text in self.codes or folded(text) in self.names


class Names:
    """The names of many records, to be asked which are like a text."""

    def __init__(self, all_named: Iterable[Named]) -> None:
        self.all = tuple(all_named)
        # Each name of each record, with how many groups it has.
        self._names: list[tuple[Named, int]] = []
        self._holding: dict[str, list[int]] = defaultdict(list)
        self._exact: dict[str, list[Named]] = defaultdict(list)
        for named in self.all:
            self._add(named)

    def _add(self, named: Named) -> None:
        for text in {*named.codes, *named.names} - {""}:
            self._exact[text].append(named)
        for groups in map(trigrams, named.names):
            for group in groups:
                self._holding[group].append(len(self._names))
            self._names.append((named, len(groups)))

    def bearing(self, text: str) -> list[Named]:
        """Return those that the text names, by code or by name, however many there are."""
        found = {named.public_id: named for named in self._exact.get(text, [])}
        found |= {named.public_id: named for named in self._exact.get(folded(text), [])}
        return [named for named in found.values() if named.is_named(text)]

    def like(self, text: str, *, at_least: float) -> list[tuple[Named, float]]:
        """Return those with a name like `text` and how like, from `at_least` to 1, in no order."""
        asked = trigrams(folded(text))
        shared: Counter[int] = Counter()
        for group in asked:
            shared.update(self._holding.get(group, ()))
        best: dict[str, tuple[Named, float]] = {}
        for place, count in shared.items():
            named, size = self._names[place]
            likeness = _likeness(count, len(asked), size)
            if likeness >= at_least and likeness > best.get(named.public_id, (named, 0.0))[1]:
                best[named.public_id] = (named, likeness)
        return list(best.values())


def _likeness(shared: int, one: int, other: int) -> float:
    """Return how alike two names are of `one` and `other` groups, `shared` of which they share."""
    whole = shared / (one + other - shared)
    return max(whole, PARTLY * shared / min(one, other))
