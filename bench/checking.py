"""Whether the peers give the same answer: looked at before anything is timed."""

import json
from datetime import date
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from bench.databases import Database
from bench.questions import Question, ids_of


class WrongAnswer(Exception):
    """A peer gave something else than ours; a fast wrong answer is no measure."""


def fetched(address: str, headers: tuple[str, ...]) -> bytes:
    """Return the body. Raises urllib's HTTPError where the status is not 200.

    A peer that has just started may say 503 once on a busy machine.
    """
    named = dict(header.split(": ", 1) for header in headers)
    for last in (False, False, True):
        try:
            with urlopen(Request(address, headers=named), timeout=120) as answer:
                return bytes(answer.read())
        except HTTPError as error:
            if last or error.code != 503:
                raise
    raise AssertionError("The last try returns or raises.")


def check(question: Question, addresses: dict[str, str], database: Database) -> list[str]:
    """Return what is to be said of the answers. Raises WrongAnswer.

    Ours, the limit and the naive peer give the same records in the same order; Datasette has its
    own stemmer and its own order among equal days, so that the days are compared where it may
    differ.
    """
    bodies = {peer: fetched(address, question.headers) for peer, address in addresses.items()}
    if question.headers != ("Accept: application/json",):
        return [f"{peer}: {len(body):,} bytes" for peer, body in bodies.items()]
    ids = {peer: ids_of(json.loads(body)) for peer, body in bodies.items()}
    for peer in ids:
        if peer == "datasette" and not question.same:
            continue
        if ids[peer] != ids["ours"]:
            raise WrongAnswer(
                f"{question.name}: {peer} gave {ids[peer][:3]}, ours {ids['ours'][:3]}"
            )
    told = [f"{len(ids['ours'])} records; ours {len(bodies['ours']):,} bytes"]
    if "datasette" in ids and not question.same:
        same = _same_days(days_of(database, ids["ours"]), days_of(database, ids["datasette"]))
        told.append(f"datasette: {len(ids['datasette'])} records, {same} of the same days")
        if same < 0.9 * len(ids["ours"]) and question.compared:
            raise WrongAnswer(f"{question.name}: {told}")
    return told


def days_of(database: Database, ids: list[str]) -> list[Any]:
    with database.connect() as connection:
        rows = connection.execute(
            "SELECT said_earliest FROM published.records_statement WHERE public_id = ANY(%s)",
            [ids],
        ).fetchall()
    return sorted((row[0] for row in rows), key=lambda day: day or date.min)


def _same_days(ours: list[Any], theirs: list[Any]) -> int:
    left = list(theirs)
    return sum(1 for day in ours if day in left and not left.remove(day))  # type: ignore[func-returns-value]
