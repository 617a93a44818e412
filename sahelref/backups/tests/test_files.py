"""A backup that is torn, changed or incomplete is told from a whole one."""

import pytest
from django.core.management import CommandError, call_command

from sahelref.backups import contents, files

TOLD = {"revision": 3, "revision_hash": "f" * 64, "made_at": "2026-01-31T00:00:00+00:00"}


@pytest.fixture
def backup(tmp_path):
    (tmp_path / files.DUMP).write_bytes(bytes(range(256)) * 64)
    (tmp_path / files.ROLES).write_text("CREATE ROLE x;")
    files.seal(tmp_path, dict(TOLD))
    return tmp_path


def test_a_whole_backup_is_accepted(backup, capsys):
    call_command("verify_backup", str(backup))
    assert "is as it was written, at 2026-01-31" in capsys.readouterr().out


@pytest.mark.parametrize("name", [files.DUMP, files.ROLES, files.MANIFEST])
def test_one_byte_that_was_flipped_is_found(backup, name):
    content = bytearray((backup / name).read_bytes())
    content[len(content) // 2] ^= 1
    (backup / name).write_bytes(content)
    with pytest.raises(CommandError, match=f"{name} is not as it was written"):
        call_command("verify_backup", str(backup))


@pytest.mark.parametrize("name", [files.DUMP, files.ROLES, files.MANIFEST])
def test_a_file_that_was_cut_or_is_missing_is_found(backup, name):
    with (backup / name).open("r+b") as file:
        file.truncate(10)
    assert list(files.faults(backup)) == [f"{name} is not as it was written."]
    (backup / name).unlink()
    assert list(files.faults(backup)) == [f"{name} is missing."]


@pytest.mark.parametrize("sums", [None, "", "nonsense"])
def test_checksums_that_are_lost_are_found(backup, sums):
    (backup / files.SUMS).unlink()
    if sums is not None:
        (backup / files.SUMS).write_text(sums)
    with pytest.raises(CommandError, match="is no whole backup"):
        call_command("verify_backup", str(backup))


def test_there_is_nothing_to_verify(tmp_path):
    with pytest.raises(CommandError, match="SHA256SUMS cannot be read"):
        call_command("verify_backup", str(tmp_path / "nowhere"))


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ({}, []),
        ({"tables": {"a": {"rows": 2, "sha256": "x"}}}, ["a"]),
        ({"tables": {"a": {"rows": 1, "sha256": "x"}, "b": {}}}, ["b"]),
        ({"revision": 4}, ["the head of the revisions"]),
    ],
)
def test_what_differs_between_two_databases_is_named(other, named):
    one = {"revision": 3, "revision_hash": "f", "tables": {"a": {"rows": 1, "sha256": "x"}}}
    assert contents.differences(one, {**one, **other}) == named
