"""Tampering with the past is found: any version or revision changed, removed or inserted."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction

from apps.records.models import Operation
from apps.revisions.tests.conftest import newest
from apps.revisions.tests.tampering import tamper


def verify():
    call_command("verify_history", verbosity=0)


def test_an_untouched_history_is_accepted(sabre, capsys):
    verify()
    assert f"The newest is {newest()}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_operation_history SET name = 'Other' WHERE since_revision = {0}",
        "UPDATE records_operation_history SET until_revision = {0}, since_revision = {0} - 1"
        " WHERE since_revision = {0} + 1",
        "DELETE FROM records_operation_history WHERE since_revision = {0}",
        "UPDATE revisions_revision SET reason = 'Other' WHERE number = {0}",
        "UPDATE revisions_revision SET made_at = made_at - interval '1 day' WHERE number = {0}",
        "UPDATE revisions_revision SET hash = repeat('0', 64) WHERE number = {0}",
    ],
)
def test_the_revision_that_was_tampered_with_is_named(statement, sabre):
    number = newest()
    Operation.objects.filter(pk=sabre.pk).update(mandate="later")
    tamper(statement.format(number))
    with pytest.raises(CommandError) as refused:
        verify()
    assert f"Revision {number} " in str(refused.value)


def test_two_versions_cannot_swap_their_ends(sabre):
    """Each would end once more in the same revisions, so a hash of ends alone would not tell."""
    Operation.objects.filter(pk=sabre.pk).update(mandate="one")
    Operation.objects.filter(pk=sabre.pk).update(mandate="two")
    last = newest()
    ends = f"CASE mandate WHEN 'one' THEN {last - 1} ELSE {last} END"
    with pytest.raises(IntegrityError, match="held_a_while"), transaction.atomic():
        tamper(
            f"UPDATE records_operation_history SET until_revision = {ends}"
            f" WHERE id = {sabre.pk} AND until_revision IS NOT NULL"
        )


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM revisions_change WHERE revision_id = {0}",
        "UPDATE revisions_change SET action = 'delete' WHERE revision_id = {0}",
    ],
)
def test_the_public_log_is_covered_by_the_hash(statement, sabre):
    tamper(statement.format(newest()))
    with pytest.raises(CommandError, match=f"Revision {newest()} does not match its hash"):
        verify()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_operation_history SET name = 'Other'",
        "DELETE FROM records_operation_history",
        "TRUNCATE records_operation_history",
        "UPDATE revisions_revision SET reason = 'Other'",
        "UPDATE revisions_revision SET hash = 'x'",
        "DELETE FROM revisions_revision",
        "TRUNCATE revisions_change",
        "DELETE FROM revisions_change",
    ],
)
def test_the_past_cannot_be_written_by_hand_even_by_the_owner(statement, sabre):
    with pytest.raises(ProgrammingError, match="the record of what was|leave no history"):
        connections["owner"].cursor().execute(statement)


@pytest.mark.parametrize("named", [newest, lambda: 1, lambda: newest() + 1])
def test_nothing_can_be_added_to_a_closed_revision(named, sabre):
    with transaction.atomic():
        connection.cursor().execute(f"SELECT set_config('sahelref.revision', '{named()}', true)")
        with pytest.raises(ProgrammingError, match="is closed"), transaction.atomic():
            Operation.objects.filter(pk=sabre.pk).update(mandate="smuggled")


def test_a_removed_revision_is_named(sabre):
    number = newest()
    Operation.objects.filter(pk=sabre.pk).update(mandate="later")
    tamper(f"DELETE FROM revisions_revision WHERE number = {number}")
    with pytest.raises(CommandError, match=f"Revision {number} is missing"):
        verify()


def test_an_inserted_version_is_found(sabre):
    tamper(
        "INSERT INTO records_sourcetext_history (id, source_id, text, since_revision,"
        f" until_revision) VALUES (77, 1, 'forged', {newest()}, {newest()} + 1)"
    )
    with pytest.raises(CommandError, match="records_sourcetext 77"):
        verify()


def test_a_version_inserted_into_a_revision_that_wrote_its_table_is_found(sabre):
    tamper(
        "INSERT INTO records_operationcountry_history (id, operation_id, country_id,"
        f" since_revision, until_revision) SELECT 77, {sabre.pk}, 1, 1, 2"
    )
    with pytest.raises(CommandError, match="Revision 1 does not match its hash"):
        verify()


def test_a_record_changed_past_the_triggers_is_found(sabre):
    tamper(f"UPDATE records_operation SET name = 'Forged' WHERE id = {sabre.pk}")
    with pytest.raises(CommandError, match=f"records_operation {sabre.pk} is not as its history"):
        verify()


def test_a_column_added_later_leaves_old_hashes_valid(sabre):
    """The hash covers the columns that existed; a shape says which (Shape)."""
    tamper("ALTER TABLE records_operation_history ADD COLUMN added text NOT NULL DEFAULT 'x'")
    verify()
