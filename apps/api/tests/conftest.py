"""Asks the API as a program would: an address in, an answer out."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext


class Answer:
    """One answer, read to its end, and how many queries it took, `reads` of them for records."""

    def __init__(self, response: Any) -> None:
        parts = response.streaming_content if response.streaming else [response.content]
        self.text = b"".join(parts).decode()
        self.status, self.headers = response.status_code, response.headers
        self.queries = self.reads = 0

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@pytest.fixture
def ask() -> Callable[..., Answer]:
    """Return a function that asks one address, below /api/v1/ or absolute."""

    def ask(address: str, method: str = "get", **headers: str) -> Answer:
        path = address if address.startswith("http") else f"/api/v1/{address}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        client = Client(raise_request_exception=False)
        # The log of a connection has an end, which asking for everything would reach.
        connections["public"].queries_log.clear()
        with CaptureQueriesContext(connections["public"]) as queries:
            answer = Answer(getattr(client, method)(path, headers=named))
        answer.queries = len(queries)
        answer.reads = sum('"records_' in query["sql"] for query in queries)
        return answer

    return ask


@pytest.fixture
def get(ask: Callable[..., Answer]) -> Callable[..., Any]:
    """Return a function that gives the JSON of an address, which has to be there."""

    def get(address: str, **headers: str) -> Any:
        answer = ask(address, **headers)
        assert answer.status == 200, answer.text
        return answer.json

    return get
