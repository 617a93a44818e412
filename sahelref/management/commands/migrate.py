"""`manage.py migrate`: Django's, as the owner of the tables, and one at a time."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import OperationalError, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from apps.revisions.additions import only_adds
from sahelref.databases import OWNER

# "sahel" on a telephone; the writers' lock is (72435, 1).
LOCK = "SELECT pg_advisory_lock(72435, 2)"
LOCK_NOT_AVAILABLE = "55P03"
# Seconds between one try and the next.
PAUSES = (0.2, 0.5, *[1.0] * 40)


class RecordingExecutor(MigrationExecutor):
    """Records a migration in the transaction that makes it, and its undoing in the one that undoes.

    Django records after that one where foreign keys are added last (and every way back). Killed in
    between, a migrate left tables that each later one failed to make again.
    """

    def apply_migration(self, state: Any, migration: Any, *args: Any, **options: Any) -> Any:
        with self._together(migration):
            return super().apply_migration(state, migration, *args, **options)

    def unapply_migration(self, state: Any, migration: Any, *args: Any, **options: Any) -> Any:
        with self._together(migration):
            return super().unapply_migration(state, migration, *args, **options)

    def _together(self, migration: Any) -> AbstractContextManager[Any]:
        return transaction.atomic(self.connection.alias) if migration.atomic else nullcontext()


# Django's command has no other place to name it.
migrate.MigrationExecutor = RecordingExecutor  # type: ignore[attr-defined]


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
            if adds_to_what_is_there(options["database"]) and not options["app_label"]:
                self.handle_in_one_step(*args, **options)
            else:
                super().handle(*args, **options)

    def handle_in_one_step(self, *args: Any, **options: Any) -> None:
        """Migrate in one transaction, views and rights included; again while others are in it."""
        for pause in PAUSES:
            try:
                with transaction.atomic(using=options["database"]):
                    super().handle(*args, **options)
                return
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                    raise
            time.sleep(pause)
        raise CommandError(
            "Nothing was migrated: somebody has been reading or writing all the time, for minutes."
            " Run it again when there is less to do, or end the longest queries."
        )


def adds_to_what_is_there(alias: str) -> bool:
    """Whether there is something to do on a database that is in use, and it only adds to it."""
    loader = (executor := MigrationExecutor(connections[alias])).loader
    plan = executor.migration_plan(loader.graph.leaf_nodes())
    if not plan or not is_read(alias):
        return False
    applied = [node for node in loader.graph.nodes if node in loader.applied_migrations]
    return only_adds(plan, loader.project_state(applied))


def is_read(alias: str) -> bool:
    """Whether the public has views there."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT to_regclass('published.revisions_revision') IS NOT NULL")
        return bool(cursor.fetchone()[0])


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
