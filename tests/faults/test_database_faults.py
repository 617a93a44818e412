"""The database is killed, frozen, out of connections: nothing is lost, and readers hear 503."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime

import psycopg
import pytest

from sahelref.embedded.paths import CHECKOUT
from sahelref.embedded.tests.looking import wait_for
from tests.faults.conftest import Site
from tests.faults.editing import Editor
from tests.faults.figures import note

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="disturbs the embedded server"),
]


@pytest.fixture(autouse=True)
def undisturbed(site: Site) -> None:
    """Begin when the fault before is over."""
    wait_for(lambda: site.status("/readyz") == 200, 30)


@pytest.mark.parametrize(
    "kills", [3, pytest.param(20, marks=pytest.mark.faults)], ids="{} kills".format
)
def test_no_acknowledged_edit_is_lost_when_postgresql_is_killed(site: Site, kills: int) -> None:
    away = list[float]()
    with Editor(site) as editor:
        for _ in range(kills):
            editor.wait_for_more(20)
            killed, before = time.monotonic(), started_at(site)
            site.postmaster().kill()
            # Its orphans acknowledge edits until they are found; only then is it away and back.
            wait_for(lambda: started_at(site) not in (None, before), 30)  # noqa: B023
            editor.wait_for_more(2)  # one may be an orphan's, told late
            away.append(time.monotonic() - killed)
    lost = editor.lost()
    assert not lost
    assert max(away) < 15
    assert "Every revision matches." in site.manage("verify_history").stdout
    note(
        "F02",
        f"{kills} × kill -9 of PostgreSQL under edits",
        f"{len(lost)} of {len(editor.acknowledged)} acknowledged edits lost; back within"
        f" {max(away):.1f} s",
    )


def started_at(site: Site) -> datetime | None:
    """Return when the server that answers a new connection was started; None where none does."""
    with suppress(psycopg.OperationalError), site.connect("sahelref_app") as connection:
        row = connection.execute("SELECT pg_postmaster_start_time()").fetchone()
        return row[0] if row else None
    return None


@contextmanager
def frozen(site: Site) -> Iterator[None]:
    """Stop the clock of PostgreSQL: it keeps its connections and answers nothing."""
    postmaster = site.postmaster()
    processes = [postmaster, *postmaster.children(recursive=True)]
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            process.resume()


def test_a_frozen_database_is_answered_with_503_within_5_seconds(site: Site) -> None:
    for _ in range(20):  # every thread of the web server has a connection
        assert site.status("/readyz") == 200
    waited = dict[str, tuple[int, float]]()
    with frozen(site):
        for path in ("/healthz", "/readyz", "/", "/api/v1/operations/", "/healthz"):
            began = time.monotonic()
            waited[path] = site.status(path), time.monotonic() - began
    statuses = {path: status for path, (status, _) in waited.items()}
    longest = max(seconds for _, seconds in waited.values())
    assert statuses == {"/healthz": 200, "/readyz": 503, "/": 503, "/api/v1/operations/": 503}
    assert longest < 6  # on a busy machine; the limits add up to 4
    wait_for(lambda: site.status("/readyz") == 200)
    note("F05", "PostgreSQL frozen (SIGSTOP)", f"503 within {longest:.1f} s, /healthz 200")


def test_without_a_free_connection_it_says_503_and_recovers(site: Site) -> None:
    with ExitStack() as held:
        refusal = take_all(held, site)
        assert "too many connections for role" in refusal
        seen = {site.status("/operations/") for _ in range(20)}
        assert seen <= {200, 503}
        assert site.status("/admin/login/") == 200
    wait_for(lambda: site.status("/readyz") == 200, 5)
    note("F06", "every connection of the reader taken", f"{sorted(seen)}; the desk answers")


def take_all(held: ExitStack, site: Site) -> str:
    """Hold connections of the reader until there are no more; return what is said then."""
    while True:
        try:
            held.enter_context(site.connect("sahelref_reader"))
        except psycopg.OperationalError as error:
            return str(error)


@pytest.mark.parametrize("kills", [2, pytest.param(10, marks=pytest.mark.faults)])
def test_a_killed_seed_leaves_all_rows_or_none(site: Site, kills: int) -> None:
    empty = site.elsewhere(f"seed-killed-{kills}")
    with keeping(empty):
        assert empty.manage("migrate", "-v0").returncode == 0
        for _ in range(kills):
            seed = subprocess.Popen(
                [sys.executable, "manage.py", "seed"], cwd=CHECKOUT, env=empty.environment
            )
            wait_for(lambda: is_writing(empty), 30)
            seed.send_signal(signal.SIGKILL)
            seed.wait()
            assert rows(empty) == 0
        assert empty.manage("seed", "-v0").returncode == 0
        assert rows(empty) > 50
    note("F01", f"{kills} × kill -9 of a running import", "0 rows each time; the next adds all")


@contextmanager
def keeping(site: Site) -> Iterator[None]:
    """Keep the database of `site` running while commands come and go."""
    keeper = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v0", "-c", "print(1, flush=True); input()"],
        cwd=CHECKOUT,
        env=site.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert keeper.stdout is not None
    assert keeper.stdout.readline()
    try:
        yield
    finally:
        keeper.communicate(b"\n")


def is_writing(site: Site) -> bool:
    with site.connect() as owner:
        (found,) = owner.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE usename = 'sahelref_app' AND backend_xid IS NOT NULL"
        ).fetchone()
    return bool(found)


def rows(site: Site) -> int:
    with site.connect() as owner:
        (found,) = owner.execute("SELECT count(*) FROM records_citation").fetchone()
    return int(found)


def test_two_migrates_at_once_and_a_killed_one_end_in_the_same_schema(site: Site) -> None:
    empty = site.elsewhere("migrated")
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    with keeping(empty):
        killed = subprocess.Popen(command, cwd=CHECKOUT, env=empty.environment)
        wait_for(lambda: has_tables(empty), 60)
        killed.kill()
        killed.wait()
        both = [subprocess.Popen(command, cwd=CHECKOUT, env=empty.environment) for _ in "ab"]
        assert [each.wait(120) for each in both] == [0, 0]
        assert schema(empty) == schema(site)
    note("F10, F11", "migrate killed, then two at once", "both end well; the schema is the same")


def has_tables(site: Site) -> bool:
    with site.connect() as owner:
        (found,) = owner.execute(
            "SELECT count(*) FROM pg_class WHERE relname = 'django_migrations'"
        ).fetchone()
    return bool(found)


def schema(site: Site) -> list[tuple[str, ...]]:
    """Return every column, constraint and function, in an order."""
    with site.connect() as owner:
        return owner.execute(
            "SELECT table_schema, table_name, column_name, data_type"
            " FROM information_schema.columns"
            " WHERE table_schema IN ('public', 'published', 'as_of')"
            " UNION SELECT 'constraint', conrelid::regclass::text, conname,"
            " pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace"
            " UNION SELECT 'function', proname, prosecdef::text, md5(prosrc) FROM pg_proc"
            " WHERE pronamespace = 'public'::regnamespace ORDER BY 1, 2, 3, 4"
        ).fetchall()
