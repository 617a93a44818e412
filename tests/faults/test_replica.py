"""A public that reads a streaming replica: a second PostgreSQL server made by pg_basebackup."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from sahelref.embedded import accounts, children
from sahelref.embedded.cluster import Cluster, binaries
from sahelref.embedded.paths import CHECKOUT, Layout, var_directory
from sahelref.embedded.supervisor import Supervisor
from sahelref.embedded.tests.looking import wait_for
from tests.faults.conftest import url
from tests.faults.figures import note

pytestmark = pytest.mark.slow

# What the site answers, as one process that reads its settings anew.
LOOK = """
import json
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS = ["*"]
client = Client()
page = client.get("/api/v1/operations/barkhane/")
ready = client.get("/readyz")
print(json.dumps({
    "status": ready.status_code,
    "ready": ready.content.decode().strip(),
    "revision": page.headers["Sahelref-Revision"],
    "focus_area": page.json()["focus_area"],
}))
"""
EDIT = """
from apps.records.models import Operation
Operation.objects.filter(slug="barkhane").update(focus_area={!r})
"""
BEHIND = "SELECT pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()"
READ = """
from apps.records.models import Operation
print(Operation.objects.get(slug="barkhane").focus_area)
"""


@dataclass
class Pair:
    """A primary and its replica, and the site that uses both."""

    primary: Cluster
    replica: Cluster

    def site(self, script: str, **settings: str) -> str:
        """Run a script with the site's settings and return what it printed."""
        environment = {
            **os.environ,
            "DATABASE_URL": url("sahelref", self.primary),
            "PUBLIC_DATABASE_URL": url("sahelref_reader", self.replica),
            "SAHELREF_CACHE_URL": "dummycache://",
            **settings,
        }
        command = [sys.executable, "-W", "ignore", "manage.py", "shell", "-v0", "-c", script]
        done = subprocess.run(
            command, cwd=CHECKOUT, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def look(self, **settings: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.site(LOOK, **settings))
        return found

    def on_the_replica(self, statement: str) -> None:
        psql = [str(binaries() / "psql"), "-X", "-q", "-U", "postgres", "-d", "sahelref"]
        host = f"--host={self.replica.layout.sockets}"
        children.run_as(self.replica.account, [*psql, host, "-c", statement])

    def has_received(self) -> bool:
        """Whether the replica holds more than it has replayed."""
        with connected(self.replica) as connection:
            row = connection.execute(BEHIND).fetchone()
        return row == (True,)

    def is_level(self) -> bool:
        return not self.has_received()

    def replica_has(self, revision: int) -> bool:
        with suppress(psycopg.OperationalError), connected(self.replica) as connection:
            row = connection.execute("SELECT max(number) FROM published.revisions_revision")
            return row.fetchone() == (revision,)
        return False


def connected(cluster: Cluster) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(
        host=str(cluster.layout.sockets), user="sahelref_reader", dbname="sahelref"
    )


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    var = var_directory(os.environ)
    primary, replica = (cluster_in(var / name) for name in ("primary", "replica"))
    environment = {**os.environ, "SAHELREF_VAR": str(var / "primary")}
    with Supervisor(primary):
        for command in ("migrate", "seed"):
            run = [sys.executable, "manage.py", command, "-v0"]
            subprocess.run(run, cwd=CHECKOUT, env=environment, check=True)
        copy(primary, replica)
        replica.prepare()
        server = replica.start()
        try:
            wait_for(replica.accepts)
            yield Pair(primary, replica)
        finally:
            server.terminate()
            server.wait(30)


def cluster_in(var: Path) -> Cluster:
    return Cluster(Layout.from_environment({"SAHELREF_VAR": str(var)}), durable=False)


def copy(primary: Cluster, replica: Cluster) -> None:
    """Make the replica's files of the primary's, with what it needs to follow."""
    replica.layout.directory.mkdir(parents=True)
    accounts.private_directory(replica.layout.data, primary.account)
    command = [str(binaries() / "pg_basebackup"), "--write-recovery-conf", "--checkpoint=fast"]
    command += [f"--host={primary.layout.sockets}", "--username=postgres"]
    children.run_as(primary.account, [*command, f"--pgdata={replica.layout.data}"])


def test_the_public_reads_the_replica_and_says_how_far_it_is_behind(pair: Pair) -> None:
    assert pair.look()["ready"] == "ready at revision 1, 0 behind"

    pair.on_the_replica("SELECT pg_wal_replay_pause()")
    pair.site(EDIT.format("Elsewhere"))
    behind = pair.look()

    assert (behind["ready"], behind["revision"]) == ("ready at revision 1, 1 behind", "1")
    assert behind["focus_area"] != "Elsewhere", "the desk wrote; the public reads what it has"

    pair.on_the_replica("SELECT pg_wal_replay_resume()")
    wait_for(lambda: pair.replica_has(2))
    caught_up = pair.look()

    assert (caught_up["ready"], caught_up["revision"]) == ("ready at revision 2, 0 behind", "2")
    assert caught_up["focus_area"] == "Elsewhere"


@pytest.mark.parametrize("faces", ["all", pytest.param("public", marks=pytest.mark.faults)])
def test_a_replica_that_is_too_far_behind_is_not_ready_and_answers_all_the_same(
    pair: Pair, faces: str
) -> None:
    """The public faces alone ask the replica itself; both are ready when it has caught up."""
    pair.on_the_replica("SELECT pg_wal_replay_pause()")
    pair.site(EDIT.format(f"Not replayed, {faces}"))
    wait_for(pair.has_received)
    within = pair.look(SAHELREF_FACES=faces)
    beyond = pair.look(SAHELREF_FACES=faces, SAHELREF_LONGEST_LAG="0")

    assert (within["status"], beyond["status"]) == (200, 503)
    assert beyond["ready"].startswith("not ready: at revision ")
    assert beyond["revision"] == within["revision"], "pages are read as before"

    pair.on_the_replica("SELECT pg_wal_replay_resume()")
    wait_for(pair.is_level)
    assert pair.look(SAHELREF_FACES=faces, SAHELREF_LONGEST_LAG="0")["status"] == 200
    note("F15", "replay of a replica paused", "told on /readyz, 503 beyond the limit; pages 200")


def test_the_desk_never_reads_the_replica(pair: Pair) -> None:
    pair.on_the_replica("SELECT pg_wal_replay_pause()")
    pair.site(EDIT.format("Read back at once"))

    assert pair.site(READ).strip() == "Read back at once"
    pair.on_the_replica("SELECT pg_wal_replay_resume()")


def test_nobody_writes_to_the_replica(pair: Pair) -> None:
    with connected(pair.replica) as connection, pytest.raises(psycopg.DatabaseError):
        connection.execute("UPDATE published.records_operation SET name = 'x'")
