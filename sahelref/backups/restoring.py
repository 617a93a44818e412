"""Fills an empty database from a backup."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections

from sahelref.backups import contents, files, programs
from sahelref.backups.files import BackupError
from sahelref.databases import OWNER

HELD = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
# `migrate` makes views, functions and grants anew where this mark is not that of the code.
FORGET = "COMMENT ON SCHEMA published IS NULL"


def restore(directory: Path) -> dict[str, Any]:
    """Restore the backup in `directory`, migrate to what the code wants, return the manifest.

    Raises BackupError, and has written nothing, where the backup is not whole or the database not
    empty; after that, where what was restored differs from what was backed up.
    """
    told = files.manifest(directory)
    owner = connections[OWNER]
    refuse_what_is_not_empty()
    programs.restore(owner, directory / files.DUMP)
    with owner.cursor() as cursor:
        differing = contents.differences(told, contents.told(cursor))
        if differing:
            raise BackupError(f"Do not use it: what was restored differs in {differing}.")
        cursor.execute(FORGET)
    call_command("migrate", interactive=False, verbosity=0)
    return told


def refuse_what_is_not_empty() -> None:
    with connections[OWNER].cursor() as cursor:
        cursor.execute(HELD)
        (tables,) = cursor.fetchone()
    if tables:
        raise BackupError(
            f"The database is not empty ({tables} tables): a backup is restored into an empty one"
            " only. Make a new one and name it in DATABASE_URL, or a new SAHELREF_VAR."
        )
