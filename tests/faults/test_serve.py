"""`manage.py serve`: what one sees when it starts, is disturbed, and stops."""

import re
import signal
import sys
import time
from pathlib import Path

import pytest

from sahelref.embedded.strays import is_alive
from sahelref.embedded.tests.looking import wait_for
from tests.faults.conftest import Site, Stopped

pytestmark = pytest.mark.slow


def test_the_first_start_prints_the_administrator_and_the_address(stopped_site: Stopped) -> None:
    assert "First administrator: admin, password " in stopped_site.greeting
    address = r"sahelref is at http://127\.0\.0\.1:\d+/ \(Ctrl-C stops it\)\n"
    assert re.fullmatch(address, stopped_site.greeting.splitlines(keepends=True)[-1])


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/admin/login/"])
def test_it_answers(site: Site, path: str) -> None:
    assert site.status(path) == 200


def test_a_taken_port_is_refused_in_one_sentence(site: Site) -> None:
    refused = site.manage("serve")
    assert refused.returncode == 1
    assert f"Cannot serve on 127.0.0.1:{site.port}" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_other_commands_use_its_database(site: Site) -> None:
    shown = site.manage(
        "dbshell", "--", "-At", "-c", "SELECT current_user, count(*) FROM auth_user"
    )
    assert shown.stdout == "sahelref_app|1\n"


def test_a_killed_database_is_back_within_15_seconds_and_meanwhile_it_says_so(site: Site) -> None:
    web = {process for process in site.processes() if "sahelref.web_server" in process.cmdline()}
    site.postmaster().kill()
    seen: list[tuple[int, int]] = []
    deadline = time.monotonic() + 15
    while not seen or seen[-1] != (200, 200):
        assert time.monotonic() < deadline
        seen.append((site.status("/healthz"), site.status("/readyz")))
    assert set(seen) <= {(200, 200), (200, 503)}
    assert web <= set(site.processes())


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_leaves_no_process_and_the_next_start_is_quiet(
    used_var: Path, how: signal.Signals
) -> None:
    site = Site(used_var)
    assert "password" not in site.greeting
    processes = site.processes()
    assert site.end(how) == 0
    assert not any(map(is_alive, processes))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of this death")
def test_killed_without_a_chance_to_clean_up_it_leaves_no_process_either(
    used_var: Path,
) -> None:
    site = Site(used_var)
    processes = site.processes()
    site.end(signal.SIGKILL)
    wait_for(lambda: not any(map(is_alive, processes)))
