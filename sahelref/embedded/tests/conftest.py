"""Servers of their own for the tests of the embedded server."""

import itertools
import os
from collections.abc import Callable, Iterator

import pytest

from sahelref.embedded import paths
from sahelref.embedded.cluster import Cluster
from sahelref.embedded.supervisor import Supervisor

numbers = itertools.count(1)


@pytest.fixture
def new_cluster() -> Callable[[], Cluster]:
    """Make clusters on demand. Not in tmp_path: pytest keeps that closed to other users."""
    var = paths.var_directory(os.environ)
    return lambda: Cluster(paths.Layout(var / f"server-{next(numbers)}" / "postgres"))


@pytest.fixture
def cluster(new_cluster: Callable[[], Cluster]) -> Cluster:
    """One that is not there yet."""
    return new_cluster()


@pytest.fixture(scope="module")
def running_cluster() -> Iterator[Cluster]:
    """One that runs, for tests that only look at it."""
    var = paths.var_directory(os.environ)
    cluster = Cluster(paths.Layout(var / f"server-{next(numbers)}" / "postgres"))
    with Supervisor(cluster):
        yield cluster
