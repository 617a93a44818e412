"""A database that ends connections, is away, or can only be read: what everybody hears."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from sahelref.embedded.cluster import Cluster
from sahelref.embedded.paths import Layout
from sahelref.embedded.supervisor import Supervisor
from sahelref.embedded.tests.looking import wait_for
from tests.faults.conftest import CopiedVar, Site, url
from tests.faults.editing import Editor
from tests.faults.figures import note
from tests.faults.loading import Clients, different
from tests.faults.test_load_faults import exchange, get, status_of

pytestmark = pytest.mark.slow
embedded = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="disturbs the embedded server")
END = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE usename IN ('sahelref_app', 'sahelref_reader')
"""


@embedded
@pytest.mark.parametrize("rounds", [5, pytest.param(50, marks=pytest.mark.faults)])
def test_connections_that_are_ended_under_load_cost_a_503_each_at_most(
    site: Site, rounds: int
) -> None:
    wait_for(lambda: site.status("/readyz") == 200, 30)
    paths = different("/api/v1/statements/?page_size=20&q={}", 40 * rounds)
    ended = 0
    with site.connect() as owner, Clients(site.port, 8, paths) as clients, Editor(site) as editor:
        for _ in range(rounds):
            clients.wait_for_more(10)
            editor.wait_for_more(2)
            ended += owner.execute(END).fetchall()[0][0]
        clients.wait_for_more(10)
    unavailable = [answer for answer in clients.answers if answer.status == 503]
    assert set(clients.statuses) <= {200, 503}
    assert all(answer.retry_after for answer in unavailable)
    assert len(unavailable) <= ended
    assert (editor.lost(), editor.refusals) == (set(), [])
    assert "Every revision matches." in site.manage("verify_history").stdout
    note(
        "F03",
        f"{ended} connections ended under 8 clients and an editor",
        f"{len(unavailable)} × 503 of {len(clients.answers)} answers, no other error;"
        f" 0 of {len(editor.acknowledged)} edits lost",
    )


@contextmanager
def served_from(cluster: Cluster) -> Iterator[Site]:
    """Serve from a server that the site does not look after, as one of an operator's."""
    with Supervisor(cluster):
        site = Site(cluster.layout.directory.parent / "site", DATABASE_URL=url("sahelref", cluster))
    try:
        yield site
    finally:
        site.end()


@pytest.mark.faults
@pytest.mark.parametrize("seconds", [20])
def test_an_outage_is_answered_with_503_at_once_and_is_over_with_the_server(
    copied_var: CopiedVar, seconds: int
) -> None:
    cluster = Cluster(Layout(copied_var(f"outage-{seconds}") / "postgres"))
    with served_from(cluster) as site:
        began = time.monotonic()
        with Clients(site.port, 4) as clients:
            wait_for(lambda: time.monotonic() > began + seconds, 60)
            alive, ready = site.status("/healthz"), site.status("/readyz")
        with Supervisor(cluster):
            back = time.monotonic()
            wait_for(lambda: site.status("/api/v1/statements/") == 200, 15)
            took = time.monotonic() - back
    assert (alive, ready, set(clients.statuses)) == (200, 503, {503})
    assert all(answer.retry_after for answer in clients.answers)
    longest = max(answer.seconds for answer in clients.answers)
    note(
        "F04",
        f"PostgreSQL away for {seconds} s",
        f"503 within {longest:.1f} s; served {took:.1f} s after it was back",
    )


@contextmanager
def read_only(site: Site) -> Iterator[None]:
    """Let the database be read only, as an administrator does while he works on it."""
    try:
        with site.connect() as owner:
            owner.execute("ALTER DATABASE sahelref SET default_transaction_read_only = on")
            owner.execute(END)
        yield
    finally:
        with site.connect() as owner:
            owner.execute("SET default_transaction_read_only = off")
            owner.execute("ALTER DATABASE sahelref RESET default_transaction_read_only")
            owner.execute(END)


def write(site: Site) -> None:
    with site.connect("sahelref_app") as app:
        app.execute("UPDATE records_source SET dateline = 'never'")


@embedded
def test_a_database_that_can_only_be_read_serves_readers_and_tells_editors(site: Site) -> None:
    form = exchange(site.port, get(b"/admin/login/"))
    cookie = form.partition(b"csrftoken=")[2].partition(b";")[0]
    token = form.partition(b'name="csrfmiddlewaretoken" value="')[2].partition(b'"')[0]
    body = b"csrfmiddlewaretoken=" + token + b"&username=admin&password=wrong"
    headers = (
        b"Cookie: csrftoken=" + cookie,
        b"Content-Type: application/x-www-form-urlencoded",
        b"Content-Length: %d" % len(body),
    )
    login = get(b"/admin/login/", *headers, method=b"POST") + body
    with read_only(site):
        seen = {path: site.status(path) for path in ("/", "/api/v1/statements/", "/readyz")}
        shown = site.status("/admin/login/")
        refused = exchange(site.port, login)
        with (
            site.connect("sahelref_app") as app,
            pytest.raises(psycopg.errors.ReadOnlySqlTransaction),
        ):
            app.execute("UPDATE records_source SET dateline = 'never'")
    assert set(seen.values()) == {200}
    assert (shown, status_of(refused)) == (200, 503)
    assert b"can only be read just now" in refused
    assert b"\r\nretry-after: 60" in refused.lower()
    assert status_of(exchange(site.port, login)) == 200  # a wrong password, told as ever
    note("F16", "the database set read-only", "readers 200; a login 503 with the reason")
