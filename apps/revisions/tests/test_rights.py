"""What the app's and the backup's roles may do; test_reader.py has the public's."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import InternalError, ProgrammingError, connection, connections, transaction

from apps.records.models import Operation
from apps.revisions import rights, schemas
from apps.revisions.models import Revision
from apps.revisions.tests.conftest import newest
from apps.revisions.tracking import trackings

KEPT = [*rights.KEPT, *(tracking.history for tracking in trackings())]


def as_app(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {0} SET {1} = {1}",
        "DELETE FROM {0}",
        "TRUNCATE {0}",
        "INSERT INTO {0} DEFAULT VALUES",
    ],
)
def test_the_app_cannot_write_what_was(statement, table, db):
    with connection.cursor() as cursor:
        key = connection.introspection.get_primary_key_column(cursor, table)
    with pytest.raises(ProgrammingError, match="permission denied"):
        as_app(statement.format(table, key))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA mine",
        "ALTER TABLE records_operation DISABLE TRIGGER USER",
        "ALTER TABLE records_operation ADD COLUMN mine text",
        "CREATE TRIGGER mine BEFORE UPDATE ON records_operation"
        " FOR EACH ROW EXECUTE FUNCTION public.revisions_close()",
        "DROP TABLE records_citation",
        "TRUNCATE records_citation CASCADE",
        "SET session_replication_role = replica",
        "SELECT public.revisions_open('records_operation')",
        "SELECT setval('records_operation_history_version_seq', 1)",
        "SELECT * FROM pg_authid",
        "COPY (SELECT 1) TO PROGRAM 'true'",
    ],
)
def test_the_app_changes_no_table_and_no_trigger(statement, db):
    with pytest.raises(ProgrammingError, match="permission denied|must be owner"):
        as_app(statement)


def test_the_app_is_a_role_of_its_own_without_privileges(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole,"
            " pg_has_role(rolname, %s, 'MEMBER') FROM pg_roles WHERE rolname = current_user",
            [settings.ROLES.owner],
        )
        assert cursor.fetchone() == (settings.ROLES.app, False, False, False, False)


def test_no_session_can_pass_over_the_triggers_that_keep_the_history(sabre):
    """django-pgtrigger lets a setting name triggers to ignore; here it ignores none."""
    before = newest()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        names = ",".join(name for (name,) in cursor.fetchall())
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{names}}}"])
        Operation.objects.filter(pk=sabre.pk).update(mandate="smuggled")
    assert newest() == before + 1


def test_the_app_names_the_editor_and_reason_of_no_revision_but_its_own(sabre):
    number, reason = newest(), Revision.objects.newest().reason
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('sahelref.revision', %s, true)", [str(number)])
        cursor.execute("SELECT public.revisions_describe('', 'Forged')")
    assert Revision.objects.get(number=number).reason == reason


def test_what_runs_with_the_rights_of_the_owner_has_a_fixed_search_path(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, proconfig, has_function_privilege('public', oid, 'EXECUTE')"
            " FROM pg_proc WHERE prosecdef"
        )
        found = cursor.fetchall()
    assert len(found) == 3 * len(trackings()) + 2
    assert [name for name, _, anybody in found if anybody] == []
    fixed = "search_path=pg_catalog, pg_temp"
    assert [name for name, settings, _ in found if fixed not in settings] == []


@pytest.mark.django_db(databases=["owner"])
def test_a_trigger_that_a_migration_writes_anew_runs_with_the_rights_of_the_owner():
    written = "pgtrigger_history_%"
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT oid::regprocedure FROM pg_proc WHERE proname LIKE %s", [written])
        for (function,) in cursor.fetchall():
            cursor.execute(f"ALTER FUNCTION {function} SECURITY INVOKER")
        schemas.build_after_migrate("owner")
        cursor.execute(
            "SELECT count(*) FROM pg_proc WHERE proname LIKE %s AND prosecdef", [written]
        )
        assert cursor.fetchone() == (3 * len(trackings()),)


@pytest.mark.django_db(databases=["owner"])
class TestTheBackup:
    @pytest.fixture
    def backup(self):
        """The owner's connection, stepped down."""
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute(f'SET LOCAL ROLE "{settings.ROLES.backup}"')
            yield cursor
            transaction.set_rollback(True, using="owner")

    def test_it_reads_every_table_and_counter(self, backup):
        backup.execute(
            "SELECT count(*) FILTER (WHERE NOT has_table_privilege(oid, 'SELECT')), count(*)"
            " FROM pg_class WHERE relkind IN ('r', 'v', 'S')"
            " AND relnamespace IN (SELECT oid FROM pg_namespace"
            " WHERE nspname IN ('public', 'published', 'as_of'))"
        )
        refused, all_of_them = backup.fetchone()
        assert (refused, all_of_them > 50) == (0, True)

    @pytest.mark.parametrize(
        "statement",
        ["DELETE FROM records_country", "CREATE TABLE mine ()", "DELETE FROM revisions_change"],
    )
    def test_it_writes_nothing(self, statement, backup):
        with pytest.raises((ProgrammingError, InternalError), match="permission denied|read-only"):
            backup.execute(statement)


@pytest.mark.slow
def test_what_is_built_after_a_migrate_is_the_same_in_every_process(db):
    """Else each start would take the public views away to make them anew."""
    code = (
        "import django; django.setup()\n"
        "from apps.revisions import schemas, tracking\n"
        "print(*schemas._statements(tracking.trackings()))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=settings.BASE_DIR,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
