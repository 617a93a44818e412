"""What `migrate` leaves when it ends in the middle."""

import pytest
from django.core.management.commands import migrate
from django.db import connections, migrations, models
from django.db.migrations.state import ProjectState

from sahelref.databases import OWNER
from sahelref.management.commands import migrate as ours  # noqa: F401  # which replaces Django's

pytestmark = pytest.mark.django_db(databases=[OWNER])


class Killed(Exception):
    pass


class TwoTables(migrations.Migration):
    """Makes a key from one new table to the other, which Django adds at the end."""

    operations = [
        migrations.CreateModel("Shelf", [("id", models.AutoField(primary_key=True))]),
        migrations.CreateModel(
            "Book",
            [
                ("id", models.AutoField(primary_key=True)),
                ("shelf", models.ForeignKey("library.Shelf", models.CASCADE)),
            ],
        ),
    ]


@pytest.fixture
def executor():
    return migrate.MigrationExecutor(connections[OWNER])


@pytest.fixture
def two_tables():
    return TwoTables("0001_initial", "library")


def tables():
    return {name for name in connections[OWNER].introspection.table_names() if "library" in name}


def is_recorded(executor):
    return ("library", "0001_initial") in executor.recorder.applied_migrations()


def killed(*_):
    raise Killed


def test_what_ends_before_a_migration_is_recorded_leaves_nothing(executor, two_tables, monkeypatch):
    monkeypatch.setattr(executor, "record_migration", killed)
    with pytest.raises(Killed):
        executor.apply_migration(ProjectState(), two_tables)
    assert tables() == set()
    monkeypatch.undo()
    executor.apply_migration(ProjectState(), two_tables)
    assert tables() == {"library_shelf", "library_book"}
    assert is_recorded(executor)


def test_what_ends_before_a_way_back_is_recorded_leaves_everything(
    executor, two_tables, monkeypatch
):
    executor.apply_migration(ProjectState(), two_tables)
    monkeypatch.setattr(executor.recorder, "record_unapplied", killed)
    with pytest.raises(Killed):
        executor.unapply_migration(ProjectState(), two_tables)
    assert tables() == {"library_shelf", "library_book"}
    assert is_recorded(executor)
