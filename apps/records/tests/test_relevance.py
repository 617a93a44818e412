"""What a researcher types, and what has to come first: on the seed, and among synthetic records."""

import pytest
from django.db import connection

from apps.records.generating import generate
from apps.records.generating.words import OPERATION_NAMES
from apps.records.models import Person
from apps.records.search import search

# Query, and the keys of the records that come first, in their order.
SEED = [
    # Names, whole and short, in any case, with accents or none.
    ("Barkhane", ["barkhane"]),
    ("barkhane", ["barkhane"]),
    ("takuba", ["takuba-task-force"]),
    ("Takuba Task Force", ["takuba-task-force"]),
    ("MINUSMA", ["minusma"]),
    ("EUTM", ["eutm"]),
    ("eucap sahel niger", ["eucap-sahel-niger"]),
    ("Florence Parly", ["florence-parly"]),
    ("parly", ["florence-parly"]),
    ("lecointre", ["francois-lecointre"]),
    ("Francois Lecointre", ["francois-lecointre"]),
    ("FRANÇOIS LECOINTRE", ["francois-lecointre"]),
    ("Macron", ["macron"]),
    ("milley", ["mark-milley"]),
    ("esper", ["mark-esper"]),
    ("G5 Sahel", ["g5-sahel"]),
    ("united nations", ["united-nations"]),
    ("congress", ["congress"]),
    # Codes and addresses.
    ("ML", ["ML"]),
    ("mli", ["ML"]),
    ("FR", ["FR"]),
    ("USA", ["US"]),
    ("g5-sahel", ["g5-sahel"]),
    ("florence-parly", ["florence-parly"]),
    # Countries in either language.
    ("Mali", ["ML"]),
    ("Tchad", ["TD"]),
    ("Chad", ["TD"]),
    ("Suède", ["SE"]),
    ("suede", ["SE"]),
    ("Etats-Unis", ["US"]),
    ("Estonie", ["EE"]),
    ("Burkina Faso", ["BF"]),
    # Words that were said, in another form, as a phrase, with exclusions.
    ("shortsighted", ["sn31qrgcg6m7"]),
    ("coalitions", ["coalition-for-the-sahel"]),
    ('"save Mali"', ["french-initiative-mali-2013"]),
    ('"really bad news"', ["xa61w46x3yfk"]),
    ("unwise", ["sn31qrgcg6m7"]),
    ("intelligence logistics", ["49jn652j7d5t"]),
    ("coalition -military", ["coalition-for-the-sahel"]),
    # Half a word, as one types.
    ("barkh", ["barkhane"]),
    ("taku", ["takuba-task-force"]),
    ("lecoin", ["francois-lecointre"]),
    ("mauri", ["MR"]),
    # Slips.
    ("barkane", ["barkhane"]),
    ("takouba", ["takuba-task-force"]),
    ("minuzma", ["minusma"]),
    ("lecointe", ["francois-lecointre"]),
    ("florance parly", ["florence-parly"]),
    ("portugel", ["PT"]),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "first"), SEED)
def test_what_is_meant_comes_first(query, first):
    assert [hit.record.key for hit in search(query)][: len(first)] == first


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["zzzzzz", "qx", "1"])
def test_what_nothing_is_like_finds_nothing(query):
    assert search(query) == []


@pytest.mark.django_db
def test_what_is_only_like_it_says_so():
    assert {hit.near for hit in search("barkane")} == {True}
    assert {hit.near for hit in search("barkhane")} == {False}


@pytest.fixture
def synthetic(never_held_records):
    generate(600, seed=3)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_among_many_the_name_comes_first_and_a_common_word_finds_statements(synthetic):
    person = Person.objects.get(pk=7)
    operation = f"{OPERATION_NAMES[5]} 5"

    assert search(person.name)[0].record == person
    assert search(operation)[0].record.short_name.endswith(operation)
    assert search("synthetic-operation-3")[0].record.slug == "synthetic-operation-3"
    assert "statements" in {hit.entry.name for hit in search("helicopters", limit=50)}
    assert "statements" in {hit.entry.name for hit in search("hélicoptère", limit=50)}
