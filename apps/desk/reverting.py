"""A record as it was after one revision beside another or beside now, and how to put it back."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from apps.desk import versions
from apps.desk.names import Names
from apps.desk.permissions import CLOSED
from apps.revisions.restoring import Step, take_all, versions_at, written_columns

ROW = "row"


@dataclass(frozen=True)
class Line:
    """A field that differs, or a row that is only on one side; `name` is what a form sends.

    `what` is the row that it is of; "" for the record itself.
    """

    name: str
    what: str
    label: str
    then: str
    now: str


class Comparison:
    """What the form of a record shows, at two revisions: its own row and the rows below it."""

    def __init__(self, rows: list[versions.Rows], then: int, now: int) -> None:
        self.then, self.now = then, now
        self.own = rows[0].tracking if rows else None
        self.steps = [step for some in rows for step in _steps(some, then, now)]
        self.names = Names()

    def lines(self) -> list[Line]:
        return [line for step in self.steps for line in self._of_step(step)]

    def _of_step(self, step: Step) -> Iterator[Line]:
        model = step.tracking.model
        what = f"{model._meta.verbose_name} {self.names.of(model, step.row)}"
        if step.before is None or step.after is None:
            sides = ("there", "not there") if step.before is None else ("not there", "there")
            yield Line(_name(step, ROW), what, "the whole row", *sides)
            return
        if step.tracking is self.own:
            what = ""
        for column in written_columns(step.tracking):
            if column.attname in step.differing:
                now, then = (
                    versions.text_of(column, side, self.names) for side in (step.before, step.after)
                )
                label = str(column.verbose_name)
                yield Line(_name(step, column.attname), what, label, then, now)

    def publishes(self, names: Collection[str]) -> bool:
        """Whether to take `names` would make something public or withdrawn, or was so before."""
        return any(
            getattr(step.after, "publication", "") in CLOSED
            for step in self.steps
            if _name(step, "publication") in names or _name(step, ROW) in names
        )

    def take(self, names: Collection[str]) -> None:
        """Put back what is named: fields of rows that stayed, and rows that went or came."""
        whole = [step for step in self.steps if _name(step, ROW) in names]
        take_all(whole)
        for step in self.steps:
            fields = [name for name in step.differing if _name(step, name) in names]
            if step not in whole and fields:
                step.take(fields)


def _steps(rows: versions.Rows, then: int, now: int) -> Iterator[Step]:
    was = versions_at(rows.tracking, then, rows.condition)
    is_now = versions_at(rows.tracking, now, rows.condition)
    for row in sorted(was.keys() | is_now.keys()):
        step = Step(rows.tracking, row, is_now.get(row), was.get(row))
        if step.before is None or step.after is None or step.differing:
            yield step


def _name(step: Step, field: str) -> str:
    return f"{step.tracking.table}:{step.row}:{field}"
