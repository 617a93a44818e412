"""Put back as it was: fields, whole records, what was removed, and a whole revision."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.desk.tests.conftest import (
    Member,
    a_published_operation,
    a_source,
    address,
    cite,
    filled,
    list_of,
    newest,
)
from apps.records.models import Citation, Contributor, Country, Operation
from apps.revisions.verification import faults
from apps.revisions.writing import revision

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed_db")]


def version(record: Any, number: int) -> str:
    name = f"admin:records_{record._meta.model_name}_version"
    return reverse(name, args=[record.pk, number])


def undo(number: int) -> str:
    return reverse("admin:revisions_revision_undo", args=[number])


def change(record: Any, **values: Any) -> int:
    """Change a record in a revision of its own, and return its number."""
    with revision(reason="Because"):
        type(record).objects.filter(pk=record.pk).update(**values)
    return newest().number


def said(page: Any) -> str:
    return " ".join(str(message) for message in page.context["messages"])


def names(page: Any) -> dict[str, str]:
    """Return what a form to put back sends, by what it says it is."""
    lines = page.context["comparison"].lines()
    return {f"{line.what} {line.label}".strip(): line.name for line in lines}


def test_a_record_is_put_back_whole_as_a_revision_with_a_reason(desk: Client) -> None:
    sabre = a_published_operation(start="2013", note="First")
    first = newest().number
    change(sabre, start="2014-23", note="Second", functions=["train"])
    extra = cite(operation=sabre, source=a_source(), excerpt="more")
    place = version(sabre, first)
    page = desk.get(place)
    lines = {(line.label, line.then, line.now) for line in page.context["comparison"].lines()}
    assert lines == {
        ("start", "2013", "2014-23"),
        ("editorial note", "First", "Second"),
        ("functions", "", "Train"),
        ("the whole row", "not there", "there"),
    }
    before = newest().number
    taken = {"take": [*names(page).values()], "seen": before, "reason": "Read again"}
    assert desk.post(place, taken).headers["Location"] == address(sabre)
    sabre.refresh_from_db()
    assert (str(sabre.start), str(sabre.start_earliest)) == ("2013", "2013-01-01")
    assert sabre.note == "First"
    assert sabre.functions == []
    assert not Citation.objects.filter(pk=extra.pk).exists()
    assert (newest().number, newest().reason, str(newest().editor)) == (
        before + 1,
        "Read again",
        "root",
    )
    assert list(faults()) == []


def test_one_field_is_put_back_alone(desk: Client) -> None:
    sabre = a_published_operation(note="First", mandate="One")
    first = newest().number
    change(sabre, note="Second", mandate="Two")
    page = desk.get(version(sabre, first))
    note = names(page)["editorial note"]
    desk.post(version(sabre, first), {"take": [note]})
    sabre.refresh_from_db()
    assert (sabre.note, sabre.mandate) == ("First", "Two")


def test_rows_that_went_come_back_and_changed_rows_change_back(desk: Client) -> None:
    sabre = a_published_operation()
    kept = sabre.citations.get()
    gone = cite(operation=sabre, source=a_source(), excerpt="more")
    key, first = gone.pk, newest().number
    with revision():
        gone.delete()
        Citation.objects.filter(pk=kept.pk).update(as_written="x")
    page = desk.get(version(sabre, first))
    desk.post(version(sabre, first), {"take": [*names(page).values()]})
    assert sabre.citations.get(pk=key).public_id == gone.public_id
    assert sabre.citations.get(pk=kept.pk).as_written == ""
    assert list(faults()) == []


def test_what_changed_since_the_page_was_shown_is_not_put_back(desk: Client) -> None:
    sabre = a_published_operation(note="First")
    first = newest().number
    seen = change(sabre, note="Second")
    change(sabre, note="Third")
    taken = {"take": [f"records_operation:{sabre.pk}:note"], "seen": seen}
    page = desk.post(version(sabre, first), taken, follow=True)
    assert "Changed meanwhile by a command" in said(page)
    sabre.refresh_from_db()
    assert sabre.note == "Third"


def test_a_rule_refuses_what_is_put_back_as_anything_else(desk: Client) -> None:
    with revision():
        draft = Operation.objects.create(slug="draft", name="Draft")
    bare = newest().number
    with revision():
        source = a_source(publication="published")
        cite(operation=draft, source=source, publication="published")
        Operation.objects.filter(pk=draft.pk).update(publication="published")
    page = desk.get(version(draft, bare))
    citation = next(name for what, name in names(page).items() if "whole row" in what)
    page = desk.post(version(draft, bare), {"take": [citation]}, follow=True)
    assert "needs a published citation" in said(page)
    assert draft.citations.exists()


def test_two_revisions_stand_side_by_side(desk: Client) -> None:
    sabre = a_published_operation(note="First")
    first, second = newest().number, change(sabre, note="Second")
    change(sabre, note="Third")
    compare = reverse("admin:records_operation_compare", args=[sabre.pk])
    page = desk.get(compare, {"then": first, "with": second}, follow=True)
    (line,) = page.context["comparison"].lines()
    assert (line.then, line.now) == ("First", "Second")
    assert b"Put back" not in page.content
    assert compare in desk.get(address(sabre, "history")).content.decode()
    assert desk.get(compare, {"then": "x"}).status_code == 404
    assert desk.get(version(sabre, 9999)).status_code == 404


def test_a_researcher_cannot_publish_by_putting_back(member: Member) -> None:
    sabre, researcher = a_published_operation(), member("Researcher")
    public = newest().number
    page = researcher.get(version(sabre, public - 1))
    assert b"Put back" not in page.content
    assert researcher.post(version(sabre, public - 1), {"take": "x"}).status_code == 403
    with revision():
        sabre.citations.update(publication="draft")
        Operation.objects.filter(pk=sabre.pk).update(publication="draft")
    page = researcher.get(version(sabre, public))
    taken = {"take": [*names(page).values()]}
    assert researcher.post(version(sabre, public), taken).status_code == 403


def test_a_removed_record_is_restored_with_what_went_along(desk: Client) -> None:
    sabre = a_published_operation()
    sabre.theatre.add(Country.objects.get(iso2="ML"))
    with revision(reason="A milestone"):
        source = a_source(publication="published")
        milestone = sabre.milestones.create(kind="initial_operating_capability")
        cite(milestone=milestone, source=source, field="kind", publication="published")
    key = sabre.pk
    desk.post(address(sabre, "delete"), {"post": "yes", "reason": "Entered twice"})
    place = reverse("admin:records_operation_removed")
    assert place in desk.get(list_of(Operation)).content.decode()
    page = desk.get(place)
    (removed,) = page.context["removed"]
    assert (removed.name, removed.revision.reason) == ("Sabre", "Entered twice")
    restored = desk.post(place, {"row": key, "reason": "It was not"})
    sabre = Operation.objects.get(slug="sabre")
    assert restored.headers["Location"] == address(sabre)
    assert (sabre.pk, sabre.citations.count(), sabre.theatre.count()) == (key, 1, 1)
    assert sabre.milestones.get().citations.count() == 1
    assert newest().reason == "It was not"
    assert Operation.objects.using("public").filter(slug="sabre").exists()
    assert "is there already" in said(desk.post(place, {"row": key}, follow=True))
    assert list(faults()) == []


def test_a_record_comes_back_after_what_it_refers_to(desk: Client) -> None:
    sabre = Operation.objects.create(slug="sabre", name="Sabre")
    contributor = Contributor.objects.create(
        operation=sabre, country=Country.objects.get(iso2="ML")
    )
    key = contributor.pk
    contributor.delete()
    sabre.delete()
    place = reverse("admin:records_contributor_removed")
    page = desk.post(place, {"row": key}, follow=True)
    assert "was removed, and is referred to" in said(page)
    assert not Contributor.objects.filter(pk=key).exists()


def test_a_researcher_restores_drafts_alone(member: Member) -> None:
    researcher, sabre = member("Researcher"), a_published_operation()
    draft = Operation.objects.create(slug="draft", name="Draft")
    keys = sabre.pk, draft.pk
    sabre.delete()
    draft.delete()
    place = reverse("admin:records_operation_removed")
    assert [researcher.post(place, {"row": key}).status_code for key in keys] == [403, 302]


def test_a_whole_revision_is_undone(desk: Client) -> None:
    sabre = a_published_operation(note="First")
    kept = sabre.citations.get()
    with revision(reason="A bad import"):
        Operation.objects.filter(pk=sabre.pk).update(note="Second", start="2020-01")
        wrong = Operation.objects.create(slug="wrong", name="Wrong")
        cite(operation=wrong, source=a_source())
        Citation.objects.filter(pk=kept.pk).update(as_written="x")
    number = newest().number
    place = reverse("admin:revisions_revision_change", args=[number])
    assert undo(number) in desk.get(place).content.decode()
    assert desk.get(undo(number)).context["blocking"] == []
    assert desk.post(undo(number), {"reason": "Undo it"}).status_code == 302
    sabre.refresh_from_db()
    kept.refresh_from_db()
    assert (sabre.note, str(sabre.start), sabre.start_earliest, kept.as_written) == (
        "First",
        "",
        None,
        "",
    )
    assert not Operation.objects.filter(slug="wrong").exists()
    assert (newest().number, newest().reason) == (number + 1, "Undo it")
    assert desk.post(undo(number + 1)).status_code == 302  # an undoing can be undone
    assert Operation.objects.get(slug="wrong").citations.exists()
    assert list(faults()) == []


@pytest.mark.parametrize("later", ["changed", "referred to", "removed"])
def test_a_revision_that_something_depends_on_is_not_undone(desk: Client, later: str) -> None:
    with revision(reason="Made"):
        sabre = Operation.objects.create(slug="sabre", name="Sabre")
    number = newest().number
    if later == "changed":
        told = f"operation Sabre was changed later (revision {change(sabre, note='More')})"
    elif later == "removed":
        told = f"operation no. {sabre.pk} was changed later (revision {number + 1})"
        sabre.delete()
    else:
        other = Operation.objects.create(slug="other", name="Other", predecessor=sabre)
        told = f"operation {other} refers to what was added (revision {number + 1})"
    page = desk.get(undo(number))
    assert page.context["blocking"] == [told]
    last = newest().number
    page = desk.post(undo(number), follow=True)
    assert "Something depends on it" in said(page)
    assert newest().number == last


def test_only_who_may_write_all_of_a_revision_undoes_it(member: Member) -> None:
    researcher, reviewer = member("Researcher"), member("Reviewer")
    a_published_operation()
    public = newest().number
    Operation.objects.create(slug="draft", name="Draft")
    draft = newest().number
    with revision(reason="A part of what is public"):
        Operation.objects.get(slug="sabre").theatre.add(Country.objects.get(iso2="ML"))
    of_public = newest().number
    for number, browser, status in (
        (of_public, researcher, 403),
        (of_public, reviewer, 200),
        (public, researcher, 403),
        (public, reviewer, 200),
        (draft, researcher, 200),
    ):
        assert browser.get(undo(number)).status_code == status
    assert researcher.post(undo(public)).status_code == 403
    assert filled(researcher.get(list_of(Operation, "add")))
