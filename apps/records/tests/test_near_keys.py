"""What a mistyped key may have meant."""

import pytest

from apps.records.catalogue import CATALOGUE
from apps.records.near_keys import NoRecord, near_keys


@pytest.mark.parametrize(
    ("name", "key", "first"),
    [
        ("operations", "takuba", "takuba-task-force"),
        ("operations", "BARKHANE", "barkhane"),
        ("operations", "barkane", "barkhane"),
        ("operations", "takuba_task_force", "takuba-task-force"),
        ("countries", "Suède", "SE"),
        ("countries", "mali", "ML"),
        ("countries", "MALI", "ML"),
        ("people", "Parly", "florence-parly"),
        ("organizations", "g5", "g5-sahel"),
    ],
)
def test_the_nearest_key_comes_first(db, name, key, first):
    assert near_keys(CATALOGUE[name], key)[0].key == first


@pytest.mark.parametrize("key", ["zzzz", "", "\0", "/", "💥" * 5000])
def test_a_key_like_none_has_none_near(db, key):
    assert near_keys(CATALOGUE["operations"], key) == []


def test_records_that_only_an_id_tells_apart_have_none_near(db):
    assert near_keys(CATALOGUE["statements"], "macron") == []


def test_there_are_three_at_most(db):
    assert len(near_keys(CATALOGUE["countries"], "ma", limit=3)) <= 3


def test_the_error_says_what_was_asked_and_what_is_near(db):
    error = NoRecord(CATALOGUE["operations"], "takuba")
    assert str(error) == "Nothing published among the operations has the key “takuba”."
    assert [named.key for named in error.near] == ["takuba-task-force"]
