"""Every way to write leaves history: no face, command or statement of SQL escapes it."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import serializers
from django.core.management import call_command
from django.db import ProgrammingError, connection, connections, transaction

from apps.records.models import Country, Operation, Source, Statement
from apps.revisions.models import Revision, Successor
from apps.revisions.tests.conftest import newest
from apps.revisions.tests.test_as_of import cite_and_publish
from apps.revisions.tracking import REGISTRY, trackings
from apps.revisions.writing import revision


def versions(model, row):
    """Return (since, until, values) of each version of a row, oldest first."""
    version = apps.get_model("records", f"{model.__name__}Version")
    return list(version.objects.filter(row=row.pk).order_by("since_revision"))


def drafts(number):
    return [
        Statement(speaker_label=f"Speaker {n}", summary="Said something.") for n in range(number)
    ]


def test_a_new_record_has_one_open_version(sabre):
    (only,) = versions(Operation, sabre)
    assert (only.since_revision, only.until_revision, only.name) == (newest(), None, "Sabre")


def test_save_closes_one_version_and_opens_the_next(sabre):
    before = newest()
    sabre.name = "Opération Sabre"
    sabre.save()
    old, new = versions(Operation, sabre)
    assert (old.name, old.until_revision) == ("Sabre", before + 1)
    assert (new.name, new.since_revision, new.until_revision) == (
        "Opération Sabre",
        before + 1,
        None,
    )


def test_raw_sql_leaves_history(sabre):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_operation SET mandate = 'raw' WHERE id = %s", [sabre.pk])
    assert [v.mandate for v in versions(Operation, sabre)] == ["", "raw"]


def test_queryset_update_leaves_history(sabre):
    Operation.objects.filter(pk=sabre.pk).update(start="2020-01")
    assert [str(v.start) for v in versions(Operation, sabre)] == ["", "2020-01"]


def test_bulk_create_leaves_history_in_one_revision(committed_db):
    before = newest()
    made = Statement.objects.bulk_create(drafts(50))
    assert newest() == before + 1
    assert all(len(versions(Statement, statement)) == 1 for statement in made)


def test_loaddata_leaves_history(source, tmp_path):
    source.publisher = "From a fixture"
    fixture = tmp_path / "sources.json"
    fixture.write_text(serializers.serialize("json", [source]))
    call_command("loaddata", str(fixture), verbosity=0)
    assert [v.publisher for v in versions(Source, source)] == ["", "From a fixture"]


def test_copy_leaves_history(committed_db):
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY records_country"
            " (public_id, publication, note, iso2, iso3, numeric, name_en, name_fr)"
            " FROM STDIN"
        ) as copy,
    ):
        copy.write_row(("copycopycopy", "draft", "", "XC", "XCC", "991", "Copyland", "Copie"))
    assert len(versions(Country, Country.objects.get(iso2="XC"))) == 1


def test_delete_closes_the_last_version(testland):
    row = Country.objects.get(pk=testland.pk)
    testland.delete()
    (only,) = versions(Country, row)
    assert only.until_revision == newest()


def test_many_to_many_rows_leave_history(sabre, testland, source):
    cite_and_publish(testland, source)
    sabre.theatre.add(testland)
    sabre.theatre.remove(testland)
    through = apps.get_model("records", "OperationCountryVersion")
    (only,) = through.objects.filter(operation_id=sabre.pk)
    assert (only.country_id, only.since_revision, only.until_revision) == (
        testland.pk,
        newest() - 1,
        newest(),
    )


def test_a_save_that_changes_nothing_makes_no_revision(sabre):
    before = newest()
    sabre.save()
    Operation.objects.filter(pk=sabre.pk).update(name=sabre.name)
    Operation.objects.filter(slug="no-such-operation").delete()
    assert newest() == before


def test_a_row_written_twice_in_a_transaction_keeps_one_version_of_it(sabre):
    with transaction.atomic():
        Operation.objects.filter(pk=sabre.pk).update(mandate="first")
        Operation.objects.filter(pk=sabre.pk).update(mandate="second")
    assert [v.mandate for v in versions(Operation, sabre)] == ["", "second"]


def test_rows_written_twice_in_a_transaction_keep_one_version_each(sabre):
    """Several at once are closed by another query than one."""
    second = Operation.objects.create(name="Second", slug="second")
    both = Operation.objects.filter(pk__in=[sabre.pk, second.pk])
    with transaction.atomic():
        both.update(mandate="first")
        both.filter(pk=sabre.pk).update(mandate="second")
        both.update(mandate="third")
    assert [[v.mandate for v in versions(Operation, row)] for row in both] == [["", "third"]] * 2


def test_a_row_made_and_deleted_in_a_transaction_leaves_no_version(committed_db):
    with transaction.atomic():
        statement = drafts(1)[0]
        statement.save()
        row = statement.pk
        statement.delete()
    version = apps.get_model("records", "StatementVersion")
    assert not version.objects.filter(row=row).exists()


def test_truncate_is_refused(source):
    with pytest.raises(ProgrammingError, match="TRUNCATE of records_source"):
        connections["owner"].cursor().execute("TRUNCATE records_source CASCADE")


@pytest.mark.parametrize("values", [{"id": 1000}, {"public_id": "another00000"}])
def test_the_key_and_the_public_id_of_a_row_cannot_be_changed(values, testland):
    with pytest.raises(ProgrammingError, match="key of a row"):
        Country.objects.filter(pk=testland.pk).update(**values)


def test_the_editor_and_the_reason_are_on_the_revision(sabre):
    ada = get_user_model().objects.create_user("ada")
    with revision(editor=ada, reason="Correct the name"):
        Operation.objects.filter(pk=sabre.pk).update(name="Sabre (corrected)")
    made = Revision.objects.newest()
    assert (made.editor, made.reason, made.tables) == (
        ada,
        "Correct the name",
        ["records_operation"],
    )


@pytest.mark.parametrize("tracking", trackings(), ids=lambda tracking: tracking.table)
def test_a_history_table_has_every_column_of_its_table(tracking, db):
    query = """SELECT column_name, data_type, character_maximum_length
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"""
    with connection.cursor() as cursor:
        cursor.execute(query, [tracking.table])
        table = set(cursor.fetchall())
        cursor.execute(query, [tracking.history])
        history = set(cursor.fetchall())
    assert table <= history
    assert {name for name, *_ in history - table} == {
        "version",
        "since_revision",
        "until_revision",
        "hidden_before",
    }


def test_every_record_model_is_tracked():
    followed = {tracking.model for tracking in trackings()} - {Successor}
    versions_of = {REGISTRY[model].version for model in followed}
    assert set(apps.get_app_config("records").get_models()) == followed | versions_of
