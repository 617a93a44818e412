"""Backup and restore of a real database, by PostgreSQL's own programs."""

import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections

from apps.records.models import Operation
from sahelref.backups import contents, files, making, programs, restoring

pytestmark = pytest.mark.slow

APP = settings.ROLES.app


def databases() -> set[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}


@pytest.fixture
def backup(committed_db, tmp_path):
    Operation.objects.create(slug="sabre", name="Sabre “été” 1,5 – 5⁄8", mandate="a\nb\t'\"\\")
    call_command("backup", str(tmp_path / "backup"))
    return tmp_path / "backup"


def test_it_says_what_is_in_it(backup, capsys):
    told = json.loads((backup / files.MANIFEST).read_text())
    assert told["tables"]["records_operation"]["rows"] == Operation.objects.count()
    call_command("verify_history", f"--anchor={backup / files.MANIFEST}")
    assert "So does each of 1 noted heads" in capsys.readouterr().out


def test_it_can_be_proved_again_and_leaves_no_scratch_database(backup, capsys):
    before = databases()
    call_command("verify_backup", str(backup), "--restore")
    assert databases() == before


def test_a_backup_is_never_written_over(backup):
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(backup))


def test_what_does_not_prove_itself_is_no_backup(committed_db, tmp_path, monkeypatch):
    """The dump is torn between its writing and its proof: a disk that lies."""
    whole = files.seal

    def torn(directory, told):
        whole(directory, told)
        with (directory / files.DUMP).open("r+b") as file:
            file.truncate(100_000)

    monkeypatch.setattr(files, "seal", torn)
    before = databases()
    with pytest.raises(CommandError, match="There is no backup. pg_restore"):
        call_command("backup", str(tmp_path / "backup"))
    assert list(tmp_path.iterdir()) == []
    assert databases() == before


def test_a_row_that_is_missing_after_the_restore_is_found(backup):
    told = files.manifest(backup)
    told["tables"]["records_operation"]["rows"] += 1
    with pytest.raises(files.BackupError, match="differs in records_operation"):
        making.prove(backup, told)


def test_only_an_empty_database_is_restored_into(backup):
    before = Operation.objects.count()
    with pytest.raises(CommandError, match="The database is not empty"):
        call_command("restore", str(backup))
    assert Operation.objects.count() == before


def test_what_is_restored_has_the_same_rights_and_goes_on_from_there(backup):
    with making.scratch_database() as scratch, scratch.cursor() as cursor:
        programs.restore(scratch, backup / files.DUMP)
        cursor.execute("SELECT bool_and(prosecdef) FROM pg_proc WHERE proname ~ 'history_update'")
        assert cursor.fetchone() == (True,)
        cursor.execute("SELECT has_table_privilege(%s, 'revisions_change', 'DELETE')", [APP])
        assert cursor.fetchone() == (False,)
        before = contents.told(cursor)["revision"]
        cursor.execute("UPDATE public.records_operation SET mandate = 'after the restore'")
        assert contents.told(cursor)["revision"] == before + 1


def test_a_torn_backup_is_not_restored(backup):
    with (backup / files.DUMP).open("r+b") as file:
        file.truncate(1000)
    with pytest.raises(files.BackupError, match="is no whole backup"):
        restoring.restore(backup)
