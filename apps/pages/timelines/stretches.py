"""What a row of a timeline draws: stretches of time whose ends may be uncertain.

A stretch is certain and possible exactly as `apps.records.dates.Span` says: nothing is drawn solid
on a day when it is not certain, and nothing is left out on a day when it is possible.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from apps.records.dates import PartialDate


class Bounds(NamedTuple):
    """The first and last day that a date may mean; None is no bound."""

    earliest: date | None = None
    latest: date | None = None

    @property
    def exact(self) -> date | None:
        """The day itself where it is known."""
        return self.earliest if self.earliest == self.latest else None


@dataclass(frozen=True)
class Look:
    """How a stretch is drawn: `name` of its colour, height in pixels, mark of a known first day."""

    name: str
    height: int
    mark: str


SPAN = Look("b", 12, "cap")
DONE = Look("b", 12, "dot")
PROMISED = Look("p", 6, "ring")
DUE = Look("p", 14, "ring")
OVER = Look("p", 2, "cap")
BLANK = PartialDate("")


@dataclass(frozen=True)
class Stretch:
    """Something that lasted from `begun` to `ended`; the days of both are included."""

    begun: Bounds
    ended: Bounds
    look: Look

    @property
    def days(self) -> list[date]:
        """Every bound that is known."""
        return [day for day in (*self.begun, *self.ended) if day is not None]


def bounds_of(partial: PartialDate) -> Bounds:
    return Bounds(partial.earliest, partial.latest)


def lasting(start: PartialDate, end: PartialDate, look: Look = SPAN) -> list[Stretch]:
    """Return the stretch from `start` to `end`; none where neither is stated."""
    stretch = Stretch(bounds_of(start), bounds_of(end), look)
    return [stretch] if stretch.days else []


def awaited(expected: PartialDate, came: PartialDate = BLANK) -> list[Stretch]:
    """Return the time in which something is to come: up to the last day that is promised.

    `came` is when it is recorded to have come, or something else in its place: what is drawn goes
    no further, and there is none of what was promised for later.
    """
    last = min(filter(None, (expected.latest, came.latest)), default=None)
    if not expected or (last and expected.earliest and last < expected.earliest):
        return []
    return [Stretch(Bounds(expected.earliest, last), Bounds(last, last), DUE)]


def since(begun: PartialDate, read_on: date | None, look: Look = DONE) -> list[Stretch]:
    """Return what held from `begun` and was so still on `read_on`, the day of the latest source.

    Nothing says that it ended, nor that it went on after that day.
    """
    if not begun:
        return []
    began = bounds_of(begun)
    known = read_on if read_on and began.latest and began.latest <= read_on else None
    return [Stretch(began, Bounds(known, None), look)]
