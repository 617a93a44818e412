"""Old code runs on the new schema: what a migration may do since sites are there to upgrade.

A deploy migrates first and restarts afterwards, so the release before serves on the new schema
for a while. A check of our own and not django-migration-linter: that reads the SQL, in which
history tables and triggers look like faults, and knows nothing of `db_default`.
"""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

# The last migration of each app that a site may have: of the last release, and until there is one,
# of `main` when sites began to be set up from it. What comes after is checked. A release moves it.
RELEASED = {
    "desk": "0005_coding",
    "records": "0010_withdrawals",
    "revisions": "0006_tracked_successors",
}

TAKEN_AWAY = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.DeleteModel,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def faults(migration, before=None):
    """Say what in `migration` the code of the release before would stumble over.

    `taken_away_since = "1.2"` on a migration says which release stopped using what it removes or
    narrows; `beside_the_old_code = "..."`, why the old code may run beside what nobody can read
    here: SQL and Python. `before` is the state of the models that it alters.
    """
    state = before.clone() if before else None
    taken = getattr(migration, "taken_away_since", "")
    explained = getattr(migration, "beside_the_old_code", "")
    for operation in opened(migration.operations):
        told = operation.describe()
        if isinstance(operation, TAKEN_AWAY) and not taken:
            yield f"{told}: still used by the release before"
        if isinstance(operation, migrations.AddField) and is_demanded(operation.field):
            yield f"{told}: the release before inserts rows without it"
        if isinstance(operation, migrations.AlterField) and state and not taken:
            model = state.models[migration.app_label, operation.model_name_lower]
            if is_narrower(model.fields[operation.name], operation.field):
                yield f"{told}: the release before writes what no longer fits"
        if isinstance(operation, migrations.RunSQL | migrations.RunPython) and not explained:
            yield f"{told}: say in `beside_the_old_code` why the release before may run beside it"
        if state:
            operation.state_forwards(migration.app_label, state)


def opened(operations):
    """Give the operations on the database, those within SeparateDatabaseAndState too."""
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from opened(operation.database_operations)
        else:
            yield operation


def is_demanded(field):
    has_default = field.db_default is not models.NOT_PROVIDED or getattr(field, "generated", False)
    return not (field.null or field.many_to_many or has_default)


def is_narrower(old, new):
    """Whether a value that `old` takes may not fit into `new`."""
    if type(old) is not type(new):
        return not isinstance(new, models.TextField) or not isinstance(old, models.CharField)
    room = [field.max_length or float("inf") for field in (old, new)]
    return (old.null and not new.null) or room[1] < room[0] or (new.unique and not old.unique)


def later_than_released():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for (label, name), migration in sorted(loader.disk_migrations.items()):
        ours = apps.get_app_config(label).path.startswith(str(settings.BASE_DIR / "apps"))
        if ours and name > RELEASED.get(label, ""):
            yield migration, loader.project_state(migration.dependencies)


def test_no_migration_stops_the_release_before():
    found = [fault for each, before in later_than_released() for fault in faults(each, before)]
    assert found == []


def test_what_is_taken_for_released_is_there():
    """A name that is not would let everything pass that sorts before it."""
    assert (
        RELEASED.items() <= MigrationLoader(None, ignore_no_migrations=True).disk_migrations.keys()
    )


def test_every_migration_has_a_place_in_one_line():
    """Two leaves in an app are two histories: `migrate` would refuse."""
    assert MigrationLoader(None).detect_conflicts() == {}


def before():
    state = ProjectState()
    fields = {
        "id": models.BigAutoField(primary_key=True),
        "name": models.CharField(max_length=200),
        "mandate": models.TextField(),
        "ended": models.DateField(null=True),
    }
    state.add_model(ModelState("records", "Operation", list(fields.items())))
    return state


@pytest.mark.parametrize(
    ("operation", "is_fault"),
    [
        (migrations.RemoveField("operation", "mandate"), True),
        (migrations.RenameField("operation", "mandate", "task"), True),
        (migrations.DeleteModel("Operation"), True),
        (migrations.AddField("operation", "x", models.TextField()), True),
        (migrations.AddField("operation", "x", models.TextField(default="")), True),
        (migrations.AddField("operation", "x", models.TextField(db_default="")), False),
        (migrations.AddField("operation", "x", models.IntegerField(null=True)), False),
        (migrations.AlterField("operation", "name", models.TextField()), False),
        (migrations.AlterField("operation", "name", models.CharField(max_length=300)), False),
        (migrations.AlterField("operation", "name", models.CharField(max_length=100)), True),
        (migrations.AlterField("operation", "name", models.IntegerField()), True),
        (migrations.AlterField("operation", "ended", models.DateField()), True),
        (migrations.RunSQL("UPDATE records_operation SET name = ''"), True),
        (migrations.RunPython(migrations.RunPython.noop), True),
        (
            migrations.SeparateDatabaseAndState([migrations.RemoveField("operation", "name")]),
            True,
        ),
    ],
    ids=lambda value: value.describe() if hasattr(value, "describe") else str(value),
)
def test_what_stops_the_release_before_is_found(operation, is_fault):
    migration = migrations.Migration("0002_x", "records")
    migration.operations = [operation]
    assert bool(list(faults(migration, before()))) == is_fault


def test_sql_that_says_why_the_old_code_may_run_beside_it_may_run():
    migration = migrations.Migration("0002_x", "records")
    migration.operations = [migrations.RunSQL("ANALYZE")]
    migration.beside_the_old_code = "It changes no row."
    assert list(faults(migration)) == []


def test_what_nobody_uses_any_more_may_go():
    migration = migrations.Migration("0002_x", "records")
    migration.operations = [migrations.RemoveField("operation", "mandate")]
    migration.taken_away_since = "1.2"
    assert list(faults(migration)) == []
