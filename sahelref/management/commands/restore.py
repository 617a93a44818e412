"""`manage.py restore DIR`: fills an empty database from a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from sahelref.backups import restoring
from sahelref.backups.files import BackupError
from sahelref.databases import OWNER


class Command(BaseCommand):
    help = (
        "Restore a backup into an empty database, compare every table with the manifest, and "
        "migrate to what this release wants. Refuses a database that is not empty."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")

    def handle(self, *, directory: Path, **options: Any) -> None:
        if OWNER not in settings.DATABASES:
            raise CommandError("Restoring needs the login of the owner in DATABASE_URL.")
        try:
            told = restoring.restore(directory)
        except (BackupError, OSError, DatabaseError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored what was backed up at {told['made_at']}, revision {told['revision']}."
        )
