"""The rows of a timeline before they are drawn: who or what, which stretches, which words."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.pages import facts
from apps.pages.timelines import stretches
from apps.pages.timelines.stretches import DONE, OVER, PROMISED, Bounds, Look, Stretch, bounds_of
from apps.records.dates import PartialDate
from apps.records.models import (
    LadderStep,
    Membership,
    Milestone,
    Office,
    Operation,
    Part,
    Record,
    Source,
)
from apps.records.promises import is_promise
from apps.records.vocabularies import LadderStatus

IN_PLACE = (LadderStatus.DEPLOYED, LadderStatus.REDUCED)
ENDED = (LadderStatus.WITHDRAWN, LadderStatus.DECLINED)


@dataclass(frozen=True)
class Said:
    """What stands at the end of a row, and the fields whose evidence it rests on."""

    text: str
    target: Record | Part
    fields: str


@dataclass(frozen=True)
class Subject:
    """A row: its name, what it links to, what is drawn, and the same in words."""

    name: str
    link: Record | None = None
    drawn: list[Stretch] = field(default_factory=list)
    words: list[Said] = field(default_factory=list)


def latest_of(sources: Iterable[Source]) -> Bounds | None:
    """Return when the latest of `sources` was published; None where no source says."""
    known = [bounds_of(source.published) for source in sources]
    closed = [one for one in known if one.earliest and one.latest]
    return max(closed, key=lambda one: (one.latest, one.earliest), default=None)


def of_operation(operation: Operation, read_on: date | None) -> list[Subject]:
    """Return the operation's own row and one for each of its milestones."""
    span = stretches.lasting(operation.start, operation.end)
    milestones = [_milestone(one, read_on) for one in operation.milestones.all()]
    return [Subject(_("The operation"), None, span, _from_to(operation)), *milestones]


def of_ladder(
    name: str, link: Record, steps: Iterable[LadderStep], read_on: date | None
) -> Subject:
    """Return the row of one status ladder: its dated steps drawn, all of them in words."""
    ladder = sorted(steps, key=lambda step: step.place)
    words = [Said(step_words(step), step, "status since expected") for step in ladder]
    return Subject(name, link, ladder_stretches(ladder, read_on), words)


def of_tenure(name: str, link: Record, tenure: Membership | Office) -> Subject:
    """Return the row of a membership or an office, from its start to its end."""
    return Subject(name, link, stretches.lasting(tenure.start, tenure.end), _from_to(tenure))


def ladder_stretches(ladder: list[LadderStep], read_on: date | None) -> list[Stretch]:
    """Return what is drawn of `ladder`, the lowest step first: what is due behind what held."""
    due = [
        one
        for place, step in enumerate(ladder)
        for one in stretches.awaited(step.expected, _came(ladder[place + 1 :]))
    ]
    held = [
        replace(one, ended=_until(ladder[place + 1 :], one.ended))
        for place, step in enumerate(ladder)
        for one in stretches.since(step.since, read_on, look_of(ladder[: place + 1]))
    ]
    return [*due, *held]


def look_of(ladder: list[LadderStep]) -> Look:
    """Return how the last of the steps `ladder` is drawn: promised, in place or over."""
    status = ladder[-1].status
    if status == LadderStatus.UNDER_REVIEW and len(ladder) > 1:
        return look_of(ladder[:-1])
    if status in IN_PLACE:
        return DONE
    return OVER if status in ENDED else PROMISED


def step_words(step: LadderStep) -> str:
    """Write "Announced, since January 2020; promised for autumn 2020"."""
    status = _stated(step, "status") or _("Status not stated")
    when = step.since.ever_since(facts.language()) if step.since else _("date not stated")
    words = _("%(status)s, %(date)s") % {"status": status, "date": when}
    if not step.expected:
        return words
    due = {"step": words, "date": step.expected.due(facts.language())}
    return _("%(step)s; promised for %(date)s") % due


def expected_words(milestone: Milestone) -> str:
    """Write "expected by autumn 2020"."""
    due = milestone.expected.at(facts.language()) if milestone.expected else _("no date stated")
    return _("expected %(date)s") % {"date": due}


def reached_words(milestone: Milestone) -> str:
    """Write "reached March 2021", or that no source says so."""
    if not milestone.reached:
        return _("not recorded as reached")
    return _("reached %(date)s") % {"date": milestone.reached.at(facts.language())}


def _came(higher: list[LadderStep]) -> PartialDate:
    """Return when the first of the higher steps that is no promise was taken; blank if none was."""
    return next((step.since for step in higher if not is_promise(step)), stretches.BLANK)


def _until(higher: list[LadderStep], otherwise: Bounds) -> Bounds:
    """Return when a step gave way to a higher one; one without a date may have come at once."""
    if not higher:
        return otherwise
    dated = next((step for step in higher if step.since), None)
    latest = dated.since.latest if dated else None
    return Bounds(dated.since.earliest if dated is higher[0] else None, latest)


def _milestone(milestone: Milestone, read_on: date | None) -> Subject:
    kind = _stated(milestone, "kind") or _("Operational, in part or in full not stated")
    words = [
        Said(expected_words(milestone), milestone, "expected kind"),
        Said(reached_words(milestone), milestone, "reached"),
    ]
    due = stretches.awaited(milestone.expected, milestone.reached)
    drawn = due + stretches.since(milestone.reached, read_on)
    return Subject(capfirst(kind), None, drawn, words)


def _from_to(lasted: Operation | Membership | Office) -> list[Said]:
    language = facts.language()
    start, end = {"date": lasted.start.human(language)}, {"date": lasted.end.human(language)}
    return [
        Said(_("start: %(date)s") % start, lasted, "start"),
        Said(_("end: %(date)s") % end, lasted, "end"),
    ]


def _stated(part: Part, name: str) -> str:
    return ", ".join(value.text for value in facts.values_of(part, name))
