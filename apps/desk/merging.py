"""Two people edited one record: what each made of it, field by field, and the choice between them.

A form carries the revision that it was opened at (`seen`), so the history has the common base; the
record as it is now is theirs, and what was posted is yours. The form is shown again with what they
changed and you did not already in it. What stands in it is saved, but where a column of the table
was chosen instead.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import model_to_dict
from django.http import QueryDict

from apps.desk import versions
from apps.desk.names import Names
from apps.desk.posted import PostedRows, Row, Values, as_posted

SIDES = ("base", "theirs", "yours")
CHOICE, MINE, BASE, SEEN = "merge-", "mine-", "merge_base", "seen"
REMOVED = "DELETE"


@dataclass(frozen=True)
class Below:
    """The inline of a form: the rows of a table that belong to the record, and their form."""

    prefix: str
    rows: versions.Rows
    fields: dict[str, forms.Field]


@dataclass(frozen=True)
class Line:
    """A field that they changed, and what each side has in it. `taken` is in the form."""

    name: str
    what: str
    label: str
    base: str
    theirs: str
    yours: str
    taken: str
    mine: list[str]


@dataclass
class Merge:
    """What a form that was overtaken shows: the lines, and what became of whole rows."""

    base: int
    entries: list[versions.Entry]
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Merging:
    """The form of one record and the rows below it, as they were, as they are, as they are posted.

    `fields` are those of the form of the record; `record` are the versions of the record alone.
    """

    def __init__(
        self, record: versions.Rows, fields: dict[str, forms.Field], below: Iterable[Below]
    ) -> None:
        self.record = record
        self.fields = fields
        self.below = list(below)
        self.names = Names()

    def chosen(self, posted: QueryDict) -> QueryDict:
        """Return what was posted with the columns that were chosen put into it."""
        answered = posted.copy()
        choices = {n.removeprefix(CHOICE): posted[n] for n in posted if n.startswith(CHOICE)}
        base, seen = posted.get(BASE, ""), posted.get(SEEN, "")
        if not (base.isdecimal() and seen.isdecimal()):
            return answered
        sides = {"base": int(base), "theirs": int(seen)}
        for name, side in choices.items():
            mine = posted.getlist(f"{MINE}{name}")
            self._put(answered, name, mine if side == "yours" else sides.get(str(side)))
        return answered

    def merged(self, posted: QueryDict, seen: int, entries: list[versions.Entry]) -> Merge:
        """Return what differs since revision `seen`, and put into `posted` what only they changed.

        `entries` are those that came after it.
        """
        merge = Merge(seen, entries)
        was, now = self.record.at(seen), self.record.at(entries[0].revision.number)
        values = {name: posted.getlist(name) for name in self.fields if name in posted}
        for key, theirs in now.items():
            merge.lines += self._lines("", "", self.fields, was[key], theirs, values)
        for name, changed in values.items():
            posted.setlist(name, changed)
        for below in self.below:
            self._merge_rows(below, posted, merge)
        return merge

    def _merge_rows(self, below: Below, posted: QueryDict, merge: Merge) -> None:
        rows = PostedRows.of(posted, below.prefix)
        was, now = below.rows.at(merge.base), below.rows.at(merge.entries[0].revision.number)
        kept = []
        for row in rows.there:
            key = int(row.key) if row.key.isdecimal() else 0
            if key in now and key in was:
                merge.lines += self._lines_of_row(below, key, was[key], now[key], row)
                kept.append(row)
            elif key in was and not row.removed and self._changed(below.fields, was[key], row):
                row.values["id"] = [""]
                rows.new.insert(0, row)
                merge.notes.append(f"Removed by them, changed by you, below as new: {was[key]}.")
        rows.there = kept
        rows.write(posted)
        merge.notes += [f"Added by them: {now[key]}." for key in now if key not in was]
        merge.notes += [f"Removed by them: {was[key]}." for key in was if key not in now]

    def _lines_of_row(
        self, below: Below, key: int, was: models.Model, now: models.Model, row: Row
    ) -> Iterator[Line]:
        prefix, what = f"{below.prefix}:{key}:", f"{now._meta.verbose_name} {was}"
        lines = list(self._lines(prefix, what, below.fields, was, now, row.values))
        if not (lines and row.removed):
            yield from lines
            return
        row.values.pop(REMOVED)
        changed = ", ".join(f"{line.label}: {line.theirs}" for line in lines)
        name = f"{prefix}{REMOVED}"
        yield Line(
            name, what, "the row", "kept", f"changed ({changed})", "removed", "theirs", ["on"]
        )

    def _lines(
        self,
        prefix: str,
        what: str,
        fields: dict[str, forms.Field],
        was: models.Model,
        now: models.Model,
        posted: Values,
    ) -> Iterator[Line]:
        """Give the fields that they changed and you have otherwise; take theirs if you did not."""
        before, theirs = model_to_dict(was, [*fields]), model_to_dict(now, [*fields])
        for name in theirs:
            shown, mine = fields[name], posted.get(name, [])
            if name not in posted and not isinstance(shown, forms.MultipleChoiceField):
                continue
            if before[name] == theirs[name] or not _differs(shown, theirs[name], mine):
                continue
            taken = "yours" if _differs(shown, before[name], mine) else "theirs"
            if taken == "theirs":
                posted[name] = as_posted(shown.prepare_value(theirs[name]))
            column = was._meta.get_field(name)
            assert isinstance(column, models.Field), "a relation from elsewhere is in no form"
            old, new = (versions.text_of(column, side, self.names) for side in (was, now))
            label = str(column.verbose_name)
            yield Line(prefix + name, what, label, old, new, _typed(shown, mine), taken, mine)

    def _changed(self, fields: dict[str, forms.Field], was: models.Model, row: Row) -> bool:
        before = model_to_dict(was, [*fields])
        return any(
            _differs(fields[name], value, row.values.get(name, []))
            for name, value in before.items()
        )

    def _put(self, posted: QueryDict, name: str, side: list[str] | int | None) -> None:
        """Put what one side has in a field into `posted`; None and strange names are left alone."""
        prefix, key, field_name = ("", "", name) if ":" not in name else _three(name)
        below = next((each for each in self.below if each.prefix == prefix), None)
        if side is None or (below is None) != (prefix == ""):
            return
        if below is None:
            values = self._values(self.record, self.fields, None, field_name, side)
            if values is not None:
                posted.setlist(field_name, values)
            return
        rows = PostedRows.of(posted, prefix)
        for row in rows.there:
            if row.key == key:
                values = self._values(below.rows, below.fields, int(key), field_name, side)
                row.values |= {} if values is None else {field_name: values}
        rows.write(posted)

    def _values(
        self,
        rows: versions.Rows,
        fields: dict[str, forms.Field],
        key: int | None,
        name: str,
        side: list[str] | int,
    ) -> list[str] | None:
        """Return what `side`, a revision or the values themselves, has in a field of a row."""
        if isinstance(side, list) or name == REMOVED:
            return side if isinstance(side, list) else []
        found = rows.at(side)
        row = found.get(key) if key is not None else next(iter(found.values()), None)
        values = {} if row is None else model_to_dict(row, [*fields])
        if name not in values:
            return None
        return as_posted(fields[name].prepare_value(values[name]))


def _three(name: str) -> tuple[str, str, str]:
    prefix, _, rest = name.partition(":")
    key, _, field_name = rest.partition(":")
    return prefix, key, field_name


def _differs(shown: forms.Field, value: Any, posted: list[str]) -> bool:
    """Whether what was posted in a field is another value; browsers send other line ends."""
    if isinstance(value, str):
        value = value.replace("\r\n", "\n")
    return shown.has_changed(value, _raw(shown, posted))


def _raw(shown: forms.Field, posted: list[str]) -> Any:
    if isinstance(shown, forms.MultipleChoiceField):
        return posted
    return posted[-1].replace("\r\n", "\n") if posted else ""


def _typed(shown: forms.Field, posted: list[str]) -> str:
    """Return what was typed as a person reads it; letter by letter where it cannot be read."""
    raw = _raw(shown, posted)
    try:
        value = shown.clean(raw)
    except ValidationError:
        return str(raw)
    if isinstance(shown, forms.ModelChoiceField):
        return str(value or "")
    chosen_from = isinstance(shown.widget, forms.Select | forms.CheckboxSelectMultiple)
    labels = dict(shown.widget.choices) if chosen_from else {}
    if isinstance(value, list):
        return ", ".join(str(labels.get(each, each)) for each in value)
    return "" if value is None else str(labels.get(value, value))
