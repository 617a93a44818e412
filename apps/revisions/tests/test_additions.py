"""Which migrations let everybody go on, and which take the views away for a moment."""

import pytest
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState
from pgtrigger.migrations import RemoveTrigger

from apps.revisions.additions import only_adds
from apps.revisions.migrating import Together

WORDS = models.CharField(max_length=20)


def before():
    state = ProjectState()
    fields = [("id", models.BigAutoField(primary_key=True)), ("name", WORDS)]
    state.add_model(ModelState("records", "Thing", fields, {"triggers": []}))
    return state


@pytest.mark.parametrize(
    ("operation", "adds"),
    [
        (migrations.AddField("thing", "x", models.TextField(db_default="")), True),
        (migrations.AddIndex("thing", models.Index(fields=["name"], name="by_name")), True),
        (migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]), True),
        (RemoveTrigger("thing", "history_update"), True),
        (migrations.AlterField("thing", "name", models.CharField("n", max_length=20)), True),
        (migrations.AlterField("thing", "name", models.CharField(max_length=30)), False),
        (migrations.AlterField("thing", "name", models.TextField()), False),
        (migrations.RemoveField("thing", "name"), False),
        (migrations.RenameField("thing", "name", "title"), False),
        (migrations.DeleteModel("Thing"), False),
        (migrations.RunSQL("SELECT 1"), False),
        (migrations.RunPython(migrations.RunPython.noop), False),
    ],
    ids=lambda value: value.describe() if hasattr(value, "describe") else "",
)
def test_an_operation_that_alters_what_is_there_is_no_addition(operation, adds):
    assert only_adds([(migration_of(operation), False)], before()) == adds


def test_what_is_added_and_then_altered_is_found():
    add = migrations.AddField("thing", "x", models.IntegerField(null=True))
    alter = migrations.AlterField("thing", "x", models.BigIntegerField(null=True))
    assert not only_adds([(migration_of(add), False), (migration_of(alter), False)], before())


def test_each_of_what_is_done_together_counts():
    add = migrations.AddField("thing", "x", models.IntegerField(null=True))
    alter = migrations.AlterField("thing", "x", models.BigIntegerField(null=True))
    assert only_adds([(migration_of(Together([add])), False)], before())
    assert not only_adds([(migration_of(Together([add, alter])), False)], before())


def test_what_is_undone_is_no_addition():
    add = migrations.AddField("thing", "x", models.IntegerField(null=True))
    assert not only_adds([(migration_of(add), True)], before())


def test_what_cannot_run_in_a_transaction_is_no_addition():
    alone = migration_of(migrations.RunSQL(migrations.RunSQL.noop))
    alone.operations, alone.atomic = [], False
    assert not only_adds([(alone, False)], before())


def migration_of(operation):
    migration = migrations.Migration("0002_x", "records")
    migration.operations = [operation]
    return migration
