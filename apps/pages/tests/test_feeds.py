"""Atom feeds of changes: of the whole, of a record, of what a filter keeps."""

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest

from apps.pages.tests.conftest import PUBLISHED, cited, newest
from apps.records.models import Operation, Person
from apps.records.tests import making
from apps.records.tests.making import WITHDRAWN
from apps.revisions.models import Revision
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

ATOM = "{http://www.w3.org/2005/Atom}"


def read(page):
    """Return the root of a feed after checking what RFC 4287 asks of every feed and entry."""
    assert page.status == 200
    assert page.response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(page.response.content)
    assert root.tag == f"{ATOM}feed"
    assert root.find(f"{ATOM}author/{ATOM}name").text == "sahelref"
    ids = []
    for one in (root, *root.findall(f"{ATOM}entry")):
        (identity,), (title,), (updated,) = (
            one.findall(ATOM + n) for n in ("id", "title", "updated")
        )
        assert re.fullmatch(r"tag:testserver,2026:[!-~]+", identity.text)
        assert title.text
        assert datetime.fromisoformat(updated.text).tzinfo
        assert len([a for a in one.findall(f"{ATOM}link") if a.get("rel") == "alternate"]) == 1
        ids.append(identity.text)
    assert len(ids) == len(set(ids))
    return root


def entries(page):
    """Return the entries: title, where it leads, what it says."""
    return [
        (
            one.findtext(f"{ATOM}title"),
            one.find(f"{ATOM}link").get("href").removeprefix("http://testserver"),
            one.findtext(f"{ATOM}summary"),
        )
        for one in read(page).findall(f"{ATOM}entry")
    ]


def change(slug, reason="A change", **values):
    with revision(reason=reason):
        Operation.objects.filter(slug=slug).update(**values)


@pytest.mark.parametrize(
    "address",
    [
        "/changes/feed.atom",
        "/operations/barkhane/feed.atom",
        "/countries/ML/feed.atom",
        "/organizations/g5-sahel/feed.atom",
        "/people/florence-parly/feed.atom",
        "/statements/feed.atom",
        "/statements/feed.atom?operation=barkhane",
        "/sources/feed.atom?q=nothing+of+the+kind",
        "/operations/feed.atom?status=active,announced&on=2020-01-15&match=certain",
        "/fr/changes/feed.atom",
    ],
)
def test_every_feed_is_valid_and_says_where_it_is(address, seed_page):
    root = read(seed_page(address))
    (here,) = [a.get("href") for a in root.findall(f"{ATOM}link") if a.get("rel") == "self"]
    assert here == f"http://testserver{address}"
    language = root.get("{http://www.w3.org/XML/1998/namespace}lang")
    assert language == ("fr" if address.startswith("/fr/") else "en")


def test_the_feed_of_the_whole_tells_the_newest_revisions_first(publish, visit):
    publish(making.operation, "force", name="Force")
    change("force", "A better focus", focus_area="The north")
    first, second, *_ = entries(visit("/changes/feed.atom"))
    assert first[:2] == (f"Revision {newest()}", f"/changes/{newest()}/")
    assert "A better focus" in first[2]
    assert "focus area" in first[2]
    assert second[1] == f"/changes/{newest() - 1}/"


def test_a_feed_is_as_new_as_its_newest_entry_and_not_the_clock(publish, visit):
    publish(making.operation, "force")
    made = Revision.objects.newest().made_at.isoformat()
    publish(making.operation, "other")
    for _ in range(2):
        root = read(visit("/operations/force/feed.atom"))
        assert root.findtext(f"{ATOM}updated") == made


def test_the_feed_of_a_record_tells_what_differs_and_leads_to_what_it_was(publish, visit):
    publish(making.operation, "force", name="Force", status="announced")
    change("force", status="active")
    first, second = entries(visit("/operations/force/feed.atom"))
    assert first[1] == f"/operations/force@{newest()}/"
    assert "<del>Announced</del>" in first[2]
    assert "<ins>Active</ins>" in first[2]
    assert visit(visit(second[1]).response.url).status == 200


def test_a_filtered_feed_tells_of_the_records_that_the_list_keeps(publish, source, visit):
    force = publish(making.operation, "force", name="Force", status="active")
    publish(making.operation, "other", name="Other", status="announced")
    with revision(reason="Said"):
        statement = making.statement(**PUBLISHED)
        statement.operations.add(force)
        cited(source, statement, "summary")
    change("other", focus_area="There")
    change("force", focus_area="Here")
    (latest, *_), other = (
        entries(visit(f"/operations/feed.atom?status={status}"))
        for status in ("active", "announced")
    )
    assert latest[:2] == ("Force: changed", f"/operations/force@{newest()}/")
    assert other[0][1] == f"/operations/other@{newest() - 1}/"
    assert [page for _, page, _ in other if page.startswith("/operations/force@")] == []
    ((title, page, _),) = entries(visit("/statements/feed.atom?operation=force"))
    assert title.startswith("Unnamed officials")
    assert page.startswith(f"/statements/{statement.public_id}@")


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/statements/feed.atom?operation=nowhere", "nowhere"),
        ("/statements/feed.atom?operatio=barkhane", "operatio"),
        ("/statements/feed.atom?cursor=x", "cursor"),
        ("/operations/barkhane/feed.atom?before=2", "before"),
        ("/changes/feed.atom?since=2", "since"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_and_named(address, named, seed_page):
    page = seed_page(address)
    assert page.status == 400
    assert named in page


def test_no_text_breaks_a_feed(publish, visit):
    publish(making.operation, "odd", name='A & B <b>"\x0b]]>', focus_area="\x01 &amp; \ufeff")
    for address in ("/changes/feed.atom", "/operations/odd/feed.atom", "/operations/feed.atom"):
        told = entries(visit(address))[0][2]
        assert "A &amp; B &lt;b&gt;" in told


def test_a_draft_is_in_no_feed(publish, visit):
    publish(making.operation, "force", name="Force")
    with revision(reason="A secret draft"):
        making.operation("draft", name="Hidden force")
    change("draft", "Still secret", name="Hidden for long")
    for address in ("/changes/feed.atom", "/operations/feed.atom", "/operations/force/feed.atom"):
        page = visit(address)
        assert [word for word in ("secret", "Hidden") if word in page] == [], address


def test_what_was_withdrawn_is_told_as_removed(publish, visit):
    person = publish(making.person, "gone", name="Someone Gone")
    with revision(reason="Withdrawn"):
        person.citations.update(**WITHDRAWN)
        Person.objects.filter(pk=person.pk).update(**WITHDRAWN)
    assert "removed from the public" in entries(visit("/changes/feed.atom"))[0][2]
    assert visit("/people/gone/feed.atom").status == 410


def test_a_past_feed_knows_nothing_of_later_revisions(publish, visit):
    publish(making.operation, "force", name="Force")
    then = newest()
    change("force", name="Later name")
    for address in ("/changes/feed.atom", "/operations/feed.atom", "/operations/force/feed.atom"):
        page = visit(address, as_of=then)
        assert entries(page)
        assert "Later name" not in page


def test_the_queries_of_a_feed_are_bounded(publish, visit):
    publish(making.operation, "force")
    for number in range(25):
        change("force", focus_area=f"Area {number}")
    for address, most in (
        ("/changes/feed.atom", 15),
        ("/operations/feed.atom?q=force", 15),
        ("/operations/force/feed.atom", 300),
    ):
        page = visit(address)
        assert len(entries(page)) == 20
        assert page.queries <= most, address
