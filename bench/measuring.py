"""Rates by wrk, in rounds that take turns, and the ratios of what was measured in one round."""

import re
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from statistics import median
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from bench.servers import found

CONNECTIONS = (1, 8, 32)
ENOUGH = 40  # answers: the four that are not done at the end are then a tenth; half will do
LONGER = (6, 25)  # times as long at most, where they do not come


class Unmeasurable(Exception):
    """wrk saw errors, or is not there."""


@dataclass(frozen=True)
class Ratio:
    """How many times the rate of a peer ours was: over the rounds."""

    least: float
    middle: float
    most: float

    @classmethod
    def of(cls, ours: list[float], theirs: list[float]) -> "Ratio":
        each = [one / other for one, other in zip(ours, theirs, strict=True)]
        return cls(min(each), median(each), max(each))

    def __str__(self) -> str:
        return f"{self.least:.2f} / **{self.middle:.2f}** / {self.most:.2f}"


def rate(address: str, connections: int, headers: tuple[str, ...], seconds: int) -> float:
    """Return answers a second. Raises Unmeasurable where one of them was neither 200 nor 304.

    One answer is waited for first: a peer that slept is then awake. One is waited for at the end:
    what was left in the queue is then done, and takes nothing from the peer that is next. That is
    not waited for beyond the longest time: such a queue is minutes long, and the ratio hundreds.
    Where few come, they get more time: those that are cut off at its end would count too much. Who
    gives none in the longest time counts as if one had come.
    """
    wrk = found("wrk")
    if not wrk:
        raise Unmeasurable("wrk is not installed: apt install wrk, or name it by WRK.")
    wait_for_one(address, headers)
    measured, lasted = _rate(wrk, address, connections, headers, seconds), seconds
    for longest in (times * seconds for times in LONGER):
        if measured * lasted < ENOUGH / 2:
            lasted = min(ceil(ENOUGH / measured), longest) if measured else longest
            measured = _rate(wrk, address, connections, headers, lasted)
    with suppress(TimeoutError):
        wait_for_one(address, headers, LONGER[-1] * seconds)
    return measured or 1 / lasted


def _rate(
    wrk: str, address: str, connections: int, headers: tuple[str, ...], seconds: int
) -> float:
    command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
    for header in headers:
        command += ["-H", header]
    done = subprocess.run([*command, address], capture_output=True, text=True, check=True)
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise Unmeasurable(f"{address}: {done.stdout}")
    return _rate_in(done.stdout)


def _rate_in(told: str) -> float:
    measured = re.search(r"Requests/sec:\s+([\d.]+)", told)
    return float(measured[1]) if measured else 0.0


def wait_for_one(address: str, headers: tuple[str, ...], longest: float = 300) -> None:
    """Return when the address has answered once, be it that the client has it already.

    Raises TimeoutError after `longest` seconds.
    """
    named = dict(header.split(": ", 1) for header in headers)
    try:
        urlopen(Request(address, headers=named), timeout=longest).close()
    except HTTPError as error:
        error.close()
        if error.code != 304:
            raise Unmeasurable(f"{address}: {error}") from error


def rounds(
    addresses: dict[str, str],
    headers: dict[str, tuple[str, ...]],
    number: int,
    seconds: int,
    at: tuple[int, ...] = CONNECTIONS,
) -> dict[int, dict[str, list[float]]]:
    """Return the rates of each peer by connections; peers take turns in every round."""
    rates: dict[int, dict[str, list[float]]] = {
        connections: {peer: [] for peer in addresses} for connections in at
    }
    for _ in range(number):
        for connections in at:
            for peer, address in addresses.items():
                measured = rate(address, connections, headers[peer], seconds)
                rates[connections][peer].append(measured)
    return rates
