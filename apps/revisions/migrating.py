"""Operations of a migration that are done one after the other, with their models made once."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.migrations.state import ProjectState


class Together(SeparateDatabaseAndState):
    """Does `operations`, which stand in one migration, as if each stood there by itself.

    Django makes every model anew that has to do with the one an operation is of, 750 times for
    hundreds of constraints, indexes and triggers: two thirds of the first migrate. Here they are
    made once, as they are when all is done. So none of the operations may need a model as it is
    halfway: no field is added to a model that they create.
    """

    def __init__(self, operations: Sequence[Any]) -> None:
        super().__init__(operations, operations)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.database_operations], {}

    def describe(self) -> str:
        return f"Do {len(self.database_operations)} operations together"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # A state that has no models yet does not make them anew; whoever asks for them next does.
        vars(state).pop("apps", None)
        super().state_forwards(app_label, state)

    def database_forwards(self, *given: Any, **named: Any) -> None:
        for operation in self.database_operations:
            operation.database_forwards(*given, **named)

    def database_backwards(self, *given: Any, **named: Any) -> None:
        for operation in reversed(self.database_operations):
            operation.database_backwards(*given, **named)
