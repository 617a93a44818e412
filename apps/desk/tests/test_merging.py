"""Two people edit one record: the second merges, field by field, and nothing typed is lost."""

import re
from typing import Any

import pytest
from django.test import Client

from apps.desk.tests.conftest import (
    Member,
    a_published_operation,
    a_source,
    address,
    cite,
    errors,
    filled,
    list_of,
    newest,
)
from apps.records.models import Citation, Operation, StrengthFigure
from apps.revisions.writing import revision

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed_db")]


@pytest.fixture
def sabre() -> Operation:
    return a_published_operation(note="As it was", mandate="First\r\nsecond")


def change(record: Any, **values: Any) -> None:
    """Let somebody else change a record meanwhile."""
    with revision(reason="Because"):
        type(record).objects.filter(pk=record.pk).update(**values)


def saved(desk: Client, record: Any, page: Any, **chosen: Any) -> Any:
    """Send the form of `page` again, with hidden fields of its merge, and read the record."""
    merge = page.context["adminform"].form.circumstances.merge
    hidden = {"merge_base": merge.base} | {f"mine-{line.name}": line.mine for line in merge.lines}
    response = desk.post(address(record), filled(page) | hidden | chosen)
    assert response.status_code == 302, errors(response)
    record.refresh_from_db()
    return record


def lines(page: Any) -> dict[str, tuple[str, str, str, str]]:
    merge = page.context["adminform"].form.circumstances.merge
    return {line.name: (line.base, line.theirs, line.yours, line.taken) for line in merge.lines}


def test_theirs_yours_and_the_base_stand_side_by_side(
    desk: Client, member: Member, sabre: Operation
) -> None:
    mine = member("Reviewer")
    opened = filled(mine.get(address(sabre)))
    theirs = filled(desk.get(address(sabre))) | {"note": "Theirs", "status": "concluded"}
    desk.post(address(sabre), theirs | {"reason": "Because"})
    page = mine.post(address(sabre), opened | {"note": "Mine", "focus_area": "The north"})
    assert lines(page) == {
        "note": ("As it was", "Theirs", "Mine", "yours"),
        "status": ("Not stated", "Concluded", "Not stated", "theirs"),
    }
    told, advice = errors(page)["__all__"]
    assert "by root" in told
    assert f"(revision {newest().number}, “Because”): " in told
    assert "nothing that you typed is lost" in advice
    assert (filled(page)["note"], filled(page)["focus_area"]) == ("Mine", "The north")
    assert saved(mine, sabre, page).note == "Mine"
    # What only they changed was not written over with what the form had when it was opened.
    assert (sabre.status, sabre.focus_area) == ("concluded", "The north")


@pytest.mark.parametrize(
    ("side", "note"), [("base", "As it was"), ("theirs", "Theirs"), ("yours", "Mine")]
)
def test_a_column_is_chosen_field_by_field(
    desk: Client, sabre: Operation, side: str, note: str
) -> None:
    opened = filled(desk.get(address(sabre)))
    change(sabre, note="Theirs", functions=["train"])
    page = desk.post(address(sabre), opened | {"note": "Mine", "functions": ["stabilisation"]})
    assert lines(page)["functions"][3] == "yours"
    chosen = {"merge-note": side, "merge-functions": "theirs"}
    assert saved(desk, sabre, page, **chosen).note == note
    assert sabre.functions == ["train"]


def test_who_is_overtaken_again_merges_again(desk: Client, sabre: Operation) -> None:
    opened = filled(desk.get(address(sabre)))
    change(sabre, note="Theirs")
    page = desk.post(address(sabre), opened | {"note": "Mine"})
    change(sabre, note="A third")
    again = desk.post(address(sabre), filled(page))
    assert lines(again) == {"note": ("Theirs", "A third", "Mine", "yours")}
    assert saved(desk, sabre, again).note == "Mine"


def test_the_same_change_made_twice_and_line_ends_differ_in_nothing(
    desk: Client, sabre: Operation
) -> None:
    opened = filled(desk.get(address(sabre)))
    change(sabre, note="The same", mandate="First\nsecond\nthird")
    typed = {"note": "The same", "mandate": "First\r\nsecond\r\nthird"}
    page = desk.post(address(sabre), opened | typed)
    assert lines(page) == {}
    assert saved(desk, sabre, page).note == "The same"


def test_a_row_below_is_merged_too(desk: Client, sabre: Operation) -> None:
    citation = sabre.citations.get()
    opened = filled(desk.get(address(sabre)))
    change(citation, as_written="theirs", field="start")
    page = desk.post(address(sabre), opened | {"citations-0-as_written": "mine"})
    name = f"citations:{citation.pk}:"
    assert lines(page) == {
        f"{name}as_written": ("", "theirs", "mine", "yours"),
        f"{name}field": ("name", "start", "Name", "theirs"),
    }
    saved(desk, sabre, page, **{f"merge-{name}as_written": "theirs"})
    citation.refresh_from_db()
    assert (citation.as_written, citation.field) == ("theirs", "start")


def test_a_row_that_they_added_stays_and_one_that_they_removed_goes(
    desk: Client, sabre: Operation
) -> None:
    extra = cite(operation=sabre, source=a_source(), excerpt="more")
    opened = filled(desk.get(address(sabre)))
    extra.delete()
    added = cite(operation=sabre, source=a_source(), excerpt="added")
    page = desk.post(address(sabre), opened | {"note": "Mine"})
    merge = page.context["adminform"].form.circumstances.merge
    assert merge.notes == [f"Added by them: {added}.", f"Removed by them: {extra}."]
    assert saved(desk, sabre, page).note == "Mine"
    assert set(sabre.citations.values_list("excerpt", flat=True)) == {"a force of", "added"}


def test_a_row_that_they_removed_and_you_changed_is_kept_as_a_new_one(
    desk: Client, sabre: Operation
) -> None:
    extra = cite(operation=sabre, source=a_source(), excerpt="more")
    opened = filled(desk.get(address(sabre)))
    row = next(name for name, value in opened.items() if value == "more").split("-")[1]
    extra.delete()
    page = desk.post(address(sabre), opened | {f"citations-{row}-as_written": "mine"})
    (note, _removed) = page.context["adminform"].form.circumstances.merge.notes
    assert note.startswith("Removed by them, changed by you")
    saved(desk, sabre, page)
    assert sabre.citations.get(excerpt="more").as_written == "mine"


def test_a_row_that_you_removed_and_they_changed_asks_which(desk: Client, sabre: Operation) -> None:
    extra = cite(operation=sabre, source=a_source(), excerpt="more")
    for chosen, left in (({}, True), ({f"merge-citations:{extra.pk}:DELETE": "yours"}, False)):
        opened = filled(desk.get(address(sabre)))
        row = next(name for name, value in opened.items() if value == "more").split("-")[1]
        change(extra, as_written=f"theirs {left}")
        page = desk.post(address(sabre), opened | {f"citations-{row}-DELETE": "on"})
        (line,) = lines(page).values()
        assert line == ("kept", f"changed (as written: theirs {left})", "removed", "theirs")
        saved(desk, sabre, page, **chosen)
        assert Citation.objects.filter(pk=extra.pk).exists() is left


def test_an_action_on_records_that_changed_since_the_list_was_shown_is_refused(
    desk: Client, sabre: Operation
) -> None:
    page = desk.get(list_of(Operation))
    seen = page.context["action_form"]["seen"].value()
    assert b'name="seen"' in page.content
    change(sabre, note="Theirs")
    chosen = {"_selected_action": [sabre.pk], "action": "withdraw", "index": 0}
    for across in ({}, {"select_across": "1"}):
        page = desk.post(list_of(Operation), chosen | {"seen": seen} | across, follow=True)
        (message,) = (str(message) for message in page.context["messages"])
        assert "by a command" in message
        assert message.endswith("editorial note. Nothing was changed.")
    sabre.refresh_from_db()
    assert sabre.publication == "published"
    again = page.context["action_form"]["seen"].value()
    why = {"confirmed": "yes", "reason": "It was entered twice."}
    desk.post(list_of(Operation), chosen | why | {"seen": again})
    sabre.refresh_from_db()
    assert sabre.publication == "withdrawn"


@pytest.mark.parametrize("role", ["delete", "changelist"])
def test_what_changed_since_its_deletion_was_asked_for_is_not_deleted(
    desk: Client, role: str
) -> None:
    draft = Operation.objects.create(slug="draft", name="Draft")
    chosen = {"_selected_action": [draft.pk], "action": "delete_selected", "index": 0}
    if role == "delete":
        place, asked = address(draft, role), {}
        page = desk.get(place)
    else:
        place, asked = list_of(Operation), chosen
        page = desk.post(place, chosen | {"seen": newest().number})
    seen = re.search(r'name="seen" value="(\d+)"', page.content.decode())
    assert seen is not None
    change(draft, note="Theirs")
    answer = asked | {"post": "yes", "seen": seen[1]}
    page = desk.post(place, answer, follow=True)
    assert Operation.objects.filter(pk=draft.pk).exists()
    assert "Changed meanwhile" in page.content.decode()
    desk.post(place, answer | {"seen": newest().number})
    assert not Operation.objects.filter(pk=draft.pk).exists()


def test_a_form_that_is_sent_twice_makes_one_record(desk: Client) -> None:
    form = list_of(StrengthFigure, "add")
    operation = a_published_operation("Epervier")
    typed = filled(desk.get(form)) | {"operation": operation.pk, "least": 10}
    made = StrengthFigure.objects.filter(operation=operation)
    assert desk.post(form, typed).status_code == 302
    page = desk.post(form, typed, follow=True)
    assert made.count() == 1
    assert "sent twice" in str([*page.context["messages"]][-1])
    made_up = typed | {"made_as": "000000000000:x", "all_the_same": made.get().public_id}
    assert desk.post(form, made_up).status_code == 302
    assert not made.filter(public_id="000000000000").exists()


def test_a_form_that_is_refused_and_sent_again_makes_one_record(desk: Client) -> None:
    form = list_of(Operation, "add")
    page = desk.post(form, filled(desk.get(form)) | {"name": "Epervier"})
    typed = filled(page) | {"slug": "epervier"}
    for _ in range(2):
        assert desk.post(form, typed).status_code == 302
    assert Operation.objects.filter(slug="epervier").count() == 1


def test_what_was_typed_about_a_record_that_they_removed_is_kept(desk: Client) -> None:
    draft = Operation.objects.create(slug="draft", name="Draft")
    cite(operation=draft, source=a_source())
    place = address(draft)
    opened = filled(desk.get(place))
    with revision(reason="Entered twice"):
        draft.delete()
    page = desk.post(place, opened | {"note": "Mine"})
    (told,) = errors(page)["__all__"]
    assert "“Entered twice”" in told
    assert "what you typed is below" in told
    assert (filled(page)["note"], filled(page)["citations-0-excerpt"]) == ("Mine", "a force of")
    assert f'action="{list_of(Operation, "add")}"' in page.content.decode()
    assert desk.post(list_of(Operation, "add"), filled(page)).status_code == 302
    again = Operation.objects.get(slug="draft")
    assert (again.note, again.citations.count()) == ("Mine", 1)


def test_a_record_that_never_was_is_not_there(desk: Client) -> None:
    draft = Operation(pk=4040, slug="draft", name="Draft")
    assert desk.post(address(draft), {"name": "Draft"}).status_code == 302
    assert not Operation.objects.filter(slug="draft").exists()


def test_strange_choices_change_nothing(desk: Client, sabre: Operation) -> None:
    strange = {"merge-slug": "ours", "merge-x:1:note": "theirs", "merge-citations:x:y": "base"}
    strange |= {"merge-citations:99:note": "base", "merge-id": "base", "merge_base": "1"}
    opened = filled(desk.get(address(sabre)))
    assert desk.post(address(sabre), opened | strange | {"note": "Mine"}).status_code == 302
    sabre.refresh_from_db()
    assert (sabre.note, sabre.slug) == ("Mine", "sabre")
