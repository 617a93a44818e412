"""Writes bench/RESULTS.md: what was measured, with what, and which goals are met."""

import platform
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from math import log
from pathlib import Path
from statistics import median

from bench.exporting import Export
from bench.measuring import LONGER, Ratio
from bench.pages import Page, told
from bench.writing import Cost

RESULTS = Path(__file__).with_name("RESULTS.md")
# What people wrote of the goals that are not met; it is to be read again after each measurement.
TRIED = Path(__file__).with_name("tried.md")
Rates = dict[int, dict[str, list[float]]]


@dataclass
class Size:
    """Everything measured at one size, by the names of the questions."""

    statements: int
    rates: dict[str, Rates] = field(default_factory=dict)
    checked: dict[str, list[str]] = field(default_factory=dict)
    exports: dict[str, Export] = field(default_factory=dict)
    writes: list[Cost] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    after_edit: list[Page] = field(default_factory=list)

    @property
    def connections(self) -> list[int]:
        """How many connections at a time were measured."""
        return list(next(iter(self.rates.values())))

    @property
    def middle(self) -> int:
        """The number that goals and growth are read at."""
        return self.connections[len(self.connections) // 2]

    def ratio(self, question: str, connections: int, ours: str, peer: str) -> Ratio:
        rates = self.rates[question][connections]
        return Ratio.of(rates[ours], rates[peer])


@dataclass(frozen=True)
class Goal:
    text: str
    measured: float
    least: float = 0.0
    most: float = float("inf")

    @property
    def met(self) -> bool:
        return self.least <= self.measured <= self.most


def write(sizes: list[Size], rounds: int, seconds: int) -> str:
    """Write the report and return it."""
    text = "\n".join(_lines(sizes, rounds, seconds)) + "\n" + TRIED.read_text()
    RESULTS.write_text(text)
    return text


def _lines(sizes: list[Size], rounds: int, seconds: int) -> Iterator[str]:
    yield "# Measurements"
    yield ""
    yield (
        f"{datetime.now(UTC):%d %B %Y}, by `make bench`: {rounds} rounds that take turns,"
        f" {seconds} s each, slow answers longer, and who gives none in {LONGER[-1] * seconds} s"
        " counts as if one had come; one process a peer; PostgreSQL, peers and wrk"
        f" share the {platform.machine()} machine. Every body was checked before it was timed."
        " Ratios are least / **median** / most of ours to the peer in the same round, so that a"
        " busy moment touches both; absolute rates say little. Under about 1.5 a ratio shows no"
        " difference."
    )
    yield ""
    names = ("Django", "djangorestframework", "psycopg", "granian", "datasette", "asyncpg")
    yield f"Python {platform.python_version()}, " + ", ".join(f"{n} {version(n)}" for n in names)
    for size in sizes:
        yield from _size(size)
    yield from _growth(sizes)
    yield from _goals(sizes)


def _size(size: Size) -> Iterator[str]:
    yield f"\n## {size.statements:,} statements\n"
    yield (
        "| operation | peer | "
        + " | ".join(f"{n} connections" for n in size.connections)
        + " | ours/s |"
    )
    yield "| --- | --- | " + "--- | " * (len(size.connections) + 1)
    for question, rates in size.rates.items():
        ours = next(iter(rates[size.connections[0]]))
        own = median(rates[size.middle][ours])
        peers = [peer for peer in rates[size.connections[0]] if peer != ours]
        for peer in peers:
            ratios = (str(size.ratio(question, n, ours, peer)) for n in size.connections)
            yield f"| {question} | {peer} | {' | '.join(ratios)} | {own:.0f} |"
        if not peers:
            yield f"| {question} | (alone) | | | | {own:.0f} |"
    yield ""
    for peer, export in size.exports.items():
        yield f"- The whole list of statements as CSV, {peer}: {export}."
    yield from (f"- What history costs {cost}." for cost in size.writes)
    yield f"- {told(size.pages)}."
    yield f"- Pages that count, after an edit: {', '.join(map(str, size.after_edit))}."
    yield from (f"- Checked, {name}: {'; '.join(told)}." for name, told in size.checked.items())


def _growth(sizes: list[Size]) -> Iterator[str]:
    if len(sizes) < 2:
        return
    yield "\n## Growth\n"
    yield "The time of an answer grows with the number of statements to this power.\n"
    steps = list(zip(sizes, sizes[1:], strict=False))
    yield (
        "| operation | "
        + " | ".join(f"{a.statements:,} → {b.statements:,}" for a, b in steps)
        + " |"
    )
    yield "| --- | " + "--- | " * len(steps)
    for question in [each for each in sizes[0].rates if all(each in s.rates for s in sizes)]:
        yield (
            f"| {question} | "
            + " | ".join(f"{exponent(a, b, question):.2f}" for a, b in steps)
            + " |"
        )


def exponent(small: Size, large: Size, question: str) -> float:
    """Return the power of the number of statements with which the time grows."""
    rates = [next(iter(size.rates[question][size.middle].values())) for size in (small, large)]
    slower = median(rates[0]) / median(rates[1])
    return log(slower) / log(large.statements / small.statements)


def _goals(sizes: list[Size]) -> Iterator[str]:
    yield "\n## Goals\n"
    yield "| goal | measured | met |"
    yield "| --- | --- | --- |"
    for goal in goals(sizes):
        yield f"| {goal.text} | {goal.measured:.2f} | {'met' if goal.met else '**not met**'} |"


def goals(sizes: list[Size]) -> Iterator[Goal]:
    """Give every goal at the largest size, and of growth over all."""
    last = sizes[-1]
    at = f"at {last.statements:,}"
    for question, rates in last.rates.items():
        ours = next(iter(rates[last.middle]))
        for peer in rates[last.middle]:
            if peer == ours:
                continue
            least = {"limit": 0.5, "nginx": 0.15}.get(peer, 1.5)
            middle = last.ratio(question, last.middle, ours, peer).middle
            yield Goal(f"{question} {at}: at least {least} of {peer}", middle, least)
    if {"ours", "datasette"} <= set(last.exports):
        faster = last.exports["ours"].rate / last.exports["datasette"].rate
        yield Goal(f"CSV {at}: at least 5 times Datasette in MB/s", faster, 5)
        yield Goal(f"CSV {at}: first byte under 0.1 s", last.exports["ours"].first, 0, 0.1)
        yield Goal(f"CSV {at}: memory grows by under 30 MB", last.exports["ours"].grown, -99, 30)
    if last.pages:
        failed = sum(page.failed for page in [*last.pages, *last.after_edit])
        yield Goal(f"pages {at}: none fails", failed, 0, 0)
    for cost in last.writes:
        text = f"{cost.what} with history {at}: at most {cost.most} times without"
        text += f" (beyond the goal: {cost.beyond})" if cost.beyond else ""
        yield Goal(text, cost.ratio.middle, 0, cost.most)
    if len(sizes) > 1:
        for question in [each for each in last.rates if each in sizes[-2].rates]:
            power = exponent(sizes[-2], last, question)
            yield Goal(f"{question}: growth to {last.statements:,} under 0.2", power, -9, 0.2)
