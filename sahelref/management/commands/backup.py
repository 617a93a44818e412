"""`manage.py backup DIR`: a backup that was restored once before it says OK."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from sahelref.backups import making
from sahelref.backups.files import BackupError
from sahelref.databases import OWNER


class Command(BaseCommand):
    help = (
        "Dump the database to a new directory with the roles and a manifest (rows and digest of "
        "each table, SHA-256 of each file, the head of the revisions), restore it into a scratch "
        "database, compare, and only then put it in place."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR", help="must not be there yet")

    def handle(self, *, directory: Path, **options: Any) -> None:
        if OWNER not in settings.DATABASES:
            raise CommandError("Backups need the login of the owner in DATABASE_URL.")
        try:
            told = making.make(directory.absolute())
        except (BackupError, OSError, DatabaseError) as error:
            raise CommandError(f"There is no backup. {error}") from error
        rows = sum(table["rows"] for table in told["tables"].values())
        self.stdout.write(
            f"OK: {directory} was restored once and is the same: {rows} rows in"
            f" {len(told['tables'])} tables, revision {told['revision']}:{told['revision_hash']}."
        )
