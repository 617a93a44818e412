"""The triggers of a tracked table: they take the writers' lock and copy versions to the history.

Each fires once a statement and reads the transition tables, so a bulk load costs one copy. All
names are qualified: a restore runs with an empty search path.
"""

from typing import Any

import pgtrigger

from apps.revisions.history import SUFFIX

LOCK = "PERFORM public.revisions_lock(); RETURN NULL;"

# Only a trigger on the records themselves, one level up, may write to the history.
GUARD = """
IF pg_trigger_depth() = 1 THEN
    RAISE EXCEPTION '% is written by triggers only: it is the record of what was.', TG_TABLE_NAME;
END IF;
RETURN NULL;
"""

REFUSE_TRUNCATE = """
RAISE EXCEPTION 'TRUNCATE of % is refused: it would leave no history. Use DELETE.', TG_TABLE_NAME;
"""

INSERT = """
IF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;
revision := public.revisions_open('{table}');
INSERT INTO public.{history} ({columns}, since_revision)
SELECT {new_columns}, revision FROM new_rows AS n;
RETURN NULL;
"""

# A row written twice in one revision keeps one version: the first is dropped, not closed. Most
# edits are of one row, whose plan is kept; that for many is made anew for how many they are.
CLOSE = """
IF cardinality(changed) = 1 THEN
    UPDATE public.{history} AS h SET until_revision = revision
    WHERE h.{key} = changed[1] AND h.until_revision IS NULL AND h.since_revision < revision;
    IF NOT FOUND THEN
        DELETE FROM public.{history} AS h WHERE h.{key} = changed[1] AND h.until_revision IS NULL;
    END IF;
ELSE
    DELETE FROM public.{history} AS h
    WHERE h.{key} = ANY(changed) AND h.until_revision IS NULL AND h.since_revision = revision;
    UPDATE public.{history} AS h SET until_revision = revision
    WHERE h.{key} = ANY(changed) AND h.until_revision IS NULL;
END IF;
"""

UPDATE = """
SELECT array_agg(n.{key}) FILTER (WHERE n.* IS DISTINCT FROM o.*), bool_or(o.{key} IS NULL)
INTO changed, moved FROM new_rows AS n LEFT JOIN old_rows AS o ON {same};
IF moved THEN
    RAISE EXCEPTION 'The key of a row of {table} cannot be changed: its history hangs on it.';
END IF;
IF changed IS NULL THEN RETURN NULL; END IF;
revision := public.revisions_open('{table}');
{close}
INSERT INTO public.{history} ({columns}, since_revision)
SELECT {new_columns}, revision FROM new_rows AS n WHERE n.{key} = ANY(changed);
RETURN NULL;
"""

DELETE = """
changed := ARRAY(SELECT o.{key} FROM old_rows o);
IF cardinality(changed) = 0 THEN RETURN NULL; END IF;
revision := public.revisions_open('{table}');
{close}
RETURN NULL;
"""

EVENTS: dict[str, tuple[pgtrigger.Operation, dict[str, str], str]] = {
    "history_insert": (pgtrigger.Insert, {"new": "new_rows"}, INSERT),
    "history_update": (pgtrigger.Update, {"old": "old_rows", "new": "new_rows"}, UPDATE),
    "history_delete": (pgtrigger.Delete, {"old": "old_rows"}, DELETE),
}


class HistoryTrigger(pgtrigger.Trigger):
    """A statement trigger whose function names the columns of the model it stands on.

    The columns are part of the function, so a change of the model changes the trigger in the
    same migration.
    """

    level = pgtrigger.Statement
    when = pgtrigger.After
    declare = [("revision", "bigint"), ("changed", "bigint[]")]

    def __init__(self, name: str) -> None:
        operation, tables, self.template = EVENTS[name]
        super().__init__(
            name=name,
            operation=operation,
            referencing=pgtrigger.Referencing(**tables),
            declare=[*self.declare, ("moved", "boolean")] if self.template is UPDATE else None,
        )

    def get_func(self, model: Any) -> str:  # a model class; pgtrigger says an instance
        columns = [field.column for field in model._meta.local_concrete_fields]
        names: dict[str, Any] = {
            "table": model._meta.db_table,
            "history": model._meta.db_table + SUFFIX,
            "key": model._meta.pk.column,
            "columns": ", ".join(f'"{column}"' for column in columns),
            "new_columns": ", ".join(f'n."{column}"' for column in columns),
            "same": " AND ".join(f"o.{key} = n.{key}" for key in _keys(model, columns)),
        }
        return self.template.format(close=CLOSE.format(**names), **names)


def _keys(model: Any, columns: list[str]) -> list[str]:
    """Return what never changes of a row: its key, and the id that the public cites it by."""
    return [model._meta.pk.column, *(name for name in columns if name == "public_id")]


def version_triggers() -> list[pgtrigger.Trigger]:
    """Return the triggers of a history table: nobody writes to it by hand."""
    writes = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    return [
        _before("written_by_triggers", writes, GUARD),
        _before("history_keep", pgtrigger.Truncate, REFUSE_TRUNCATE),
    ]


def history_triggers() -> list[pgtrigger.Trigger]:
    """Return the five triggers of a tracked table; the lock is taken before any row lock."""
    return [
        _before("history_lock", pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete, LOCK),
        _before("history_keep", pgtrigger.Truncate, REFUSE_TRUNCATE),
        *(HistoryTrigger(name) for name in EVENTS),
    ]


def _before(name: str, operation: pgtrigger.Operation, func: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=operation,
        func=func,
    )
