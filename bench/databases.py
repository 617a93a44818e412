"""The databases that are measured: synthetic records, below var/bench, made once for each size."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from sahelref.embedded.cluster import Cluster
from sahelref.embedded.paths import CHECKOUT, Layout
from sahelref.embedded.supervisor import Supervisor

STATEMENTS = """
SELECT s.public_id, s.said_earliest, s.said, coalesce(p.slug, c.iso2, o.slug, '') AS speaker,
    coalesce(p.name, c.name_en, o.name, s.speaker_label) AS speaker_name, s.office,
    s.speaker_kind, s.attribution, s.quote_form, s.act, s.stance, s.setting, s.words, s.summary,
    s.language, s.occasion, s.note
FROM published.records_statement s
LEFT JOIN published.records_person p ON p.id = s.speaker_person_id
LEFT JOIN published.records_country c ON c.id = s.speaker_country_id
LEFT JOIN published.records_organization o ON o.id = s.speaker_organization_id
ORDER BY s.said_earliest DESC NULLS LAST, s.id
"""
CITATIONS = """
SELECT c.public_id, s.public_id AS statement, r.public_id AS source, r.title, c.paragraph,
    c.excerpt, c.field
FROM published.records_citation c
JOIN published.records_statement s ON s.id = c.statement_id
JOIN published.records_source r ON r.id = c.source_id
"""
CHANGES = """
SELECT c.id, c.revision_id AS revision, r.made_at, r.reason, c.record_type AS type, c.public_id,
    c.action, array_to_string(c.fields, ' ') AS fields
FROM published.revisions_change c
JOIN published.revisions_revision r ON r.number = c.revision_id
ORDER BY c.id
"""
INDEXES = """
CREATE INDEX statements_said ON statements (said_earliest DESC);
CREATE INDEX statements_act ON statements (act, said_earliest DESC);
CREATE INDEX statements_stance ON statements (stance, said_earliest DESC);
CREATE INDEX citations_statement ON citations (statement);
CREATE INDEX changes_revision ON changes (revision, id);
CREATE VIRTUAL TABLE statements_fts USING fts5(
    words, summary, content="statements", content_rowid="rowid", tokenize='porter unicode61');
INSERT INTO statements_fts (rowid, words, summary) SELECT rowid, words, summary FROM statements;
ANALYZE;
"""


@dataclass(frozen=True)
class Database:
    """One size: its directory, and how a process reaches it."""

    statements: int

    @property
    def var(self) -> Path:
        return CHECKOUT / "var" / "bench" / str(self.statements)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "SAHELREF_VAR": str(self.var),
            "SAHELREF_API_REQUESTS_A_MINUTE": "0",
            "SAHELREF_STATICFILES": "django.contrib.staticfiles.storage.StaticFilesStorage",
        }

    @property
    def sqlite(self) -> Path:
        return self.var / "sahelref.sqlite"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run its server; make the records, and their copy in SQLite, where they are missing."""
        (self.var / "static").mkdir(parents=True, exist_ok=True)
        with Supervisor(Cluster(self.layout)):
            self.manage("migrate", "-v0")
            if not self._is_made():
                self.manage("generate", "--statements", str(self.statements))
            if not self.sqlite.exists():
                self._copy_to_sqlite()
            yield

    @property
    def layout(self) -> Layout:
        return Layout.from_environment(self.environment)

    def manage(self, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=CHECKOUT, env=self.environment, check=True)

    def connect(self, user: str = "sahelref_reader") -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(host=str(self.layout.sockets), user=user, dbname="sahelref")

    def _is_made(self) -> bool:
        with self.connect("sahelref") as connection:
            row = connection.execute("SELECT count(*) FROM records_statement").fetchone()
        return row is not None and row[0] == self.statements

    def _copy_to_sqlite(self) -> None:
        draft = self.sqlite.with_suffix(".new")
        draft.unlink(missing_ok=True)
        copy = sqlite3.connect(draft)
        with self.connect() as connection:
            for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
                connection.execute(f"SET LOCAL {limit} = 0")  # type: ignore[call-overload]
            _copy_table(connection, copy, "statements", STATEMENTS)
            _copy_table(connection, copy, "citations", CITATIONS)
            _copy_table(connection, copy, "changes", CHANGES)
        copy.executescript(INDEXES)
        copy.close()
        draft.rename(self.sqlite)


def _copy_table(
    connection: "psycopg.Connection[tuple[object, ...]]",
    copy: sqlite3.Connection,
    name: str,
    query: str,
) -> None:
    """Copy what `query` finds into a new table; texts stay texts and dates become them.

    The first column is the key.
    """
    with connection.cursor(name) as cursor:
        cursor.itersize = 20_000
        cursor.execute(query)  # type: ignore[arg-type]  # a constant of ours
        columns = [column.name for column in cursor.description or ()]
        copy.execute(f"CREATE TABLE {name} ({', '.join(columns)}, PRIMARY KEY ({columns[0]}))")
        places = ", ".join("?" * len(columns))
        rows = (
            [
                value if value is None or isinstance(value, int | str) else str(value)
                for value in row
            ]
            for row in cursor
        )
        copy.executemany(f"INSERT INTO {name} VALUES ({places})", rows)
        copy.commit()
