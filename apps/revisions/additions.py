"""Tells a migrate that only adds, beside which readers and writers may go on, from any other."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.migrations import Migration, operations
from django.db.migrations.state import ProjectState
from django.db.models import Field
from pgtrigger.migrations import AddTrigger, RemoveTrigger

from apps.revisions.migrating import Together

# A migration and whether it is undone, as Django plans them.
Plan = Sequence[tuple[Migration, bool]]

# They change no column that a view stands on, nor any row; a trigger is written anew by both.
ADDITIONS = (
    operations.CreateModel,
    operations.AddField,
    operations.AddIndex,
    operations.RemoveIndex,
    operations.AddConstraint,
    operations.RemoveConstraint,
    operations.AlterModelOptions,
    operations.AlterModelManagers,
    AddTrigger,
    RemoveTrigger,
)


def only_adds(plan: Plan, before: ProjectState) -> bool:
    """Whether `plan`, begun in the state `before`, adds and alters no column that is there.

    It can then run in one transaction with all that is built after it.
    """
    state = before.clone()
    for migration, is_undone in plan:
        if is_undone or not migration.atomic:
            return False
        for operation in each_of(migration):
            if not _adds(operation, migration.app_label, state):
                return False
            operation.state_forwards(migration.app_label, state)
    return True


def each_of(migration: Migration) -> Iterator[Any]:
    """Give its operations, those that are done together too."""
    for operation in migration.operations:
        yield from operation.database_operations if isinstance(operation, Together) else [operation]


def _adds(operation: Any, label: str, state: ProjectState) -> bool:
    if isinstance(operation, operations.AlterField):
        model = state.models[label, operation.model_name_lower]
        return column(model.fields[operation.name]) == column(operation.field)
    return isinstance(operation, ADDITIONS)


def column(field: "Field[Any, Any]") -> tuple[Any, ...]:
    """Return what of a field PostgreSQL knows: not its help, its choices, its Python default."""
    _, path, arguments, options = field.deconstruct()
    unseen = {*field.non_db_attrs, "default"}
    told = {name: value for name, value in options.items() if name not in unseen}
    return path, tuple(arguments), sorted(told.items(), key=lambda item: item[0])
