"""Withdrawing at the desk: a public reason is asked for, and the evidence goes along."""

from typing import Any

import pytest
from django.test import Client

from apps.desk.record_merging import merge
from apps.desk.tests.conftest import (
    Member,
    a_published_operation,
    address,
    errors,
    filled,
    list_of,
    newest,
)
from apps.desk.tests.test_publishing import a_draft, act, save, states
from apps.records.models import Operation

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed_db")]

WHY = "It was entered twice."


def withdraw(desk: Client, *operations: Operation, **typed: Any) -> str:
    return act(desk, "withdraw", *operations, confirmed="yes", **{"reason": WHY, **typed})


def reasons(operation: Operation) -> list[tuple[str, bool]]:
    operation.refresh_from_db()
    rows = (operation, operation.citations.get())
    return [(row.withdrawal_reason, row.withheld) for row in rows]


def test_the_action_asks_why_before_it_does_anything(desk: Client) -> None:
    operation, before = a_published_operation(), newest().number
    chosen = {"_selected_action": [operation.pk], "action": "withdraw", "index": 0}
    page = desk.post(list_of(Operation), {**chosen, "reason": "Typed above the list"})
    html = page.content.decode()
    assert "Public reason" in html
    assert "For a legal cause" in html
    assert "Typed above the list" in html
    assert "Its citations go along: 1." in html
    assert (states(operation), newest().number) == (["published"], before)


def test_what_is_withdrawn_says_why_with_its_citations_in_one_revision(desk: Client) -> None:
    operation, before = a_published_operation(), newest().number
    assert withdraw(desk, operation) == "Withdrawn: 1 record with 1 citation."
    assert states(operation, operation.citations.get()) == ["withdrawn", "withdrawn"]
    assert reasons(operation) == [(WHY, False)] * 2
    assert (newest().number, newest().reason) == (before + 1, WHY)


def test_without_a_reason_nothing_is_withdrawn(desk: Client) -> None:
    operation = a_published_operation()
    chosen = {"_selected_action": [operation.pk], "action": "withdraw", "confirmed": "yes"}
    page = desk.post(list_of(Operation), {**chosen, "reason": "  "})
    assert "Say why: the address of the record shows the reason." in page.content.decode()
    assert states(operation) == ["published"]


def test_for_a_legal_cause_the_past_is_hidden_at_once(desk: Client, client: Client) -> None:
    operation = a_published_operation()
    number = newest().number
    withdraw(desk, operation, withheld="on")
    assert reasons(operation) == [(WHY, True)] * 2
    then = client.get(f"/operations/sabre/?as_of={number}")
    assert then.status_code == 410
    assert "Sabre" not in then.content.decode()


def test_what_was_withdrawn_is_published_again_with_a_reason(desk: Client) -> None:
    operation = a_published_operation()
    withdraw(desk, operation)
    assert "Say why what was withdrawn is published again" in act(desk, "publish", operation)
    assert states(operation) == ["withdrawn"]
    said = act(desk, "publish", operation, reason="It was right")
    assert said == "Published: 1 record with 1 citation."
    assert reasons(operation) == [("", False)] * 2


def test_what_was_withheld_and_is_published_again_keeps_its_past_hidden(
    desk: Client, client: Client
) -> None:
    operation, number = a_published_operation(), newest().number
    withdraw(desk, operation, withheld="on")
    act(desk, "publish", operation, reason="Corrected")
    assert client.get("/operations/sabre/").status_code == 200
    assert client.get("/operations/sabre/", {"as_of": number}).status_code == 410


def test_the_form_asks_for_the_reason_too(desk: Client) -> None:
    operation = a_published_operation()
    page = save(desk, operation, publication="withdrawn")
    why = "Say why it is withdrawn: its address shows the reason."
    assert errors(page) == {"withdrawal_reason": [why]}
    assert save(desk, operation, publication="withdrawn", withdrawal_reason=WHY).status_code == 302
    assert states(operation, operation.citations.get()) == ["withdrawn", "withdrawn"]
    assert reasons(operation) == [(WHY, False)] * 2


def test_the_form_takes_the_reason_back_where_the_record_is_published_again(desk: Client) -> None:
    operation = a_published_operation()
    withdraw(desk, operation)
    (why,) = errors(save(desk, operation, publication="published"))["reason"]
    assert why.startswith("Say why what was withdrawn is published again: the reason is public.")
    saved = save(desk, operation, publication="published", reason="It was right")
    assert saved.status_code == 302
    assert reasons(operation) == [("", False)] * 2


def test_a_reason_without_a_withdrawal_is_refused(desk: Client) -> None:
    operation = a_published_operation()
    page = save(desk, operation, withdrawal_reason=WHY)
    assert errors(page) == {
        "withdrawal_reason": ["To withdraw the record, choose “Withdrawn” above."]
    }


def test_a_better_reason_is_told_of_its_citations_too(desk: Client) -> None:
    operation = a_published_operation()
    withdraw(desk, operation)
    save(desk, operation, withdrawal_reason="The source took it back.", withheld="on")
    assert reasons(operation) == [("The source took it back.", True)] * 2


def test_a_withdrawn_record_that_is_a_draft_again_still_says_why_it_is_gone(
    desk: Client, client: Client
) -> None:
    operation = a_published_operation()
    withdraw(desk, operation)
    said = act(desk, "back_to_draft", operation)
    assert said == "Put back to draft: 1 record with 1 citation."
    assert client.get("/operations/sabre/").status_code == 410
    page = save(desk, operation, withdrawal_reason="")
    assert list(errors(page)) == ["withdrawal_reason"]
    act(desk, "publish", operation, reason="Written anew")
    assert reasons(operation) == [("", False)] * 2
    assert client.get("/operations/sabre/").status_code == 200


def test_only_what_is_published_is_withdrawn(desk: Client) -> None:
    draft = a_draft()
    assert list(errors(save(desk, draft, publication="withdrawn"))) == ["publication"]
    assert "“Sabre”. Nothing was changed." in withdraw(desk, draft)
    assert states(draft) == ["draft"]


def test_a_researcher_withdraws_nothing(member: Member) -> None:
    researcher, operation = member("Researcher"), a_published_operation()
    withdraw(researcher, operation)
    assert states(operation) == ["published"]
    assert 'value="withdraw"' not in researcher.get(list_of(Operation)).content.decode()


def test_a_researcher_does_not_change_the_reason_of_what_is_a_draft_again(
    desk: Client, member: Member
) -> None:
    operation = a_published_operation()
    withdraw(desk, operation, withheld="on")
    act(desk, "back_to_draft", operation)
    researcher = member("Researcher")
    form = filled(researcher.get(address(operation)))
    assert "withdrawal_reason" not in form
    researcher.post(address(operation), form | {"withheld": "", "withdrawal_reason": "Other"})
    assert reasons(operation)[0] == (WHY, True)


def test_a_withdrawn_record_is_not_deleted_and_its_address_goes_on_saying_why(
    desk: Client, client: Client
) -> None:
    operation = a_published_operation()
    withdraw(desk, operation)
    page = desk.post(address(operation, "delete"), {"post": "yes"}, follow=True)
    assert "What was withdrawn cannot be removed" in page.content.decode()
    assert client.get("/operations/sabre/").status_code == 410


def test_a_withdrawn_record_goes_on_in_another(desk: Client, client: Client) -> None:
    withdrawn, kept = a_published_operation(), a_published_operation("Epervier")
    withdraw(desk, withdrawn)
    merge(kept, withdrawn, editor=None, reason="The same")
    moved = client.get("/operations/sabre/")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/operations/epervier/")
