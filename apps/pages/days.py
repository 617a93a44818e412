"""What was true on a day, as a record page shows it: certainly and possibly told apart."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from apps.pages import facts
from apps.pages.timelines.subjects import reached_words, step_words
from apps.records.models import (
    Contributor,
    LadderStep,
    Membership,
    Milestone,
    Office,
    Operation,
    Part,
    Record,
    Statement,
    StrengthFigure,
)
from apps.records.on_a_day import told_apart

Found = dict[Any, bool]


@dataclass(frozen=True)
class Held:
    """Something that held, in words; the fields whose evidence it rests on; what it links to."""

    text: str
    target: Record | Part
    fields: str
    link: Record | None = None


@dataclass(frozen=True)
class Line:
    """What held of one thing: certainly, and possibly without being certain."""

    name: str
    link: Record | None = None
    certain: list[Held] = field(default_factory=list)
    possible: list[Held] = field(default_factory=list)


@dataclass(frozen=True)
class OnADay:
    """The answer of a record page to `on`."""

    day: date
    sentence: str
    lines: list[Line]

    @property
    def words(self) -> str:
        return facts.day(self.day)


def line(
    name: str,
    rows: Iterable[Any],
    found: Found,
    held: Callable[[Any], Held],
    link: Record | None = None,
) -> Line:
    """Return the line of those of `rows` that `found` has, as `held` says each."""
    present = [row for row in rows if row.pk in found]
    return Line(
        name,
        link,
        [held(row) for row in present if found[row.pk]],
        [held(row) for row in present if not found[row.pk]],
    )


def of_operation(operation: Operation, contributors: list[Contributor], day: date) -> OnADay:
    """Return how an operation, its contributors and its figures stood. Three queries."""
    steps = LadderStep.objects.filter(contributor__operation=operation)
    held = told_apart(steps.held_on, day)
    dated = told_apart(StrengthFigure.objects.filter(operation=operation).dated_on, day)
    figures = list(operation.strengths.all())
    lines = [_milestone(one, day) for one in operation.milestones.all() if one.reached]
    lines += ladders(contributors, held, lambda contributor: contributor.actor)
    if figures:
        lines.append(line(_("Personnel"), figures, dated, _figure))
    return OnADay(day, _operation_ran(operation, day), lines)


def ladders(
    contributors: Iterable[Contributor], held: Found, of: Callable[[Contributor], Record]
) -> list[Line]:
    """Return a line for each contributor, named after the record that `of` gives."""
    return [
        line(_name(of(one)), one.ladder.all(), held, _step, link=of(one)) for one in contributors
    ]


def of_actor(
    record: Record,
    day: date,
    *,
    contributions: list[Contributor],
    memberships: Iterable[Membership] = (),
    offices: Sequence[Office] = (),
    office_count: int = 0,
    operations: Iterable[Operation] = (),
) -> OnADay:
    """Return the tenures and contributions of a country or organization. Four queries at most.

    `office_count` says of how many that were held then the `offices` are.
    """
    others = "organization" if record._meta.model_name == "country" else "country"
    mine = [one.pk for one in contributions]
    held = told_apart(LadderStep.objects.filter(contributor__in=mine).held_on, day)
    lines = [
        *_tenures(_membership_name(others), memberships, Membership, day, _membership_by(others)),
        *_tenures(_in_office(len(offices), office_count), offices, Office, day, _held_by),
        *_running(operations, day),
        *ladders(contributions, held, lambda one: one.operation),
    ]
    return OnADay(day, _sentence(lines, str(record), day), lines)


def of_person(person: Record, offices: Iterable[Office], day: date) -> OnADay:
    """Return the offices a person held. One query."""
    lines = _tenures(_("In office"), offices, Office, day, _office)
    return OnADay(day, _sentence(lines, str(person), day), lines)


def of_statement(statement: Statement, day: date) -> OnADay:
    """Return whether the statement was made on the day. One query."""
    said = told_apart(Statement.objects.filter(pk=statement.pk).said_on, day)
    words = {"day": facts.day(day)}
    if statement.pk not in said:
        return OnADay(day, _("This was not said on %(day)s.") % words, [])
    if said[statement.pk]:
        return OnADay(day, _("This was said on %(day)s.") % words, [])
    return OnADay(
        day, _("This may have been said on %(day)s: its date leaves it open.") % words, []
    )


def _operation_ran(operation: Operation, day: date) -> str:
    """Say whether the operation ran, and where that is open, why."""
    ran = told_apart(Operation.objects.filter(pk=operation.pk).active_on, day)
    words = {"name": operation.display_name, "day": facts.day(day), "why": _doubt(operation)}
    if operation.pk in ran:
        if ran[operation.pk]:
            return _("%(name)s was running on %(day)s.") % words
        return _("%(name)s may have been running on %(day)s: %(why)s.") % words
    if operation.start.possibly_between(None, day):
        return _("%(name)s had ended by %(day)s.") % words
    return _("%(name)s had not begun on %(day)s.") % words


def _doubt(operation: Operation) -> str:
    if not operation.start and not operation.end:
        return _("no source says when it began or ended")
    if not operation.start:
        return _("no source says when it began")
    if not operation.end:
        return _("no source says when it ended")
    return _("its dates are not known to the day")


def _sentence(lines: list[Line], name: str, day: date) -> str:
    words = {"name": name, "day": facts.day(day)}
    if any(one.certain for one in lines):
        return _("What held of %(name)s on %(day)s, and what may have held.") % words
    if any(one.possible for one in lines):
        return _("Nothing recorded of %(name)s is certain on %(day)s; this may have held.") % words
    return _("Nothing recorded of %(name)s held on %(day)s.") % words


def _milestone(milestone: Milestone, day: date) -> Line:
    """Return the line of a milestone that a source says was reached."""
    name = facts.values_of(milestone, "kind")
    reached = milestone.reached
    held = [Held(reached_words(milestone), milestone, "reached kind")]
    certain = reached.certainly_between(None, day)
    possible = not certain and reached.possibly_between(None, day)
    return Line(
        name[0].text if name else _("Operational, in part or in full not stated"),
        certain=held if certain else [],
        possible=held if possible else [],
    )


def _step(step: LadderStep) -> Held:
    return Held(step_words(step), step, "status since")


def _figure(figure: StrengthFigure) -> Held:
    whose = figure.contributor.actor if figure.contributor else _("the operation")
    words = {"figures": figure.figures, "whose": whose, "date": figure.date.human(facts.language())}
    return Held(_("%(figures)s (%(whose)s), date: %(date)s") % words, figure, "least most date")


def _tenures(
    name: str,
    rows: Iterable[Any],
    model: type[Membership] | type[Office],
    day: date,
    held: Callable[[Any], Held],
) -> list[Line]:
    shown = list(rows)
    if not shown:
        return []
    found = told_apart(model.objects.filter(pk__in=[row.pk for row in shown]).held_on, day)
    return [line(name, shown, found, held)]


def _running(operations: Iterable[Operation], day: date) -> list[Line]:
    shown = list(operations)
    if not shown:
        return []
    found = told_apart(Operation.objects.filter(pk__in=[one.pk for one in shown]).active_on, day)
    return [line(_("Operations running in it"), shown, found, _operation)]


def _operation(operation: Operation) -> Held:
    return Held(operation.display_name, operation, "start end", operation)


def _in_office(shown: int, count: int) -> str:
    if shown >= count:
        return _("People in office")
    words = {"shown": shown, "count": count}
    return _("People in office, %(shown)d of %(count)d, what is certain first") % words


def _membership_name(others: str) -> str:
    return _("Members") if others == "country" else _("Member of")


def _membership_by(others: str) -> Callable[[Membership], Held]:
    """Return what to say of a membership: the name of its other side."""

    def held(membership: Membership) -> Held:
        other = getattr(membership, others)
        return Held(str(other), membership, "country organization start end", other)

    return held


def _held_by(office: Office) -> Held:
    words = {"person": office.person, "office": office.title}
    text = _("%(person)s, %(office)s") % words
    return Held(text, office, "title person start end", office.person)


def _office(office: Office) -> Held:
    return Held(office.title, office, "title start end", office.country or office.organization)


def _name(record: Record) -> str:
    return record.display_name if isinstance(record, Operation) else str(record)
