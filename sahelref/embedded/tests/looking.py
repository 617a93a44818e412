"""What the tests of the embedded server look at: connections, processes, conditions."""

import time
from collections.abc import Callable
from typing import Any

import psutil
import psycopg

from sahelref import databases
from sahelref.embedded.cluster import Cluster


def connect(cluster: Cluster, role: str = databases.DATABASE) -> psycopg.Connection[Any]:
    return psycopg.connect(
        host=str(cluster.layout.sockets), user=role, dbname=databases.DATABASE, autocommit=True
    )


def ask(cluster: Cluster, question: str, role: str = databases.DATABASE) -> list[tuple[Any, ...]]:
    with connect(cluster, role) as connection:
        return connection.execute(question).fetchall()


def postmaster(cluster: Cluster) -> psutil.Process:
    return psutil.Process(int((cluster.layout.data / "postmaster.pid").read_text().split()[0]))


def server_processes(cluster: Cluster) -> list[psutil.Process]:
    """Return what runs in the data directory. (Root, who runs the tests, may look at that.)"""
    return [
        process
        for process in psutil.process_iter(["cwd"])
        if process.info["cwd"] == str(cluster.layout.data)
    ]


def wait_for(condition: Callable[[], object], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.05)
