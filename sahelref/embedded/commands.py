"""Gives each `manage.py` command that needs one a running PostgreSQL server."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sahelref import databases
from sahelref.embedded.cluster import Cluster, binaries
from sahelref.embedded.supervisor import Supervisor

WITHOUT_DATABASE = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "roles",
    "spectacular",
    "startapp",
    "startproject",
    "version",
}


@contextmanager
def database_for(arguments: list[str]) -> Iterator[None]:
    """Keep the embedded server running while the command in `arguments` (sys.argv) runs.

    Does nothing for a command that needs no database, or where DATABASE_URL names a server.
    """
    if databases.is_given(os.environ) or not _needs_database(arguments):
        yield
        return
    # `dbshell` must find a psql that is not older than the server.
    os.environ["PATH"] = f"{binaries()}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    with Supervisor(Cluster.from_environment(os.environ)):
        yield


def _needs_database(arguments: list[str]) -> bool:
    if len(arguments) < 2 or {"-h", "--help", "--version"} & set(arguments):
        return False
    return arguments[1] not in WITHOUT_DATABASE
