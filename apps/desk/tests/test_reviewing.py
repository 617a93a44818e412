"""Review: who wrote a record does not approve it, and whoever does sees what differs."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.desk.models import Comment
from apps.desk.tests.conftest import (
    Member,
    a_published_operation,
    a_source,
    address,
    errors,
    filled,
    list_of,
    newest,
    passage,
)
from apps.desk.tests.test_publishing import act, save, states
from apps.records.models import Operation
from apps.revisions.writing import revision

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed_db")]

REVIEW = "admin:review"


@pytest.fixture(autouse=True)
def a_team(team_of_one: None, settings: Any) -> None:
    settings.APPROVER_MAY_BE_AUTHOR = False


@pytest.fixture
def anna(member: Member) -> Client:
    return member("Researcher")


@pytest.fixture
def bert(member: Member) -> Client:
    return member("Reviewer")


def enter(browser: Client, name: str = "Sabre", **typed: Any) -> Operation:
    """Enter a cited operation at the desk."""
    form = list_of(Operation, "add")
    typed = {"name": name, "slug": name.lower(), **passage("citations", a_source()), **typed}
    assert browser.post(form, filled(browser.get(form)) | typed).status_code == 302
    return Operation.objects.get(slug=name.lower())


def test_who_wrote_a_record_does_not_publish_it(anna: Client, bert: Client) -> None:
    theirs, own = enter(anna), enter(bert, "Epervier")
    assert save(bert, theirs, publication="published").status_code == 302
    refused = errors(save(bert, own, publication="published"))
    assert refused["publication"][0].startswith("You wrote part of this")
    assert "Only" not in act(bert, "publish", own)
    assert states(theirs, own) == ["published", "draft"]


def test_a_form_that_writes_and_publishes_is_refused_with_its_input(
    anna: Client, bert: Client
) -> None:
    draft = enter(anna)
    page = save(bert, draft, publication="published", note="Mended")
    assert list(errors(page)) == ["publication"]
    assert filled(page)["note"] == "Mended"
    row = {"source": a_source().pk, "paragraph": 1, "excerpt": "x", "field": "start"}
    added = {f"citations-1-{name}": value for name, value in row.items()}
    assert list(errors(save(bert, draft, publication="published", **added))) == ["publication"]
    assert states(draft) == ["draft"]
    form = list_of(Operation, "add")
    typed = {"name": "New", "slug": "new", "publication": "published"}
    typed |= passage("citations", a_source())
    assert list(errors(bert.post(form, filled(bert.get(form)) | typed))) == ["publication"]


def test_to_send_to_review_and_back_is_not_to_write(anna: Client, bert: Client) -> None:
    draft = enter(anna)
    for action in ("send_to_review", "back_to_draft", "send_to_review", "publish"):
        act(bert, action, draft)
    assert states(draft) == ["published"]


def test_what_was_approved_once_counts_no_more(anna: Client, bert: Client, desk: Client) -> None:
    record = enter(bert)
    act(desk, "publish", record)
    act(desk, "withdraw", record)
    act(bert, "publish", record)
    assert states(record) == ["published"]
    act(bert, "back_to_draft", record)
    save(anna, record, note="Mended")
    act(bert, "publish", record)
    assert states(record) == ["published"]


def test_nobody_approves_their_own_by_putting_it_back(bert: Client, desk: Client) -> None:
    record = enter(bert)
    act(desk, "publish", record)
    public = newest().number
    act(bert, "back_to_draft", record)
    save(bert, record, note="Mine")
    version = reverse("admin:records_operation_version", args=[record.pk, public])
    taken = {"take": [line.name for line in bert.get(version).context["comparison"].lines()]}
    taken["take"].remove(f"records_operation:{record.pk}:note")
    page = bert.post(version, taken, follow=True)
    assert "You wrote part of this" in str([*page.context["messages"]][0])
    assert states(record) == ["draft"]


def test_a_team_of_one_person_publishes_its_own(bert: Client, settings: Any) -> None:
    settings.APPROVER_MAY_BE_AUTHOR = True
    record = enter(bert)
    act(bert, "publish", record)
    assert states(record) == ["published"]


def test_the_queue_shows_what_differs_from_the_published_state(anna: Client, bert: Client) -> None:
    sabre = a_published_operation(note="As published")
    public = newest().number
    with revision():
        sabre.citations.update(publication="draft")
        Operation.objects.filter(pk=sabre.pk).update(publication="draft")
    save(anna, sabre, note="Read again")
    act(anna, "send_to_review", sabre)
    fresh = enter(anna, "Epervier")
    act(anna, "send_to_review", fresh)
    page = bert.get(reverse(REVIEW))
    waiting = {each.record: each for each in page.context["page"]}
    assert (waiting[sabre].public, waiting[fresh].public) == (public, 0)
    differing = {
        (d.field, d.before, d.after) for e in waiting[sabre].events() for d in e.differences
    }
    assert ("editorial note", "As published", "Read again") in differing
    assert "researcher" in waiting[sabre].authors
    added = {d.field: d.after for e in waiting[fresh].events() for d in e.differences}
    assert (added["name"], added["excerpt"]) == ("Epervier", "a force of")
    assert reverse(REVIEW) in bert.get(reverse("admin:index")).content.decode()
    assert anna.get(reverse(REVIEW)).status_code == 403


def test_a_reviewer_approves_from_the_queue_what_was_shown_there(
    anna: Client, bert: Client
) -> None:
    draft = enter(anna)
    act(anna, "send_to_review", draft)
    (waiting,) = bert.get(reverse(REVIEW)).context["page"]
    seen = waiting.newest
    save(anna, draft, note="Changed after it was shown")
    assert "Changed meanwhile" in act(bert, "publish", draft, seen=seen)
    assert "Published: 1 record" in act(bert, "publish", draft, seen=newest().number)
    assert [*bert.get(reverse(REVIEW)).context["page"]] == []


def test_many_are_published_with_a_report(anna: Client, bert: Client) -> None:
    good, own = enter(anna), enter(bert, "Epervier")
    bare = Operation.objects.create(slug="bare", name="Bare")
    half = enter(anna, "Half")
    half.milestones.create(kind="initial_operating_capability")
    chosen = [record.pk for record in (good, own, bare, half)]
    action = {"_selected_action": chosen, "action": "publish_what_can_be", "index": 0}
    before = newest().number
    page = bert.post(list_of(Operation), action)
    report = {str(each.record): each.refused for each in page.context["report"]}
    assert report["Sabre"] == ""
    assert report["Epervier"].startswith("You wrote part of this")
    assert report["Bare"] == "A published record needs a citation."
    assert report["Half"].startswith("A published milestone needs a published citation")
    assert states(good, own, bare, half) == ["published", "draft", "draft", "draft"]
    assert newest().number == before + 1
    assert "1 of 4 published" in page.content.decode()


def test_comments_stand_below_a_record_and_nowhere_in_public(anna: Client, bert: Client) -> None:
    sabre = a_published_operation()
    place = reverse("admin:records_operation_comment", args=[sabre.pk])
    assert bert.post(place, {"text": "Is it “Sabre” or “Sabré”?"}).status_code == 302
    anna.post(place, {"text": "As the source prints it."})
    shown = anna.get(address(sabre)).content.decode()
    assert shown.index("Is it “Sabre”") < shown.index("As the source prints it.")
    assert [str(comment.author) for comment in Comment.objects.about(sabre)] == [
        "reviewer",
        "researcher",
    ]
    before = newest().number
    page = bert.post(place, {"text": " "}, follow=True)
    assert "This field is required" in str([*page.context["messages"]][0])
    assert (Comment.objects.count(), newest().number) == (2, before)
    assert bert.get(place).status_code == 405
    assert "Sabré" not in Client().get(sabre.get_absolute_url()).content.decode()
    assert Client().post(place, {"text": "x"}).status_code == 302
