"""The SQLite file of a release: the same bytes for the same rows, wherever it is made."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from apps.records.cells import Cell
from apps.records.codebook import INTEGER, Column
from apps.records.releases.tables import Table

# Where the header counts changes and names the library that wrote last (SQLite's file format,
# 1.3): nothing depends on the values, but they must not differ from one machine to another.
CHANGE_COUNTER, VALID_FOR, WRITTEN_BY = 24, 92, 96
OLDEST_READER = 3_008_000
PRAGMAS = ("page_size = 4096", "auto_vacuum = 0", "encoding = 'UTF-8'", "journal_mode = OFF")


class SqliteFile:
    """One file, which tables are added to in the order given; `close` makes it final."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = sqlite3.connect(path, isolation_level=None)
        for pragma in PRAGMAS:
            self.connection.execute(f"PRAGMA {pragma}").close()

    def add(self, table: Table, rows: Iterable[dict[str, Cell]]) -> Iterator[dict[str, Cell]]:
        """Write the rows of `table`, handing each on as it is written."""
        self.connection.execute(definition(table))
        marks = ", ".join("?" for _ in table.columns)
        insert = f'INSERT INTO "{table.name}" VALUES ({marks})'
        self.connection.execute("BEGIN")
        for row in rows:
            self.connection.execute(insert, [stored(column, row) for column in table.columns])
            yield row
        self.connection.execute("COMMIT")
        for column in table.columns:
            if column.table and not column.several:
                name = f"{table.name}_by_{column.name}"
                self.connection.execute(
                    f'CREATE INDEX "{name}" ON "{table.name}" ("{column.name}")'
                )

    def close(self) -> None:
        """Pack the pages and settle the header."""
        with closing(self.connection):
            self.connection.execute("VACUUM")
        with self.path.open("r+b") as file:
            for place, value in (
                (CHANGE_COUNTER, 1),
                (VALID_FOR, 1),
                (WRITTEN_BY, OLDEST_READER),
            ):
                file.seek(place)
                file.write(value.to_bytes(4))


def definition(table: Table) -> str:
    """Return the CREATE TABLE of `table`, with its keys.

    The primary key is the column that other tables refer to, so that Datasette links to the row.
    """
    lines = [_column(column, table) for column in table.columns]
    lines += [_reference(column) for column in table.columns if column.refers]
    return f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(lines) + "\n)"


def _column(column: Column, table: Table) -> str:
    kind = "INTEGER" if column.type == INTEGER else "TEXT"
    if column.name == table.key:
        return f'"{column.name}" {kind} NOT NULL PRIMARY KEY'
    return f'"{column.name}" {kind}{" NOT NULL UNIQUE" if column.name == "id" else ""}'


def _reference(column: Column) -> str:
    return f'FOREIGN KEY ("{column.name}") REFERENCES "{column.table}" ("{column.column}")'


def stored(column: Column, row: dict[str, Cell]) -> Cell:
    """Return the cell as the file holds it: a reference to nothing is NULL, a blank text stays."""
    cell = row[column.name]
    return None if cell == "" and column.refers else cell


def faults(path: Path) -> list[str]:
    """Return what SQLite finds wrong with the file: broken pages, references to nothing."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        pages = [text for (text,) in connection.execute("PRAGMA integrity_check") if text != "ok"]
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    return pages + [f"{table} row {row} refers to no {parent}" for table, row, parent, _ in broken]


def counts(path: Path) -> dict[str, int]:
    """Return how many rows each table of the file has."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in names
        }
