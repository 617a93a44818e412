"""Keeps one client from taking the API away from the others.

Each client has a number of requests a minute. The workers of one machine count together, in a
small file below var/ that holds addresses for a minute at most.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path
from time import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from sahelref.errors import refusal

WINDOW_SECONDS = 60
THROTTLED = "/api/"
NAME = "default"
HEADERS = ("RateLimit", "RateLimit-Policy")
# Where a request says that it was counted already.
COUNTED = "sahelref.counted"
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


@dataclass(frozen=True)
class Counted:
    """How often a client has asked in the minute that runs, of how often it may, and its rest."""

    used: int
    allowed: int
    wait: int

    @property
    def is_over(self) -> bool:
        return self.used > self.allowed

    def tell(self, response: HttpResponseBase) -> None:
        left = max(self.allowed - self.used, 0)
        response.headers["RateLimit-Policy"] = f'"{NAME}";q={self.allowed};w={WINDOW_SECONDS}'
        response.headers["RateLimit"] = f'"{NAME}";r={left};t={self.wait}'


class Throttle:
    """Counts what a client asks; over API_REQUESTS_A_MINUTE it is refused; 0 lets all through.

    Answers that are kept ready are given before and count too (`let_through`). The refusal itself
    is made further in (Refusal), so that it gets the headers of every answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        counted: Counted | None = request.META.pop(COUNTED, None) or _count(request.META)
        if counted is None:
            return self.get_response(request)
        if counted.is_over:
            request.refused_for = counted.wait  # type: ignore[attr-defined]
        response = self.get_response(request)
        counted.tell(response)
        return response


def let_through(asked: dict[str, Any], response: HttpResponseBase) -> bool:
    """Count a request that `response` answers, and tell of it; False where it is to be refused.

    Then it stands in the request, and is not counted once more.
    """
    counted = _count(asked)
    if counted is not None and counted.is_over:
        asked[COUNTED] = counted
        return False
    if counted is not None:
        counted.tell(response)
    return True


def _count(asked: dict[str, Any]) -> Counted | None:
    """Count a request; None where there is no limit.

    Where the count cannot be kept (a full disk), requests are let through.
    """
    allowed = settings.API_REQUESTS_A_MINUTE
    if not allowed or not asked["PATH_INFO"].startswith(THROTTLED):
        return None
    minute, second = divmod(int(time()), WINDOW_SECONDS)
    used = 0
    with suppress(sqlite3.Error):
        used = _counts(settings.VAR_DIR / "throttle.sqlite3").add(_client(asked), minute)
    return Counted(used, allowed, WINDOW_SECONDS - second)


@cache
def _counts(path: Path) -> Counts:
    return Counts(path)


class Refusal:
    """Answers 429, before the database is asked for anything, to whom Throttle counted out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not hasattr(request, "refused_for"):
            return self.get_response(request)
        response = refusal(request, HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(request.refused_for)
        return response


def client_of(request: HttpRequest) -> str:
    """Return the address of the client, or of its subscriber's network for IPv6.

    X-Forwarded-For is believed only as far as proxies named in TRUSTED_PROXIES wrote it: each
    adds at the right the address it was asked from, and the first that is not one of ours counts.
    """
    return _client(request.META)


def _client(asked: dict[str, Any]) -> str:
    address = asked.get("REMOTE_ADDR", "")
    forwarded = asked.get("HTTP_X_FORWARDED_FOR", "").split(",")
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
