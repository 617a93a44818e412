"""A whole list as a file: how soon, how fast, and in how much memory."""

import time
from dataclasses import dataclass
from urllib.request import Request, urlopen

import psutil


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
