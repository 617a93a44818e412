"""Runs PostgreSQL's own programs on the database of a Django connection.

The embedded server's are those of its wheel. For a server of your own they come from the PATH,
which must not be older than the server; the wheel's, which know no TLS, are the last resort.
"""

import os
import shutil
import subprocess
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.client import DatabaseClient

from sahelref import databases
from sahelref.backups.files import BackupError
from sahelref.embedded.cluster import binaries


def dump(connection: BaseDatabaseWrapper, path: Path, *, role: str, snapshot: str) -> None:
    """Dump the database as `role` saw it in `snapshot` to `path`, compressed."""
    options = ["--format=custom", f"--file={path}", f"--role={role}", f"--snapshot={snapshot}"]
    _run("pg_dump", connection, options)


def restore(connection: BaseDatabaseWrapper, path: Path) -> None:
    """Restore the dump at `path` into the database, all of it or nothing."""
    options = ["--single-transaction", "--exit-on-error", "--no-owner", str(path)]
    _run("pg_restore", connection, options)


def _run(name: str, connection: BaseDatabaseWrapper, options: list[str]) -> None:
    """Run a program on the database. Raises BackupError with what it said."""
    words, passed = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    *address, database = words[1:]
    environment = {**os.environ, **(passed or {}), "LC_ALL": "C"}
    command = [_program(name), *address, f"--dbname={database}", *options]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise BackupError(f"{name}: {done.stderr.strip()}")


def _program(name: str) -> str:
    found = shutil.which(name) if databases.is_given(os.environ) else None
    return found or str(binaries() / name)
