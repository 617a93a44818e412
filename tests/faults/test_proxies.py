"""Several web processes behind nginx, and a public that reads through pgbouncer."""

import json
import os
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from sahelref.embedded.cluster import Cluster
from sahelref.embedded.paths import var_directory
from tests.faults.conftest import Site, url
from tests.faults.editing import EDIT
from tests.faults.figures import note
from tests.faults.loading import Clients
from tests.faults.proxies import behind, in_front, pooled

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="serves two sites of one server"),
]
# Each is asked as of now and as of a past revision: of what one leaves set the next would tell.
ASKED = [
    f"{path}{question}"
    for path in ("/api/v1/operations/", "/api/v1/statements/", "/operations/", "/fr/people/")
    for question in ("", "?as_of=0", "?as_of=1")
]
SERVERS = 3


@pytest.fixture
def var() -> Path:
    return var_directory(os.environ)


@pytest.fixture
def second(site: Site) -> Iterator[Site]:
    """Another process with the same database."""
    cluster = Cluster.from_environment(site.environment)
    second = Site(site.var.with_name("second"), DATABASE_URL=url("sahelref", cluster))
    yield second
    if second.process.poll() is None:
        second.end()
    elif second.process.stdout is not None:
        second.process.stdout.close()


def asked(port: int, path: str, **headers: str) -> tuple[Message, bytes]:
    with urlopen(Request(f"http://127.0.0.1:{port}{path}", headers=headers), timeout=30) as answer:
        return answer.headers, answer.read()


def test_an_edit_is_in_the_answers_of_every_process_at_once(
    site: Site, second: Site, var: Path
) -> None:
    path, by, asks = "/api/v1/sources/", set(), 0
    with in_front([site, second], var / "nginx") as port, site.connect("sahelref_app") as editor:
        for number in range(20):
            editor.execute(EDIT, [f"behind nginx {number}"])
            for _ in range(4):
                headers, body = asked(port, path)
                by.add(headers["Answered-By"])
                asks += 1
                assert json.loads(body)["results"][0]["dateline"] == f"behind nginx {number}"
    assert by == {f"127.0.0.1:{each.port}" for each in (site, second)}
    note("P1", "20 edits, 4 answers each from 2 processes behind nginx", f"{asks} of {asks} new")


def test_addresses_are_those_that_the_client_asked_at(site: Site, second: Site, var: Path) -> None:
    with in_front([site, second], var / "nginx-addresses") as port:
        headers, body = asked(port, "/api/v1/operations/?page_size=1", Host="localhost")
        _, lied = asked(port, "/api/v1/operations/", **{"X-Forwarded-Proto": "https"})
    assert json.loads(body)["next"].startswith("http://localhost/api/v1/operations/?")
    assert "http://localhost/" in headers["Link"]
    assert b"https://127.0.0.1" not in lied, "nginx says which protocol it was, not the client"


def test_readers_notice_nothing_of_a_process_that_is_killed(
    site: Site, second: Site, var: Path
) -> None:
    with in_front([site, second], var / "nginx-killed") as port, Clients(port, 4) as clients:
        clients.wait_for_more(40)
        for each in second.processes():
            each.kill()
        second.process.wait(30)
        clients.wait_for_more(200)
    assert set(clients.statuses) == {200}
    note("P2", "one of 2 processes behind nginx killed", f"{len(clients.answers)} × 200")


def test_the_public_reads_through_pgbouncer_in_transaction_mode(site: Site, var: Path) -> None:
    """More clients than connections of the server: each transaction may have another one."""
    cluster = Cluster.from_environment(site.environment)
    with behind(cluster, var / "pgbouncer", SERVERS) as port:
        # 1.18 knows of no plans that a client keeps.
        address = f"postgresql://sahelref_reader@127.0.0.1:{port}/sahelref?prepare_threshold=None"
        public = Site(
            site.var.with_name("pooled"), PUBLIC_DATABASE_URL=address, SAHELREF_FACES="public"
        )
        try:
            plain = {path: site.get(path) for path in ASKED}
            with Clients(public.port, 8, ASKED) as clients:
                clients.wait_for_more(400)
                pools = _pools(port)
            answers = {path: public.get(path) for path in ASKED}
        finally:
            public.end()
    assert set(clients.statuses) == {200}
    assert answers == plain
    sizes: dict[str, set[int]] = {}
    for answer in clients.answers:
        sizes.setdefault(answer.path, set()).add(answer.size)
    assert {path for path, seen in sizes.items() if len(seen) > 1} == set()
    assert 0 < pools <= SERVERS
    note(
        "P3",
        f"8 clients through pgbouncer, {SERVERS} connections of the server, most as of a past",
        f"{len(clients.answers)} answers, each as without it",
    )


def _pools(port: int) -> int:
    """Return how many connections of the server pgbouncer has."""
    with pooled(port, "pgbouncer") as console, console.cursor() as cursor:
        cursor.execute("SHOW SERVERS")
        return len(cursor.fetchall())
