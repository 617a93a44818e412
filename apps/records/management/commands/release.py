"""Freezes a revision under a name, as a data package."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.records.releases import ReleaseError, faults, make
from apps.revisions.parameters import BadParameter


class Command(BaseCommand):
    help = (
        "Freeze the published records of a revision under a name: CSV, a Frictionless data "
        "package, a SQLite file, README, licence, citation file, Parquet if asked for, and the "
        "SHA-256 of each. The same revision and notes give the same bytes. A name is used once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="2026.1")
        parser.add_argument(
            "--notes", type=Path, metavar="FILE", help="what is new; Markdown, UTF-8; needed"
        )
        parser.add_argument(
            "--as-of", default="", metavar="N", help="revision or day; the newest if left out"
        )
        parser.add_argument(
            "--check", action="store_true", help="read the files of this release again, make none"
        )
        parser.add_argument(
            "--directory", type=Path, metavar="DIR", help="where releases are kept, if not var/"
        )

        parser.add_argument(
            "--site", default="", metavar="URL", help="where it is served: https://sahelref.example"
        )
        parser.add_argument(
            "--parquet", action="store_true", help="a Parquet file of each table too; needs DuckDB"
        )

    def handle(self, *, verbosity: int, check: bool, **options: Any) -> None:
        told = self.check_again(**options) if check else self.make(**options)
        if verbosity:
            self.stdout.write(told)

    def make(
        self,
        *,
        name: str,
        notes: Path | None,
        as_of: str,
        directory: Path | None,
        site: str,
        parquet: bool,
        **_: Any,
    ) -> str:
        if notes is None:
            raise CommandError("Nothing was released. Say what is new: --notes FILE.")
        try:
            text = notes.read_text("utf-8")
            made = make(
                name, text, as_of=as_of, directory=directory, site=site, with_parquet=parquet
            )
            return str(made)
        except (OSError, UnicodeDecodeError, ReleaseError, BadParameter) as error:
            raise CommandError(f"Nothing was released. {error}") from error

    def check_again(self, *, name: str, directory: Path | None, **_: Any) -> str:
        place = Path(directory or settings.RELEASES_DIR) / name
        try:
            wrong = faults(place)
        except OSError as error:
            raise CommandError(f"There is no release {name}. {error}") from error
        if wrong:
            raise CommandError(f"Not as they were made: {', '.join(wrong)}.")
        return f"Every file of {place} is as it was made."
