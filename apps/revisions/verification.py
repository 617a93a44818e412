"""Recomputes the chain of revisions and compares every record with its history."""

from collections.abc import Iterator

from django.db import connection, connections

from apps.revisions import hiding
from apps.revisions.tracking import Tracking, trackings


def faults() -> Iterator[str]:
    """Give what does not match, the earliest revision first; nothing where all is as recorded.

    It may take longer than anything at the desk: the limits of this connection are lifted.
    """
    vars(connections["default"])["answer_within"] = None
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    yield from _broken_revisions()
    for tracking in trackings():
        yield from _unexplained_versions(tracking)
        yield from _unrecorded_rows(tracking)
        if tracking.public and not tracking.part_of:
            for (row,) in _rows(hiding.shown(tracking)):
                yield f"{tracking.table} {row} is withheld, and a version of it is not hidden."


def _rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def _broken_revisions() -> Iterator[str]:
    """Find revisions that are missing or whose hash is not that of what they hold."""
    expected = 1
    query = """SELECT number, hash = public.revisions_hash(number) FROM public.revisions_revision
        ORDER BY number"""
    for number, intact in _rows(query):
        for missing in range(expected, int(str(number))):
            yield f"Revision {missing} is missing."
        if not intact:
            yield f"Revision {number} does not match its hash."
        expected = int(str(number)) + 1


def _unexplained_versions(tracking: Tracking) -> Iterator[str]:
    """Find versions that name a revision which never touched their table."""
    query = f"""
        SELECT h.id, n.number FROM public.{tracking.history} AS h
        CROSS JOIN LATERAL (VALUES (h.since_revision), (h.until_revision)) AS n(number)
        LEFT JOIN public.revisions_revision AS r
            ON r.number = n.number AND '{tracking.table}' = ANY(r.tables)
        WHERE n.number IS NOT NULL AND r.number IS NULL
        ORDER BY n.number, h.id LIMIT 100
    """
    for row, number in _rows(query):
        yield f"Revision {number} did not write {tracking.table} {row}, yet a version says so."


def _unrecorded_rows(tracking: Tracking) -> Iterator[str]:
    """Find rows that differ from their last version: written past the triggers."""
    columns = ", ".join(f'"{column}"' for column in tracking.columns)
    now = f"SELECT {columns} FROM public.{tracking.table}"
    recorded = f"SELECT {columns} FROM public.{tracking.history} WHERE until_revision IS NULL"
    query = f"""
        SELECT DISTINCT id FROM (
            ({now} EXCEPT {recorded}) UNION ALL ({recorded} EXCEPT {now})
        ) AS differing ORDER BY id LIMIT 100
    """
    for (row,) in _rows(query):
        yield f"{tracking.table} {row} is not as its history says."
