"""Seeding adds what was never there, in one revision, and leaves researchers' work alone."""

import json
import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.records.models import Citation, Country, Milestone, Operation
from apps.records.seeding import FIXTURES, REASON, SeedError, seed
from apps.revisions.models import Revision

pytestmark = pytest.mark.django_db

NORWAY = {
    "public_id": "n0rway000000",
    "iso2": "NO",
    "iso3": "NOR",
    "numeric": "578",
    "name_en": "Norway",
    "name_fr": "Norvège",
}


@pytest.fixture
def fixtures(tmp_path):
    """A copy of the fixtures, to change."""
    return shutil.copytree(FIXTURES, tmp_path / "fixtures")


def add_row(fixtures, name, model, **fields):
    file = fixtures / f"{name}.json"
    rows = json.loads(file.read_text())
    file.write_text(json.dumps([*rows, {"model": f"records.{model}", "fields": fields}]))


def added(loaded):
    return {name: rows.added for name, rows in loaded.items() if rows.added}


def test_the_seed_is_one_revision_with_its_reason():
    assert list(Revision.objects.values_list("number", "reason")) == [(1, REASON)]


def test_seeding_twice_writes_nothing_and_makes_no_revision():
    assert added(seed()) == {}
    assert Revision.objects.count() == 1


def test_a_row_that_is_new_in_the_fixtures_is_added_in_one_revision(fixtures):
    add_row(fixtures, "countries", "country", **NORWAY)
    assert added(seed(fixtures)) == {"countries": 1}
    assert Revision.objects.count() == 2
    assert Country.objects.get(iso2="NO").public_id == NORWAY["public_id"]
    assert added(seed(fixtures)) == {}


def test_what_a_researcher_changed_stays_changed():
    Operation.objects.filter(slug="barkhane").update(slug="operation-barkhane", mandate="Ours.")
    takuba = Operation.objects.get(slug="takuba-task-force")
    takuba.milestones.update(expected="2020-10")
    assert added(seed()) == {}
    assert Operation.objects.get(slug="operation-barkhane").mandate == "Ours."
    assert str(takuba.milestones.get().expected) == "2020-10"


def test_what_a_researcher_deleted_stays_deleted_with_all_that_hangs_on_it():
    Milestone.objects.all().delete()
    assert added(seed()) == {}
    assert not Citation.objects.exclude(milestone=None).exists()


def test_a_country_that_was_entered_by_hand_is_not_entered_again(fixtures):
    Country.objects.create(**{**NORWAY, "public_id": "0therwas0000"})
    add_row(fixtures, "countries", "country", **NORWAY)
    assert added(seed(fixtures)) == {}


def test_a_reference_to_nothing_names_the_file_the_field_and_the_key(fixtures):
    add_row(fixtures, "memberships", "membership", organization=["g5-sahel"], country=["XX"])
    with pytest.raises(SeedError, match=r"memberships\.json.*country \['XX'\]"):
        seed(fixtures)


def test_the_command_tells_what_it_added(fixtures):
    add_row(fixtures, "countries", "country", **NORWAY)
    said = [StringIO(), StringIO()]
    for output in said:
        call_command("seed", fixtures=fixtures, stdout=output)
    assert [output.getvalue().splitlines() for output in said] == [
        ["countries: 1 added", "1 rows added in one revision."],
        ["Nothing to add."],
    ]


def test_the_command_says_what_is_wrong_with_a_fixture(fixtures):
    add_row(fixtures, "memberships", "membership", organization=["g5-sahel"], country=["XX"])
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("seed", fixtures=fixtures)


def test_seeding_takes_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(100):
        seed()
