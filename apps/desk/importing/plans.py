"""What a file would do: each row new, changed, unchanged, stale or wrong; shown, then done."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from import_export.results import RowResult

from apps.desk.importing.resources import RecordResource, errors_at_columns, resource_for, run
from apps.desk.importing.tables import Table
from apps.desk.permissions import CLOSED, may_publish
from apps.desk.refusals import PUBLIC_ID, Refusal, refusal, refusal_of_rule
from apps.desk.versions import Difference
from apps.records.models import Part
from apps.records.vocabularies import Publication
from apps.revisions.models import Revision
from apps.revisions.tracking import REGISTRY
from apps.revisions.writing import offenders

# Of each kind, so that ten thousand rows make no page of ten thousand.
MOST_SHOWN = 100
MOST_BROKEN = 20_000
NO_REVISION = (
    "It is here already and differs, and the file does not say from which revision it was changed"
    " (column “revision”)."
)


ONLY_REVIEWERS = (
    "Only a reviewer may change what is published. Let one import the file, or leave the row out."
)
NEW_PART_OF_PUBLIC = (
    "The {owner} is published, so a new {part} would be public at once and needs a citation, which"
    " this table does not bring. Enter it with its citation on the page of the {owner}."
)


@dataclass(frozen=True)
class Wrong:
    """A cell that cannot be taken, or with no column a whole row, or with line 0 the whole file."""

    line: int
    column: str
    value: str
    message: str


@dataclass(frozen=True)
class PlannedRow:
    """A row that is new or changes; `stale` says who was quicker, or is blank."""

    line: int
    name: str
    differences: tuple[Difference, ...] = ()
    stale: str = ""


@dataclass
class Plan:
    """What became of the rows; the lists hold at most MOST_SHOWN, the counts say how many."""

    counts: Counter[str] = field(default_factory=Counter)
    new: list[PlannedRow] = field(default_factory=list)
    changed: list[PlannedRow] = field(default_factory=list)
    stale: list[PlannedRow] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def writes(self) -> int:
        """How many rows it writes."""
        return self.counts["new"] + self.counts["changed"] + self.counts["stale"]

    @property
    def summary(self) -> str:
        """Say the counts: "3 new, 1 changed, 20 unchanged"."""
        kinds = ("new", "changed", "stale", "unchanged", "wrong")
        said = [f"{self.counts[kind]:,} {kind}" for kind in kinds if self.counts[kind]]
        return ", ".join(said) or "no rows"

    def may_be_carried_out(self, *, over_newer: bool) -> bool:
        return bool(self.writes) and not self.wrong and (over_newer or not self.stale)

    def add_wrong(self, wrong: Iterable[Wrong]) -> None:
        for cell in wrong:
            self.counts["wrong"] += 1
            if len(self.wrong) < MOST_SHOWN:
                self.wrong.append(cell)

    def add(self, kind: str, row: PlannedRow) -> None:
        self.counts[kind] += 1
        shown: list[PlannedRow] = getattr(self, kind)
        if len(shown) < MOST_SHOWN:
            shown.append(row)


def preview(model: type[models.Model], table: Table, editor: Any) -> Plan:
    """Return what the table would do, by doing it and taking it back."""
    with transaction.atomic():
        plan = carry_out(model, table, editor)
        transaction.set_rollback(True)
    return plan


def carry_out(model: type[models.Model], table: Table, editor: Any) -> Plan:
    """Write what can be written and return the plan, in a transaction that the caller ends."""
    resource = resource_for(model)(editor, table.lines)
    result = run(resource, table)
    plan, written = Plan(), {}
    for line, row in zip(table.lines, result.rows, strict=True):
        if row.validation_error:
            plan.add_wrong(_wrong_cells(resource, line, row))
        elif row.is_skip():
            plan.counts["unchanged"] += 1
        else:
            written[line] = row
    refused = {line: refusal(fault, model) for line, fault in resource.refused}
    plan.add_wrong(_refused(resource, written, refused))
    plan.add_wrong(_closed(model, written, editor))
    if not plan.wrong:
        plan.add_wrong(_against_rules(model, written))
    _describe(plan, resource, {k: row for k, row in written.items() if k not in refused})
    return plan


def _wrong_cells(resource: RecordResource, line: int, row: RowResult) -> Iterator[Wrong]:
    for column, message in errors_at_columns(resource, row.validation_error):
        yield Wrong(line, column, row.row_values.get(column, ""), message)


def _refused(
    resource: RecordResource, written: dict[int, RowResult], refused: dict[int, Refusal]
) -> Iterator[Wrong]:
    for line, refused_row in refused.items():
        column = refused_row.field if refused_row.field in resource.fields else ""
        value = written[line].row_values.get(column, "")
        yield Wrong(line, column, value, refused_row.message)


def _closed(
    model: type[models.Model], written: dict[int, RowResult], editor: Any
) -> Iterator[Wrong]:
    """Give the parts of what is public: new ones, and others where the editor may not change it."""
    if not issubclass(model, Part):
        return
    parent = REGISTRY[model].foreign_key
    states = dict(_owners(model, written).values_list("pk", "publication"))
    for line, row in written.items():
        state = states[getattr(row.instance, parent.attname)]
        message = ""
        if state in CLOSED and not may_publish(editor):
            message = ONLY_REVIEWERS
        elif state == Publication.PUBLISHED and row.is_new():
            names = {"part": model._meta.verbose_name, "owner": parent.name}
            message = NEW_PART_OF_PUBLIC.format(**names)
        if message:
            yield Wrong(line, parent.name, row.row_values.get(parent.name, ""), message)


def _owners(model: type[Part], written: dict[int, RowResult]) -> "models.QuerySet[Any]":
    """Return the records that the rows, parts of such, belong to."""
    parent = REGISTRY[model].foreign_key
    keys = {getattr(row.instance, parent.attname) for row in written.values()}
    return parent.related_model._default_manager.filter(pk__in=keys)


def _against_rules(model: type[models.Model], written: dict[int, RowResult]) -> Iterator[Wrong]:
    """Let the rules over several records speak: each row that breaks one, in order of the lines."""
    broken = offenders(MOST_BROKEN)
    lines = _lines(model, written) if broken else {}
    told = [(_line(lines, row), rule, row) for rule, row in broken]
    for place, (line, rule, row) in enumerate(sorted(told, key=lambda each: each[0])):
        # The names in a message are asked for one by one: not for those that are not shown.
        shown = place < MOST_SHOWN
        refused = refusal_of_rule(rule.name, rule.message, row, model) if shown else None
        yield Wrong(line, "", "", refused.message if refused else "")


def _line(lines: dict[str, int], row: str) -> int:
    """Return the line of the record that a rule names; 0 for one that is not in the file."""
    return next((lines[key] for key in PUBLIC_ID.findall(row) if key in lines), 0)


def _lines(model: type[models.Model], written: dict[int, RowResult]) -> dict[str, int]:
    """Return the first line of each record, by the public id by which a rule names its rows."""
    ids: dict[int, str] = {}
    if issubclass(model, Part):
        ids = dict(_owners(model, written).values_list("pk", "public_id"))
    lines: dict[str, int] = {}
    for line, row in written.items():
        instance: Any = row.instance
        key = getattr(instance, REGISTRY[model].foreign_key.attname) if ids else 0
        lines.setdefault(ids[key] if ids else instance.public_id, line)
    return lines


def _describe(plan: Plan, resource: RecordResource, written: dict[int, RowResult]) -> None:
    newest = _revisions(written.values())
    for line, row in written.items():
        if row.is_new():
            plan.add("new", PlannedRow(line, _said(resource, row)))
            continue
        stale = _stale(row, newest)
        kind = "stale" if stale else "changed"
        shown = len(getattr(plan, kind)) < MOST_SHOWN
        differences = tuple(_differences(resource, row)) if shown else ()
        plan.add(kind, PlannedRow(line, str(row.original) if shown else "", differences, stale))


def _said(resource: RecordResource, row: RowResult) -> str:
    """Name a new row by its first cells: it has no name before all that it refers to is read."""
    cells = (row.row_values.get(name, "") for name in resource.get_export_headers())
    return ", ".join([cell[:80] for cell in cells if cell][:4])


def _differences(resource: RecordResource, row: RowResult) -> Iterator[Difference]:
    for name, column in resource.fields.items():
        if name in row.row_values and column.get_value(row.original) != column.get_value(
            row.instance
        ):
            yield Difference(name, column.told(row.original), row.row_values[name])


def _revisions(rows: Iterable[RowResult]) -> dict[int, Revision]:
    numbers = {row.original.revision for row in rows if row.original is not None}
    return Revision.objects.select_related("editor").in_bulk(numbers)


def _stale(row: RowResult, newest: dict[int, Revision]) -> str:
    """Say who changed the row since the file was exported; "" where nobody did."""
    given = row.row_values.get("revision", "").strip()
    if given.isdecimal() and int(given) == row.original.revision:
        return ""
    if not given.isdecimal():
        return NO_REVISION
    revision = newest[row.original.revision]
    who = revision.editor.get_username() if revision.editor else "a command"
    reason = f", “{revision.reason}”" if revision.reason else ""
    return f"Changed by {who} in revision {revision.number}{reason}; the file is of {given[:12]}."
