"""Makes a model tracked: every version of every row is kept, whatever wrote it.

`@tracked()` above a model is all it takes, and `makemigrations`: the history table and the
triggers that fill it come with the model's own migrations.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

import pgtrigger
from django.db import models

from apps.revisions.history import version_model
from apps.revisions.triggers import history_triggers, version_triggers

M = TypeVar("M", bound=type[models.Model])


@dataclass(frozen=True)
class Tracking:
    """How one model is tracked.

    A model with a `publication` column is public row by row; one with `part_of` (the name of a
    foreign key) wherever the row it belongs to is; one that is not `public` is never.
    `shown_with` are foreign keys to rows that show this one too: a write to it is a change of them.
    """

    model: type[models.Model]
    version: type[models.Model]
    part_of: str
    public: bool
    shown_with: tuple[str, ...] = ()

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
        return self._foreign_key(self.part_of)

    def _foreign_key(self, name: str) -> "models.ForeignKey[models.Model, models.Model]":
        field = self.model._meta.get_field(name)
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

    @property
    def shown_by(self) -> "list[tuple[Tracking, str, str]]":
        """The tables whose rows show rows of this one, by what name, and the column to them."""
        own = [(self.parent, self.part_name, self.foreign_key.column)] if self.part_of else []
        keys = [self._foreign_key(name) for name in self.shown_with]
        return own + [
            (
                REGISTRY[key.related_model],
                key.remote_field.get_accessor_name() or self.table,
                str(key.column),
            )
            for key in keys
        ]


REGISTRY: dict[type[models.Model], Tracking] = {}


def tracked(
    *, part_of: str = "", public: bool = True, shown_with: Iterable[str] = ()
) -> Callable[[M], M]:
    """Return a class decorator that keeps the history of the model below it."""

    def track(model: M) -> M:
        version = version_model(model)
        REGISTRY[model] = Tracking(model, version, part_of, public, tuple(shown_with))
        pgtrigger.register(*history_triggers())(model)
        pgtrigger.register(*version_triggers())(version)
        return model

    return track


def trackings() -> list[Tracking]:
    """Return every tracking in a fixed order: by the name of its table."""
    return sorted(REGISTRY.values(), key=lambda tracking: tracking.table)
