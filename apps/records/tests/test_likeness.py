"""Names are like each other by the groups of three letters that they share."""

import pytest
from django.db import connection

from apps.records.likeness import Named, Names, folded, trigrams


def named(public_id: str, *names: str, codes: tuple[str, ...] = ()) -> Named:
    return Named(public_id, names[0], public_id, tuple(map(folded, names)), codes)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Épervier", "epervier"),
        ("G5-Sahel", "g5 sahel"),
        ("  N’Djamena ", "n djamena"),
        ("STRASSE ß", "strasse ss"),
        ("!!!", ""),
    ],
)
def test_capitals_accents_and_punctuation_do_not_count(text, words):
    assert folded(text) == words


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["takuba task force", "g5 sahel", "a", "mali mali", ""])
def test_the_groups_are_those_of_postgresql(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT extensions.show_trgm(%s)", [text])
        ((groups,),) = cursor.fetchall()
    assert trigrams(text) == set(groups)


def test_a_misspelt_name_is_found_and_a_foreign_one_is_not():
    names = Names([named("a", "Barkhane"), named("b", "Takuba Task Force")])
    found = {each.public_id: likeness for each, likeness in names.like("Barkane", at_least=0.3)}
    assert set(found) == {"a"}
    assert 0.5 < found["a"] < 1


def test_a_part_of_a_name_is_less_than_the_name():
    names = Names([named("a", "Takuba Task Force"), named("b", "Takuba")])
    found = {each.public_id: likeness for each, likeness in names.like("Takuba", at_least=0.3)}
    assert found == {"a": 0.9, "b": 1.0}


def test_the_likest_of_several_names_counts():
    names = Names([named("a", "United Nations Mission in Mali", "MINUSMA")])
    assert names.like("Minusma", at_least=0.3)[0][1] == 1.0


def test_a_code_is_compared_letter_by_letter_and_a_name_is_not():
    names = Names([named("a", "Mali", codes=("ML",))])
    for text, found in (("ML", 1), ("ml", 0), ("MALI", 1), ("", 0), ("!!!", 0)):
        assert len(names.bearing(text)) == found
