"""What is measured once and not by rate: whole lists as files, and edits."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any
from urllib.request import Request, urlopen

import psutil

from bench.databases import Database

EDITS = 40
PLAIN = """
DROP TABLE IF EXISTS bench_plain;
CREATE TABLE bench_plain (LIKE public.records_statement INCLUDING ALL);
INSERT INTO bench_plain (%s) SELECT %s FROM public.records_statement ORDER BY id LIMIT 20000;
"""
COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = 'records_statement' AND is_generated = 'NEVER'
"""


@dataclass(frozen=True)
class Export:
    """A whole list as CSV: seconds to the first byte and to the last, and megabytes."""

    first: float
    last: float
    megabytes: float
    grown: float

    @property
    def rate(self) -> float:
        """Megabytes a second: one that is cut off short is no faster for it."""
        return self.megabytes / self.last

    def __str__(self) -> str:
        return (
            f"{self.megabytes:.1f} MB in {self.last:.1f} s, first byte after"
            f" {self.first * 1000:.0f} ms, memory grew by {self.grown:.0f} MB"
        )


def export(address: str, port: int) -> Export:
    """Read the whole answer; the memory is that of the processes that listen at `port`."""
    before, started = _resident(port), time.monotonic()
    with urlopen(Request(address, headers={"Accept": "text/csv"}), timeout=900) as answer:
        size = len(answer.read(1))
        first, most = time.monotonic() - started, before
        while chunk := answer.read(1_048_576):
            size += len(chunk)
            most = max(most, _resident(port))
    return Export(first, time.monotonic() - started, size / 1e6, (most - before) / 1e6)


def _resident(port: int) -> float:
    """Return the bytes in memory of whatever was started for this port."""
    total = 0
    for process in psutil.Process().children(recursive=True):
        if f"--port={port}" in " ".join(process.cmdline()):
            family = [process, *process.children(recursive=True)]
            total = max(total, sum(each.memory_info().rss for each in family))
    return total


def edit(database: Database) -> tuple[float, float]:
    """Return the median seconds of an edit with history, rules and hash, and of a plain one."""
    with database.connect("sahelref") as connection:
        connection.autocommit = True
        (columns,) = connection.execute(COLUMNS).fetchone() or ("",)
        connection.execute(PLAIN % (columns, columns))  # type: ignore[call-overload]
        tracked, plain = (
            _timed(connection, table) for table in ("records_statement", "bench_plain")
        )
        times = [(tracked(number), plain(number)) for number in range(EDITS)]
        connection.execute("DROP TABLE bench_plain")
    return median(one for one, _ in times), median(other for _, other in times)


def _timed(connection: Any, table: str) -> Callable[[int], float]:
    def change(number: int) -> float:
        started = time.monotonic()
        connection.execute(
            f"UPDATE public.{table} SET addressee = %s WHERE id = %s",
            [f"edit {time.time_ns()}", 100 + number],
        )
        return time.monotonic() - started

    return change
