"""Takes back what a test committed, row by row, so that every connection stays as it is.

A new database would do as well, but each connection to it is a new one, whose first edit plans all
rules and the log: longer than most tests take.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from psycopg import RawCursor, sql

# Our tables, with the columns that are written.
TABLES = """
SELECT relnamespace::regnamespace::text, relname::text, (
    SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
)
FROM pg_class
WHERE relkind = 'r' AND relpersistence = 'p'
AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
"""
SEQUENCES = "SELECT schemaname::text, sequencename::text FROM pg_sequences"
# Whoever changes what is written here changed more than rows.
CATALOGS = [
    ("pg_catalog", f"pg_{name}")
    for name in (
        *("attribute", "class", "constraint", "extension", "index", "namespace", "policy", "proc"),
        *("rewrite", "trigger", "ts_config", "ts_dict", "type"),
    )
]
# What the planner was told by ANALYZE; the rest of it only a superuser may read.
TOLD = "SELECT -1, sum(relpages)::bigint, sum(reltuples)::bigint FROM pg_class"
# Rows in all, and those of a transaction from the one numbered $1 on.
ROWS = "SELECT {at}, count(*), count(*) FILTER (WHERE xmin::text::bigint >= $1) FROM {name}"
PLACE = "SELECT {at}, last_value, is_called::int FROM {name}"
NEXT = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
# Who has no question open writes nothing: such a connection may be used again.
END_THE_BUSY = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""
MAY = "SELECT has_parameter_privilege('session_replication_role', 'SET')"

Name = tuple[str, str]
Numbers = list[tuple[int, int]]


class Table(NamedTuple):
    """A table as it was, its rows as COPY writes them."""

    name: sql.Identifier
    written: sql.Composed  # with the columns that COPY reads
    rows: bytes
    held: int


@dataclass
class Counted:
    """Two numbers each: of what is not rows, of each table, of each sequence."""

    catalogs: Numbers
    tables: Numbers
    sequences: Numbers


class Rows:
    """What the tables held when this was made; `connection` is psycopg's, of their owner."""

    def __init__(self, connection: Any) -> None:
        found: list[tuple[str, str, list[str]]] = connection.execute(TABLES).fetchall()
        sequences: list[Name] = connection.execute(SEQUENCES).fetchall()
        self.tables = [_read(connection, *one) for one in found]
        self.sequences = [sql.Identifier(*name) for name in sequences]
        names = [*(sql.Identifier(*name) for name in CATALOGS), *(one.name for one in self.tables)]
        self._question = _question(names, self.sequences)
        self._since = _next(connection)
        self._was = self._count(connection)

    @staticmethod
    def may_be_taken_back(connection: Any) -> bool:
        """Whether the owner may set triggers aside for a session: no history lets go of a row."""
        (may,) = connection.execute(MAY).fetchone()
        return bool(may)

    def take_back(self, connection: Any) -> bool:
        """Make the tables what they were; False, and nothing done, if more than rows changed."""
        connection.execute(END_THE_BUSY)
        now = self._count(connection)
        if now.catalogs != self._was.catalogs:
            return False
        with connection.transaction():
            connection.execute("SET LOCAL session_replication_role = replica")
            for table, (rows, new) in zip(self.tables, now.tables, strict=True):
                self._put_back(connection, table, rows, new)
            places = zip(self.sequences, self._was.sequences, now.sequences, strict=True)
            for name, was, place in places:
                if place != was:
                    told = [name.as_string(), was[0], bool(was[1])]
                    connection.execute("SELECT setval(%s, %s, %s)", told)
        self._since = _next(connection)
        return True

    def _put_back(self, connection: Any, table: Table, rows: int, new: int) -> None:
        if rows - new < table.held:  # of the old ones some were written anew or removed
            connection.execute(sql.SQL("DELETE FROM {}").format(table.name))
            reading = sql.SQL("COPY {} FROM STDIN").format(table.written)
            with connection.cursor().copy(reading) as copy:
                copy.write(table.rows)
        elif new:
            removing = sql.SQL("DELETE FROM {} WHERE xmin::text::bigint >= {}")
            connection.execute(removing.format(table.name, self._since))

    def _count(self, connection: Any) -> Counted:
        cursor = RawCursor(connection)
        cursor.execute(self._question, [self._since], prepare=True)
        numbers = [(first, second) for _, first, second in cursor.fetchall()]
        catalogs = 1 + len(CATALOGS)
        tables = catalogs + len(self.tables)
        return Counted(numbers[:catalogs], numbers[catalogs:tables], numbers[tables:])


def _read(connection: Any, schema: str, table: str, columns: list[str]) -> Table:
    name = sql.Identifier(schema, table)
    written = sql.SQL("{} ({})").format(name, sql.SQL(", ").join(map(sql.Identifier, columns)))
    with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(written)) as copy:
        rows = b"".join(copy)
    return Table(name, written, rows, rows.count(b"\n"))  # within a value a line's end is escaped


def _question(counted: list[sql.Identifier], sequences: list[sql.Identifier]) -> sql.Composed:
    """Return what asks for all numbers at once; parameter $1 is the first new transaction."""
    forms = [(sql.SQL(ROWS), name) for name in counted]
    forms += [(sql.SQL(PLACE), name) for name in sequences]
    parts = [form.format(at=at, name=name) for at, (form, name) in enumerate(forms)]
    return sql.SQL(" UNION ALL ").join([sql.SQL(TOLD), *parts]) + sql.SQL(" ORDER BY 1")


def _next(connection: Any) -> int:
    """Return the number of the next transaction that writes."""
    (number,) = connection.execute(NEXT).fetchone()
    return int(number)
