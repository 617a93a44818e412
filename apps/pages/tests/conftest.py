"""Reads the pages as a visitor does."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.records.models import Country
from apps.records.tests import making
from apps.revisions.models import Revision
from apps.revisions.writing import revision

PUBLISHED = {"publication": "published"}


class Page:
    """One answer: its text with entities read, and how many queries it took."""

    def __init__(self, response: Any, queries: int) -> None:
        self.response, self.queries = response, queries
        self.status: int = response.status_code
        self.html: str = response.content.decode()
        self.text = unescape(self.html)
        unmarked = re.sub(r"<button class=\"ev\".*?</button>", "", self.html)
        self.words = " ".join(unescape(re.sub(r"<[^>]+>", "", unmarked)).split())

    def __contains__(self, words: str) -> bool:
        """Whether the page has `words`, as text without its marks or as source."""
        return words in self.words or words in self.text


@pytest.fixture
def visit() -> Callable[..., Page]:
    """Return a function that opens an address and follows no redirect."""

    def visit(address: str, **parameters: Any) -> Page:
        client = Client(raise_request_exception=False)
        # The log of a connection has an end, which a visit of the whole site would reach.
        connections["public"].queries_log.clear()
        with CaptureQueriesContext(connections["public"]) as queries:
            response = client.get(address, parameters or None)
        return Page(response, len(queries))

    return visit


@pytest.fixture
def seed_page(db: None, visit: Callable[..., Page]) -> Callable[..., Page]:
    """Return `visit`, for tests that read the committed seed."""
    return visit


def newest() -> int:
    latest = Revision.objects.newest()
    return latest.number if latest else 0


@pytest.fixture
def source(committed_db: None) -> Any:
    """A published source in which everything these tests make is cited."""
    return making.source(title="A source of tests", language="en", **PUBLISHED)


@pytest.fixture
def publish(source: Any) -> Callable[..., Any]:
    """Return a function that publishes what `make` makes, cited for each of `fields`."""

    def publish(
        make: Callable[..., Any], *arguments: Any, cite: str = "name", **values: Any
    ) -> Any:
        with revision(reason="Test"):
            record = make(*arguments, **values, **PUBLISHED)
            cited(source, record, cite)
        return record

    return publish


TARGET_NAMES = {"strengthfigure": "strength", "ladderstep": "ladder_step"}


def cited(source: Any, record: Any, fields: str, **values: Any) -> None:
    """Cite `record` or a part for each of the space-separated `fields`."""
    name = record._meta.model_name
    for field in fields.split():
        target = {TARGET_NAMES.get(name, name): record}
        making.citation(source, field=field, **target, **{**PUBLISHED, **values})


def countries(source: Any, count: int) -> list[Country]:
    """Make published countries with codes that ISO leaves to its users."""
    with revision(reason="Countries"):
        return [country(source, number) for number in range(count)]


def country(source: Any, number: int) -> Country:
    letter = chr(ord("A") + number)
    codes = {"iso2": f"X{letter}", "iso3": f"X{letter}X", "numeric": str(900 + number)}
    named = {"name_en": f"Testland {letter}", "name_fr": f"Testie {letter}"}
    made = Country.objects.create(**codes, **named, **PUBLISHED)
    cited(source, made, "name_en")
    return made
