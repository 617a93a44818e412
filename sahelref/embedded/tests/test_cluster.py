"""What a new cluster is: whose, reachable by whom, with which roles."""

import os
import pwd
import shutil
import stat
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from sahelref.embedded import accounts
from sahelref.embedded.cluster import Cluster
from sahelref.embedded.errors import EmbeddedServerError
from sahelref.embedded.paths import CHECKOUT, SHORT_PARENT, Layout
from sahelref.embedded.supervisor import Supervisor
from sahelref.embedded.tests.looking import ask, connect, postmaster
from sahelref.embedded.tests.test_supervisor import RUN_IT

as_root = pytest.mark.skipif(os.getuid() != 0, reason="this is about root")


@pytest.mark.slow
class TestRunning:
    def test_our_roles_are_no_superusers(self, running_cluster: Cluster) -> None:
        question = (
            "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb FROM pg_roles "
            "WHERE rolname LIKE 'sahelref%' ORDER BY rolname"
        )
        assert ask(running_cluster, question) == [
            ("sahelref", False, False, True),
            ("sahelref_app", False, False, False),
            ("sahelref_backup", False, False, False),
            ("sahelref_reader", False, False, False),
        ]

    def test_the_reader_may_only_connect(self, running_cluster: Cluster) -> None:
        question = (
            "SELECT has_database_privilege(current_user, 'sahelref', wanted)"
            "FROM unnest(ARRAY['CONNECT', 'CREATE', 'TEMPORARY']) AS wanted"
        )
        assert ask(running_cluster, question, "sahelref_reader") == [(True,), (False,), (False,)]

    @pytest.mark.parametrize(
        ("role", "setting", "value"),
        [
            ("sahelref", "search_path", "public, extensions"),
            ("sahelref", "lock_timeout", "5s"),
            ("sahelref_app", "lock_timeout", "5s"),
            ("sahelref_app", "statement_timeout", "15s"),
            ("sahelref_app", "idle_in_transaction_session_timeout", "1min"),
            ("sahelref_backup", "default_transaction_read_only", "on"),
            ("sahelref_reader", "search_path", "published, extensions"),
            ("sahelref_reader", "default_transaction_read_only", "on"),
            ("sahelref_reader", "statement_timeout", "2s"),
            ("sahelref", "data_checksums", "on"),
            ("sahelref", "fsync", "on"),
            ("sahelref", "listen_addresses", ""),
            ("sahelref", "server_encoding", "UTF8"),
        ],
    )
    def test_settings(self, running_cluster: Cluster, role: str, setting: str, value: str) -> None:
        assert ask(running_cluster, f"SHOW {setting}", role) == [(value,)]

    @pytest.mark.parametrize("role", ["app", "reader", "backup"])
    def test_the_owner_may_act_as_each_of_the_others(
        self, running_cluster: Cluster, role: str
    ) -> None:
        with connect(running_cluster) as connection:
            connection.execute(f"SET ROLE sahelref_{role}")

    @pytest.mark.parametrize("role", ["app", "reader", "backup"])
    def test_none_of_the_others_may_act_as_the_owner(
        self, running_cluster: Cluster, role: str
    ) -> None:
        with (
            connect(running_cluster, f"sahelref_{role}") as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("SET ROLE sahelref")

    def test_it_keeps_a_quarter_of_the_memory_for_pages_and_at_most_a_gibibyte(
        self, running_cluster: Cluster
    ) -> None:
        question = "SELECT pg_size_bytes(current_setting('shared_buffers'))"
        [(kept,)] = ask(running_cluster, question)
        quarter = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 4
        assert kept == pytest.approx(min(max(quarter, 2**27), 2**30), abs=2**20)

    def test_letters_with_accents_have_capitals(self, running_cluster: Cluster) -> None:
        assert ask(running_cluster, "SELECT lower('ÉPERVIER')") == [("épervier",)]

    def test_only_one_user_can_reach_the_socket(self, running_cluster: Cluster) -> None:
        status = running_cluster.layout.sockets.stat()
        assert stat.S_IMODE(status.st_mode) == 0o700
        assert status.st_uid == running_cluster.account.pw_uid

    def test_it_does_not_run_as_root(self, running_cluster: Cluster) -> None:
        assert 0 not in postmaster(running_cluster).uids()

    @as_root
    def test_the_superuser_is_only_for_the_user_that_runs_the_server(
        self, running_cluster: Cluster
    ) -> None:
        with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
            connect(running_cluster, "postgres")


@pytest.mark.slow
def test_a_server_whose_path_is_too_long_for_a_socket_has_it_in_a_short_one(
    new_cluster: Callable[[], Cluster],
) -> None:
    deep = new_cluster().layout.directory / ("long" * 20)
    with Supervisor(Cluster(Layout(deep), durable=False)) as supervisor:
        assert supervisor.cluster.layout.sockets.parent == SHORT_PARENT
        assert ask(supervisor.cluster, "SELECT 1") == [(1,)]


def test_the_short_path_differs_from_checkout_to_checkout() -> None:
    one, other = (Layout(Path(f"/srv/{name * 50}")).sockets for name in ("one", "other"))
    assert one != other


def test_a_comma_in_the_path_does_not_make_two_addresses_of_one() -> None:
    assert Layout(Path("/srv/mali,niger")).sockets.parent == SHORT_PARENT


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o1777])
def test_a_directory_that_others_can_enter_is_refused_for_the_socket(
    tmp_path: Path, mode: int
) -> None:
    (tmp_path / "sockets").mkdir()
    (tmp_path / "sockets").chmod(mode)
    with pytest.raises(EmbeddedServerError, match="mode 0700"):
        accounts.private_directory(tmp_path / "sockets", accounts.account_for(tmp_path / "data"))


def test_a_link_is_refused_for_the_socket(tmp_path: Path) -> None:
    (tmp_path / "sockets").symlink_to(tmp_path)
    with pytest.raises(EmbeddedServerError, match="must be a directory of"):
        accounts.private_directory(tmp_path / "sockets", accounts.account_for(tmp_path / "data"))


@as_root
def test_root_opens_only_the_way_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "home" / "checkout").mkdir(parents=True)
    (tmp_path / "home").chmod(0o700)
    accounts.open_the_way(tmp_path / "home" / "checkout" / "var", pwd.getpwnam("nobody"))
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o701
    assert str(tmp_path / "home") in capsys.readouterr().err


@pytest.mark.slow
@as_root
def test_an_ordinary_user_runs_it_as_himself(new_cluster: Callable[[], Cluster]) -> None:
    directory = new_cluster().layout.directory
    directory.mkdir(parents=True)
    shutil.chown(directory, "nobody")
    done = as_nobody(python_for_nobody(), "-c", RUN_IT, str(directory))
    assert (done.returncode, done.stdout, done.stderr) == (0, "nobody\n", "")


def python_for_nobody() -> str:
    """Return an interpreter that `nobody` may run, with the packages of this one; skip if none."""
    for python in (sys.executable, "/usr/bin/python3"):
        if as_nobody(python, "-c", "import django, psycopg, psutil, sahelref").returncode == 0:
            return python
    pytest.skip("`nobody` may not enter where Python or the checkout is")


def as_nobody(*command: str) -> "subprocess.CompletedProcess[str]":
    nobody = pwd.getpwnam("nobody")
    try:
        return subprocess.run(
            command,
            cwd="/",
            env={"PYTHONPATH": f"{CHECKOUT}:{sysconfig.get_path('purelib')}"},
            user=nobody.pw_uid,
            group=nobody.pw_gid,
            extra_groups=[],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
    except PermissionError as error:
        return subprocess.CompletedProcess(command, 126, "", str(error))
