"""Reading the past: `as_of` by revision, day and moment, through unchanged querysets."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections

from apps.records.models import Citation, Country, Operation
from apps.records.tests.making import WITHDRAWN
from apps.revisions.models import Revision
from apps.revisions.parameters import BadParameter
from apps.revisions.public import reading
from apps.revisions.tests.conftest import newest
from apps.revisions.writing import revision


def names(as_of=""):
    with reading(as_of):
        return {operation.slug: operation.name for operation in Operation.objects.all()}


def cite_and_publish(country, source):
    with revision():
        Citation.objects.create(
            source=source,
            paragraph=1,
            excerpt="Testland",
            country=country,
            field="name_en",
            publication="published",
        )
        Country.objects.filter(pk=country.pk).update(publication="published")


def test_an_edit_shows_at_once_and_the_revision_before_shows_the_old_state(sabre):
    before = newest()
    Operation.objects.filter(pk=sabre.pk).update(name="Opération Sabre")
    assert names()["sabre"] == "Opération Sabre"
    assert names(str(before))["sabre"] == "Sabre"
    assert names(str(before + 1))["sabre"] == "Opération Sabre"


def test_before_its_first_revision_a_record_is_not_there(sabre):
    assert "sabre" not in names(str(newest() - 1))


def test_revision_0_is_the_empty_database(sabre):
    assert names("0") == {}


def test_a_deleted_record_can_be_read_as_of_before(sabre):
    before = newest()
    sabre.delete()
    assert "sabre" not in names()
    assert names(str(before))["sabre"] == "Sabre"


def test_a_withdrawn_record_can_be_read_as_of_before(sabre):
    before = newest()
    with revision():
        sabre.citations.update(**WITHDRAWN)
        Operation.objects.filter(pk=sabre.pk).update(**WITHDRAWN)
    assert "sabre" not in names()
    assert "sabre" in names(str(before))


def test_many_to_many_relations_are_those_of_then(sabre, testland, source):
    cite_and_publish(testland, source)
    sabre.theatre.add(testland)
    sabre.theatre.remove(testland)

    def theatre(as_of):
        with reading(as_of):
            operation = Operation.objects.prefetch_related("theatre").get(slug="sabre")
            return [country.iso2 for country in operation.theatre.all()]

    assert [theatre(str(newest() - 1)), theatre(""), theatre(str(newest() - 2))] == [["XT"], [], []]


def test_a_moment_shows_the_last_revision_made_by_then(sabre):
    old = Revision.objects.newest().made_at
    Operation.objects.filter(pk=sabre.pk).update(name="Later")
    assert names(old.isoformat())["sabre"] == "Sabre"
    assert names((old - timedelta(microseconds=1)).isoformat()).get("sabre") is None


def test_a_moment_whose_plus_sign_became_a_space_is_understood(sabre):
    moment = datetime.now(UTC).isoformat().replace("+", " ")
    assert names(moment)["sabre"] == "Sabre"


def test_a_day_counts_to_its_end(sabre):
    today = Revision.objects.newest().made_at.astimezone(UTC).date()
    assert names(today.isoformat())["sabre"] == "Sabre"
    assert "sabre" not in names((today - timedelta(days=1)).isoformat())


@pytest.mark.parametrize(
    "text",
    [
        "next week", "-1", "1.5", "9999999", "99999999999999999999", "2999-01-01", "2026-13-01",
        "2026-01-01T25:00:00", "0001-01-01T00:00:00+23:59", "2026-W01",
        "0000-00-00", "١٢", "12; DROP TABLE x", "\x00", "1e3",
    ],
)  # fmt: skip
def test_what_names_no_known_state_is_refused(text, db):
    with pytest.raises(BadParameter) as refused, reading(text):
        pass
    assert (refused.value.name, refused.value.value) == ("as_of", text)
    assert "revision number" in refused.value.allowed


def test_after_an_as_of_read_the_connection_reads_the_present_again(sabre):
    before = newest()
    Operation.objects.filter(pk=sabre.pk).update(name="Now")
    names(str(before))
    assert Operation.objects.using("public").get(slug="sabre").name == "Now"


def test_the_state_carries_the_hash_of_the_revision_shown(sabre):
    with reading(str(newest() - 1)) as state:
        assert state.is_past
        assert state.hash == Revision.objects.get(number=state.shown).hash != ""


def test_revisions_after_the_one_shown_are_not_seen(sabre):
    before = newest() - 1
    with reading(str(before)):
        assert Revision.objects.newest().number == before


def test_the_desk_is_not_affected_by_public_reads(sabre):
    with reading("0"):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_operation WHERE slug = 'sabre'")
        assert cursor.fetchone() == (1,)


def test_a_reading_inside_another_leaves_the_outer_one_as_it_was(sabre):
    before = newest()
    Operation.objects.filter(pk=sabre.pk).update(name="Between")
    Operation.objects.filter(pk=sabre.pk).update(name="Now")
    with reading(str(before + 1)):
        assert names(str(before))["sabre"] == "Sabre"
        assert names()["sabre"] == "Now"
        assert Operation.objects.get(slug="sabre").name == "Between"
    assert names()["sabre"] == "Now"


def test_a_refused_reading_leaves_the_outer_one_as_it_was(sabre):
    before = newest()
    Operation.objects.filter(pk=sabre.pk).update(name="Now")
    with reading(str(before)):
        with pytest.raises(BadParameter), reading("9999999"):
            pass
        assert Operation.objects.get(slug="sabre").name == "Sabre"


def test_a_reading_inside_another_sees_the_snapshot_of_the_outer_one(sabre):
    with reading() as outer:
        thread = threading.Thread(target=rename_elsewhere, args=[sabre.pk])
        thread.start()
        thread.join()
        with reading() as inner:
            assert inner == outer
            assert Operation.objects.get(slug="sabre").name == "Sabre"
    assert names()["sabre"] == "Meanwhile"


def rename_elsewhere(key):
    Operation.objects.filter(pk=key).update(name="Meanwhile")
    connections.close_all()
