"""A chain that was cut or written anew is whole in itself: only a head noted elsewhere tells."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from apps.records.models import Operation
from apps.revisions import anchors
from apps.revisions.models import Revision
from apps.revisions.tests.conftest import newest
from apps.revisions.tests.tampering import tamper


def head():
    found = Revision.objects.newest()
    return f"{found.number}:{found.hash}"


def verify(*noted):
    call_command("verify_history", *(f"--anchor={each}" for each in noted), verbosity=0)


def change(operation, mandate):
    Operation.objects.filter(pk=operation.pk).update(mandate=mandate)


def cut_the_newest_revision():
    """Undo it without a trace: its versions, its log, itself, and the row that it wrote."""
    number = newest()
    table = "records_operation"
    tamper(f"DELETE FROM {table}_history WHERE since_revision = {number}")
    tamper(f"UPDATE {table}_history SET until_revision = NULL WHERE until_revision = {number}")
    tamper(f"DELETE FROM revisions_change WHERE revision_id = {number}")
    tamper(f"DELETE FROM revisions_revision WHERE number = {number}")
    tamper(
        f"UPDATE {table} SET mandate = h.mandate FROM {table}_history AS h"
        f" WHERE h.id = {table}.id AND h.until_revision IS NULL"
    )


def write_anew_from(number):
    """Forge what a revision wrote and compute every hash from there on, as an owner could."""
    tamper(f"UPDATE records_operation_history SET name = 'Forged' WHERE since_revision = {number}")
    for each in range(number, newest() + 1):
        tamper(
            f"UPDATE revisions_revision SET hash = public.revisions_hash({each})"
            f" WHERE number = {each}"
        )


def test_an_untouched_chain_has_every_head_that_was_noted(sabre, capsys):
    before = head()
    change(sabre, "later")
    call_command("verify_history", f"--anchor={before}", f"--anchor={head()}")
    assert "So does each of 2 noted heads." in capsys.readouterr().out


def test_a_chain_that_was_cut_is_whole_without_an_anchor_and_not_with_one(sabre):
    change(sabre, "later")
    noted = head()
    cut_the_newest_revision()
    verify()
    number = newest() + 1
    with pytest.raises(CommandError, match=f"Revision {number} was noted and is gone: .* was cut"):
        verify(noted)


def test_a_chain_that_was_written_anew_is_whole_without_an_anchor_and_not_with_one(sabre):
    written = newest()
    change(sabre, "later")
    noted = head()
    write_anew_from(written)
    verify()
    with pytest.raises(CommandError, match="has another hash than was noted"):
        verify(noted)


def test_a_head_from_before_the_forgery_stays_good(sabre):
    noted = head()
    change(sabre, "later")
    change(sabre, "last")
    write_anew_from(newest() - 1)
    verify(noted)


def test_a_file_of_anchors_may_be_what_a_release_a_backup_or_the_site_says(sabre, tmp_path):
    number, _, digest = head().partition(":")
    told = tmp_path / "index.json"
    told.write_text(json.dumps({"name": "x", "revision": int(number), "revision_hash": digest}))
    listed = tmp_path / "heads"
    listed.write_text(f"# noted by hand\n{number}:{digest}\n\n1:{'0' * 64}\n")
    assert anchors.read(str(told)) == [anchors.Anchor(int(number), digest)]
    with pytest.raises(CommandError, match="Revision 1 has another hash"):
        verify(told, listed)


@pytest.mark.parametrize("content", ["", "12", "{}", '{"revision": 1}', "12:xyz", b"\xff\xfe"])
def test_what_is_no_anchor_is_refused_with_what_would_be_one(content, db, tmp_path):
    given = tmp_path / "heads"
    given.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CommandError, match="heads.*An anchor is NUMBER:HASH"):
        verify(given)


@pytest.mark.parametrize("given", ["12:abc", "nowhere"])
def test_an_anchor_that_is_misspelt_is_refused(given, db):
    with pytest.raises(CommandError, match="An anchor is NUMBER:HASH"):
        verify(given)


def test_the_database_alone_computes_the_hash_that_the_head_has(sabre):
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.revisions_hash(%s)", [newest()])
        assert f"{newest()}:{cursor.fetchone()[0]}" == head()
