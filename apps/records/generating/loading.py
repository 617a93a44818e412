"""How very many rows are loaded in minutes: by COPY, with the planner told what it cannot know yet.

A revision is closed in the transaction that fills it, before anything has counted its rows: the
rules and the log would be planned for empty tables. So each load is analysed where it stands. Only
the owner of the tables may do that, or set their indexes and keys aside; for anybody else
PostgreSQL passes over the first, and the second is left out.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction

from apps.records.generating.tables import Row, Table
from apps.revisions.writing import revision

# What is dear to keep row by row, and no rule reads: foreign keys and unique ids, which hold or not
# once all is there; the indexes of words, of days, of the orders of lists, of beginnings of texts,
# of the past by what a row named, and of the log but for the one that it is written by.
SET_ASIDE = """
SELECT format('ALTER TABLE public.%%I DROP CONSTRAINT %%I', t.relname, c.conname),
    format('ALTER TABLE public.%%I ADD CONSTRAINT %%I %%s',
        t.relname, c.conname, pg_get_constraintdef(c.oid)) AS again
FROM pg_constraint AS c
JOIN pg_class AS t ON t.oid = c.conrelid
WHERE t.relnamespace = 'public'::regnamespace AND t.relname = ANY (%(tables)s)
AND (c.contype = 'f' OR pg_get_constraintdef(c.oid) IN ('UNIQUE (public_id)', 'UNIQUE (slug)'))
AND pg_has_role(t.relowner, 'USAGE')
UNION ALL
SELECT format('DROP INDEX public.%%I', i.relname), pg_get_indexdef(i.oid)
FROM pg_index AS x
JOIN pg_class AS i ON i.oid = x.indexrelid
JOIN pg_class AS t ON t.oid = x.indrelid
JOIN pg_am AS a ON a.oid = i.relam
WHERE t.relnamespace = 'public'::regnamespace AND t.relname = ANY (%(tables)s)
AND (a.amname = 'gist' OR pg_get_indexdef(i.oid) LIKE '%%gin (search)'
    OR pg_get_expr(x.indpred, x.indrelid) LIKE '%%published%%'
    OR pg_get_indexdef(i.oid) LIKE '%%_pattern_ops)'
    OR t.relname LIKE '%%\\_history' AND NOT x.indisunique AND x.indnatts > 1
    OR t.relname = 'revisions_change')
AND NOT EXISTS (SELECT FROM pg_constraint AS c WHERE c.conindid = i.oid)
AND pg_has_role(t.relowner, 'USAGE')
ORDER BY again
"""

OWNED = """
SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relname = ANY (%s)
"""
# What is compiled once for so few rows is dearer than what it saves.
UNHURRIED = "SET LOCAL statement_timeout = 0; SET LOCAL jit = off"


@dataclass(frozen=True)
class Loading:
    """A load through the connection `using`: the owner's where there is one."""

    using: str

    @contextmanager
    def revision(self, reason: str) -> Iterator[None]:
        """Make all that the block loads one revision, however long it takes."""
        with self._patience(), revision(reason=reason, using=self.using):
            self.execute(UNHURRIED)
            yield

    @contextmanager
    def unhurried(self) -> Iterator[None]:
        """Make the block one transaction, however long it takes."""
        with self._patience(), transaction.atomic(using=self.using):
            self.execute(UNHURRIED)
            yield

    @contextmanager
    def _patience(self) -> Iterator[None]:
        connection: Any = connections[self.using]
        connection.ensure_connection()
        patience, connection.answer_within = connection.answer_within, None
        try:
            yield
        finally:
            connection.answer_within = patience

    def copy(self, table: Table, rows: Iterable[Row]) -> None:
        """Add `rows`, and let the planner know how many there are now."""
        table.copy(rows, self.using)
        self.count(table, table.name, table.history)

    def count(self, table: Table, *names: str) -> None:
        """Let the planner know how many rows the tables `names` hold, and of what keys."""
        fields: Any = table.model._meta.local_concrete_fields
        # Named columns, or the words of every text that an index holds would be counted too.
        keys = [f'"{each.column}"' for each in fields if each.primary_key or each.remote_field]
        for name in names:
            self.execute(f"ANALYZE public.{name} ({', '.join(keys)})")

    def execute(self, sql: str, parameters: list[Any] | None = None) -> None:
        with connections[self.using].cursor() as cursor:
            cursor.execute(sql, parameters)

    def owns(self, tables: Iterable[Table]) -> bool:
        """Whether this connection may alter `tables`: it owns them, and has no transaction open."""
        if connections[self.using].in_atomic_block:
            return False
        with connections[self.using].cursor() as cursor:
            cursor.execute(OWNED, [names_of(tables)])
            return bool(cursor.fetchone()[0])

    @contextmanager
    def without_what_no_rule_reads(self, tables: Iterable[Table]) -> Iterator[None]:
        """Drop SET_ASIDE; make it again after the block, always, and hold all rows to it.

        Not inside a transaction. A process that is killed leaves it out, and a database that is
        good for nothing but to be made anew.
        """
        names = [*names_of(tables), "revisions_change"]
        with connections[self.using].cursor() as cursor:
            cursor.execute(SET_ASIDE, {"tables": names})
            found = cursor.fetchall()
        for drop, _ in found:
            self.execute(drop)
        try:
            yield
        finally:
            for _, again in found:
                self.execute(again)

    def tidy(self, tables: Iterable[Table]) -> None:
        """Tell the planner what the tables hold now; not inside a transaction."""
        for name in (*names_of(tables), "revisions_change", "revisions_revision"):
            self.execute(f"VACUUM (ANALYZE) public.{name}")


def names_of(tables: Iterable[Table]) -> list[str]:
    """Return the tables of the models and those of their histories."""
    return [name for table in tables for name in (table.name, table.history)]
