"""Copies rows through one connection while another makes a revision of those before.

Versions, rules, log and hash of a revision are the work of one connection. The rows themselves, and
their words for search, are as much again and need no revision: a thread copies the next ones
meanwhile, so that a load has two cores. It has to own the tables, whose triggers are set aside; the
revision then takes the rows to the history as they would have done.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from django.db import connections

from apps.records.generating.loading import Loading
from apps.records.generating.tables import Row, Table
from apps.revisions.tracking import REGISTRY

Load = list[tuple[Table, list[Row]]]
# Makes rows part of the revision that is open.
Enter = Callable[[], None]

# Only a trigger may open a revision or write to the history, so the rows go through one.
GATE = """
CREATE TEMP TABLE entered (
    name text, history text, columns text, key text, first bigint, last bigint
);
CREATE FUNCTION pg_temp.enter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'INSERT INTO public.%I (%s, since_revision)'
        ' SELECT %2$s, $1 FROM public.%I WHERE %I BETWEEN $2 AND $3',
        NEW.history, NEW.columns, NEW.name, NEW.key)
    USING public.revisions_open(NEW.name), NEW.first, NEW.last;
    RETURN NULL;
END $$;
CREATE TRIGGER enter AFTER INSERT ON pg_temp.entered
FOR EACH ROW EXECUTE FUNCTION pg_temp.enter();
"""
NO_GATE = "DROP TABLE pg_temp.entered; DROP FUNCTION pg_temp.enter()"
NOT_ENTERED = """
DELETE FROM public.{name} AS r WHERE NOT EXISTS (
    SELECT FROM public.{history} AS h WHERE h.{key} = r.{key}
)
"""


@contextmanager
def entering(
    loading: Loading, tables: Sequence[Table], loads: Iterator[Load]
) -> Iterator[Iterator[Enter]]:
    """Give what enters each of `loads`, rows of `tables` whose keys rise from load to load.

    Each is to be called in a revision. Where that fails, rows that no revision has are gone.
    """
    if not loading.owns(tables):
        yield (partial(_copy, loading, load) for load in loads)
        return
    with _without_triggers(loading, tables), ThreadPoolExecutor(1) as thread:
        try:
            yield _one_ahead(loading, loads, thread)
        finally:
            thread.submit(lambda: connections[loading.using].close())


def _copy(loading: Loading, load: Load) -> None:
    for table, rows in load:
        loading.copy(table, rows)


def _one_ahead(loading: Loading, loads: Iterator[Load], thread: Executor) -> Iterator[Enter]:
    def copied() -> Enter | None:
        load = next(loads, None)
        if load is None:
            return None
        with loading.unhurried():
            for table, rows in load:
                table.copy(rows, loading.using)
                loading.count(table, table.name)
        keys = [(table, rows[0][0], rows[-1][0]) for table, rows in load if rows]
        return partial(_enter, loading, keys)

    following = thread.submit(copied)
    while enter := following.result():
        following = thread.submit(copied)
        yield enter


def _enter(loading: Loading, keys: list[tuple[Table, int, int]]) -> None:
    """Take the rows from the first key to the last of each table to the history."""
    for table, first, last in keys:
        columns = ", ".join(f'"{column}"' for column in REGISTRY[table.model].columns)
        loading.execute(
            "INSERT INTO pg_temp.entered VALUES (%s, %s, %s, %s, %s, %s)",
            [table.name, table.history, columns, table.key, first, last],
        )
        loading.count(table, table.history)


@contextmanager
def _without_triggers(loading: Loading, tables: Sequence[Table]) -> Iterator[None]:
    loading.execute(GATE)
    _all_triggers("DISABLE", loading, tables)
    try:
        yield
    except BaseException:
        for table in reversed(tables):  # what names a row goes before it
            loading.execute(
                NOT_ENTERED.format(name=table.name, history=table.history, key=table.key)
            )
        raise
    finally:
        _all_triggers("ENABLE", loading, tables)
        loading.execute(NO_GATE)


def _all_triggers(how: str, loading: Loading, tables: Sequence[Table]) -> None:
    # In one message, which is one transaction: those of every table or of none.
    each = [f"ALTER TABLE public.{table.name} {how} TRIGGER USER" for table in tables]
    loading.execute("; ".join(each))
