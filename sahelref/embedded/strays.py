"""Server processes without a supervisor: found after a crash, stopped before the next start.

A postmaster whose supervisor was killed is stopped cleanly. Processes whose postmaster was
killed still hold its shared memory, and no new server can start until they are gone.
"""

import signal
import time
from contextlib import suppress
from pathlib import Path

import psutil

from sahelref.embedded.paths import Layout

# Seconds that a clean stop may take. It writes everything to disk; cut short, it loses nothing
# and only makes the next start slower.
STOP_WITHIN = 20


def end_strays(layout: Layout) -> None:
    """Return when no server process of this checkout is left. Call it only under the lock."""
    postmasters = [process for process in _found(layout) if process.pid == _recorded_pid(layout)]
    _end(postmasters, signal.SIGINT)
    _end(_found(layout), signal.SIGKILL)


def _end(processes: list[psutil.Process], how: signal.Signals) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(how)
    deadline = time.monotonic() + STOP_WITHIN
    while any(map(is_alive, processes)) and time.monotonic() < deadline:
        time.sleep(0.05)


def is_alive(process: psutil.Process) -> bool:
    """Whether it runs; one that ended and waits for a parent to notice (a zombie) does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _found(layout: Layout) -> list[psutil.Process]:
    """Tell ours by what everybody may see: a process's own words for itself.

    (Its working directory would do, but root in a container may not look at that.)
    """
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if _is_ours(process.info["cmdline"] or [], layout)
    ]


def _is_ours(words: list[str], layout: Layout) -> bool:
    if " ".join(words).startswith(f"postgres: {layout.name}: "):
        return True
    return bool(words) and Path(words[0]).name == "postgres" and str(layout.data) in words


def _recorded_pid(layout: Layout) -> int | None:
    """Return the pid that the last postmaster left, or None where it ended cleanly."""
    try:
        return int((layout.data / "postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None
