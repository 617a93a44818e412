"""Clients that ask without pause, each from a thread, and what they were answered."""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from types import TracebackType
from typing import Self

from sahelref.embedded.tests.looking import wait_for

BROKEN = 0  # instead of a status: hung up, reset or refused
MIXED = (
    "/",
    "/operations/?q=barkhane",
    "/fr/statements/",
    "/statements/?country=mli",
    "/api/v1/operations/?page_size=20",
    "/api/v1/statements/?ordering=-said",
    "/api/v1/citations/?q=force",
    "/search/?q=takuba",
    "/changes/",
)
VARIED = (
    "/operations/?q={}",
    "/fr/statements/?q={}",
    "/search/?q={}",
    "/api/v1/statements/?page_size=20&q={}",
    "/api/v1/citations/?q={}",
)


@dataclass(frozen=True)
class Answer:
    path: str
    status: int
    seconds: float
    retry_after: str | None
    size: int


def ask(port: int, path: str, patience: float = 30) -> Answer:
    """Ask once, on a connection of its own."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        size = len(response.read())
        status, later = response.status, response.headers["Retry-After"]
    except (OSError, http.client.HTTPException):
        status, later, size = BROKEN, None, 0
    finally:
        connection.close()
    return Answer(path, status, time.monotonic() - began, later, size)


class Clients:
    """Run it as a context: inside, they ask. `answers` grows; read it when you like."""

    def __init__(self, port: int, number: int = 8, paths: Sequence[str] = MIXED) -> None:
        self.port, self.paths = port, paths
        self.answers = list[Answer]()
        self._turn = count()
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._run) for _ in range(number)]

    def _run(self) -> None:
        while not self._stopping.is_set():
            path = self.paths[next(self._turn) % len(self.paths)]
            self.answers.append(ask(self.port, path))

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def wait_for_more(self, number: int, seconds: float = 60) -> None:
        """Return when there are `number` answers more than now."""
        enough = len(self.answers) + number
        wait_for(lambda: len(self.answers) >= enough, seconds)

    @property
    def statuses(self) -> "Counter[int]":
        return Counter(answer.status for answer in self.answers)


def percentile(answers: Sequence[Answer], part: float) -> float:
    """Return the seconds within which `part` of them came."""
    waits = sorted(answer.seconds for answer in answers)
    return waits[min(int(len(waits) * part), len(waits) - 1)]


def different(path: str, number: int) -> list[str]:
    """Return `number` addresses, each of which has to be answered anew; `path` has a place {}."""
    return [path.format(f"word{each}") for each in range(number)]
