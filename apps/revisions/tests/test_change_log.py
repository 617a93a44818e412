"""The public log lists exactly what a revision did to published records."""

from apps.records.models import Citation, LadderStep, Operation
from apps.records.models.contributors import Contributor
from apps.revisions.models import Change
from apps.revisions.tests.conftest import newest
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
        Citation.objects.filter(operation=sabre).update(publication="withdrawn")
        Operation.objects.filter(pk=sabre.pk).update(publication="withdrawn")
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
        for target in ({"contributor": contributor}, {"ladder_step": step}):
            Citation.objects.create(
                source=source,
                paragraph=1,
                excerpt="Testland",
                field="status",
                publication="published",
                **target,
            )
    assert [entry[:2] for entry in log()] == [
        ("citation", "insert"),
        ("citation", "insert"),
        ("contributor", "insert"),
    ]
