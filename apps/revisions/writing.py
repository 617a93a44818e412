"""Writing with a name and a reason: what the desk, imports and commands wrap their writes in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from apps.revisions.rules import RULES, Rule

OPEN = """
    FROM public.revisions_revision
    WHERE number = nullif(current_setting('sahelref.revision', true), '')::bigint
"""


@contextmanager
def revision(
    *, editor: Any = None, reason: str = "", using: str = DEFAULT_DB_ALIAS
) -> Iterator[None]:
    """Make all writes of the block one revision by `editor` (a user, or None) for `reason`.

    Takes the writers' lock first, before any row is read for update: two editors then wait for
    each other and cannot deadlock. A block that changes no row makes no revision.
    Raises OperationalError when the lock is not free within the role's `lock_timeout`.
    """
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT public.revisions_lock()")
        describe(editor=editor, reason=reason, using=using)
        yield


def describe(*, editor: Any = None, reason: str = "", using: str = DEFAULT_DB_ALIAS) -> None:
    """Give the revision of this transaction its editor and reason, whether or not it is open."""
    who = "" if editor is None else str(editor.pk)
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT set_config('sahelref.editor', %s, true),"
            " set_config('sahelref.reason', %s, true)",
            [who, reason],
        )
        cursor.execute("SELECT public.revisions_describe(%s, %s)", [who, reason])


def offenders(most: int) -> list[tuple[Rule, str]]:
    """Return the rules that the open revision breaks, each with the rows that do, `most` in all.

    The text is that of the row in the rule's query. Nothing is refused: that is for the commit.
    """
    found: list[tuple[Rule, str]] = []
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(f"SELECT number, tables {OPEN}")
        number, tables = cursor.fetchone() or (0, [])
        for _name, rule in sorted(RULES.items()):
            if len(found) < most and not set(rule.tables).isdisjoint(tables):
                query = rule.asked_of(number, tables)
                cursor.execute(f"SELECT o.row FROM ({query}) AS o(row) LIMIT {most - len(found)}")
                found += [(rule, row) for (row,) in cursor.fetchall()]
    return found


def check_now() -> None:
    """Run the rules of the open revision before its commit, so that a form can show the refusal.

    Raises IntegrityError whose `__cause__.diag` names the rule; call inside a savepoint.
    """
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(f"SELECT public.revisions_check(number, tables) {OPEN}")
