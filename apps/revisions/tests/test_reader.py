"""What the public's own database role can do: SELECT from the views of published rows."""

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, InternalError, connections, transaction

from apps.records.models import (
    Contributor,
    Country,
    LadderStep,
    Operation,
    Source,
    SourceText,
)
from apps.revisions.models import Revision
from apps.revisions.public import reading, taking_longer
from apps.revisions.tracking import trackings
from apps.revisions.writing import revision


def as_reader(query):
    with transaction.atomic(using="public"), connections["public"].cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_the_reader_is_a_role_of_its_own_without_privileges(db):
    ((name, superuser, createdb, createrole),) = as_reader(
        "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles"
        " WHERE rolname = current_user"
    )
    assert name != connections["default"].settings_dict["USER"]
    assert (superuser, createdb, createrole) == (False, False, False)


@pytest.mark.parametrize("tracking", trackings(), ids=lambda tracking: tracking.table)
def test_the_reader_cannot_select_a_base_or_history_table(tracking, db):
    for table in (tracking.table, tracking.history):
        with pytest.raises(DatabaseError, match="permission denied"):
            as_reader(f"SELECT * FROM public.{table}")


@pytest.mark.parametrize("table", ["auth_user", "desk_desksession", "revisions_revision"])
def test_the_reader_cannot_select_what_is_not_a_record(table, db):
    with pytest.raises(DatabaseError, match="permission denied"):
        as_reader(f"SELECT * FROM public.{table}")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO published.records_country (iso2) VALUES ('XX')",
        "UPDATE published.records_country SET name_en = 'Hacked'",
        "DELETE FROM published.records_country",
        "CREATE TABLE published.mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "SELECT public.revisions_open('x')",
    ],
)
def test_the_reader_cannot_write(statement, db):
    with pytest.raises(DatabaseError, match=r"permission denied|read-only"):
        as_reader(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO published.records_country (iso2) VALUES ('XX')",
        "UPDATE published.records_country SET name_en = 'Hacked'",
        "DELETE FROM as_of.records_country",
    ],
)
def test_the_reader_cannot_write_even_where_it_lifts_its_read_only_setting(statement, committed_db):
    with connections["public"].cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = off")
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute(statement)


def test_the_reader_sees_no_draft(committed_db):
    Operation.objects.create(slug="hidden", name="Hidden draft")
    with reading():
        assert not Operation.objects.filter(slug="hidden").exists()
    with reading(as_of=str(Revision.objects.newest().number)):
        assert not Operation.objects.filter(slug="hidden").exists()


def test_an_error_in_a_condition_tells_nothing_of_a_part_of_a_draft(committed_db):
    draft = Operation.objects.create(slug="hidden", name="Hidden")
    contributor = Contributor.objects.create(operation=draft, country=Country.objects.first())
    LadderStep.objects.create(
        contributor=contributor, place=77, status="announced", condition="S3CRET"
    )
    as_reader("SELECT FROM records_ladderstep WHERE place = 77 AND condition::int > 0")


def test_the_stored_text_of_a_source_has_no_public_view(source):
    with revision():
        stored = SourceText.objects.create(source=source, text="The whole article.")
        Source.objects.filter(pk=source.pk).update(text_sha256=stored.sha256)
    with pytest.raises(DatabaseError, match="does not exist"), reading():
        list(SourceText.objects.all())


def test_the_public_does_not_learn_who_edited_nor_why_a_draft_was_written(source):
    ada = get_user_model().objects.create_user("ada")
    with revision(editor=ada, reason="A leaked name"):
        Source.objects.create(title="[Draft]")
    with revision(editor=ada, reason="A public correction"):
        Source.objects.filter(pk=source.pk).update(dateline="PAU")
    with reading():
        public, draft = Revision.objects.order_by("-number")[:2]
        assert (draft.reason, draft.editor_id, draft.tables) == ("", None, [])
        assert (public.reason, public.editor_id, public.tables) == ("A public correction", None, [])


def test_queries_of_a_public_request_cannot_be_written_to_the_desk(db):
    with pytest.raises((DatabaseError, InternalError)), reading():
        Source.objects.create(title="[From the public]")
    assert not Source.objects.filter(title="[From the public]").exists()


def test_one_public_request_reads_one_snapshot(sabre):
    with reading() as state:
        before = Operation.objects.get(slug="sabre").name
        Operation.objects.using("default").filter(slug="sabre").update(name="Changed meanwhile")
        assert Operation.objects.get(slug="sabre").name == before
        assert state.shown == Revision.objects.newest().number


def test_what_may_take_longer_is_waited_for(db):
    """Else the connection is given up while the server still counts."""
    connection = connections["public"]
    with reading():
        usual = connection.answer_within
        with taking_longer(90_000), connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("90s",)
            assert connection.answer_within > 90
        assert connection.answer_within == usual
