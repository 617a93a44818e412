"""Promised, and what came of it."""

import pytest

from apps.records.models import LadderStep
from apps.records.promises import promises_of


def read(*statuses: str, expected: str = "") -> list[tuple[str, str]]:
    """Return the promises of a ladder as the statuses promised and those that came."""
    steps = [
        LadderStep(place=place, status=status, expected=expected)
        for place, status in enumerate(statuses, 1)
    ]
    return [
        (" ".join(s.status for s in one.promised), " ".join(s.status for s in one.came))
        for one in promises_of(reversed(steps))
    ]


@pytest.mark.parametrize(
    ("ladder", "promises"),
    [
        ("", []),
        ("deployed", []),
        ("requested considered declined", []),
        ("announced", [("announced", "")]),
        ("announced committed", [("announced committed", "")]),
        ("requested announced deployed", [("announced", "deployed")]),
        ("conditional withdrawn", [("conditional", "withdrawn")]),
        ("announced under_review", [("announced", "under_review")]),
        (
            "announced deployed withdrawn committed",
            [("announced", "deployed withdrawn"), ("committed", "")],
        ),
    ],
)
def test_what_was_promised_and_what_came(ladder: str, promises: list[tuple[str, str]]) -> None:
    assert read(*ladder.split()) == promises


def test_a_step_of_no_stated_status_is_a_promise_where_it_is_for_a_date() -> None:
    assert read("not_stated") == []
    assert read("not_stated", expected="2020") == [("not_stated", "")]


def test_a_request_by_others_is_no_promise_whatever_its_date() -> None:
    assert read("requested", expected="2020") == []
