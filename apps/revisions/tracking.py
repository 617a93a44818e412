"""Makes a model tracked: every version of every row is kept, whatever wrote it.

`@tracked()` above a model is all it takes, and `makemigrations`: the history table and the
triggers that fill it come with the model's own migrations.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pgtrigger
from django.db import models

from apps.revisions.history import version_model
from apps.revisions.triggers import history_triggers

M = TypeVar("M", bound=type[models.Model])


@dataclass(frozen=True)
class Tracking:
    """How one model is tracked.

    A model with a `publication` column is public row by row; one with `part_of` (the name of a
    foreign key) wherever the row it belongs to is; one that is not `public` is never.
    """

    model: type[models.Model]
    version: type[models.Model]
    part_of: str
    public: bool

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def history(self) -> str:
        return self.version._meta.db_table

    @property
    def columns(self) -> list[str]:
        return [str(field.column) for field in self.model._meta.local_concrete_fields]

    @property
    def foreign_key(self) -> "models.ForeignKey[models.Model, models.Model]":
        """The field that names the row a part belongs to."""
        field = self.model._meta.get_field(self.part_of)
        assert isinstance(field, models.ForeignKey)
        return field

    @property
    def parent(self) -> "Tracking":
        """The tracking of the row a part belongs to. Raises KeyError where that is untracked."""
        return REGISTRY[self.foreign_key.related_model]

    @property
    def part_name(self) -> str:
        """What the parent calls its parts: its many-to-many field through them, or related name."""
        for field in self.parent.model._meta.many_to_many:
            if field.remote_field.through is self.model:
                return field.name
        return self.foreign_key.remote_field.get_accessor_name() or self.table


REGISTRY: dict[type[models.Model], Tracking] = {}


def tracked(*, part_of: str = "", public: bool = True) -> Callable[[M], M]:
    """Return a class decorator that keeps the history of the model below it."""

    def track(model: M) -> M:
        REGISTRY[model] = Tracking(model, version_model(model), part_of, public)
        pgtrigger.register(*history_triggers())(model)
        return model

    return track


def trackings() -> list[Tracking]:
    """Return every tracking in a fixed order: by the name of its table."""
    return sorted(REGISTRY.values(), key=lambda tracking: tracking.table)
