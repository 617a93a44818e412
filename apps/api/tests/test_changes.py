"""What a mirror reads, and what the past looks like, after real edits."""

from email.utils import format_datetime

import pytest

from apps.api.changes import TYPES, fields_shown
from apps.api.serializers import SERIALIZERS
from apps.records.models import Citation, Contributor, Country, Operation, Source
from apps.records.tests import making
from apps.records.tests.making import WITHDRAWN
from apps.revisions.models import Revision
from apps.revisions.tracking import trackings
from apps.revisions.views import WITHDRAWAL
from apps.revisions.writing import revision


@pytest.fixture
def barkhane(committed_db):
    return Operation.objects.get(slug="barkhane")


@pytest.fixture
def newest(committed_db):
    return Revision.objects.newest().number


def published_operation(slug):
    """Publish a cited operation in one revision."""
    with revision(reason="Add an operation"):
        operation = making.operation(slug, publication="published")
        making.citation(Source.objects.get(), operation=operation, publication="published")
    return operation


def told(page):
    return [(each["type"], each["id"], each["action"], each["changed"]) for each in page["results"]]


def test_an_edit_is_told_with_its_reason_and_the_field_that_differs(get, barkhane, newest):
    with revision(reason="Spelling"):
        Operation.objects.filter(pk=barkhane.pk).update(short_name="Barkhane force")
    page = get(f"changes/?since={newest}")
    assert told(page) == [("operations", barkhane.public_id, "update", ["short_name"])]
    change = page["results"][0]
    assert (change["revision"], change["reason"]) == (newest + 1, "Spelling")
    assert get(change["api_url"])["short_name"] == "Barkhane force"
    assert (page["count"], page["next"], page["newest"]) == (1, None, newest + 1)


def test_a_mirror_that_is_up_to_date_is_told_nothing(get, newest):
    page = get(f"changes/?since={newest}")
    assert (page["results"], page["newest"]) == ([], newest)


def test_a_row_of_a_many_to_many_relation_is_a_change_of_its_record(get, barkhane, newest):
    barkhane.theatre.add(Country.objects.get(iso2="ML"))
    assert told(get(f"changes/?since={newest}")) == [
        ("operations", barkhane.public_id, "update", ["theatre"])
    ]


def test_a_step_of_the_ladder_is_a_change_of_status(get, newest):
    contributor = Contributor.objects.get(operation__slug="takuba-task-force", country__iso2="EE")
    with revision(reason="It came"):
        step = contributor.ladder.create(place=9, status="deployed")
        citation = making.citation(
            Source.objects.get(), ladder_step=step, field="status", publication="published"
        )
    assert sorted(told(get(f"changes/?since={newest}"))) == [
        ("citations", citation.public_id, "insert", []),
        ("contributors", contributor.public_id, "update", ["status", "ladder"]),
    ]
    assert get(f"contributors/{contributor.public_id}/")["status"] == "deployed"
    assert get(f"contributors/{contributor.public_id}/?as_of={newest}")["status"] == "committed"


def test_what_is_published_is_inserted_and_what_is_withdrawn_is_deleted(get, ask, newest):
    sabre = published_operation("sabre")
    (citation,) = Citation.objects.filter(operation=sabre)
    with revision(reason="Wrong"):
        Operation.objects.filter(pk=sabre.pk).update(**WITHDRAWN)
        Citation.objects.filter(pk=citation.pk).update(**WITHDRAWN)
    operation = ("operations", sabre.public_id)
    cited = ("citations", citation.public_id)
    first, then = (
        get(f"changes/?since={newest}")["results"][:2],
        get(f"changes/?since={newest + 1}"),
    )
    assert {(each["type"], each["id"], each["action"]) for each in first} == {
        (*operation, "insert"),
        (*cited, "insert"),
    }
    assert {(each["type"], each["id"], each["action"]) for each in then["results"]} == {
        (*operation, "delete"),
        (*cited, "delete"),
    }
    assert ask("operations/sabre/").status == 410
    assert get(f"operations/sabre/?as_of={newest + 1}")["id"] == sabre.public_id


def test_a_draft_is_never_told(get, newest):
    with revision(reason="A secret of the desk"):
        draft = making.operation("sabre")
    Operation.objects.filter(pk=draft.pk).update(name="Sabre again")
    page = get(f"changes/?since={newest}")
    assert (page["results"], page["newest"]) == ([], newest + 2)
    assert "secret" not in str(get("revisions/"))


def test_changes_come_in_order_over_pages_without_gap_or_double(get, barkhane, newest):
    for number in range(5):
        Operation.objects.filter(pk=barkhane.pk).update(short_name=f"Name {number}")
    seen, address = [], f"changes/?since={newest}&page_size=2"
    while address:
        page = get(address)
        seen += [each["revision"] for each in page["results"]]
        address = page["next"]
    assert seen == [newest + number for number in range(1, 6)]


def test_the_feed_as_of_a_revision_ends_there(get, barkhane, newest):
    Operation.objects.filter(pk=barkhane.pk).update(short_name="Later")
    page = get(f"changes/?since={newest}&as_of={newest}")
    assert (page["results"], page["newest"]) == ([], newest)


def test_the_past_keeps_its_values_and_relations(get, ask, barkhane, newest):
    mali = Country.objects.get(iso2="MR")
    before = ask("operations/barkhane/")
    with revision(reason="Rename and move"):
        Operation.objects.filter(pk=barkhane.pk).update(name="Barkhane II")
        barkhane.theatre.add(mali)
    after = ask("operations/barkhane/")
    assert after.headers["ETag"] != before.headers["ETag"]
    assert (after.json["name"], after.json["theatre"][0]["code"]) == ("Barkhane II", "MR")
    past = ask(f"operations/barkhane/?as_of={newest}")
    assert past.json == before.json
    assert past.headers["Sahelref-Revision"] == str(newest)
    assert get(f"operations/?country=MR&as_of={newest}") != get("operations/?country=MR")


def test_a_csv_that_is_read_after_an_edit_shows_what_it_was_asked_for(barkhane, newest, client):
    response = client.get("/api/v1/operations/?format=csv")
    Operation.objects.filter(pk=barkhane.pk).update(name="Barkhane II")
    assert b"Barkhane II" not in b"".join(response.streaming_content)


def test_revisions_are_listed_newest_first(get, barkhane, newest):
    with revision(reason="Spelling"):
        Operation.objects.filter(pk=barkhane.pk).update(short_name="Barkhane force")
    first, second = get("revisions/?page_size=2")["results"]
    assert (first["number"], first["reason"]) == (newest + 1, "Spelling")
    assert second["number"] == newest
    assert first["hash"] != second["hash"]


def test_every_column_and_part_that_can_change_has_a_name_here():
    for tracking in (each for each in trackings() if each.public):
        entry = TYPES[(tracking.parent if tracking.part_of else tracking).model._meta.model_name]
        columns = (
            [tracking.part_name]
            if tracking.part_of
            else [f.name for f in tracking.model._meta.local_concrete_fields if f.editable]
        )
        shown = set(fields_shown(entry, columns)) - {"publication", *WITHDRAWAL}
        assert shown <= set(SERIALIZERS[entry].names()), entry
        for shower, name, _ in (each for each in tracking.shown_by if not each[0].part_of):
            other = TYPES[shower.model._meta.model_name]
            assert set(fields_shown(other, [name])) <= set(SERIALIZERS[other].names())


def test_two_revisions_of_one_second_have_no_date_that_tells_them_apart(ask, barkhane):
    for name in ("one", "two"):
        Operation.objects.filter(pk=barkhane.pk).update(short_name=name)
    first, second = Revision.objects.order_by("-number")[:2]
    same = first.made_at.replace(microsecond=0) == second.made_at.replace(microsecond=0)
    answer = ask("operations/barkhane/")
    assert ("Last-Modified" not in answer.headers) == same
    changed = format_datetime(second.made_at, usegmt=True)
    assert ask("operations/barkhane/", if_modified_since=changed).status == 200


def test_new_evidence_is_a_change_of_the_record_that_shows_it(get, barkhane, newest):
    citation = making.citation(Source.objects.get(), operation=barkhane, publication="published")
    assert sorted(told(get(f"changes/?since={newest}"))) == [
        ("citations", citation.public_id, "insert", []),
        ("operations", barkhane.public_id, "update", ["citations"]),
    ]
