"""What a contributor promised and what came of it, read off its status ladder."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from apps.records.models import LadderStep
from apps.records.vocabularies import LadderStatus

PROMISES = (LadderStatus.ANNOUNCED, LadderStatus.CONDITIONAL, LadderStatus.COMMITTED)
# Promised where the source says for when; by themselves they do not tell.
PROMISES_FOR_A_DATE = (LadderStatus.UNDER_REVIEW, LadderStatus.NOT_STATED)


@dataclass(frozen=True)
class Promise:
    """The steps that promise, one after the other, and the steps that came after them.

    Nothing in `came` means that nothing is recorded since, not that nothing came.
    """

    promised: list[LadderStep] = field(default_factory=list)
    came: list[LadderStep] = field(default_factory=list)


def is_promise(step: LadderStep) -> bool:
    """Whether the contributor promises something by the step; a request by others is none."""
    if step.status in PROMISES:
        return True
    return step.status in PROMISES_FOR_A_DATE and bool(step.expected)


def promises_of(steps: Iterable[LadderStep]) -> list[Promise]:
    """Return the promises on a ladder in the order of its steps; none on one that has none.

    A promise made again, after something came of the first, is another promise.
    """
    promises: list[Promise] = []
    for step in sorted(steps, key=lambda step: step.place):
        if is_promise(step):
            if not promises or promises[-1].came:
                promises.append(Promise())
            promises[-1].promised.append(step)
        elif promises:
            promises[-1].came.append(step)
    return promises
