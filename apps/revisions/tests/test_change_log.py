"""The public log lists exactly what a revision did to published records."""

from django.db import connection

from apps.records.models import Citation, LadderStep, Membership, Operation, Organization
from apps.records.models.contributors import Contributor
from apps.records.tests.making import WITHDRAWN
from apps.revisions.models import Change, Revision
from apps.revisions.public import reading
from apps.revisions.tests.conftest import newest, published_operation
from apps.revisions.tests.test_as_of import cite_and_publish
from apps.revisions.writing import revision


def log(number=None):
    changes = Change.objects.filter(revision=number or newest()).order_by("record_type")
    return [(c.record_type, c.action, c.fields) for c in changes]


def test_publishing_is_logged_as_insert(sabre):
    assert log() == [("citation", "insert", []), ("operation", "insert", [])]


def test_an_edit_is_logged_with_the_fields_that_differ(sabre):
    Operation.objects.filter(pk=sabre.pk).update(mandate="To train", start="2020")
    assert log() == [("operation", "update", ["mandate", "start"])]


def test_a_draft_is_not_logged(committed_db):
    Operation.objects.create(slug="hidden", name="Hidden")
    assert log() == []


def test_withdrawing_is_logged_as_delete(sabre):
    with revision():
        Citation.objects.filter(operation=sabre).update(**WITHDRAWN)
        Operation.objects.filter(pk=sabre.pk).update(**WITHDRAWN)
    assert log() == [("citation", "delete", []), ("operation", "delete", [])]


def test_deleting_is_logged_with_the_public_id(sabre):
    public_id = sabre.public_id
    sabre.delete()
    gone = Change.objects.get(revision=newest(), record_type="operation")
    assert (gone.action, gone.public_id) == ("delete", public_id)


def test_a_change_and_its_reversal_in_one_transaction_is_not_logged(sabre):
    with revision():
        Operation.objects.filter(pk=sabre.pk).update(mandate="x")
        Operation.objects.filter(pk=sabre.pk).update(mandate="")
    assert log() == []


def test_what_is_written_after_a_revision_was_closed_early_is_logged_with_the_rest(sabre):
    """As a load that asks for the rules before it goes on."""
    with revision(), connection.cursor() as cursor:
        Operation.objects.filter(pk=sabre.pk).update(mandate="To train", start="2020")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        Operation.objects.filter(pk=sabre.pk).update(mandate="", end="2021")
    assert log() == [("operation", "update", ["start", "end"])]


def test_a_part_is_logged_as_an_update_of_its_record(sabre, testland, source):
    cite_and_publish(testland, source)
    sabre.theatre.add(testland)
    assert log() == [("operation", "update", ["theatre"])]


def test_a_record_published_with_its_parts_is_one_insert(sabre, testland, source):
    cite_and_publish(testland, source)
    with revision():
        contributor = Contributor.objects.create(
            operation=sabre, country=testland, publication="published"
        )
        step = LadderStep.objects.create(contributor=contributor, place=1, status="announced")
        cite(source, "Testland", field="country", contributor=contributor)
        cite(source, "Testland", field="status", ladder_step=step)
    assert [entry[:2] for entry in log()] == [
        ("citation", "insert"),
        ("citation", "insert"),
        ("contributor", "insert"),
    ]


def cite(source, excerpt, field="name", **target):
    return Citation.objects.create(
        source=source,
        paragraph=2,
        excerpt=excerpt,
        field=field,
        publication="published",
        **target,
    )


def test_new_evidence_is_a_change_of_the_record_that_shows_it(sabre, source):
    citation = cite(source, "Sabre again", operation=sabre)
    told = [("citation", "insert", []), ("operation", "update", ["citations"])]
    assert log() == told
    Citation.objects.filter(pk=citation.pk).update(paragraph=3)
    assert log() == [("citation", "update", ["paragraph"]), told[1]]
    citation.delete()
    assert log() == [("citation", "delete", []), told[1]]


def test_evidence_of_a_part_is_a_change_of_each_record_that_shows_the_part(sabre, testland, source):
    cite_and_publish(testland, source)
    with revision():
        body = Organization.objects.create(slug="body", name="Body", publication="published")
        cite(source, "Body", organization=body)
    with revision():
        membership = Membership.objects.create(organization=body, country=testland)
        citation = cite(source, "Testland is in it", field="country", membership=membership)
    shown = [("country", "update", ["memberships"]), ("organization", "update", ["countries"])]
    assert log() == [("citation", "insert", []), *shown]
    Citation.objects.filter(pk=citation.pk).update(as_written="in it")
    assert log() == [("citation", "update", ["as_written"]), *shown]
    membership.delete()
    assert log() == [("citation", "delete", []), *shown]


def test_a_part_of_a_draft_tells_nothing_of_itself_nor_of_its_reason(testland, source):
    cite_and_publish(testland, source)
    with revision(reason="A secret"):
        body = Organization.objects.create(slug="secret", name="Secret")
        Membership.objects.create(organization=body, country=testland)
    assert log() == []
    with reading():
        assert Revision.objects.newest().reason == ""


def test_evidence_that_moves_is_a_change_of_both_records(sabre, source):
    with revision():
        other = published_operation("other", source)
    citation = cite(source, "Sabre again", operation=sabre)
    Citation.objects.filter(pk=citation.pk).update(operation=other)
    assert log() == [
        ("citation", "update", ["operation"]),
        ("operation", "update", ["citations"]),
        ("operation", "update", ["citations"]),
    ]


def test_a_draft_of_a_citation_is_no_change_of_its_record(sabre, source):
    Citation.objects.create(
        source=source, paragraph=2, excerpt="Sabre", field="name", operation=sabre
    )
    assert log() == []
