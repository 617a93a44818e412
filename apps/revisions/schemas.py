"""The two schemas that the public reads, and the functions that depend on the tracked models.

Made anew after every migrate that changed something, in one transaction with their grants; no
migration needs to know the columns of a view.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from apps.revisions import change_log, hiding, rights, rules, views, withdrawn
from apps.revisions.public import PUBLIC
from apps.revisions.tracking import Tracking, trackings

DROP = "DROP SCHEMA IF EXISTS published CASCADE; DROP SCHEMA IF EXISTS as_of CASCADE;"


def drop_before_migrate(using: str, plan: Sequence[Any] = (), **_: Any) -> None:
    """Drop the views before a migration alters a column that they stand on."""
    if plan and using != PUBLIC:
        with connections[using].cursor() as cursor:
            cursor.execute(DROP)


def build_after_migrate(using: str, **_: Any) -> None:
    """Build schemas, grants, functions and shapes where they differ from what the code says."""
    connection = connections[using]
    tracked = _existing(connection)
    if using == PUBLIC or not tracked:
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        _record_shapes(cursor, tracked)
        statements = _statements(tracked)
        digest = sha256("\n".join(statements).encode()).hexdigest()
        if _built(cursor) != digest:
            rights.ensure_roles(cursor)
            for statement in statements:
                cursor.execute(statement)
            cursor.execute(f"COMMENT ON SCHEMA published IS '{digest}'")


def _existing(connection: BaseDatabaseWrapper) -> list[Tracking]:
    """Leave out tables that are not there: `migrate records zero` must work."""
    tables = set(connection.introspection.table_names())
    return [tracking for tracking in trackings() if tracking.table in tables]


def _statements(tracked: list[Tracking]) -> list[str]:
    return [
        DROP,
        "CREATE SCHEMA published; CREATE SCHEMA as_of;",
        *views.published(tracked),
        *views.as_of(tracked),
        *withdrawn.views(tracked),
        hiding.function(tracked),
        change_log.function(tracked),
        _check_function(tracked),
        *rights.statements(tracked),
    ]


def _check_function(tracked: list[Tracking]) -> str:
    """Return the function that refuses a revision whose rows break a rule."""
    tables = {tracking.table for tracking in tracked}
    ready = [rule for rule in rules.RULES.values() if tables.issuperset(rule.tables)]
    checks = "\n".join(_check(rule) for rule in sorted(ready, key=lambda rule: rule.name))
    return f"""
        CREATE OR REPLACE FUNCTION public.revisions_check(number bigint, touched text[])
        RETURNS void LANGUAGE plpgsql AS $check$
        DECLARE offender text;
        BEGIN
        {checks}
        END
        $check$;
    """


def _check(rule: rules.Rule) -> str:
    # In an order: the text of the function tells whether everything has to be built anew.
    tables = ", ".join(f"'{table}'" for table in sorted(rule.tables))
    message = rule.message.replace("'", "''")
    return f"""
        IF touched && ARRAY[{tables}] THEN
            SELECT offenders.label INTO offender FROM ({rule.query}) AS offenders(label) LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{rule.name}',
                    MESSAGE = '{message}', DETAIL = coalesce(offender, '');
            END IF;
        END IF;
    """


def _built(cursor: Any) -> str | None:
    cursor.execute(
        "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = 'published'"
    )
    row = cursor.fetchone()
    return row[0] if row else None


def _record_shapes(cursor: Any, tracked: list[Tracking]) -> None:
    """Note from which revision on the hash covers which columns, where that changed."""
    cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM public.revisions_revision")
    following = cursor.fetchone()[0]
    cursor.execute(
        "SELECT DISTINCT ON (table_name) table_name, columns FROM public.revisions_shape"
        " ORDER BY table_name, since_revision DESC"
    )
    known = dict(cursor.fetchall())
    for tracking in tracked:
        if known.get(tracking.table) != tracking.columns:
            cursor.execute(
                "INSERT INTO public.revisions_shape (table_name, since_revision, columns)"
                " VALUES (%s, %s, %s) ON CONFLICT (table_name, since_revision)"
                " DO UPDATE SET columns = excluded.columns",
                [tracking.table, following, tracking.columns],
            )
