"""`manage.py migrate`: Django's, as the owner of the tables, and one at a time."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connections

from sahelref.databases import OWNER

# "sahel" on a telephone; the writers' lock is (72435, 1).
LOCK = "SELECT pg_advisory_lock(72435, 2)"


class Command(migrate.Command):
    help = f"{migrate.Command.help} Runs as the owner of the tables; a second one waits its turn."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database=OWNER)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["database"] not in settings.DATABASES:
            raise CommandError(
                "Migrating needs the owner of the tables: set DATABASE_URL to its login."
            )
        with one_at_a_time(options["database"]):
            super().handle(*args, **options)


@contextmanager
def one_at_a_time(alias: str) -> Iterator[None]:
    """Wait for the lock of those who migrate, held by a connection of its own until it is closed.

    What is killed closes its connection, so the lock never outlives a migrate.
    """
    with closing(connections[alias].copy()) as holder:
        with holder.cursor() as cursor:
            cursor.execute("SET lock_timeout = 0")
            cursor.execute(LOCK)
        yield
