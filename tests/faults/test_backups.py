"""Backups of a running site: restored elsewhere, and to a moment in time."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sahelref.embedded import accounts, children, paths
from sahelref.embedded.cluster import Cluster, binaries
from sahelref.embedded.supervisor import Supervisor
from sahelref.embedded.tests.looking import ask, connect, wait_for
from tests.faults.conftest import Site
from tests.faults.figures import note

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="restores on embedded servers"),
]


def test_a_backup_of_a_site_is_the_same_site_elsewhere(site: Site, tmp_path: Path) -> None:
    made = site.manage("backup", str(tmp_path / "backup"))
    assert made.stdout.startswith("OK: "), made.stderr
    elsewhere = site.elsewhere("restored")
    restored = elsewhere.manage("restore", str(tmp_path / "backup"))
    assert (restored.returncode, restored.stdout[:8]) == (0, "Restored")
    anchor = f"--anchor={tmp_path / 'backup' / 'manifest.json'}"
    assert "Every revision matches." in elsewhere.manage("verify_history", anchor).stdout
    rights = "from sahelref import logins; print(list(logins.faults()))"
    assert elsewhere.manage("shell", "-v0", "-c", rights).stdout == "[]\n"


def test_a_backup_under_edits_is_of_one_moment(site: Site, tmp_path: Path) -> None:
    """Were rows counted at another moment than dumped, the proof would fail."""
    done = threading.Event()
    writes = []

    def edit() -> None:
        with site.connect("sahelref_app") as writer:
            while not done.is_set():
                writer.execute("UPDATE records_source SET dateline = clock_timestamp()::text")
                writes.append(1)

    editor = threading.Thread(target=edit)
    editor.start()
    try:
        made = site.manage("backup", str(tmp_path / "backup"))
    finally:
        done.set()
        editor.join()
    assert made.returncode == 0, made.stderr
    assert len(writes) > 3


@pytest.fixture
def archiving(tmp_path: Path) -> Iterator[Cluster]:
    directory = paths.var_directory(os.environ) / f"archiving-{tmp_path.name[-20:]}"
    directory.mkdir()
    cluster = Cluster(paths.Layout(directory / "postgres"), archive=directory / "wal")
    with Supervisor(cluster):
        yield cluster


def base_backup(cluster: Cluster) -> Path:
    """Copy the running server and prove the copy, as docs/operations.md says."""
    copy = cluster.layout.directory.parent / "base"
    accounts.private_directory(copy, cluster.account)
    address = [f"--host={cluster.layout.sockets}", "--username=postgres"]
    program = [str(binaries() / "pg_basebackup"), f"--pgdata={copy}", "--checkpoint=fast"]
    children.run_as(cluster.account, [*program, *address])
    children.run_as(cluster.account, [str(binaries() / "pg_verifybackup"), str(copy)])
    return copy


def recovered(cluster: Cluster, base: Path, moment: str = "") -> Cluster:
    """Make a server of the copy that replays the archive up to `moment`, or to its end."""
    layout = paths.Layout(cluster.layout.directory.parent / "recovered")
    layout.directory.mkdir()
    base.rename(layout.data)
    (layout.data / "recovery.signal").touch()
    with (layout.data / "postgresql.auto.conf").open("a") as settings:
        settings.write(f'restore_command = \'cp "{cluster.archive}/%f" "%p"\'\n')
        if moment:
            settings.write(f"recovery_target_time = '{moment}'\n")
            settings.write("recovery_target_action = promote\n")
    return Cluster(layout)


def test_a_mass_delete_is_undone_by_going_back_to_the_moment_before(archiving: Cluster) -> None:
    with connect(archiving) as writer:
        writer.execute("CREATE TABLE kept (number int)")
        writer.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
        base = base_backup(archiving)
        writer.execute("INSERT INTO kept VALUES (1001)")
        ((moment,),) = ask(archiving, "SELECT clock_timestamp()::text")
        writer.execute("DELETE FROM kept")
        ((name,),) = ask(archiving, "SELECT pg_walfile_name(pg_current_wal_lsn())")
        # What archive_timeout does once a minute.
        children.run_as(
            archiving.account,
            [str(binaries() / "psql"), f"--host={archiving.layout.sockets}", "-Upostgres"],
            "SELECT pg_switch_wal()",
        )
    assert archiving.archive is not None
    wait_for(lambda: (archiving.archive / name).exists(), seconds=60)
    with Supervisor(recovered(archiving, base, moment)) as supervisor:
        question = "SELECT count(*), max(number) FROM kept"
        wait_for(lambda: not ask(supervisor.cluster, "SELECT pg_is_in_recovery()")[0][0])
        note("F13", "back to the moment before a mass delete", "1,001 of 1,001 rows")
        assert ask(supervisor.cluster, question) == [(1001, 1001)]


WRITE = "INSERT INTO kept SELECT clock_timestamp() FROM pg_sleep(0.1) RETURNING at"
SEGMENT = "[0-9A-F]" * 24
NEARLY_A_MINUTE = 50  # of archive_timeout, in seconds


@pytest.mark.faults
def test_a_disk_that_is_lost_costs_a_minute_of_work(archiving: Cluster) -> None:
    """What is written goes to the archive by itself; the server's own disk is not looked at."""
    assert archiving.archive is not None
    with connect(archiving) as writer:
        writer.execute("CREATE TABLE kept (at timestamptz)")
        base = base_backup(archiving)
        before = set(archiving.archive.glob(SEGMENT))
        while set(archiving.archive.glob(SEGMENT)) == before:
            last = writer.execute(WRITE).fetchall()[0][0]
        archived = time.monotonic()
        while time.monotonic() < archived + NEARLY_A_MINUTE:  # the worst moment is before the next
            last = writer.execute(WRITE).fetchall()[0][0]
    lost = time.monotonic()
    with Supervisor(recovered(archiving, base)) as supervisor:
        wait_for(lambda: not ask(supervisor.cluster, "SELECT pg_is_in_recovery()")[0][0], 60)
        took = time.monotonic() - lost
        ((kept,),) = ask(supervisor.cluster, "SELECT max(at) FROM kept")
    cost = (last - kept).total_seconds()
    assert 0 < cost < 75  # a minute, and what a busy machine takes to copy a file
    note(
        "F13",
        "the disk lost; a base backup and the archived log restored",
        f"{cost:.0f} s of work lost, {NEARLY_A_MINUTE} s after the last file of the log was"
        f" archived; back in {took:.1f} s",
    )
