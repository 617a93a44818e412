"""Load: sustained, in bursts, dear questions beside ordinary ones, slow readers, and the memory."""

import json
import os
import socket
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from sahelref.embedded.tests.looking import wait_for
from tests.faults.conftest import Site
from tests.faults.figures import note
from tests.faults.loading import MIXED, VARIED, Answer, Clients, different, percentile
from tests.faults.test_load_faults import get

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="fills an embedded server"),
]
STATEMENTS = 100_000
LIST = "/api/v1/statements/?page_size=20"
# The synthetic records have countries of their own.
ORDINARY = (*[path for path in MIXED if "country=" not in path], LIST)
DEAR = (
    "/api/v1/statements/?q=force+or+{}&ordering=-said&page_size=100",
    "/search/?q=troops+or+{}",
    "/statements/?q=troops+or+{}&match=certain&on=2015-06-01",
    "/api/v1/citations/?q=synthetic+or+{}&page_size=100",
)
# Of each day that they speak of, the twenty before it: lists that nobody asked for yet.
EVERY_DAY = [f"{LIST}&said_until={date(2012, 6, 1) + timedelta(days=n)}" for n in range(4_500)]
EXPORT = "/api/v1/statements/?format=csv"


@pytest.fixture(scope="module")
def large(site: Site) -> Iterator[Site]:
    """A site of synthetic statements with their evidence, as many as the catalogue asks for."""
    maker = site.elsewhere("large")
    for command in (["migrate"], ["generate", f"--statements={STATEMENTS}"]):
        made = maker.manage(*command, "-v0")
        assert made.returncode == 0, made.stderr
    large = Site(maker.var)
    yield large
    large.end()


def rate(answers: list[Answer], clients: int) -> float:
    """Return the answers a second that so many clients had, who asked one after the other."""
    return len(answers) * clients / sum(answer.seconds for answer in answers)


@pytest.mark.parametrize(
    ("what", "paths"),
    [
        ("requests for the first 20 of a list", [LIST]),
        ("requests for 20 of a list, never the same", EVERY_DAY),
        ("mixed requests", ORDINARY),
    ],
)
def test_a_sustained_load_is_answered(large: Site, what: str, paths: Sequence[str]) -> None:
    with Clients(large.port, 16, paths) as clients:
        clients.wait_for_more(2000, 400)
    answers = clients.answers
    assert set(clients.statuses) == {200}
    assert percentile(answers, 0.99) < 10  # on a busy machine; the figure is in the table
    note(
        "L1",
        f"16 clients, {len(answers)} {what}, {STATEMENTS:,} statements",
        f"all 200; {rate(answers, 16):.0f} a second, p95 {percentile(answers, 0.95):.2f} s,"
        f" p99 {percentile(answers, 0.99):.2f} s",
    )


def test_a_burst_of_ten_times_as_many_passes(large: Site) -> None:
    phases = []
    for number in (16, 160, 16):
        with Clients(large.port, number, ORDINARY) as clients:
            clients.wait_for_more(500, 300)
        phases.append(clients)
    assert set(phases[1].statuses) <= {200, 429, 503}
    assert set(phases[2].statuses) == {200}
    waits = [f"{percentile(phase.answers, 0.95):.2f} s" for phase in phases]
    note("L2", "16, then 160, then 16 clients", f"p95 {', '.join(waits)}; all 200 after it")


def test_dear_questions_leave_room_for_ordinary_ones(large: Site) -> None:
    dear = [path for each in DEAR for path in different(each, 500)]
    with Clients(large.port, 4, dear) as thinkers, Clients(large.port, 8, ORDINARY) as readers:
        readers.wait_for_more(500, 400)
        thinkers.wait_for_more(100, 400)
    assert set(readers.statuses) == {200}
    assert set(thinkers.statuses) <= {200, 429, 503}
    assert percentile(readers.answers, 0.95) < 10  # on a busy machine
    note(
        "L3",
        f"{len(thinkers.answers)} dear questions from 4 clients beside 8 readers",
        f"readers at p95 {percentile(readers.answers, 0.95):.2f} s, 0 errors; the dearest"
        f" {max(answer.seconds for answer in thinkers.answers):.1f} s",
    )


def test_a_page_is_as_near_however_deep_it_lies(large: Site) -> None:
    path, waits = LIST, list[float]()
    for _ in range(300):
        began = time.monotonic()
        status, body = large.get(path)
        waits.append(time.monotonic() - began)
        assert status == 200
        path = json.loads(body)["next"].removeprefix("http://here")
    assert large.status(f"{LIST}&page=2000") == 400
    assert statistics.median(waits[-50:]) < 10 * statistics.median(waits[:50])
    note(
        "L5",
        "300 pages by cursor; page=2000",
        f"the longest {max(waits):.2f} s, the last 50 at {statistics.median(waits[-50:]):.2f} s;"
        " 400 that names what is allowed",
    )


@contextmanager
def read_slowly(site: Site, path: str) -> Iterator[None]:
    """Ask for `path` and take a kilobyte of it, with little room for more."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", site.port))
        connection.sendall(get(path.encode()))
        assert connection.recv(1024)
        yield


def test_whole_lists_for_many_at_once_cost_little_memory(large: Site) -> None:
    before = large.memory()
    with (
        read_slowly(large, EXPORT),
        Clients(large.port, 8, [EXPORT]) as takers,
        Clients(large.port, 4, ORDINARY) as readers,
    ):
        readers.wait_for_more(200, 400)
        wait_for(lambda: takers.statuses[200] >= 4, 400)
        grown = large.memory() - before
    assert set(takers.statuses) <= {200, 429, 503}
    assert len({answer.size for answer in takers.answers if answer.status == 200}) == 1
    assert set(readers.statuses) == {200}
    assert grown < 150  # two workers
    note(
        "L7",
        "a whole list for 8 at once and a reader who takes none of it",
        f"{takers.statuses[200]} × 200, {takers.statuses[429]} × 429; readers at p95"
        f" {percentile(readers.answers, 0.95):.2f} s; {grown:+.0f} MB",
    )


def test_the_memory_of_the_workers_levels_off(large: Site) -> None:
    held = []
    for turn in range(6):
        new = [path for each in VARIED for path in different(f"{each}+{turn}", 100)]
        with Clients(large.port, 8, [*new, *ORDINARY * 10]) as clients:
            clients.wait_for_more(600, 400)
        assert set(clients.statuses) <= {200}
        held.append(large.memory())
    assert held[-1] - held[1] < 50
    note(
        "F19",
        "3,600 mixed requests, memory after each sixth of them",
        f"{', '.join(f'{each:.0f}' for each in held)} MB of two workers",
    )
