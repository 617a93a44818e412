"""Publishing at the desk: what goes along, and what is refused with its reason."""

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
    passage,
)
from apps.records.models import Contributor, Country, Operation, Record

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed_db")]


def save(desk: Client, record: Record, **typed: Any) -> Any:
    return desk.post(address(record), filled(desk.get(address(record))) | typed)


def act(desk: Client, action: str, *records: Record, **typed: Any) -> str:
    """Run an action on a list and return what the desk says, without its markup."""
    chosen = {"_selected_action": [record.pk for record in records], "action": action, "index": 0}
    page = desk.post(list_of(type(records[0])), chosen | typed, follow=True)
    return " ".join(str(message) for message in page.context["messages"])


def states(*records: Record) -> list[str]:
    for record in records:
        record.refresh_from_db()
    return [record.publication for record in records]


def a_draft(name: str = "Sabre") -> Operation:
    return Operation.objects.create(slug=name.lower(), name=name)


def test_an_uncited_record_is_refused_with_the_reason_and_the_input_kept(desk: Client) -> None:
    draft = a_draft()
    page = save(desk, draft, publication="published", note="Typed", reason="Ready")
    assert errors(page) == {
        "publication": [
            "A published operation needs a published citation: source, paragraph, excerpt."
            " Here: operation of “Sabre”."
        ]
    }
    assert (filled(page)["note"], filled(page)["reason"]) == ("Typed", "Ready")
    assert states(draft) == ["draft"]


def test_a_new_record_is_refused_in_the_same_words(desk: Client) -> None:
    typed = {"name": "Sabre", "slug": "sabre", "publication": "published"}
    page = desk.post(list_of(Operation, "add"), filled(desk.get(list_of(Operation, "add"))) | typed)
    assert "Here: operation of this record." in errors(page)["publication"][0]
    assert not Operation.objects.filter(slug="sabre").exists()


def test_a_record_is_published_with_its_new_citation_and_the_source_in_one_revision(
    desk: Client,
) -> None:
    draft, source = a_draft(), a_source()
    before = newest().number
    response = save(desk, draft, publication="published", **passage("citations", source))
    assert response.status_code == 302
    assert states(draft, source, draft.citations.get()) == ["published"] * 3
    assert newest().number == before + 1
    assert Operation.objects.using("public").get(slug="sabre").citations.count() == 1


def test_a_citation_added_to_a_published_record_is_public_at_once(desk: Client) -> None:
    operation = a_published_operation()
    typed = {"source": a_source().pk, "paragraph": 2, "excerpt": "more", "field": "start"}
    added = {f"citations-1-{name}": value for name, value in typed.items()}
    assert save(desk, operation, **added).status_code == 302
    assert operation.citations.filter(publication="published").count() == 2


def test_an_uncited_part_is_named(desk: Client) -> None:
    draft = a_draft()
    cite(operation=draft, source=a_source())
    draft.milestones.create(kind="initial_operating_capability")
    page = save(desk, draft, publication="published")
    assert "milestone needs a published citation" in errors(page)["__all__"][0]


def test_the_action_publishes_records_with_their_citations_and_sources(desk: Client) -> None:
    one, two, source = a_draft("One"), a_draft("Two"), a_source(title="[A report]")
    evidence = [cite(operation=one, source=source), cite(operation=two, source=source)]
    before = newest().number
    said = act(desk, "publish", one, two, reason="Reviewed")
    assert said == "Published: 2 records with 2 citations and the source “[A report]”."
    assert set(states(one, two, source, *evidence)) == {"published"}
    assert (newest().number, newest().reason) == (before + 1, "Reviewed")


def test_the_action_names_what_is_uncited_and_publishes_nothing(desk: Client) -> None:
    cited, bare = a_draft("Cited"), a_draft("Bare")
    cite(operation=cited, source=a_source())
    said = act(desk, "publish", cited, bare)
    assert said == "A published record needs a citation: “Bare”. Nothing was changed."
    assert states(cited, bare) == ["draft", "draft"]


def test_the_action_says_which_rule_refuses(desk: Client) -> None:
    draft = a_draft()
    contributor = Contributor.objects.create(
        operation=draft, country=Country.objects.get(iso2="FR")
    )
    cite(contributor=contributor, source=a_source(), field="country")
    said = act(desk, "publish", contributor)
    assert "names a record that is not published (its operation)" in said
    assert "refers to “Sabre”" in said
    assert states(contributor) == ["draft"]


def test_taking_back_takes_the_citations_along(desk: Client) -> None:
    operation = a_published_operation()
    assert save(desk, operation, publication="draft").status_code == 302
    assert states(operation, operation.citations.get()) == ["draft", "draft"]
    assert not Operation.objects.using("public").filter(pk=operation.pk).exists()


def test_a_record_that_a_published_one_refers_to_stays(desk: Client) -> None:
    operation = a_published_operation()
    follower = a_published_operation("Epervier", predecessor=operation)
    page = save(desk, operation, publication="draft")
    assert "“Epervier” refers to “Sabre”" in errors(page)["publication"][0]
    assert "“Epervier” refers to “Sabre”" in act(desk, "back_to_draft", operation)
    assert states(operation, follower) == ["published", "published"]


def test_a_researcher_sends_drafts_to_review_and_cannot_take_back_what_is_published(
    member: Member,
) -> None:
    researcher, draft = member("Researcher"), a_draft("One")
    assert act(researcher, "send_to_review", draft) == "Sent to review: 1 record."
    published = a_published_operation()
    said = act(researcher, "back_to_draft", draft, published)
    assert said == "Only a reviewer may change what is published: “Sabre”. Nothing was changed."
    assert states(draft, published) == ["in_review", "published"]


def test_a_citation_is_published_with_its_source(desk: Client) -> None:
    operation, source = a_published_operation(), a_source()
    citation = cite(operation=operation, source=source, excerpt="more")
    act(desk, "publish", citation)
    assert states(citation, source) == ["published", "published"]


def test_a_source_that_is_cited_in_public_stays(desk: Client) -> None:
    operation = a_published_operation()
    source = operation.citations.get().source
    assert list(errors(save(desk, source, publication="draft"))) == ["publication"]
    assert states(source) == ["published"]
