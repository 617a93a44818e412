"""The history of a record at the desk: who, when, why, and what differs."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from apps.desk import versions
from apps.desk.templatetags.desk import told
from apps.desk.tests.conftest import (
    a_published_operation,
    a_source,
    address,
    cite,
    filled,
    newest,
)
from apps.records.models import Operation, Source
from apps.revisions.writing import revision

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed_db")]


def entries(desk: Client, record: Operation) -> list[versions.Entry]:
    return list(desk.get(address(record, "history")).context["page"])


def test_each_version_says_who_when_why_and_what_differs(desk: Client) -> None:
    operation = a_published_operation()
    typed = {"status": "concluded", "end": "2022-11", "reason": "It ended"}
    desk.post(address(operation), filled(desk.get(address(operation))) | typed)
    changed, made = entries(desk, operation)
    assert (changed.revision, changed.revision.reason) == (newest(), "It ended")
    assert str(changed.revision.editor) == "root"
    (event,) = changed.events
    assert {(d.field, d.before, d.after) for d in event.differences} == {
        ("status", "Not stated", "Concluded"),
        ("end", "", "2022-11"),
    }
    assert [event.action for event in made.events] == ["added", "added"]
    page = desk.get(address(operation, "history")).content.decode()
    assert f"{changed.revision.made_at:%H:%M:%S} UTC" in page
    assert "It ended" in page


def test_parts_and_citations_are_in_the_history_of_their_record(desk: Client) -> None:
    operation = a_published_operation()
    with revision(reason="More"):
        source = a_source(publication="published")
        milestone = operation.milestones.create(
            kind="initial_operating_capability", expected="2020"
        )
        cite(milestone=milestone, source=source, field="expected", publication="published")
    more, _made = entries(desk, operation)
    assert sorted((event.what, event.action) for event in more.events) == [
        ("citation", "added"),
        ("milestone", "added"),
    ]


def test_what_happened_alike_to_several_rows_is_told_once(desk: Client) -> None:
    sabre = a_published_operation()
    with revision(reason="More"):
        source = Source.objects.get(citations__operation=sabre)
        for field in ("status", "mandate"):
            cite(operation=sabre, source=source, field=field)
    with revision(reason="All of them"):
        sabre.citations.update(paragraph=2)
    changed, added, _made = entries(desk, sabre)
    (alike,) = told(changed.events)
    assert [name.rpartition(", ")[2] for name in alike.names] == [
        "for name",
        "for status",
        "for mandate",
    ]
    assert [(d.before, d.after) for d in alike.differences] == [("1", "2")]
    assert [each.action for each in told(added.events)] == ["added", "added"]
    page = desk.get(address(sabre, "history")).content.decode()
    assert "Citation changed, 3 alike:" in page


def test_of_a_new_row_what_every_new_row_has_is_not_told(desk: Client) -> None:
    (made,) = entries(desk, a_published_operation())
    operation, _citation = told(made.events)
    assert {d.field for d in operation.differences} == {"publication", "slug", "name"}


def test_what_was_removed_stays_in_the_history(desk: Client) -> None:
    operation = Operation.objects.create(slug="draft", name="Draft")
    operation.milestones.create(kind="initial_operating_capability").delete()
    removed, *_earlier = entries(desk, operation)
    assert [(event.what, event.action) for event in removed.events] == [("milestone", "removed")]


def test_the_page_of_a_revision_says_what_it_changed(desk: Client) -> None:
    operation = a_published_operation()
    desk.post(address(operation), filled(desk.get(address(operation))) | {"note": "Read again"})
    number = reverse("admin:revisions_revision_change", args=[newest().number])
    page = desk.get(number)
    (event,) = page.context["events"]
    assert (event.what, event.name) == ("operation", "Sabre")
    assert "Read again" in page.content.decode()


def test_a_history_has_pages(desk: Client) -> None:
    operation = Operation.objects.create(slug="draft", name="Draft")
    for number in range(51):
        Operation.objects.filter(pk=operation.pk).update(note=str(number))
    page = desk.get(address(operation, "history") + "?p=2")
    assert len(page.context["page"].object_list) == 2
    assert not LogEntry.objects.exists()
