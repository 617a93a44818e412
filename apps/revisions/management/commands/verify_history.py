"""Proves that no revision and no version was changed after it was written."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.revisions import anchors, verification
from apps.revisions.models import Revision


class Command(BaseCommand):
    help = (
        "Recompute the chain of revisions and compare every record with its history; name what "
        "does not match. A chain that was cut or written anew is told by an anchor only: a head "
        "that was noted outside the database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anchor", action="append", default=[], metavar="N:HASH|FILE", help=anchors.ALLOWED
        )

    def handle(self, *, anchor: list[str], **options: Any) -> None:
        try:
            noted = [each for given in anchor for each in anchors.read(given)]
        except anchors.AnchorError as error:
            raise CommandError(str(error)) from error
        if found := [*verification.faults(), *anchors.faults(noted)]:
            raise CommandError("\n".join(found))
        self.stdout.write(_report(len(noted)))


def _report(noted: int) -> str:
    newest = Revision.objects.newest()
    head = f"{newest.number}, hash {newest.hash}" if newest else "0: nothing was written yet"
    kept = f" So does each of {noted} noted heads." if noted else ""
    return f"Every revision matches.{kept} The newest is {head}."
