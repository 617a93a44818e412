"""What the seed answers, as the OpenAPI description shows it."""

import json
from functools import cache
from pathlib import Path
from typing import Any, cast

from drf_spectacular.utils import OpenApiExample

from apps.records.catalogue import Entry

ANSWERS = Path(__file__).with_name("answers.json")


def answer_of(address: str) -> list[OpenApiExample]:
    """Return what the seed answers at an address below /api/v1/, as a committed example."""
    if address not in answers():  # a type that is new
        return []
    return [
        OpenApiExample(
            "seed",
            answers()[address],
            summary=address,
            response_only=True,
            status_codes=["200"],
            media_type="application/json",
        )
    ]


@cache
def answers() -> dict[str, Any]:
    """Return the answers of the seed by address; `python -m tests.answers` brings them up to date.

    Each type has two: the first of its list, and that record.
    """
    return cast(dict[str, Any], json.loads(ANSWERS.read_text("utf-8")))


def listed_at(entry: Entry) -> str:
    return f"{entry.name}/?page_size=1&as_of=1"


def shown_at(entry: Entry) -> str:
    """Return the address of the record that the example shows: the one of its list."""
    listed = answers().get(listed_at(entry))
    if listed is None:
        return ""
    (record,) = listed["results"]
    return f"{record['api_url'].partition('/api/v1/')[2]}?as_of=1"
