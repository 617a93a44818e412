"""The timelines of the record pages: which rows each has, up to the latest source it cites."""

from collections.abc import Callable, Iterable
from datetime import date

from apps.pages.timelines.drawing import Timeline, drawn
from apps.pages.timelines.stretches import Bounds
from apps.pages.timelines.subjects import (
    Subject,
    latest_of,
    of_ladder,
    of_operation,
    of_tenure,
)
from apps.records.models import (
    Contributor,
    Membership,
    Office,
    Operation,
    Organization,
    Record,
    Source,
)


def operation_timeline(
    operation: Operation,
    contributors: Iterable[Contributor],
    sources: Iterable[Source],
    asked: date | None,
) -> Timeline | None:
    """Return the operation, its milestones and the ladder of each contributor, in their order."""
    latest = latest_of(sources)
    subjects = of_operation(operation, _read_on(latest))
    subjects += ladders(contributors, latest, lambda contributor: contributor.actor)
    return drawn(subjects, latest, asked)


def actor_timeline(
    contributions: Iterable[Contributor],
    tenures: Iterable[Membership | Office],
    name: Callable[[Membership | Office], tuple[str, Record]],
    sources: Iterable[Source],
    asked: date | None,
) -> Timeline | None:
    """Return the ladder in each operation and the tenures that are dated, as `name` names each."""
    latest = latest_of(sources)
    subjects = ladders(contributions, latest, lambda contributor: contributor.operation)
    subjects += [one for tenure in tenures if (one := of_tenure(*name(tenure), tenure)).drawn]
    return drawn(subjects, latest, asked)


def ladders(
    contributors: Iterable[Contributor],
    latest: Bounds | None,
    of: Callable[[Contributor], Record],
) -> list[Subject]:
    """Return a row for each contributor, named after and linked to the record that `of` gives."""
    read_on = _read_on(latest)
    return [of_ladder(_name(of(c)), of(c), c.ladder.all(), read_on) for c in contributors]


def by_other_side(record: Record) -> Callable[[Membership | Office], tuple[str, Record]]:
    """Return what names a tenure on the page of `record`: the other side of it."""

    def name(tenure: Membership | Office) -> tuple[str, Record]:
        if isinstance(tenure, Membership):
            other = tenure.country if isinstance(record, Organization) else tenure.organization
            return str(other), other
        if record == tenure.person:
            return tenure.title, record
        return f"{tenure.person}, {tenure.title}", tenure.person

    return name


def _read_on(latest: Bounds | None) -> date | None:
    """Return the first day that the latest source may be of: what it tells of is not later."""
    return latest.earliest if latest else None


def _name(record: Record) -> str:
    return record.display_name if isinstance(record, Operation) else str(record)
