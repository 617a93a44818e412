"""Old code runs on the new schema: what a migration may do once there is a release to upgrade from.

A deploy migrates first and restarts afterwards, so the release before serves on the new schema
for a while. A check of our own and not django-migration-linter: that reads the SQL, in which
history tables and triggers look like faults, and knows nothing of `db_default`.
"""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

# The last migration of each app that a release had; what comes after is checked. 0.1.0 is not
# released yet: a site that runs today is set up from `main`.
RELEASED: dict[str, str] = {}

TAKEN_AWAY = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.DeleteModel,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def faults(migration):
    """Say what in `migration` the code of the release before would stumble over.

    `taken_away_since = "1.2"` on a migration says which release stopped using what it removes.
    """
    declared = getattr(migration, "taken_away_since", "")
    for operation in migration.operations:
        if isinstance(operation, TAKEN_AWAY) and not declared:
            yield f"{operation.describe()}: still used by the release before"
        if isinstance(operation, migrations.AddField) and is_demanded(operation.field):
            yield f"{operation.describe()}: the release before inserts rows without it"


def is_demanded(field):
    has_default = field.db_default is not models.NOT_PROVIDED or getattr(field, "generated", False)
    return not (field.null or field.many_to_many or has_default)


def later_than_released():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for (label, name), migration in sorted(loader.disk_migrations.items()):
        ours = apps.get_app_config(label).path.startswith(str(settings.BASE_DIR / "apps"))
        if ours and label in RELEASED and name > RELEASED[label]:
            yield migration


def test_no_migration_stops_the_release_before():
    assert [fault for each in later_than_released() for fault in faults(each)] == []


def test_every_migration_has_a_place_in_one_line():
    """Two leaves in an app are two histories: `migrate` would refuse."""
    assert MigrationLoader(None).detect_conflicts() == {}


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
        (migrations.AlterField("operation", "x", models.TextField()), False),
    ],
    ids=lambda value: value.describe() if hasattr(value, "describe") else str(value),
)
def test_what_stops_the_release_before_is_found(operation, is_fault):
    migration = migrations.Migration("0002_x", "records")
    migration.operations = [operation]
    assert bool(list(faults(migration))) == is_fault


def test_what_nobody_uses_any_more_may_go():
    migration = migrations.Migration("0002_x", "records")
    migration.operations = [migrations.RemoveField("operation", "mandate")]
    migration.taken_away_since = "1.2"
    assert list(faults(migration)) == []
