"""The PostgreSQL server of one run of the tests, and the test database in it.

Loaded by pytest before Django's settings (`-p tests.postgres` in pyproject.toml): they must name
the server, which is started only when the first test needs it. Each run has its own, so that two
runs do not meet: in memory where there is room, because a database is put back for every test
that commits (ten times as fast there), else under var/tests. With DATABASE_URL that server is
used.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
from psycopg.pq import TransactionStatus

from sahelref import databases
from sahelref.embedded import paths
from sahelref.embedded.cluster import Cluster
from sahelref.embedded.supervisor import Supervisor
from tests.taking_back import Rows

MEMORY = Path("/dev/shm")
ROOM = 2 << 30  # bytes that the servers of two processes stay well below


def _runs() -> Path:
    """Return the directory with a directory for each run that is under way."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY / f"sahelref-tests-{os.getuid()}"
    return paths.var_directory(os.environ) / "tests"


RUNS = _runs()
IDLE = TransactionStatus.IDLE
ALIASES = (databases.OWNER, "default", "public")
# A test may think for longer than a request may, and a busy machine fails none. The limits that
# hold elsewhere are looked at in sahelref/embedded/tests and, at work, in tests/faults.
PATIENCE = "-c idle_in_transaction_session_timeout=0 -c statement_timeout=60s"
ANSWER_WITHIN = 65.0

# What triggers refuse to everybody, tests take back (tests/taking_back.py).
MAY_TAKE_BACK = "GRANT SET ON PARAMETER session_replication_role"

# One that writes still, and may commit, has a lock on its number.
WRITES = """
SELECT pg_snapshot_xmax(pg_current_snapshot())::text,
    (SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid')
"""


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    remove_runs_that_were_killed()
    run = RUNS / str(os.getpid())
    (run / "static").mkdir(parents=True)  # WhiteNoise warns if it is not there
    os.environ["SAHELREF_VAR"] = str(run)
    # Names without hashes: no test needs collectstatic first.
    os.environ["SAHELREF_STATICFILES"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    # Tests ask more than a client may; those of the limit set their own.
    os.environ["SAHELREF_API_REQUESTS_A_MINUTE"] = "0"


def shared() -> Path:
    """Return a directory that all processes of this run of the tests have in common."""
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    return RUNS / str(os.getppid() if is_worker else os.getpid())


def pytest_unconfigure() -> None:
    shutil.rmtree(RUNS / str(os.getpid()), ignore_errors=True)


def remove_runs_that_were_killed() -> None:
    for run in RUNS.glob("*"):
        if run.name == str(os.getpid()) or not psutil.pid_exists(int(run.name)):
            shutil.rmtree(run, ignore_errors=True)


@contextmanager
def running_server() -> Iterator[None]:
    if databases.is_given(os.environ):
        yield
        return
    cluster = Cluster(paths.Layout.from_environment(os.environ), durable=False)
    with Supervisor(cluster):
        cluster.as_superuser(f"{MAY_TAKE_BACK} TO {databases.DATABASE};")
        yield


class MigratedDatabase:
    """The test database: migrated and seeded once, then put back after each test that wrote.

    Its rows are put back where only rows changed and the owner may set the triggers aside, which
    refuse to truncate a history; else, as on another server, the whole from a copy. Where nothing
    was written, as by a test that reads pages, there is nothing to put back.
    """

    untouched = ""  # what `_writes` told when it was last put back
    rows: Rows | None = None

    def __init__(self) -> None:
        from django.db import connections

        self.owner, self.default, self.public = map(connections.__getitem__, ALIASES)

    def create(self) -> None:
        from django.core.management import call_command

        from apps.revisions import public

        self.owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        for used in (self.default, self.public):
            used.creation.set_as_test_mirror(self.owner.settings_dict)
            options = used.settings_dict["OPTIONS"]
            options["options"] = f"{options.get('options', '')} {PATIENCE}".strip()
            options["answer_within"] = used.answer_within = ANSWER_WITHIN
        public.LIMITS["statement_timeout"] = "60s"
        public.ANSWER_WITHIN = ANSWER_WITHIN
        call_command("seed", verbosity=0)
        self._copy(self._name, self._template)
        self._begin_anew()

    def put_back(self) -> None:
        """Make it what it was after `create`, whatever was committed since."""
        from apps.revisions import rights

        self._close_unusable()
        if self._writes() == self.untouched:
            return
        if self.rows and self.rows.take_back(self._owners()):
            self.untouched = self._writes()
            return
        self._drop(self._name)
        self._copy(self._template, self._name)
        with self.owner.cursor() as cursor:
            cursor.execute(rights.connecting())
        self._begin_anew()

    def _begin_anew(self) -> None:
        connection = self._owners()
        self.rows = Rows(connection) if Rows.may_be_taken_back(connection) else None
        self.untouched = self._writes()

    def _owners(self) -> Any:
        """Return the connection of the owner as psycopg has it."""
        self.owner.ensure_connection()
        return self.owner.connection

    def _close_unusable(self) -> None:
        """Close each connection in which a test left more than a pause."""
        from django.db import connections

        for used in {self.owner, *connections.all(initialized_only=True)}:
            idle = used.connection and used.connection.pgconn.transaction_status == IDLE
            if not idle or used.in_atomic_block or not used.is_usable():
                used.close()

    def destroy(self) -> None:
        self._drop(self._name)
        self._drop(self._template)

    @property
    def _name(self) -> str:
        # Not settings_dict["NAME"], which is the real database until `create` is done.
        return str(self.owner.settings_dict["TEST"]["NAME"])

    @property
    def _template(self) -> str:
        return f"{self._name}_template"

    def _copy(self, source: str, target: str) -> None:
        self._execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}" STRATEGY FILE_COPY')

    def _drop(self, name: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _writes(self) -> str:
        """Return the next transaction's number, which reading does not take, and who has one."""
        return str(self._owners().execute(WRITES).fetchone())

    def _execute(self, statement: str) -> None:
        with self._alone() as cursor:
            cursor.execute(statement)

    @contextmanager
    def _alone(self) -> Iterator[Any]:
        """Give a cursor outside the test database, to which nobody is connected any more."""
        from django.db import connections

        connections.close_all()
        # A browser's test runs in a context that has connections of its own.
        self.owner.close()
        with self.owner._nodb_cursor() as cursor:
            yield cursor
