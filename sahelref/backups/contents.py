"""What a database holds, in figures that two databases can be compared by."""

from typing import Any

from psycopg import sql

# So that the same value is the same text on every server.
PLAIN = "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET extra_float_digits = 1"
TABLES = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname COLLATE "C"
"""
# The lines are put in the order of their hashes: the order of rows in a table means nothing.
ROWS = """
    SELECT count(*), encode(sha256(coalesce(string_agg(line, ''::bytea ORDER BY line), '')), 'hex')
    FROM (SELECT sha256(convert_to(t::text, 'UTF8')) AS line FROM public.{table} AS t) AS lines
"""
HEAD = "SELECT number, hash FROM public.revisions_revision ORDER BY number DESC LIMIT 1"


def told(cursor: Any) -> dict[str, Any]:
    """Return revision and hash of the head, and for each table its rows and their digest."""
    cursor.execute(PLAIN)
    cursor.execute(TABLES)
    names = [name for (name,) in cursor.fetchall()]
    tables = {name: _table(cursor, name) for name in names}
    cursor.execute(HEAD)
    revision, digest = cursor.fetchone() or (0, "")
    return {"revision": revision, "revision_hash": digest, "tables": tables}


def _table(cursor: Any, name: str) -> dict[str, Any]:
    cursor.execute(sql.SQL(ROWS).format(table=sql.Identifier(name)))
    rows, digest = cursor.fetchone()
    return {"rows": rows, "sha256": digest}


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Name the tables whose rows differ, and the head if that does."""
    names = sorted({*one["tables"], *other["tables"]})
    differing = [name for name in names if one["tables"].get(name) != other["tables"].get(name)]
    head = ("revision", "revision_hash")
    same_head = [one[key] for key in head] == [other[key] for key in head]
    return differing if same_head else ["the head of the revisions", *differing]
