"""The two schemas that the public reads, and the functions that depend on the tracked models.

Made anew after every migrate that changed something, in one transaction with their grants; no
migration needs to know the columns of a view. A migrate that only adds is in that transaction too
(additions.py): whoever reads or writes waits for it and hears of no error.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from apps.revisions import change_log, closing, hiding, rights, views, withdrawn
from apps.revisions.public import PUBLIC
from apps.revisions.tracking import Tracking, trackings

DROP = "DROP SCHEMA IF EXISTS published CASCADE; DROP SCHEMA IF EXISTS as_of CASCADE;"
# Every writer begins with the one, every reader with the other, and then holds nothing that a
# migrate may wait for. It gives up before PostgreSQL looks for a deadlock (1 s), and asks again.
SHUT = """
    SET LOCAL lock_timeout = '800ms';
    SELECT public.revisions_lock();
    LOCK TABLE published.revisions_revision IN ACCESS EXCLUSIVE MODE;
"""


def prepare_for_migrate(using: str, plan: Sequence[Any] = (), **_: Any) -> None:
    """Drop the views before a migration alters a column that they stand on; rows may change too.

    In a transaction, which is that of a migrate that only adds, let everybody wait instead.
    """
    if plan and using != PUBLIC:
        connection = connections[using]
        with connection.cursor() as cursor:
            cursor.execute(SHUT if connection.in_atomic_block else DROP + closing.OF_ANY_SHAPE)


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
        cursor.execute(rights.DEFINERS)


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
        closing.check_function(tracked),
        closing.digests_function(tracked),
        *rights.statements(tracked),
    ]


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
