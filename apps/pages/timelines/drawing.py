"""Draws stretches on an axis: solid where certain, fading across every uncertain end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from apps.pages.timelines.axes import Axis, Tick, axis_over, percent
from apps.pages.timelines.stretches import Bounds, Stretch
from apps.pages.timelines.subjects import Subject

# Beyond this many rows a timeline shows the first few and folds the rest.
MOST_UNFOLDED = 12
SHOWN_FOLDED = 8
THINNEST = 0.005
SOLID = {"b": "b", "p": "pl"}


@dataclass(frozen=True)
class Bar:
    """A rectangle: x and width in percent, y and height in pixels around the line of the row.

    Solid in the colour of the class `css`, or filled with the gradient `fade`.
    """

    x: str
    width: str
    y: int
    height: int
    css: str = ""
    fade: str = ""


@dataclass(frozen=True)
class Mark:
    """A day that is known: "cap", "dot" or "ring"."""

    kind: str
    x: str


@dataclass(frozen=True)
class Row:
    subject: Subject
    bars: list[Bar]
    marks: list[Mark]


@dataclass(frozen=True)
class Line:
    """A day that runs through all rows; a `width` where only an interval of days is known."""

    x: str
    width: str = ""


@dataclass(frozen=True)
class Timeline:
    """All that the template draws; `latest` is the latest source, `asked` the day asked for."""

    ticks: list[Tick]
    rows: list[Row]
    latest: Line | None
    asked: Line | None

    @property
    def folds(self) -> bool:
        """Whether there are too many rows to show all at once."""
        return len(self.rows) > MOST_UNFOLDED

    @property
    def shown(self) -> list[Row]:
        return self._sorted[:SHOWN_FOLDED] if self.folds else self.rows

    @property
    def folded(self) -> list[Row]:
        return self._sorted[SHOWN_FOLDED:] if self.folds else []

    @property
    def key(self) -> list[str]:
        """The names of what is drawn and needs a word, in the order of the legend."""
        bars = [bar for row in self.rows for bar in row.bars]
        used = {bar.css or bar.fade for bar in bars}
        used |= {mark.kind for row in self.rows for mark in row.marks}
        used |= {"latest"} if self.latest else set()
        used |= {"asked"} if self.asked else set()
        used |= {"faded"} if used & {"fib", "fob", "fip", "fop"} else set()
        used |= {"planned"} if used & {"pl", "fip", "fop"} else set()
        order = ("b", "planned", "faded", "cap", "dot", "ring", "latest", "asked")
        return [name for name in order if name in used]

    @property
    def _sorted(self) -> list[Row]:
        return sorted(self.rows, key=lambda row: not row.bars)


def drawn(
    subjects: Iterable[Subject], latest: Bounds | None = None, asked: date | None = None
) -> Timeline | None:
    """Return the timeline of `subjects`; None where no date of theirs is known."""
    rows = list(subjects)
    days = [day for row in rows for stretch in row.drawn for day in stretch.days]
    if not days:
        return None
    axis = axis_over([*days, *(day for day in latest or () if day)])
    return Timeline(
        axis.ticks,
        [draw(subject, axis) for subject in rows],
        _between(latest, axis) if latest else None,
        Line(percent(axis.at(asked))) if asked and axis.covers(asked) else None,
    )


def draw(subject: Subject, axis: Axis) -> Row:
    bars = [bar for stretch in subject.drawn for bar in bars_of(stretch, axis)]
    marks = [mark for stretch in subject.drawn for mark in marks_of(stretch, axis)]
    return Row(subject, bars, marks)


def bars_of(stretch: Stretch, axis: Axis) -> list[Bar]:
    """Return the fade in, the certain part and the fade out; those of no width are left out."""
    rise, top, fall, foot = corners(stretch, axis)
    pieces = (("fi", rise, top), ("", top, fall), ("fo", fall, foot))
    return [_bar(stretch, *piece) for piece in pieces if piece[2] - piece[1] > THINNEST]


def corners(stretch: Stretch, axis: Axis) -> tuple[float, float, float, float]:
    """Return where the stretch becomes possible, certain, only possible again, and impossible.

    Where it is certain on no day, the middle two are one place: the likeliest.
    """
    begun, ended = stretch.begun, stretch.ended
    rise = 0.0 if begun.earliest is None else axis.at(begun.earliest)
    foot = 100.0 if ended.latest is None else axis.at(ended.latest)
    top, fall = _certain(begun.latest, ended.earliest, (rise + foot) / 2, axis)
    return min(rise, top), top, fall, max(foot, fall)


def _certain(
    start: date | None, end: date | None, otherwise: float, axis: Axis
) -> tuple[float, float]:
    known = [axis.at(day) for day in (start, end) if day is not None]
    if start is not None and end is not None and start <= end:
        return known[0], known[1]
    peak = sum(known) / len(known) if known else otherwise
    return peak, peak


def marks_of(stretch: Stretch, axis: Axis) -> list[Mark]:
    """Return a mark for each end that is known to the day; an uncertain one has none."""
    marks = []
    if stretch.begun.exact:
        marks.append(Mark(stretch.look.mark, percent(axis.at(stretch.begun.exact))))
    if stretch.ended.exact and stretch.look.mark == "cap" and stretch.look.name == "b":
        marks.append(Mark("cap", percent(axis.at(stretch.ended.exact))))
    return marks


def _bar(stretch: Stretch, fade: str, start: float, end: float) -> Bar:
    look = stretch.look
    colour = {"fade": fade + look.name} if fade else {"css": SOLID[look.name]}
    height = look.height
    return Bar(percent(start), percent(end - start), -height // 2, height, **colour)


def _between(bounds: Bounds, axis: Axis) -> Line:
    start, end = (axis.at(day) for day in bounds if day is not None)
    return Line(percent(start), percent(end - start) if end > start else "")
