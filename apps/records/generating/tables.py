"""Loads rows into a table by COPY; what a row does not say is the model's own default."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from django.db import connection, connections, models

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """The rows of a model: its primary key first, then the columns `varying`."""

    model: type[models.Model]
    varying: tuple[str, ...]

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """The columns that no row says, by name."""
        said = {self.model._meta.pk.column, *self.varying}
        return {
            str(field.column): field.get_db_prep_save(field.get_default(), connection)
            for field in self.model._meta.local_concrete_fields
            if field.column not in said and not (field.generated or field.has_db_default())
        }

    def copy(self, rows: Iterable[Row], using: str) -> None:
        """Add `rows`; one statement, so that the triggers copy them to the history at once."""
        names = [str(self.model._meta.pk.column), *self.varying, *self.defaults]
        columns = ", ".join(f'"{name}"' for name in names)
        defaults = tuple(self.defaults.values())
        table = self.model._meta.db_table
        with (
            connections[using].cursor() as cursor,
            cursor.copy(f"COPY public.{table} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row + defaults)

    def advance_key(self, using: str) -> None:
        """Let the next record that a person adds have the next key."""
        table, key = self.model._meta.db_table, self.model._meta.pk.column
        with connections[using].cursor() as cursor:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('public.{table}', '{key}'),"
                f" coalesce(max({key}), 0) + 1, false) FROM public.{table}"
            )


def batches(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    """Cut `rows` into lists of `size`."""
    while batch := list(islice(rows, size)):
        yield batch
