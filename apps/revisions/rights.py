"""What the roles may do in the database: granted after every migrate that changed something.

    owner   owns everything and migrates
    app     writes what researchers write; reads the history, which only triggers write
    reader  selects from the views of what is published
    backup  selects everything

The triggers that keep the history, and the functions below, run with the rights of the owner
(SECURITY DEFINER) and a search path that is fixed, so that nobody can lead them elsewhere.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from apps.revisions.tracking import Tracking

# Written by triggers, by `migrate` and by nobody else.
KEPT = ("revisions_revision", "revisions_change", "revisions_shape", "django_migrations")

# Every role of a server may connect to a new database and make temporary tables in it.
CONNECT = """
DO $$ BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO {roles}', current_database());
END $$
"""

# What is written anew by a migration has lost it, so it is asked after each.
DEFINERS = """
DO $$
DECLARE kept regprocedure;
BEGIN
    FOR kept IN
        SELECT oid::regprocedure FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND NOT prosecdef
        AND (proname ~ '^pgtrigger_history_(insert|update|delete)_'
            OR proname IN ('revisions_close', 'revisions_describe'))
    LOOP
        EXECUTE format(
            'ALTER FUNCTION %s SECURITY DEFINER SET search_path = pg_catalog, pg_temp', kept);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', kept);
    END LOOP;
END $$
"""

# django-pgtrigger lets a session name triggers to pass over. Here nobody passes over any.
NEVER_IGNORED = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""


def connecting() -> str:
    """Return what lets our roles alone connect; the copy of a database needs it anew."""
    roles = settings.ROLES
    return CONNECT.format(roles=f'"{roles.app}", "{roles.reader}", "{roles.backup}"')


def statements(tracked: list[Tracking]) -> Iterator[str]:
    """Give the grants of the app, the reader and the backup; the owner needs none."""
    roles = settings.ROLES
    kept = ", ".join(f"public.{name}" for name in (*KEPT, *(t.history for t in tracked)))
    counters = ", ".join(f"public.{t.history}_version_seq" for t in tracked)
    yield "REVOKE ALL ON SCHEMA public FROM PUBLIC"
    yield connecting()
    yield NEVER_IGNORED
    yield f"""
        REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "{roles.app}";
        REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM "{roles.app}";
        GRANT USAGE ON SCHEMA public, extensions TO "{roles.app}";
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{roles.app}";
        GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO "{roles.app}";
        REVOKE INSERT, UPDATE, DELETE ON {kept} FROM "{roles.app}";
        REVOKE USAGE, UPDATE ON SEQUENCE {counters} FROM "{roles.app}";
        GRANT EXECUTE ON FUNCTION public.revisions_describe(text, text) TO "{roles.app}";
    """
    yield f"""
        GRANT USAGE ON SCHEMA published, as_of, extensions TO "{roles.reader}";
        GRANT SELECT ON ALL TABLES IN SCHEMA published, as_of TO "{roles.reader}";
    """
    yield f"""
        GRANT USAGE ON SCHEMA public, published, as_of, extensions TO "{roles.backup}";
        GRANT SELECT ON ALL TABLES IN SCHEMA public, published, as_of TO "{roles.backup}";
        GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO "{roles.backup}";
    """


def ensure_roles(cursor: Any) -> None:
    """Make the roles that are missing.

    Raises ImproperlyConfigured where this login may not make them, with what an administrator of
    the server runs once instead, and where one of them would be the owner of the tables.
    """
    cursor.execute(
        "SELECT current_user, (SELECT rolcreaterole OR rolsuper FROM pg_roles"
        " WHERE rolname = current_user), ARRAY(SELECT rolname::text FROM pg_roles)"
    )
    owner, may_create, existing = cursor.fetchone()
    others = {
        "APP_DATABASE_URL": settings.ROLES.app,
        "PUBLIC_DATABASE_URL": settings.ROLES.reader,
        "The backup": settings.ROLES.backup,
    }
    for where, role in others.items():
        if role == owner:
            raise ImproperlyConfigured(
                f"{where} names the role that owns the tables. Give each a role of its own."
            )
    missing = [role for role in others.values() if role not in existing]
    script = " ".join(
        f'CREATE ROLE "{role}" NOLOGIN; GRANT "{role}" TO "{owner}";' for role in missing
    )
    if missing and not may_create:
        raise ImproperlyConfigured(
            f"The role {owner} may not make the roles that are missing. Let an administrator of"
            f" the server run the output of `manage.py roles`, or this, once, then migrate"
            f" again: {script}"
        )
    if missing:
        cursor.execute(script)
