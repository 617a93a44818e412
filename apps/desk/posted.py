"""The rows of an inline as a browser posts them: read, moved about and written back."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

Values = dict[str, list[str]]


@dataclass
class Row:
    """The posted fields of one row by their names in its form; `key` is "" for a new one."""

    values: Values

    @property
    def key(self) -> str:
        return next(iter(self.values.get("id", [])), "")

    @property
    def removed(self) -> bool:
        return bool(self.values.get("DELETE"))


@dataclass
class PostedRows:
    """The rows of one inline: those that were there when its form was opened, then new ones."""

    prefix: str
    there: list[Row] = field(default_factory=list)
    new: list[Row] = field(default_factory=list)

    @classmethod
    def of(cls, posted: QueryDict, prefix: str) -> "PostedRows":
        rows: dict[int, Values] = {}
        for name, values in posted.lists():
            if match := re.fullmatch(rf"{re.escape(prefix)}-(\d{{1,5}})-(\w+)", name):
                rows.setdefault(int(match[1]), {})[match[2]] = [str(value) for value in values]
        found = cls(prefix)
        for _number, posted_row in sorted(rows.items()):
            row = Row(posted_row)
            (found.there if row.key else found.new).append(row)
        return found

    def let_go(self, foreign_key: str) -> None:
        """Make new rows, of no record, of all that were there, but for those to be removed."""
        for row in (*self.there, *self.new):
            row.values |= {"id": [""], foreign_key: [""]}
        self.new = [row for row in self.there if not row.removed] + self.new
        self.there = []

    def write(self, posted: QueryDict) -> None:
        """Put the rows back in place of those that were read."""
        for name in [name for name in posted if re.match(rf"{re.escape(self.prefix)}-\d", name)]:
            del posted[name]
        rows = [*self.there, *self.new]
        for number, row in enumerate(rows):
            for name, values in row.values.items():
                posted.setlist(f"{self.prefix}-{number}-{name}", values)
        posted[f"{self.prefix}-INITIAL_FORMS"] = str(len(self.there))
        posted[f"{self.prefix}-TOTAL_FORMS"] = str(len(rows))


def as_posted(value: Any) -> list[str]:
    """Return what a browser posts for a value that a form shows: a list for boxes to tick."""
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    return ["" if value is None else str(value)]
