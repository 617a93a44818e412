"""Synthetic records: the same for the same seed, marked, never among real ones, and whole."""

from contextlib import suppress

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from apps.records.generating import MARK, HoldsRecords, generate, making
from apps.records.generating.background import Background
from apps.records.generating.chance import SYNTHETIC, Chance, public_id
from apps.records.generating.loading import Loading
from apps.records.generating.making import ABOUT_OPERATIONS, ALL, OF_STATEMENTS, STATEMENTS
from apps.records.generating.statements import Statements
from apps.records.models import Citation, Operation, Source, Statement
from apps.records.tests.test_rule_plans import nodes, plan_of, whole
from apps.revisions import verification
from apps.revisions.models import Revision, Successor
from apps.revisions.rules import RULES
from apps.revisions.tracking import trackings

pytestmark = pytest.mark.slow


@pytest.fixture
def synthetic(never_held_records):
    generate(200, seed=7)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as at a commit: rules, log, hash


def statements(seed):
    return list(Statements(Background(300, Chance(seed)), citations=0).made())


def test_the_same_seed_gives_the_same_rows_and_another_gives_others():
    assert statements(seed=1) == statements(seed=1)
    assert statements(seed=1) != statements(seed=2)


def test_public_ids_are_unique_and_begin_with_the_mark():
    ids = {public_id(kind, number) for kind in range(1, 10) for number in range(1, 2_000)}

    assert len(ids) == 9 * 1_999
    assert all(len(made) == 12 and made.startswith(SYNTHETIC) for made in ids)


def test_statements_are_in_two_languages():
    assert {made.statement[15] for made in statements(seed=1)} == {"en", "fr", ""}


def test_a_database_with_real_records_is_refused(db):
    with pytest.raises(HoldsRecords, match="real countries"):
        generate(10, seed=1)


def test_a_database_that_held_real_records_once_is_refused(no_records):
    with pytest.raises(CommandError, match=r"Nothing was written\. .* held, real"):
        call_command("generate", statements=10, verbosity=0)


def test_a_number_that_cannot_be_made_is_refused():
    with pytest.raises(CommandError, match="--statements 0: give a number from 1"):
        call_command("generate", statements=0)


def test_every_type_is_made_with_its_history_and_passes_the_rules(synthetic):
    with connection.cursor() as cursor:
        for tracking in (each for each in trackings() if each.model is not Successor):
            cursor.execute(f"SELECT count(*) FROM {tracking.history}")
            assert cursor.fetchone()[0] > 0, tracking.history
    assert Statement.objects.count() == 200
    assert Revision.objects.newest().hash != ""
    assert list(verification.faults()) == []


def test_every_record_says_that_it_is_synthetic(synthetic):
    for tracking in trackings():
        names = {field.name for field in tracking.model._meta.concrete_fields}
        if "public_id" in names:
            assert not tracking.model.objects.exclude(public_id__startswith=SYNTHETIC).exists()
        if "note" in names:
            assert not tracking.model.objects.exclude(note__startswith="Synthetic").exists()


def test_what_a_reader_sees_first_says_that_it_is_synthetic(synthetic):
    shown = [str(record) for record in Operation.objects.all()]
    shown += [record.title for record in Source.objects.all()]
    shown += [record.words or record.summary for record in Statement.objects.all()]
    shown += [record.excerpt for record in Citation.objects.all()]

    assert [text for text in shown if not text.startswith(MARK)] == []


def test_a_person_can_add_a_record_afterwards(synthetic):
    assert Source.objects.create(title="[One more]").pk == Source.objects.count()


def shape():
    """The indexes, constraints and triggers of all tables, as PostgreSQL writes them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
            " UNION ALL SELECT conrelid::regclass || ' ' || conname || pg_get_constraintdef(oid)"
            " FROM pg_constraint"
            " UNION ALL SELECT tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text"
            " FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
        )
        return [row[0] for row in cursor.fetchall()]


def test_the_owner_loads_the_same_and_leaves_every_index_and_constraint(
    never_held_records, monkeypatch
):
    monkeypatch.setattr(making, "A_REVISION", 15)  # so that one is copied while another is entered
    before = shape()
    generate(40, seed=7, using="owner")

    assert Statement.objects.count() == 40
    assert [each.tables for each in Revision.objects.filter(reason__contains="part")] == [
        [table.name for table in OF_STATEMENTS]
    ] * 3
    assert list(verification.faults()) == []
    assert shape() == before


def test_what_was_copied_ahead_of_a_failure_goes(never_held_records, monkeypatch):
    def fail_after_the_first(done):
        if done == "statements, part 1":  # the second is copied meanwhile
            raise ZeroDivisionError

    monkeypatch.setattr(making, "A_REVISION", 15)
    before = shape()
    with pytest.raises(ZeroDivisionError):
        generate(40, seed=7, told=fail_after_the_first, using="owner")

    assert Statement.objects.count() == 15  # as far as a revision came
    assert list(verification.faults()) == []
    assert shape() == before


def test_no_rule_reads_what_is_set_aside(committed_db):
    with Loading("owner").without_what_no_rule_reads(ALL), transaction.atomic():
        for rule in RULES.values():
            assert [node for node in nodes(plan_of(rule, rule.tables)) if whole(node)] == [], rule


def test_what_is_set_aside_comes_back_after_a_failure(committed_db):
    before = shape()
    with suppress(ZeroDivisionError), Loading("owner").without_what_no_rule_reads([STATEMENTS]):
        within = shape()
        raise ZeroDivisionError

    assert set(within) < set(before)
    assert any("FOREIGN KEY" in gone for gone in set(before) - set(within))
    assert shape() == before


def test_parts_are_found_by_their_statement_while_they_are_loaded(committed_db):
    with Loading("owner").without_what_no_rule_reads([ABOUT_OPERATIONS]):
        by_statement = "records_statementoperation USING btree (statement_id"
        assert any(by_statement in each for each in shape())


def test_who_does_not_own_the_tables_sets_nothing_aside(committed_db):
    before = shape()
    with Loading("default").without_what_no_rule_reads([STATEMENTS]):
        assert shape() == before
