"""The whole site as a process: `manage.py serve` on a port and a database of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import psutil
import psycopg
import pytest

from sahelref.embedded.accounts import one_at_a_time
from sahelref.embedded.cluster import Cluster
from sahelref.embedded.paths import CHECKOUT, Layout, var_directory
from tests import postgres


class Site:
    """A running `manage.py serve`; what it printed before its address is in `greeting`."""

    def __init__(self, var: Path, **environment: str) -> None:
        self.var = var
        self.port = free_port()
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "sahelref.settings",
            "PORT": str(self.port),
            "SAHELREF_VAR": str(var),
            **environment,
        }
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=CHECKOUT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.greeting = self._read_greeting()

    def _read_greeting(self) -> str:
        assert self.process.stdout is not None
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if f"http://127.0.0.1:{self.port}/" in line:
                return "".join(lines)
        raise AssertionError("".join(lines) or "It ended without a word.")

    def status(self, path: str) -> int:
        """Return the status that `path` is answered with."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as response:
                return int(response.status)
        except HTTPError as error:
            with error:
                return error.code

    def get(self, path: str) -> tuple[int, str]:
        """Return the status and text that `path` is answered with; its own address as "here"."""
        try:
            with urlopen(f"{self.address}{path}", timeout=30) as response:
                status, body = int(response.status), response.read()
        except HTTPError as error:
            with error:
                status, body = error.code, error.read()
        return status, body.decode("utf-8", "replace").replace(self.address, "http://here")

    def headers(self, path: str) -> Message:
        """Return the headers that `path` is answered with."""
        try:
            with urlopen(f"{self.address}{path}", timeout=10) as response:
                return response.headers
        except HTTPError as error:
            with error:
                return error.headers

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def manage(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run another command of the same checkout."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=CHECKOUT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    def elsewhere(self, name: str) -> "Site":
        """Return another checkout, so to speak: commands only, on a database that is not there."""
        other = copy(self)
        other.var = self.var.with_name(name)
        other.environment = {**self.environment, "SAHELREF_VAR": str(other.var)}
        return other

    def connect(self, role: str = "sahelref") -> "psycopg.Connection[Any]":
        """Connect to its database, which is on the embedded server."""
        sockets = str(Layout(self.var / "postgres").sockets)
        return psycopg.connect(host=sockets, user=role, dbname="sahelref", autocommit=True)

    def processes(self) -> list[psutil.Process]:
        """Return all of its processes, the web server's and the database's, itself first."""
        top = psutil.Process(self.process.pid)
        return [top, *top.children(recursive=True)]

    def workers(self) -> set[psutil.Process]:
        """Return the processes that answer requests: the children of the web server."""
        (web,) = _web_servers(psutil.Process(self.process.pid))
        return _web_servers(web)

    def memory(self) -> float:
        """Return the megabytes that the workers hold."""
        return sum(worker.memory_info().rss for worker in self.workers()) / 1e6

    def postmaster(self) -> psutil.Process:
        (found,) = [each for each in self.processes()[1:] if "-D" in _command(each)]
        return found

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Send it a signal and return its exit code."""
        self.process.send_signal(how)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return self.process.wait(timeout=30)


def _command(process: psutil.Process) -> list[str]:
    """Return what a process runs; of one that ended since it was listed, nothing."""
    try:
        return process.cmdline()
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return []


def _web_servers(parent: psutil.Process) -> set[psutil.Process]:
    """Return the children that are of the web server; one that has just ended has no words."""
    return {each for each in parent.children() if "sahelref.web_server" in _command(each)}


def url(user: str, cluster: Cluster) -> str:
    """Return the address of a role on an embedded server, as on a server of one's own."""
    return f"postgresql://{user}@/sahelref?host={quote(str(cluster.layout.sockets), safe='')}"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@dataclass(frozen=True)
class Stopped:
    """The run-time files of a site that was started on nothing, with what it said, and stopped."""

    var: Path
    greeting: str

    def copied(self, name: str) -> Path:
        """Return a copy of the files, which a site may run on."""
        copy = var_directory(os.environ) / name
        subprocess.run(["cp", "-a", str(self.var), str(copy)], check=True)
        return copy


@pytest.fixture(scope="session")
def stopped_site() -> Stopped:
    """One for all processes of this run: to make its database takes longer than most tests."""
    var = postgres.shared() / "stopped-site"
    told = var.with_name("greeting")
    with one_at_a_time(var.parent):
        if not told.exists():
            site = Site(var)
            site.end()
            told.write_text(site.greeting, encoding="utf-8")
    return Stopped(var, told.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def site(stopped_site: Stopped) -> Iterator[Site]:
    """One that runs."""
    site = Site(stopped_site.copied("site"))
    yield site
    site.end()


CopiedVar = Callable[[str], Path]


@pytest.fixture(scope="session")
def copied_var(stopped_site: Stopped) -> CopiedVar:
    """Give copies of the run-time files of a stopped site, each by a name of its own."""
    return stopped_site.copied


@pytest.fixture(scope="session")
def used_var(copied_var: CopiedVar) -> Path:
    """The run-time files of a site that ran and was stopped."""
    return copied_var("used")
