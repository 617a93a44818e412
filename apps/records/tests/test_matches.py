"""What matches words is the same by the query that is ready and by one made for them."""

import pytest

from apps.records.matches import CAP, matches_among, matches_of_words
from apps.records.models import Statement
from apps.records.tests.making import asked
from apps.revisions.public import reading


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words", ["force", "forces -Takuba", '"Task Force"', "the words", "zzz", "%s"]
)
@pytest.mark.parametrize("as_of", ["", "1"])
def test_words_find_the_same_records_either_way(words, as_of):
    with reading(as_of):
        ready, made = (
            matches_of_words(Statement, words),
            matches_among(Statement.objects.matching(words)),
        )
    assert ready.count == made.count <= CAP
    assert set(ready.keys.strip("{}").split(",")) == set(made.keys.strip("{}").split(","))


@pytest.mark.django_db
def test_some_words_are_found_and_some_are_not():
    with reading():
        found, none = asked("statements", "q=force"), asked("statements", "q=zzz")
    assert found.count == len(found.records) > 0
    assert none.count == len(none.records) == 0
