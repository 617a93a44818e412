"""Keeps one client from taking the API away from the others.

Each client has a number of requests a minute. The workers of one machine count together, in a
small file below var/ that holds addresses for a minute at most.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path
from time import time

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from sahelref.errors import refusal

WINDOW_SECONDS = 60
THROTTLED = "/api/"
NAME = "default"
# What one subscriber has of IPv6 is at least this: all of it counts as one client.
SUBSCRIBER = 64


class Counts:
    """How many requests each client made in the minute that runs, for all processes in one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()

    def add(self, client: str, minute: int) -> int:
        """Count one request and return how many there are now.

        Raises sqlite3.Error where the file cannot be written.
        """
        with self._lock:
            ((count,),) = self._connection.execute(
                "INSERT INTO request (client, minute, count) VALUES (?, ?, 1)"
                " ON CONFLICT (client) DO UPDATE SET minute = excluded.minute,"
                " count = CASE WHEN minute = excluded.minute THEN count + 1 ELSE 1 END"
                " RETURNING count",
                [client, minute],
            ).fetchall()
            if count == 1:
                self._connection.execute("DELETE FROM request WHERE minute < ?", [minute - 1])
        return int(count)

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, isolation_level=None, timeout=0.2, check_same_thread=False
        )
        # Survives the death of a process; a count that is lost with the machine is no loss.
        connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS request"
            " (client TEXT PRIMARY KEY, minute INTEGER, count INTEGER) WITHOUT ROWID"
        )
        return connection


class Throttle:
    """Counts what a client asks; over API_REQUESTS_A_MINUTE it is refused; 0 lets all through.

    It stands before the answers that are kept ready, which count too. The refusal itself is made
    further in (Refusal), so that it gets the headers of every answer. Where the count cannot be
    kept (a full disk), requests are let through.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.counts = Counts(settings.VAR_DIR / "throttle.sqlite3")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        allowed = settings.API_REQUESTS_A_MINUTE
        if not allowed or not request.path.startswith(THROTTLED):
            return self.get_response(request)
        minute, second = divmod(int(time()), WINDOW_SECONDS)
        used = 0
        with suppress(sqlite3.Error):
            used = self.counts.add(client_of(request), minute)
        wait = WINDOW_SECONDS - second
        if used > allowed:
            request.refused_for = wait  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers["RateLimit-Policy"] = f'"{NAME}";q={allowed};w={WINDOW_SECONDS}'
        response.headers["RateLimit"] = f'"{NAME}";r={max(allowed - used, 0)};t={wait}'
        return response


class Refusal:
    """Answers 429, before the database is asked for anything, to whom Throttle counted out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_refused(request):
            return self.get_response(request)
        response = refusal(request, HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(request.refused_for)  # type: ignore[attr-defined]
        return response


def is_refused(request: HttpRequest) -> bool:
    """Whether the client of this request has asked too much this minute."""
    return hasattr(request, "refused_for")


def client_of(request: HttpRequest) -> str:
    """Return the address of the client, or of its subscriber's network for IPv6.

    X-Forwarded-For is believed only as far as proxies named in TRUSTED_PROXIES wrote it: each
    adds at the right the address it was asked from, and the first that is not one of ours counts.
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    while forwarded and _is_trusted(address):
        address = forwarded.pop().strip() or address
    return _subscriber(address)


def address_of(request: HttpRequest) -> str | None:
    """Return the client as one address, for what cannot count networks; None for no address."""
    client = client_of(request).partition("/")[0]
    return client if _read(client) else None


def _is_trusted(address: str) -> bool:
    read = _read(address)
    networks: Iterable[str] = settings.TRUSTED_PROXIES
    return read is not None and any(read in ip_network(network) for network in networks)


def _subscriber(address: str) -> str:
    read = _read(address)
    if isinstance(read, IPv6Address):
        return str(IPv6Network((read, SUBSCRIBER), strict=False))
    return str(read or "unknown")


def _read(address: str) -> IPv4Address | IPv6Address | None:
    """Return the address; None for what is none. One of IPv4 written as IPv6 is of IPv4."""
    try:
        read = ip_address(address)
    except ValueError:
        return None
    mapped = getattr(read, "ipv4_mapped", None)
    return mapped or read
