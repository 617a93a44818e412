"""The server is there while somebody needs it, whatever is killed, and gone afterwards."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing

import pytest

from sahelref.embedded.cluster import Cluster
from sahelref.embedded.errors import EmbeddedServerError
from sahelref.embedded.paths import CHECKOUT
from sahelref.embedded.strays import is_alive
from sahelref.embedded.supervisor import Supervisor
from sahelref.embedded.tests.looking import (
    ask,
    connect,
    postmaster,
    server_processes,
    wait_for,
)

pytestmark = pytest.mark.slow

RUN_IT = """
import sys, threading
from pathlib import Path
from sahelref.embedded.cluster import Cluster
from sahelref.embedded.paths import Layout
from sahelref.embedded.strays import is_alive
from sahelref.embedded.supervisor import Supervisor

with Supervisor(Cluster(Layout(Path(sys.argv[1])))) as supervisor:
    print(supervisor.cluster.account.pw_name, flush=True)
    sys.stdin.read()
"""


def another_process(cluster: Cluster) -> "subprocess.Popen[str]":
    """Start a process that needs the server until its input ends, and wait until it has it."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN_IT, str(cluster.layout.directory)],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


def test_a_clean_stop_leaves_no_process_and_no_socket(cluster: Cluster) -> None:
    with Supervisor(cluster):
        assert server_processes(cluster)
    assert not server_processes(cluster)
    assert not cluster.layout.sockets.exists()
    assert "database system is shut down" in cluster.layout.log.read_text()


def test_a_killed_server_is_back_within_15_seconds_with_every_acknowledged_row(
    cluster: Cluster,
) -> None:
    with Supervisor(cluster), closing(connect(cluster)) as busy:
        with connect(cluster) as writer:
            writer.execute("CREATE TABLE kept (number int)")
            writer.execute("INSERT INTO kept VALUES (7)")
        busy.pgconn.send_query(b"SELECT pg_sleep(120)")  # holds the shared memory of the dead
        postmaster(cluster).kill()
        wait_for(cluster.answers, seconds=15)
        assert ask(cluster, "SELECT number FROM kept") == [(7,)]


def test_it_comes_back_each_time_it_is_killed(cluster: Cluster) -> None:
    with Supervisor(cluster):
        for _ in range(3):
            killed = postmaster(cluster)
            killed.kill()
            wait_for(lambda: not is_alive(killed))  # noqa: B023  it is called before the next
            wait_for(cluster.answers)


def test_a_second_process_uses_the_server_of_the_first(cluster: Cluster) -> None:
    with Supervisor(cluster):
        first = postmaster(cluster)
        with Supervisor(Cluster(cluster.layout)) as second:
            assert postmaster(second.cluster) == first
        assert cluster.answers()


def test_when_the_process_that_runs_the_server_ends_another_takes_over(cluster: Cluster) -> None:
    first = Supervisor(cluster).__enter__()
    with Supervisor(Cluster(cluster.layout)):
        first.stop()
        wait_for(cluster.answers)
        assert ask(cluster, "SELECT 1") == [(1,)]
    assert not server_processes(cluster)


def test_two_checkouts_do_not_disturb_each_other(new_cluster: Callable[[], Cluster]) -> None:
    one, other = new_cluster(), new_cluster()
    with Supervisor(one):
        with Supervisor(other), connect(other) as connection:
            connection.execute("CREATE TABLE only_here ()")
            assert ask(one, "SELECT to_regclass('only_here')") == [(None,)]
            assert postmaster(one) != postmaster(other)
        assert one.answers()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of this death")
def test_the_server_ends_with_the_process_that_ran_it_even_if_that_was_killed(
    cluster: Cluster,
) -> None:
    with another_process(cluster) as process:
        process.kill()
    wait_for(lambda: not server_processes(cluster))


def test_a_server_left_behind_is_stopped_cleanly_before_a_new_one_starts(
    cluster: Cluster,
) -> None:
    cluster.layout.directory.mkdir(parents=True)
    cluster.prepare()
    left_behind = cluster.start()
    wait_for(cluster.accepts)
    with Supervisor(cluster):
        assert left_behind.wait(timeout=5) == 0
        assert postmaster(cluster).pid != left_behind.pid


def test_a_server_that_cannot_start_is_reported_with_its_log(cluster: Cluster) -> None:
    cluster.layout.directory.mkdir(parents=True)
    cluster.prepare()
    (cluster.layout.data / "postgresql.conf").write_text("no_such_setting = on")
    supervisor = Supervisor(cluster, ready_within=1)
    with pytest.raises(EmbeddedServerError, match=str(cluster.layout.log)), supervisor:
        pass
    assert "no_such_setting" in cluster.layout.log.read_text()
