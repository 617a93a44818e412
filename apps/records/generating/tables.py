"""Loads rows into a table by COPY; what a row does not say is the model's own default."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from django.db import connection, connections, models

from apps.revisions.history import SUFFIX

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """The rows of a model: its primary key first, then the columns `varying`."""

    model: type[models.Model]
    varying: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def history(self) -> str:
        return self.name + SUFFIX

    @property
    def key(self) -> str:
        return str(self.model._meta.pk.column)

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """The columns that no row says, by name."""
        said = {self.key, *self.varying}
        return {
            str(field.column): field.get_db_prep_save(field.get_default(), connection)
            for field in self.model._meta.local_concrete_fields
            if field.column not in said and not (field.generated or field.has_db_default())
        }

    def copy(self, rows: Iterable[Row], using: str) -> None:
        """Add `rows`; one statement, so that the triggers copy them to the history at once."""
        names = [self.key, *self.varying, *self.defaults]
        columns = ", ".join(f'"{name}"' for name in names)
        defaults = tuple(self.defaults.values())
        with (
            connections[using].cursor() as cursor,
            cursor.copy(f"COPY public.{self.name} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row + defaults)

    def advance_key(self, using: str) -> None:
        """Let the next record that a person adds have the next key."""
        with connections[using].cursor() as cursor:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('public.{self.name}', '{self.key}'),"
                f" coalesce(max({self.key}), 0) + 1, false) FROM public.{self.name}"
            )


def batches(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    """Cut `rows` into lists of `size`."""
    while batch := list(islice(rows, size)):
        yield batch
