"""Fills an empty database with synthetic records, to try the site at any size."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, connections

from apps.records.generating import MARK, HoldsRecords, generate, tidy


class Command(BaseCommand):
    help = (
        "Fill an empty database with synthetic records of every type, with citations and history. "
        f"Each is marked {MARK}. The same numbers give the same records."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--statements", type=int, default=10_000, help="how many; 1 or more")
        parser.add_argument("--seed", type=int, default=1, help="another gives other records")

    def handle(self, *, verbosity: int, statements: int, seed: int, **options: Any) -> None:
        if not 1 <= statements <= 4_000_000:
            raise CommandError(f"--statements {statements}: give a number from 1 to 4,000,000.")
        started = monotonic()

        def tell(done: str) -> None:
            if verbosity:
                self.stdout.write(f"{monotonic() - started:7.1f} s  {done}")

        # Take the time it takes: on a slow machine a batch outlasts the limits of a request.
        vars(connections["default"])["answer_within"] = None
        with connections["default"].cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
        try:
            generate(statements, seed, tell)
        except HoldsRecords as error:
            raise CommandError(f"Nothing was written. {error}") from error
        except IntegrityError as error:
            raise CommandError(f"The last revision was not written. {error}") from error
        tidy()
        tell("tidied")
