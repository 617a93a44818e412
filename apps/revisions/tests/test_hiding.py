"""What is withheld for a legal cause is in no public read of any revision, and stays in history."""

import json

import pytest
from django.db import IntegrityError, connection, connections

from apps.records.models import Citation, Contributor, Country, Operation
from apps.records.tests.making import WITHDRAWN
from apps.records.tests.test_rule_plans import nodes, whole
from apps.revisions import verification
from apps.revisions.models import Change, Revision, Withdrawn
from apps.revisions.public import reading
from apps.revisions.tests.conftest import newest
from apps.revisions.tests.tampering import tamper
from apps.revisions.tests.test_as_of import cite_and_publish, names
from apps.revisions.writing import revision

WITHHELD = {**WITHDRAWN, "withheld": True}
AGAIN = {"publication": "published", "withdrawal_reason": ""}


def withdraw(operation, reason="A court decided", **state):
    with revision(reason=reason):
        operation.citations.update(**state)
        Operation.objects.filter(pk=operation.pk).update(**state)


def withdrawn(as_of=""):
    with reading(as_of):
        return {(row.address, row.revision, row.withheld) for row in Withdrawn.objects.all()}


@pytest.fixture
def contribution(sabre, testland, source):
    """Give the contribution of Testland to Sabre, cited, and published in a revision of its own."""
    cite_and_publish(testland, source)
    with revision(reason="Add a contributor"):
        contributor = Contributor.objects.create(
            operation=sabre, country=testland, publication="published"
        )
        Citation.objects.create(
            source=source,
            paragraph=2,
            excerpt="Testland in Sabre",
            contributor=contributor,
            field="country",
            publication="published",
        )
    return contributor


def test_no_revision_shows_what_is_withheld(sabre):
    first = newest()
    Operation.objects.filter(pk=sabre.pk).update(mandate="To train")
    withdraw(sabre, **WITHHELD)
    for number in range(first, newest() + 1):
        with reading(str(number)):
            assert not Operation.objects.filter(slug="sabre").exists()
            assert not Citation.objects.filter(excerpt="sabre").exists()


def test_what_is_withdrawn_and_not_withheld_is_still_shown_by_the_revisions_before(sabre):
    before = newest()
    withdraw(sabre, **WITHDRAWN)
    assert "sabre" in names(str(before))
    assert withdrawn() == {("sabre", before + 1, False), *of_citations(before + 1, False)}


def of_citations(number, withheld):
    public_ids = Citation.objects.filter(publication="withdrawn").values_list("public_id")
    return {(public_id, number, withheld) for (public_id,) in public_ids}


def test_the_history_is_whole_and_its_hashes_hold(sabre):
    hashes = dict(Revision.objects.values_list("number", "hash"))
    withdraw(sabre, **WITHHELD)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM records_operation_history WHERE id = %s ORDER BY since_revision",
            [sabre.pk],
        )
        assert cursor.fetchall() == [("Sabre",), ("Sabre",)]
    assert hashes.items() <= dict(Revision.objects.values_list("number", "hash")).items()
    assert list(verification.faults()) == []


def test_a_past_that_somebody_shows_again_is_found(sabre):
    withdraw(sabre, **WITHHELD)
    tamper("UPDATE records_operation_history SET hidden_before = 0")
    (fault,) = verification.faults()
    assert fault == (
        f"records_operation {sabre.pk} is withheld, and a version of it is not hidden."
    )


def test_that_it_is_withheld_is_itself_in_the_history(sabre):
    withdraw(sabre, **WITHHELD)
    withdraw(sabre, withheld=False)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT withheld FROM records_operation_history WHERE id = %s ORDER BY since_revision",
            [sabre.pk],
        )
        assert [withheld for (withheld,) in cursor.fetchall()] == [False, True, False]


def test_what_is_not_withheld_any_more_has_its_past_again(sabre):
    before = newest()
    withdraw(sabre, **WITHHELD)
    withdraw(sabre, withheld=False)
    assert "sabre" in names(str(before))
    with reading():
        assert Change.objects.filter(public_id=sabre.public_id, revision=before).exists()


def test_the_change_log_tells_only_that_it_is_gone(sabre):
    Operation.objects.filter(pk=sabre.pk).update(mandate="To train")
    withdraw(sabre, **WITHHELD)
    for state in ("", str(newest())):
        with reading(state):
            told = Change.objects.filter(public_id=sabre.public_id)
            assert [(each.action, each.revision_id) for each in told] == [("delete", newest())]


def test_the_reason_of_a_revision_that_tells_of_it_alone_is_hidden(sabre):
    Operation.objects.filter(pk=sabre.pk).update(mandate="To train")
    with revision(reason="Sabre is the one"):
        Operation.objects.filter(pk=sabre.pk).update(mandate="To accompany")
    told = newest()
    withdraw(sabre, **WITHHELD)
    with reading():
        assert Revision.objects.get(number=told).reason == ""
        assert Revision.objects.get(number=newest()).reason == "A court decided"


def test_what_named_it_is_hidden_as_long_as_it_named_it(contribution, sabre, source):
    with revision(reason="It was another operation"):
        other = Operation.objects.create(slug="other", name="Other", publication="published")
        Citation.objects.create(
            source=source,
            paragraph=3,
            excerpt="other",
            operation=other,
            field="name",
            publication="published",
        )
        Contributor.objects.filter(pk=contribution.pk).update(operation=other)
    moved = newest()
    withdraw(sabre, **WITHHELD)
    for number, shown in ((moved - 1, False), (moved, True), (newest(), True)):
        with reading(str(number)):
            assert Contributor.objects.filter(pk=contribution.pk).exists() is shown, number
            cited = Citation.objects.filter(contributor=contribution.pk)
            assert cited.exists() is shown, number


def test_a_theatre_is_shown_without_the_country_that_is_withheld(sabre, testland, source):
    cite_and_publish(testland, source)
    sabre.theatre.add(testland)
    before = newest()
    with revision(reason="A court decided"):
        sabre.theatre.remove(testland)
        testland.citations.update(**WITHHELD)
        Country.objects.filter(pk=testland.pk).update(**WITHHELD)
    with reading(str(before)):
        assert list(Operation.objects.get(slug="sabre").theatre.all()) == []


def test_what_is_published_again_is_shown_from_then_on_and_not_before(sabre):
    before = newest()
    withdraw(sabre, **WITHHELD)
    withdraw(sabre, publication="published")
    again = newest()
    Operation.objects.filter(pk=sabre.pk).update(mandate="To train")
    shown = {str(number): "sabre" in names(str(number)) for number in range(before, again + 2)}
    assert shown == {str(before): False, str(before + 1): False, str(again): True} | {
        str(again + 1): True
    }


def test_what_is_withdrawn_once_more_hides_what_was_public_in_between(sabre):
    withdraw(sabre, **WITHHELD)
    withdraw(sabre, publication="published")
    again = newest()
    withdraw(sabre, **WITHHELD)
    assert "sabre" not in names(str(again))


def test_what_is_removed_for_good_stays_hidden(sabre):
    before = newest()
    withdraw(sabre, **WITHHELD)
    withdraw(sabre, publication="published")
    sabre.delete()
    assert "sabre" not in names(str(before))


@pytest.mark.parametrize("how", [WITHHELD, WITHDRAWN])
def test_what_is_withdrawn_is_not_removed_and_goes_on_saying_so(sabre, how):
    withdraw(sabre, **how)
    told = withdrawn()
    with pytest.raises(IntegrityError, match="What was withdrawn cannot be removed"):
        sabre.delete()
    assert withdrawn() == told != set()


def test_every_revision_says_of_what_is_withheld_that_it_is_gone(sabre):
    before = newest()
    withdraw(sabre, **WITHHELD)
    told = withdrawn()
    assert ("sabre", before + 1, True) in told
    assert withdrawn("1") == told


def test_a_record_that_was_never_public_is_not_told_of(committed_db):
    draft = Operation.objects.create(slug="secret", name="Secret")
    with pytest.raises(IntegrityError, match="Only what is published can be withdrawn"):
        Operation.objects.filter(pk=draft.pk).update(**WITHDRAWN)
    assert withdrawn() == set()


def test_nothing_is_withdrawn_without_a_reason(sabre):
    with pytest.raises(IntegrityError, match="operation_withdrawal_has_a_reason"):
        Operation.objects.filter(pk=sabre.pk).update(publication="withdrawn")
    with pytest.raises(IntegrityError, match="operation_withdrawal_has_a_reason"):
        Operation.objects.filter(pk=sabre.pk).update(withheld=True)


def test_nothing_is_published_again_without_a_reason(sabre):
    withdraw(sabre, **WITHDRAWN)
    with pytest.raises(IntegrityError, match="Say why what was withdrawn is published again"):
        withdraw(sabre, reason="", **AGAIN)
    withdraw(sabre, **AGAIN)
    assert "sabre" in names()
    assert withdrawn() == set()


@pytest.mark.parametrize("as_of", ["", "1"])
@pytest.mark.parametrize("record_type", ["operation", "statement"])
def test_what_was_withdrawn_is_found_by_an_index(db, record_type, as_of):
    with reading(as_of), connections["public"].cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        asked = Withdrawn.objects.called(record_type, "sabre")
        (explained,) = json.loads(asked.explain(format="json"))
        assert not [node for node in nodes(explained["Plan"]) if whole(node)]


def test_the_public_sees_nothing_of_how_it_is_hidden(sabre):
    withdraw(sabre, **WITHHELD)
    with reading(), connections["public"].cursor() as cursor:
        cursor.execute("SELECT * FROM as_of.records_operation LIMIT 0")
        assert "hidden_before" not in [column.name for column in cursor.description]
