"""A reload under load: new workers take over one by one, and nobody is turned away."""

import signal
from collections.abc import Iterator
from urllib.request import urlopen

import pytest

from sahelref.embedded.tests.looking import wait_for
from tests.faults.conftest import CopiedVar, Site, free_port
from tests.faults.figures import note
from tests.faults.loading import Clients

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def watched(copied_var: CopiedVar) -> Iterator[Site]:
    """A site that tells its figures on a port of their own."""
    site = Site(copied_var("reloaded"), SAHELREF_METRICS=f"127.0.0.1:{free_port()}")
    yield site
    site.end()


def figures(site: Site) -> dict[str, float]:
    with urlopen(f"http://{site.environment['SAHELREF_METRICS']}/metrics", timeout=10) as response:
        lines = response.read().decode().splitlines()
    told = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, _, value in told if name}


# Beside other tests an answer may take longer than the 8 seconds that a worker has to end.
@pytest.mark.faults
def test_a_reload_under_load_turns_nobody_away(watched: Site) -> None:
    reloads = 5
    with Clients(watched.port, 8) as clients:
        for _ in range(reloads):
            clients.wait_for_more(20)
            before = watched.workers()
            watched.process.send_signal(signal.SIGHUP)
            wait_for(lambda: len(after := watched.workers()) == 2 and not after & before, 120)  # noqa: B023
        clients.wait_for_more(20)
    assert set(clients.statuses) == {200}
    note("F18", f"{reloads} × SIGHUP under 8 clients", f"{len(clients.answers)} answers, all 200")


def test_its_figures_are_told_on_a_private_port_and_nowhere_else(watched: Site) -> None:
    assert figures(watched)["granian_workers_spawns"] >= 2
    assert watched.status("/metrics") == 404
