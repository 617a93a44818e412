"""Fills an empty database with the records of the fixtures, and adds to one that is not empty."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from apps.records.seeding import FIXTURES, Loaded, SeedError, seed


class Command(BaseCommand):
    help = (
        "Add the records of fixtures/ that this database has never held, in one revision. "
        "What was changed or deleted since stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fixtures", type=Path, default=FIXTURES, help="directory to read")

    def handle(self, *, verbosity: int, fixtures: Path, **options: Any) -> None:
        try:
            loaded = seed(fixtures)
        except (SeedError, IntegrityError) as error:
            raise CommandError(f"Nothing was written. {error}") from error
        if verbosity:
            self.tell({name: rows for name, rows in loaded.items() if rows.added})

    def tell(self, loaded: dict[str, Loaded]) -> None:
        for name, rows in loaded.items():
            self.stdout.write(f"{name.replace('_', ' ')}: {rows.added} added")
        total = sum(rows.added for rows in loaded.values())
        self.stdout.write(f"{total} rows added in one revision." if total else "Nothing to add.")
