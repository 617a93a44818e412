"""Keeps the embedded PostgreSQL server running for as long as this process needs it.

Every process that needs the database has a Supervisor. One of them, by a lock on a file, starts
the server and is its parent; the others use it, and the next one takes over when the first ends.
"""

import fcntl
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Self

from sahelref.embedded.cluster import Cluster
from sahelref.embedded.errors import EmbeddedServerError
from sahelref.embedded.strays import STOP_WITHIN, end_strays

logger = logging.getLogger(__name__)

# Seconds.
READY_WITHIN = 60  # includes making the cluster, or recovering from a crash
LOOK_EVERY = 0.1
FIRST_PAUSE = 0.2  # before a dead server is started again; doubled each time it dies young
LONGEST_PAUSE = 5.0
GROWN_UP = 30.0


class Supervisor:
    """Run it as a context: inside, the server accepts connections."""

    def __init__(self, cluster: Cluster, ready_within: float = READY_WITHIN) -> None:
        self.cluster = cluster
        self.ready_within = ready_within
        self._stopping = threading.Event()
        self._ready = threading.Event()
        self._in_charge = False
        self._entered = False
        self._failure: Exception | None = None
        # One thread for the whole time: the kernel takes the server down with the thread that
        # started it.
        self._thread = threading.Thread(target=self._supervise, daemon=True, name="postgres")

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise
        self._entered = True
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop the server if it is ours, and return when it is gone."""
        self._stopping.set()
        self._thread.join()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + self.ready_within
        while not self._ready.wait(LOOK_EVERY):
            if self._failure:
                raise self._failure
            if not self._in_charge and self.cluster.answers():
                return
            if time.monotonic() > deadline:
                raise EmbeddedServerError(
                    f"PostgreSQL was not ready within {self.ready_within} seconds. "
                    f"Its log is {self.cluster.layout.log}."
                )

    def _supervise(self) -> None:
        try:
            with self._lock() as held:
                if held:
                    self._in_charge = True
                    self._keep_running()
                    self.cluster.tidy()
        except Exception as error:
            self._failure = error
            if self._entered:
                logger.critical("PostgreSQL is no longer looked after: %s", error)

    @contextmanager
    def _lock(self) -> Iterator[bool]:
        """Wait for the lock on the server; False if we are to stop before we get it."""
        self.cluster.layout.directory.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.cluster.layout.lock, os.O_RDONLY | os.O_CREAT, 0o644)
        try:
            while not (held := _locked(handle)) and not self._stopping.wait(LOOK_EVERY):
                pass
            yield held
        finally:
            os.close(handle)

    def _keep_running(self) -> None:
        self.cluster.prepare()
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            started = time.monotonic()
            self._try_once()
            if time.monotonic() - started > GROWN_UP:
                pause = FIRST_PAUSE
            self._stopping.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _try_once(self) -> None:
        try:
            end_strays(self.cluster.layout)
            self._run_once()
        except OSError as error:  # no memory, no disk: it may pass
            if not self._entered:
                raise
            logger.error("PostgreSQL could not be started: %s", error)

    def _run_once(self) -> None:
        """Start the server and return when it has ended, by itself or because we are to stop."""
        server = self.cluster.start()
        try:
            while server.poll() is None and not self._stopping.wait(LOOK_EVERY):
                if not self._ready.is_set() and self.cluster.accepts():
                    self.cluster.apply_roles()
                    self._ready.set()
        finally:
            ended_by_itself = server.poll() is not None
            _stop(server)
        if ended_by_itself:
            log = self.cluster.layout.log
            logger.error(
                "PostgreSQL ended (%s) and is started again. Log: %s", server.returncode, log
            )


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _stop(server: "subprocess.Popen[bytes]") -> None:
    """Ask for a fast stop, then for an immediate one, then leave no choice."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        server.send_signal(how)
        with suppress(subprocess.TimeoutExpired):
            server.wait(STOP_WITHIN)
            return
