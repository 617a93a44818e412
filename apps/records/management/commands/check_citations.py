"""Proves the citations of a source against its text, which stays outside the project."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.records.checking import UnknownText, check


class Command(BaseCommand):
    help = (
        "Check that every excerpt stands in the paragraph that its citation names. The source is "
        "found by the SHA-256 of the file. Exit code 1 when one does not, or no source is found."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--text", type=Path, required=True, metavar="FILE", help="as read, UTF-8"
        )
        parser.add_argument(
            "--source", default="", metavar="KEY", help="only this source: public id"
        )

    def handle(self, *, text: Path, source: str, **options: Any) -> None:
        try:
            checked = check(text.read_bytes(), source=source)
        except (OSError, UnicodeDecodeError, UnknownText) as error:
            raise CommandError(f"{text}: {error}") from error
        for wrong in checked.misplaced:
            self.stdout.write(str(wrong))
        names = ", ".join(map(str, checked.sources))
        self.stdout.write(
            f"{checked.read} citations of {names}: {len(checked.misplaced)} misplaced."
        )
        if checked.misplaced:
            sys.exit(1)
