"""What of a record contradicts another: told to who edits it, never a reason to refuse it.

Sources do contradict each other; but most often a date was typed wrong.
"""

from collections.abc import Callable, Iterator
from typing import Any

from apps.records.likeness import folded
from apps.records.models import (
    Contributor,
    LadderStep,
    Office,
    Operation,
    Record,
    Statement,
    StrengthFigure,
)
from apps.records.vocabularies import LadderStatus

# With these a contributor's part is over.
OVER = (LadderStatus.WITHDRAWN, LadderStatus.DECLINED)


def contradictions(record: Record) -> list[str]:
    """Return a sentence for each contradiction of a saved record; [] for none."""
    find = FINDERS.get(type(record))
    return [] if find is None else list(find(record))


def _of_contributor(contributor: Contributor) -> Iterator[str]:
    operation = contributor.operation
    if operation.end.latest is None:
        return
    steps = list(contributor.ladder.order_by("place"))
    for step in steps:
        if step.since.earliest and step.since.earliest > operation.end.latest:
            yield (
                f"{contributor}: {step.get_status_display()} since {step.since.human('en')}, but"
                f" the operation ended {operation.end.human('en')}."
            )
    yield from _still_standing(contributor, steps[-1] if steps else None)


def _still_standing(contributor: Contributor, last: LadderStep | None) -> Iterator[str]:
    if last is not None and last.status in OVER:
        return
    stands = f"stands as {last.get_status_display().lower()}" if last else "has no status"
    ended = contributor.operation.end.human("en")
    yield f"{contributor} {stands}, but the operation ended {ended}."


def _of_operation(operation: Operation) -> Iterator[str]:
    if operation.end.latest is None:
        return
    contributors = Contributor.objects.filter(operation=operation)
    for contributor in contributors.select_related("operation", "country", "organization"):
        yield from _of_contributor(contributor)


def _of_statement(statement: Statement) -> Iterator[str]:
    said, speaker = statement.said.latest, statement.speaker_person
    if speaker is None or said is None:
        return
    offices = _offices_named(statement)
    starts = [(start, office) for office in offices if (start := office.start.earliest)]
    if starts and len(starts) == len(offices) and all(start > said for start, _ in starts):
        _, first = min(starts, key=lambda each: each[0])
        yield (
            f"Said {statement.said.human('en')}, but {speaker} was {first.title} only since"
            f" {first.start.human('en')}."
        )


def _offices_named(statement: Statement) -> list[Office]:
    """Return the speaker's offices that the statement names, or all where it names none of them."""
    offices = list(Office.objects.filter(person=statement.speaker_person))
    named = [each for each in offices if folded(each.title) == folded(statement.office)]
    return named or offices


def _of_strength(figure: StrengthFigure) -> Iterator[str]:
    if not figure.date:
        return
    same = StrengthFigure.objects.filter(
        operation=figure.operation_id,
        contributor=figure.contributor_id,
        basis=figure.basis,
        scope=figure.scope,
        personnel_type=figure.personnel_type,
    ).exclude(pk=figure.pk)
    for other in same:
        one_date = other.date and figure.date.possibly_between(
            other.date.earliest, other.date.latest
        )
        if one_date and (other.least, other.most) != (figure.least, figure.most):
            yield (
                f"Another figure of the same kind for {other.date.human('en')} says"
                f" {other.figures}, this one {figure.figures}."
            )


FINDERS: dict[type[Record], Callable[[Any], Iterator[str]]] = {
    Contributor: _of_contributor,
    Operation: _of_operation,
    Statement: _of_statement,
    StrengthFigure: _of_strength,
}
