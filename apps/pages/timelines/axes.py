"""The axis of a timeline: where a day stands on it, and which days are marked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

# Months from one tick to the next, the finest first, and how many of each fit side by side.
STEPS = ((3, 10), (12, 8), (24, 8), (60, 8), (120, 8), (240, 8), (600, 8), (1200, 20))
LEAST_SPAN = timedelta(days=540)
LEAST_MARGIN = timedelta(days=45)
# A label that began further right would leave the axis.
LAST_LABEL = 93
# Ticks finer than a year begin with a quarter; January is written as its year.
QUARTERS = {4: _("Apr"), 7: _("Jul"), 10: _("Oct")}


@dataclass(frozen=True)
class Tick:
    """A marked day: its place in percent, and its label, "" where there is no room for one."""

    x: str
    label: str


@dataclass(frozen=True)
class Axis:
    """The days from `first` to `last`, a tick every `step` months."""

    first: date
    last: date
    step: int

    def at(self, day: date) -> float:
        """Return where `day` stands, in percent from the left; a day beyond is at the edge."""
        share = (day - self.first) / (self.last - self.first)
        return 100 * min(max(share, 0.0), 1.0)

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def ticks(self) -> list[Tick]:
        months = range(_month_of(self.first), _month_of(self.last) + 1, self.step)
        return [self._tick(_first_of(month)) for month in months]

    def _tick(self, day: date) -> Tick:
        x = self.at(day)
        label = str(QUARTERS.get(day.month, day.year))
        return Tick(percent(x), label if x < LAST_LABEL else "")


def percent(x: float) -> str:
    """Write a length for SVG, which knows no decimal comma."""
    return f"{x:.2f}%"


def axis_over(days: Iterable[date]) -> Axis:
    """Return an axis with a margin on both sides of `days`, from tick to tick.

    It covers a year and a half at least. Raises ValueError where there is no day.
    """
    known = sorted(days)
    if not known:
        raise ValueError("An axis needs a day.")
    span = known[-1] - known[0]
    margin = max(span / 16, (LEAST_SPAN - span) / 2, LEAST_MARGIN)
    first, last = known[0] - margin, known[-1] + margin
    step = _step_for(_month_of(last) - _month_of(first))
    begin, end = _month_of(first) // step * step, -(-_month_of(last) // step) * step
    return Axis(_first_of(begin), _first_of(max(end, begin + step)), step)


def _step_for(months: int) -> int:
    return next((step for step, most in STEPS if months <= step * most), STEPS[-1][0])


def _month_of(day: date) -> int:
    """Return the number of the month `day` is in, counted from January of year 0."""
    return day.year * 12 + day.month - 1


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
