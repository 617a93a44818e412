"""Chance that comes out the same for the same seed, and is skewed as records are."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import TypeAlias, TypeVar

from apps.records.dates import PartialDate
from apps.records.models.base import ALPHABET
from apps.records.vocabularies import Vocabulary

T = TypeVar("T")
# The text of a partial date and its bounds, as three columns.
Dated: TypeAlias = tuple[str, date | None, date | None]

# All letters of it are in the alphabet of public ids, which a draw of twelve of them would begin
# with once in 33 million.
SYNTHETIC = "synth"
PLACES = len(ALPHABET) ** (12 - len(SYNTHETIC))
# Odd, so that no two numbers are scattered to the same place.
SCATTER = 0x2545F4914F6CDD1D

FIRST_DAY, DAYS = date(2012, 1, 1), 5_000
UNDATED: Dated = ("", None, None)


def public_id(kind: int, number: int) -> str:
    """Return the id of record `number` (below ten million) of kind `kind`: scattered, unique."""
    place = (kind * 10_000_000 + number) * SCATTER % PLACES
    letters = ""
    for _ in range(12 - len(SYNTHETIC)):
        place, letter = divmod(place, len(ALPHABET))
        letters += ALPHABET[letter]
    return SYNTHETIC + letters


def dated(text: str) -> Dated:
    """Return the columns of the partial date that `text` writes."""
    partial = PartialDate.parse(text)
    return partial.text, partial.earliest, partial.latest


@cache
def codes_of(vocabulary: type[Vocabulary]) -> list[str]:
    """Return the codes of a list, which Django makes anew at every look."""
    return [str(code) for code in vocabulary.values]


class Chance:
    """What is drawn for one load of synthetic records."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self.number = self._random.random
        self.whole = self._random.randint
        days = [FIRST_DAY + timedelta(number) for number in range(DAYS)]
        # Two in three are days, the rest as vague as sources are.
        self._dates = [dated(self._written(day)) for day in days]

    def _written(self, day: date) -> str:
        likely = self.number()
        if likely < 0.7:
            return day.isoformat()
        if likely < 0.85:
            return f"{day:%Y-%m}"
        return f"{day:%Y}" if likely < 0.95 else f"{day:%Y-%m}~"

    def skewed(self, below: int) -> int:
        """Return a number below `below`: the first tenth comes nearly half the time."""
        return int(below * self.number() ** 3)

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of `choices`; the earlier stand, the oftener they come."""
        return choices[self.skewed(len(choices))]

    def even(self, choices: Sequence[T]) -> T:
        return choices[int(len(choices) * self.number())]

    def code(self, vocabulary: type[Vocabulary]) -> str:
        """Return a code of a list, `not_stated` included."""
        return self.pick(codes_of(vocabulary))

    def several(self, vocabulary: type[Vocabulary]) -> list[str]:
        """Return up to three codes of a list; one that may say that nothing is stated is left."""
        codes = [code for code in codes_of(vocabulary) if code != "not_stated"]
        return sorted({self.pick(codes) for _ in range(self.skewed(4))})

    def day(self) -> Dated:
        """Return a partial date; late ones come oftener."""
        return self._dates[-1 - self.skewed(DAYS)]

    def span(self) -> tuple[Dated, Dated]:
        """Return a start and a later end; one of them, or both, may be unknown."""
        start = self._dates[self.skewed(DAYS // 2)]
        end = self._dates[DAYS // 2 + 400 + self.skewed(DAYS // 2 - 400)]
        return (start if self.number() < 0.8 else UNDATED, end if self.number() < 0.4 else UNDATED)
