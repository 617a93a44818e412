"""What stands in front of a site and behind it: nginx and pgbouncer of the system, as processes."""

import re
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from sahelref.embedded import children
from sahelref.embedded.cluster import Cluster
from sahelref.embedded.paths import CHECKOUT
from sahelref.embedded.tests.looking import wait_for
from tests.faults.conftest import Site, free_port
from tests.faults.loading import BROKEN, ask

# The server of docs/operations.md: what it says of the processes behind it is what is tried.
DOCUMENTED = re.compile(r"^    upstream .*?^    }\n|^ +location / \{.*?^ +\}\n", re.M | re.S)
NGINX = """
daemon off; pid {directory}/pid; error_log {directory}/errors; worker_processes 1;
events {{}}
http {{
    access_log off;
    client_body_temp_path {directory}/body; proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi; uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    {upstream}
    server {{ listen 127.0.0.1:{port}; add_header Answered-By $upstream_addr; {location} }}
}}
"""
PGBOUNCER = """
[databases]
sahelref = host={sockets} port=5432 user=sahelref_reader
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {servers}
ignore_startup_parameters = extra_float_digits
admin_users = sahelref_reader
logfile = {directory}/log
"""


def program(name: str) -> str:
    """Return the path of a program of the system; fails where there is none."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    assert found, f"{name} is not here, and these tests are about it: apt install {name}"
    return found


@contextmanager
def in_front(sites: list[Site], directory: Path) -> Iterator[int]:
    """Run nginx in front of `sites` as the documentation has it; give its port."""
    told = (CHECKOUT / "docs" / "operations.md").read_text(encoding="utf-8")
    upstream, location = DOCUMENTED.findall(told)
    addresses = "".join(f"server 127.0.0.1:{site.port}; " for site in sites)
    upstream = re.sub(r"(server [^;]+;\s*)+", addresses, upstream)
    directory.mkdir()
    directory.chmod(0o755)
    port, conf = free_port(), directory / "nginx.conf"
    conf.write_text(
        NGINX.format(directory=directory, port=port, upstream=upstream, location=location)
    )
    command = [program("nginx"), "-c", str(conf), "-p", str(directory)]
    with _running(command):
        wait_for(lambda: ask(port, "/healthz").status != BROKEN)
        yield port


@contextmanager
def behind(cluster: Cluster, directory: Path, servers: int) -> Iterator[int]:
    """Run pgbouncer in transaction mode with so many connections of the server; give its port."""
    directory.mkdir()
    shutil.chown(directory, cluster.account.pw_uid, cluster.account.pw_gid)
    port, conf = free_port(), directory / "pgbouncer.ini"
    told = {"sockets": cluster.layout.sockets, "directory": directory}
    conf.write_text(PGBOUNCER.format(port=port, servers=servers, **told))
    with _running([program("pgbouncer"), str(conf)], cluster):
        wait_for(lambda: _takes_connections(port))
        yield port


@contextmanager
def _running(command: list[str], cluster: Cluster | None = None) -> Iterator[None]:
    account = cluster.account if cluster else None
    process = children.start(command, when_orphaned=signal.SIGTERM, account=account)
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


def _takes_connections(port: int) -> bool:
    try:
        with pooled(port):
            return True
    except psycopg.OperationalError:
        return False


def pooled(port: int, database: str = "sahelref") -> "psycopg.Connection[tuple[object, ...]]":
    """Connect through pgbouncer; its own database `pgbouncer` tells of its pools."""
    return psycopg.connect(
        host="127.0.0.1", port=port, user="sahelref_reader", dbname=database, autocommit=True
    )
