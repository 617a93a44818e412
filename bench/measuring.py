"""Rates by wrk, in rounds that take turns, and the ratios of what was measured in one round."""

import re
import subprocess
from dataclasses import dataclass
from statistics import median

from bench.servers import found

CONNECTIONS = (1, 8, 32)


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
    """Return answers a second. Raises Unmeasurable where one of them was neither 200 nor 304."""
    wrk = found("wrk")
    if not wrk:
        raise Unmeasurable("wrk is not installed: apt install wrk, or name it by WRK.")
    command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s"]
    for header in headers:
        command += ["-H", header]
    told = subprocess.run([*command, address], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise Unmeasurable(f"{address}: {told}")
    measured = re.search(r"Requests/sec:\s+([\d.]+)", told)
    return max(float(measured[1]) if measured else 0.0, 0.01)


def rounds(
    addresses: dict[str, str],
    headers: dict[str, tuple[str, ...]],
    number: int,
    seconds: int,
) -> dict[int, dict[str, list[float]]]:
    """Return the rates of each peer by connections; peers take turns in every round."""
    rates: dict[int, dict[str, list[float]]] = {
        connections: {peer: [] for peer in addresses} for connections in CONNECTIONS
    }
    for _ in range(number):
        for connections in CONNECTIONS:
            for peer, address in addresses.items():
                measured = rate(address, connections, headers[peer], seconds)
                rates[connections][peer].append(measured)
    return rates
