"""A table as it was uploaded: texts by column, each row with its line; and what no table is."""

from dataclasses import dataclass
from difflib import get_close_matches

from tablib import Dataset

MOST_BYTES = 20_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200


class FileRefused(Exception):
    """A file that is no table; the message says where, why and what would be right."""


@dataclass(frozen=True)
class Table:
    """The cells of a file: `lines` says for each row on which line of the file it begins."""

    headers: list[str]
    rows: list[list[str]]
    lines: list[int]

    def dataset(self) -> Dataset:
        return Dataset(*self.rows, headers=self.headers)


class TableBuilder:
    """Takes the rows of a file one after another, the header first, and refuses what cannot be."""

    def __init__(self, columns: list[str]) -> None:
        self.columns = columns
        self.table: Table | None = None

    def add(self, line: int, cells: list[str]) -> None:
        """Take one row; blank ones are left out. Raises FileRefused."""
        if not any(cell.strip() for cell in cells):
            return
        if self.table is None:
            self.table = Table(self._headers(line, cells), [], [])
            return
        if len(self.table.rows) == MOST_ROWS:
            raise FileRefused(f"More than {MOST_ROWS:,} rows. Import it in several files.")
        self.table.rows.append(self._fitted(line, cells, len(self.table.headers)))
        self.table.lines.append(line)

    def finished(self) -> Table:
        """Return the table. Raises FileRefused where there is none."""
        if self.table is None:
            raise FileRefused("The file is empty. Begin with a line of column names.")
        if not self.table.rows:
            raise FileRefused("The file has column names and no rows.")
        return self.table

    def _headers(self, line: int, cells: list[str]) -> list[str]:
        named = _without_blank_end(cells)
        if len(named) > MOST_COLUMNS:
            raise FileRefused(f"Line {line}: {len(named):,} columns; at most {MOST_COLUMNS}.")
        headers = [name.strip().lower() for name in named]
        for place, name in enumerate(headers, 1):
            if name not in self.columns:
                raise FileRefused(self._unknown(line, place, name))
            if name in headers[: place - 1]:
                raise FileRefused(f"Line {line}: the column “{name}” is there twice.")
        return headers

    def _unknown(self, line: int, place: int, name: str) -> str:
        near = get_close_matches(name, self.columns, n=1)
        meant = f" Did you mean “{near[0]}”?" if near else ""
        said = f"“{name[:80]}” is no column here" if name else "it has no name"
        return (
            f"Line {line}, column {place}: {said}.{meant} The first line names the columns."
            f" Allowed: {', '.join(self.columns)}."
        )

    def _fitted(self, line: int, cells: list[str], width: int) -> list[str]:
        """Return the cells that stand below a name. Raises FileRefused where some stand beside."""
        given = len(_without_blank_end(cells))
        if given > width:
            raise FileRefused(
                f"Line {line}: {given:,} cells, but {width} columns are named in the first line."
                " A text with a comma needs quotes."
            )
        return [*cells[:width], *[""] * (width - len(cells))]


def _without_blank_end(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]
