"""Fixtures of all tests: two ways to use the database.

`db`            the usual one: the test runs in transactions that are rolled back. It sees the
                seed; the `public` alias, a connection and role of its own, sees only the seed.
`committed_db`  writes are committed, so that `public`, other threads and `live_server` see them.
                The database is put back afterwards.
"""

import gc
import os
from collections.abc import Iterator

import hypothesis
import pytest
from django.core.cache import cache
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from tests import postgres

# Speed is measured in bench/, never in a test: a busy machine must not fail one.
hypothesis.settings.register_profile("sahelref", deadline=None)
hypothesis.settings.load_profile("sahelref")

# Not only `default`: every test may read what the public reads.
TransactionTestCase.databases = {"default", "public"}


def pytest_xdist_auto_num_workers() -> int:
    """Have one worker more than cores: some wait for a browser or a process."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays to the end: a fifth of the time of all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True)
def nothing_kept_ready() -> None:
    """Let each test count the queries of a first answer, whatever was answered before it."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[postgres.MigratedDatabase]:
    """Replace pytest-django's: our own server, seeded, with a copy to put back from."""
    with postgres.running_server(), django_db_blocker.unblock():
        database = postgres.MigratedDatabase()
        try:
            database.create()
            with django_db_blocker.block():
                yield database
        finally:
            database.destroy()


@pytest.fixture
def committed_db(
    request: pytest.FixtureRequest,
    django_db_setup: postgres.MigratedDatabase,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        pytest.fail("A test uses either `db` (rolled back) or `committed_db`, not both.")
    with django_db_blocker.unblock():
        yield
        django_db_setup.put_back()


@pytest.fixture
def transactional_db(committed_db: None) -> None:
    """Stand in for pytest-django's, which truncates tables; `live_server` asks for this."""


# To be watched for coverage takes three quarters longer. The quick tests and the slow ones of these
# cover nine tenths of the code; the others walk from page to page, and what they run is not
# counted.
WATCHED = ("apps/desk", "apps/records", "apps/revisions")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Pause coverage for a test and its fixtures, which the marker `no_cover` goes on watching."""
    coverage = getattr(item.config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    unwatched = item.get_closest_marker("slow") and not item.nodeid.startswith(WATCHED)
    if not (coverage and unwatched):
        return (yield)
    coverage.pause()
    try:
        return (yield)
    finally:
        coverage.resume()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and (marker.args or {"transaction", "reset_sequences"} & set(marker.kwargs)):
            raise pytest.UsageError(
                f"{item.nodeid}: django_db(transaction=True) would truncate tables, which the "
                "history refuses. Use the fixture `committed_db`."
            )
