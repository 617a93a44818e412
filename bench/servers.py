"""Starts the peers, one process each, and stops them."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.databases import Database
from sahelref.embedded.paths import CHECKOUT

GRANIAN = [sys.executable, "-m", "granian", "--workers=1", "--log-level=error"]
WSGI = [*GRANIAN, "--interface=wsgi", "--blocking-threads=4", "--backpressure=256"]
DATASETTE = [sys.executable, "-m", "datasette", "serve", "--setting", "sql_time_limit_ms", "5000"]
# Or it cuts a CSV off after 100 MB, and does not say so.
DATASETTE += ["--setting", "max_csv_mb", "0"]
NGINX_CONF = """
daemon off; pid {directory}/pid; error_log {directory}/errors; worker_processes 1;
events {{}}
http {{
    access_log off; keepalive_requests 1000000000; default_type application/json;
    client_body_temp_path {directory}/body; proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi; uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    server {{ listen 127.0.0.1:{port}; root {directory}/files; }}
}}
"""


def found(program: str) -> str:
    """Return the path of a program of the system, named by its variable (NGINX) or found; or ""."""
    return (
        os.environ.get(program.upper())
        or shutil.which(program)
        or shutil.which(program, path="/usr/sbin")
        or ""
    )


@contextmanager
def started(
    database: Database, queries: dict[str, tuple[str, str]], hot: bytes
) -> Iterator[dict[str, int]]:
    """Start every peer there is; give the port of each by name."""
    with ExitStack() as stack:
        ports: dict[str, int] = {}

        def start(name: str, command: list[str], port: int, **more: str) -> None:
            stack.enter_context(_process(command, {**database.environment, **more}))
            ports[name] = port

        # Counts of a whole type and of facets are kept for their revision, as in use; answers not.
        uncached = {"SAHELREF_LARGEST_HOT_ANSWER": "0"}
        for name, more in (("ours", uncached), ("hot", {})):
            port = free_port()
            start(name, [*WSGI, f"--port={port}", "sahelref.wsgi:application"], port, **more)
        port = free_port()
        start("naive", [*WSGI, f"--port={port}", "bench.naive:application"], port)
        port, path = free_port(), database.var / "queries.json"
        path.write_text(json.dumps(queries))
        asgi = [*GRANIAN, "--interface=asginl", f"--port={port}", "bench.limit:application"]
        sockets = str(database.layout.sockets)
        start("limit", asgi, port, BENCH_QUERIES=str(path), BENCH_SOCKETS=sockets)
        port = free_port()
        start("datasette", [*DATASETTE, f"--port={port}", str(database.sqlite)], port)
        if nginx := found("nginx"):
            port = free_port()
            conf = _nginx(database.var / "nginx", port, hot)
            start("nginx", [nginx, "-c", str(conf), "-p", str(conf.parent)], port)
        for port in ports.values():
            wait_for(port)
        yield ports


@contextmanager
def _process(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    log = Path(environment["SAHELREF_VAR"]) / "peers.log"
    with log.open("a") as told:
        process = subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=told, stderr=told)
        try:
            yield
        finally:
            process.terminate()
            process.wait(10)


def _nginx(directory: Path, port: int, hot: bytes) -> Path:
    """Write what nginx needs to serve one file, the bytes of a hot answer."""
    (directory / "files").mkdir(parents=True, exist_ok=True)
    directory.chmod(0o755)
    (directory / "files" / "hot").write_bytes(hot)
    conf = directory / "nginx.conf"
    conf.write_text(NGINX_CONF.format(directory=directory, port=port))
    return conf


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def wait_for(port: int, seconds: float = 60) -> None:
    """Return when the port takes connections. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"Nothing answers at port {port}.")
