"""`manage.py verify_backup DIR`: whether a backup is still what was written."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sahelref.backups import files, making
from sahelref.backups.files import BackupError


class Command(BaseCommand):
    help = (
        "Compare every file of a backup with its checksum; with --restore also restore it into a "
        "scratch database and compare every table."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")
        parser.add_argument("--restore", action="store_true", help="prove it again")

    def handle(self, *, directory: Path, restore: bool, **options: Any) -> None:
        try:
            told = files.manifest(directory)
            if restore:
                making.prove(directory, told)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Every file of {directory} is as it was written, at {told['made_at']}.")
