"""Makes a backup, whole and proved, or nothing."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from sahelref import roles
from sahelref.backups import contents, files, programs
from sahelref.backups.files import BackupError
from sahelref.databases import OWNER


def make(directory: Path) -> dict[str, Any]:
    """Back up the database to the new `directory`, prove it, and return its manifest.

    Everything is written beside its place and renamed when it is proved and on the disk. Raises
    BackupError where there is something at `directory`, and where what was restored differs.
    """
    if directory.exists():
        raise BackupError(f"{directory} is there already: a backup is never written over.")
    draft = directory.with_name(f".{directory.name}.{os.getpid()}.new")
    draft.mkdir(mode=0o700, parents=True)
    try:
        told = _write(draft)
        prove(draft, told)
        draft.rename(directory)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    files.to_disk(directory.parent)
    return told


def _write(draft: Path) -> dict[str, Any]:
    """Dump one snapshot, and tell what was in it."""
    owner = connections[OWNER]
    with transaction.atomic(using=OWNER), owner.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        told = {"release": settings.RELEASE, "made_at": _now(), **contents.told(cursor)}
        path = draft / files.DUMP
        programs.dump(owner, path, role=settings.ROLES.backup, snapshot=snapshot)
    script = roles.script(settings.ROLES, owner.settings_dict["NAME"])
    (draft / files.ROLES).write_text(script, encoding="utf-8")
    files.seal(draft, told)
    return told


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def prove(directory: Path, told: dict[str, Any]) -> None:
    """Restore the dump into a database of its own and compare. Raises BackupError if it differs."""
    with scratch_database() as scratch:
        programs.restore(scratch, directory / files.DUMP)
        with scratch.cursor() as cursor:
            differing = contents.differences(told, contents.told(cursor))
    if differing:
        raise BackupError(f"What was restored differs in {', '.join(differing)}.")


@contextmanager
def scratch_database() -> Iterator[BaseDatabaseWrapper]:
    """Make an empty database, and drop it afterwards."""
    name = f"sahelref_scratch_{os.getpid()}"
    scratch = connections[OWNER].copy()
    scratch.settings_dict["NAME"] = name
    with connections[OWNER]._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        try:
            yield scratch
        finally:
            scratch.close()
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
