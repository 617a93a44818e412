"""The chart of strength figures, and why its figures are not added up."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from apps.pages import facts
from apps.pages.timelines.axes import Axis, Tick, axis_over, percent
from apps.records.models import StrengthFigure
from apps.records.vocabularies import StrengthBasis, StrengthScope

LEAST_POINTS = 2
MOST_LABELLED = 8
SHARES = (0.0, 0.5, 1.0)


@dataclass(frozen=True)
class Band:
    """Where something between two values or two days stands, in percent: from, and how much."""

    start: str
    extent: str


@dataclass(frozen=True)
class Point:
    """A figure on the chart: its place in percent, from the left and from the top.

    `days` is the interval that an uncertain date may mean. `range` spans the least and the most;
    where one of them is not stated, `fades` names the gradient towards it. `colour` is "b" for
    people reported as present, "p" for any other figure.
    """

    figure: StrengthFigure
    kind: str
    x: str
    y: str
    days: Band | None
    range: Band | None
    fades: str
    colour: str
    label: str
    words: str


@dataclass(frozen=True)
class Level:
    """A line across the chart at a round number of persons."""

    y: str
    label: str


@dataclass(frozen=True)
class Chart:
    points: list[Point]
    ticks: list[Tick]
    levels: list[Level]

    @property
    def kinds(self) -> list[str]:
        """The kinds of points that are drawn as such, in the order of the legend."""
        used = {point.kind for point in self.points if not point.days}
        return [kind for kind in ("dot", "ring", "open") if kind in used]

    @property
    def fades(self) -> bool:
        """Whether the day or the number of any point is uncertain."""
        return any(point.days or point.fades for point in self.points)


def charted(figures: Iterable[StrengthFigure]) -> Chart | None:
    """Return the chart of the figures that are dated; None for fewer than two."""
    dated = [figure for figure in figures if figure.date.earliest or figure.date.latest]
    if len(dated) < LEAST_POINTS:
        return None
    bounds = [(figure.date.earliest, figure.date.latest) for figure in dated]
    axis = axis_over(day for pair in bounds for day in pair if day)
    top = round_above(max(figure.most or figure.least or 1 for figure in dated))
    labelled = len(dated) <= MOST_LABELLED
    return Chart(
        [_point(figure, axis, top, labelled) for figure in dated],
        axis.ticks,
        [_level(share, top) for share in SHARES],
    )


def round_above(number: int) -> int:
    """Return the least even 1, 2, 4, 6 or 8, or tenfold of one, that is not below `number`."""
    tens = max(10 ** (len(str(number)) - 1), 1)
    return max(2, next(step * tens for step in (1, 2, 4, 6, 8, 10) if step * tens >= number))


def why_not_added(figures: Collection[StrengthFigure]) -> list[str]:
    """Return the reasons why several figures have no sum; none for fewer than two."""
    if len(figures) < 2:
        return []
    scopes, bases = ({getattr(f, name) for f in figures} for name in ("scope", "basis"))
    whole_and_parts = StrengthScope.OPERATION_TOTAL in scopes and len(scopes) > 1
    reasons = [
        (whole_and_parts, _("a whole would be added to its own parts")),
        (StrengthScope.NOT_STATED in scopes, _("what they are a count of is not stated")),
        (len(bases) > 1, _("a ceiling, a plan and a presence do not add up")),
        (bases == {StrengthBasis.NOT_STATED}, _("their basis is not stated")),
        (len({figure.date for figure in figures}) > 1, _("they hold for different days")),
    ]
    found = [reason for holds, reason in reasons if holds]
    return found or [_("no source says that together they are the whole")]


def kind_of(figure: StrengthFigure) -> str:
    """Return how its point is drawn: a "dot" for people there, a "ring" for a plan, else "open"."""
    if figure.basis == StrengthBasis.REPORTED_ACTUAL:
        return "dot"
    return "open" if figure.basis == StrengthBasis.NOT_STATED else "ring"


def colour_of(figure: StrengthFigure) -> str:
    return "b" if figure.basis == StrengthBasis.REPORTED_ACTUAL else "p"


def words_of(figure: StrengthFigure) -> str:
    """Say what a point is: "4,500, Whole operation, Reported as present, January 2020"."""
    labels = (figure.get_scope_display(), figure.get_basis_display())
    whose = [str(figure.contributor.actor)] if figure.contributor else []
    return ", ".join([figure.figures, *whose, *labels, figure.date.human(facts.language())])


def _level(share: float, top: int) -> Level:
    number = number_format(round(top * share), force_grouping=True)
    return Level(percent(100 * (1 - share)), str(number))


def _point(figure: StrengthFigure, axis: Axis, top: int, labelled: bool) -> Point:
    start, end = _days(figure, axis)
    low, high = _limits(figure, top)
    return Point(
        figure=figure,
        kind=kind_of(figure),
        x=percent((start + end) / 2),
        y=percent(_from_top(_middle(figure), top)),
        days=Band(percent(start), percent((end - start) / 2)) if end > start else None,
        range=Band(percent(high), percent(low - high)) if low > high else None,
        fades=_gradient(figure),
        colour=colour_of(figure),
        label=figure.figures if labelled else "",
        words=words_of(figure),
    )


def _gradient(figure: StrengthFigure) -> str:
    """Return the gradient from the limit that is stated towards the one that is not."""
    if figure.most is None:
        return "fu" + colour_of(figure)
    return "fd" + colour_of(figure) if figure.least is None else ""


def _days(figure: StrengthFigure, axis: Axis) -> tuple[float, float]:
    """Return from where to where the date may be; an open end is at the edge."""
    earliest, latest = figure.date.earliest, figure.date.latest
    return axis.at(earliest) if earliest else 0.0, axis.at(latest) if latest else 100.0


def _limits(figure: StrengthFigure, top: int) -> tuple[float, float]:
    """Return the places of the least and of the most; of one not stated, that of 0 or the top."""
    low = _from_top(0 if figure.least is None else figure.least, top)
    high = _from_top(top if figure.most is None else figure.most, top)
    return low, high


def _middle(figure: StrengthFigure) -> float:
    stated = [number for number in (figure.least, figure.most) if number is not None]
    return sum(stated) / len(stated)


def _from_top(number: float, top: int) -> float:
    return 100 * (1 - number / top)
