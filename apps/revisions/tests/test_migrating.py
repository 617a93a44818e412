"""Operations that are done together come to what they come to one by one, there and back."""

import pytest
from django.db import connections, migrations, models
from django.db.migrations.state import ProjectState

from apps.revisions.migrating import Together
from sahelref.databases import OWNER

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=[OWNER])]

TABLE = "records_thing"


def tables():
    return migrations.CreateModel("Thing", [("id", models.BigAutoField(primary_key=True))])


def what_stands_on_it():
    name = models.TextField(db_default="")
    is_named = models.CheckConstraint(condition=~models.Q(name="?"), name="thing_is_named")
    return [
        migrations.AddField("thing", "name", name),
        migrations.AddIndex("thing", models.Index(fields=["name"], name="thing_by_name")),
        migrations.AddConstraint("thing", is_named),
    ]


def migration_of(*operations):
    migration = migrations.Migration("0001_things", "records")
    migration.operations = list(operations)
    return migration


def seen(connection):
    """Return the columns and the constraints and indexes of the table; nothing where none is."""
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return set(), set()
        columns = connection.introspection.get_table_description(cursor, TABLE)
        return (
            {column.name for column in columns},
            set(connection.introspection.get_constraints(cursor, TABLE)),
        )


def test_they_are_done_and_undone():
    connection = connections[OWNER]
    alone = migration_of(tables(), *what_stands_on_it())
    together = migration_of(Together([tables()]), Together(what_stands_on_it()))
    came = []
    for migration in (alone, together):
        before = ProjectState()
        with connection.schema_editor() as editor:
            state = migration.apply(before.clone(), editor)
        came.append((state.models, seen(connection)))
        with connection.schema_editor() as editor:
            migration.unapply(before.clone(), editor)
        assert seen(connection) == (set(), set())
    assert came[0] == came[1]
    columns, names = came[1][1]
    assert columns == {"id", "name"}
    assert {"thing_by_name", "thing_is_named"} < names


def test_no_model_is_made_anew_for_each(monkeypatch):
    made = []
    monkeypatch.setattr(ProjectState, "_reload", lambda *of: made.append(of))

    def made_for(*operations):
        state = ProjectState()
        tables().state_forwards("records", state)
        assert len(state.apps.get_models()) == 1
        made.clear()
        for operation in operations:
            operation.state_forwards("records", state)
        return len(made)

    assert made_for(*what_stands_on_it()) == 3
    assert made_for(Together(what_stands_on_it())) == 0
