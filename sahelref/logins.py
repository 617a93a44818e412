"""Whether each connection has the rights that it should have and no more; asked before serving.

A site whose desk can rewrite history, or whose public can read drafts, breaks its promises
silently: it is not started.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connections

from apps.revisions.public import PUBLIC
from apps.revisions.rights import KEPT

HOW = "See “Roles” in docs/operations.md: `manage.py roles` prints what an administrator runs once."
SUPERUSER = (
    "SELECT count(*) FROM pg_roles WHERE rolsuper AND rolname IN (current_user, session_user)"
)
# Tables of this project's schemas on which the role has a privilege, each once.
MAY = """
    SELECT format('%%s %%s.%%s', privilege, relnamespace::regnamespace, relname)
    FROM pg_class CROSS JOIN unnest(%s::text[]) AS wanted (privilege)
    WHERE relkind IN ('r', 'v') AND relnamespace::regnamespace::text = ANY(%s)
    AND relname ~ %s AND has_table_privilege(oid, privilege)
    ORDER BY relname, privilege LIMIT 1
"""
WRITES = ["INSERT", "UPDATE", "DELETE", "TRUNCATE"]
HISTORY = f"_history$|^({'|'.join(KEPT)})$"


def faults() -> Iterator[str]:
    """Say what is wrong with the logins of this process; nothing where all is right."""
    if settings.FACES != "public":
        yield from _faults_of_the_app()
    yield from _faults_of_the_reader()


def _faults_of_the_app() -> Iterator[str]:
    if _one("default", SUPERUSER):
        yield f"The desk's database login is a superuser. Give the site a role of its own. {HOW}"
    elif found := _one("default", MAY, [WRITES, ["public"], HISTORY]):
        yield (
            f"The desk's database role {settings.ROLES.app} may rewrite history ({found}). Run"
            f" `manage.py migrate`, or give it a role that does not own the tables. {HOW}"
        )


def _faults_of_the_reader() -> Iterator[str]:
    role = settings.ROLES.reader
    everywhere = ["public", "published", "as_of"]
    found = (
        _one(PUBLIC, MAY, [["SELECT", *WRITES], ["public"], "."])
        or _one(PUBLIC, MAY, [WRITES, everywhere, "."])
        or _one(
            PUBLIC, "SELECT 'CREATE' WHERE has_database_privilege(current_database(), 'CREATE')"
        )
    )
    if settings.FACES == "public" and _one(PUBLIC, SUPERUSER):
        yield f"PUBLIC_DATABASE_URL names a superuser. {HOW}"
    elif found:
        yield f"The public's database role {role} has too many rights ({found}). {HOW}"


def _one(alias: str, query: str, parameters: list[Any] | None = None) -> object:
    """Return the only column of the first row; None where there is no row."""
    with connections[alias].cursor() as cursor:
        cursor.execute(query, parameters)
        row = cursor.fetchone()
    return row[0] if row else None
