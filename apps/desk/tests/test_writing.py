"""A write at the desk: one revision with its editor and reason, or a refusal with the input."""

import pytest
from django.test import Client

from apps.desk.tests.conftest import (
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
from apps.records.models import (
    Citation,
    Contributor,
    Country,
    LadderStep,
    Operation,
    OperationCountry,
    Source,
    SourceText,
    StrengthFigure,
)
from apps.revisions.models import Revision
from apps.revisions.writing import revision

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed_db")]


def test_a_draft_is_added_with_a_citation_below_it(desk: Client) -> None:
    source = a_source()
    typed = {"name": "Sabre", "slug": "sabre", "reason": "New", **passage("citations", source)}
    response = desk.post(
        list_of(Operation, "add"), filled(desk.get(list_of(Operation, "add"))) | typed
    )
    assert response.status_code == 302
    citation = Citation.objects.get(operation__slug="sabre")
    assert (citation.source, citation.publication) == (source, "draft")


def test_a_draft_is_not_seen_by_the_public(desk: Client) -> None:
    typed = {"name": "Sabre", "slug": "sabre"}
    desk.post(list_of(Operation, "add"), filled(desk.get(list_of(Operation, "add"))) | typed)
    assert Operation.objects.filter(slug="sabre").exists()
    assert not Operation.objects.using("public").filter(slug="sabre").exists()


def test_the_editor_and_the_reason_are_in_the_revision(desk: Client) -> None:
    operation = a_published_operation()
    before = newest().number
    page = desk.get(address(operation))
    desk.post(address(operation), filled(page) | {"note": "Read", "reason": " Read again "})
    made = newest()
    assert made.number == before + 1
    assert (made.editor and made.editor.get_username(), made.reason) == ("root", "Read again")


def test_a_save_that_changes_nothing_makes_no_revision(desk: Client) -> None:
    operation = a_published_operation()
    before = newest().number
    page = desk.get(address(operation))
    assert desk.post(address(operation), filled(page) | {"reason": "None"}).status_code == 302
    assert newest().number == before


def test_a_broken_constraint_is_an_error_at_the_field_and_nothing_typed_is_lost(
    desk: Client,
) -> None:
    figure = StrengthFigure.objects.create(operation=a_published_operation(), least=10)
    typed = {"least": "500", "most": "20", "note": "Kept", "reason": "Why"}
    page = desk.post(address(figure), filled(desk.get(address(figure))) | typed)
    assert errors(page) == {"most": ["The least cannot be above the most."]}
    assert filled(page) | typed == filled(page)


def test_a_date_that_cannot_be_read_is_an_error_that_says_what_can(desk: Client) -> None:
    operation = a_published_operation()
    page = desk.post(address(operation), filled(desk.get(address(operation))) | {"start": "soon"})
    assert "2020-01-19" in errors(page)["start"][0]


def test_an_end_before_its_start_is_an_error_at_the_end(desk: Client) -> None:
    operation = a_published_operation()
    typed = {"start": "2020", "end": "2013"}
    page = desk.post(address(operation), filled(desk.get(address(operation))) | typed)
    assert errors(page) == {"end": ["The end cannot be before the start."]}


def test_a_slug_that_is_taken_is_an_error_at_the_slug(desk: Client) -> None:
    a_published_operation()
    typed = {"name": "Another", "slug": "sabre"}
    page = desk.post(list_of(Operation, "add"), filled(desk.get(list_of(Operation, "add"))) | typed)
    assert list(errors(page)) == ["slug"]


def test_a_rule_over_several_records_is_an_error_at_the_field_that_can_mend_it(
    desk: Client,
) -> None:
    sabre, other = a_published_operation(), a_published_operation("Epervier")
    with_other = Contributor.objects.create(operation=other, country=Country.objects.get(iso2="ML"))
    figure = StrengthFigure.objects.create(operation=sabre, least=10)
    typed = {"contributor": with_other.pk, "note": "Kept"}
    page = desk.post(address(figure), filled(desk.get(address(figure))) | typed)
    assert "belongs to another operation" in errors(page)["contributor"][0]
    assert filled(page)["note"] == "Kept"


def test_a_citation_of_a_paragraph_that_the_source_does_not_have_is_refused(desk: Client) -> None:
    operation = a_published_operation()
    typed = {"name": "New", **passage("citations", a_source(), paragraph=10)}
    page = desk.post(
        list_of(Operation, "add"),
        filled(desk.get(list_of(Operation, "add"))) | typed | {"slug": "new"},
    )
    assert "paragraph" in errors(page)["__all__"][0]
    assert filled(page)["citations-0-paragraph"] == "10"
    assert list(Operation.objects.filter(slug="new")) == []
    assert operation.citations.count() == 1


def test_a_new_step_of_a_published_contributor_is_saved_with_its_citation(desk: Client) -> None:
    contributor = _published_contributor()
    page = desk.get(address(contributor))
    step = {"place": 1, "status": "announced", "cite_field": "status"}
    cited = {"cite_source": a_source().pk, "cite_paragraph": 3, "cite_excerpt": "will send"}
    typed = {f"ladder-0-{name}": value for name, value in {**step, **cited}.items()}
    response = desk.post(address(contributor), filled(page) | typed | {"ladder-TOTAL_FORMS": 1})
    assert response.status_code == 302
    citation = LadderStep.objects.get(contributor=contributor).citations.get()
    assert (citation.field, citation.paragraph, citation.publication) == ("status", 3, "published")
    assert citation.source.publication == "published"


def test_a_new_step_of_a_published_contributor_without_citation_is_refused(desk: Client) -> None:
    contributor = _published_contributor()
    typed = {"ladder-TOTAL_FORMS": 1, "ladder-0-place": 1, "ladder-0-status": "announced"}
    page = desk.post(address(contributor), filled(desk.get(address(contributor))) | typed)
    assert "ladder step needs a published citation" in errors(page)["__all__"][0]
    assert filled(page)["ladder-0-status"] == "announced"
    assert not contributor.ladder.exists()


def test_half_a_citation_of_a_step_is_an_error_at_what_is_missing(desk: Client) -> None:
    contributor = _published_contributor()
    typed = {"ladder-TOTAL_FORMS": 1, "ladder-0-place": 1, "ladder-0-status": "announced"}
    typed |= {"ladder-0-cite_paragraph": 3}
    page = desk.post(address(contributor), filled(desk.get(address(contributor))) | typed)
    ladder = page.context["inline_admin_formsets"][0].formset
    assert set(ladder.errors[0]) == {"cite_source", "cite_excerpt"}


def test_a_duplicate_below_a_record_is_an_error_and_not_a_fault(desk: Client) -> None:
    operation = a_published_operation()
    country = Country.objects.get(iso2="ML")
    row = {"theatre_rows-0-country": country.pk, "theatre_rows-1-country": country.pk}
    typed = {"theatre_rows-TOTAL_FORMS": 2, **row}
    page = desk.post(address(operation), filled(desk.get(address(operation))) | typed)
    assert page.status_code == 200
    assert not OperationCountry.objects.filter(operation=operation).exists()


def test_the_stored_text_of_a_source_fills_in_paragraphs_and_hash(desk: Client) -> None:
    typed = {"title": "[A text]", "stored_text-0-text": "One.\r\n\r\nTwo.\r\n"}
    desk.post(list_of(Source, "add"), filled(desk.get(list_of(Source, "add"))) | typed)
    source, stored = Source.objects.get(title="[A text]"), SourceText.objects.get()
    assert stored.text == "One.\n\nTwo.\n"
    assert (source.paragraphs, source.text_sha256) == (2, stored.sha256)


def test_a_hash_that_is_not_that_of_the_text_is_an_error_at_the_hash(desk: Client) -> None:
    typed = {"title": "[A text]", "stored_text-0-text": "One.", "text_sha256": "0" * 64}
    page = desk.post(list_of(Source, "add"), filled(desk.get(list_of(Source, "add"))) | typed)
    assert "Clear the SHA-256" in errors(page)["text_sha256"][0]


def test_deleting_takes_the_reason_along(desk: Client) -> None:
    operation = a_published_operation()
    delete = address(operation, "delete")
    desk.post(delete, {"post": "yes", "reason": "Entered twice"})
    assert not Operation.objects.filter(pk=operation.pk).exists()
    assert newest().reason == "Entered twice"


def test_deleting_the_only_citation_of_a_published_record_is_refused_with_the_reason_kept(
    desk: Client,
) -> None:
    citation = a_published_operation().citations.get()
    delete = address(citation, "delete")
    page = desk.post(delete, {"post": "yes", "reason": "Wrong"}, follow=True)
    assert b"needs a published citation" in page.content
    assert b'value="Wrong"' in page.content
    assert Citation.objects.filter(pk=citation.pk).exists()


def test_deleting_several_asks_for_a_reason_and_keeps_it(desk: Client) -> None:
    drafts = [Operation.objects.create(slug=name, name=name) for name in ("one", "two")]
    chosen = {"_selected_action": [draft.pk for draft in drafts], "action": "delete_selected"}
    page = desk.post(list_of(Operation), chosen | {"index": 0, "reason": "Tests"})
    assert b'value="Tests"' in page.content
    desk.post(list_of(Operation), chosen | {"post": "yes", "reason": "Tests"})
    assert not Operation.objects.filter(slug__in=["one", "two"]).exists()
    assert newest().reason == "Tests"


def test_a_reason_that_cannot_be_stored_is_an_error_of_the_form(desk: Client) -> None:
    operation = a_published_operation()
    opened = filled(desk.get(address(operation)))
    number = Revision.objects.count()
    for reason in ("x" * 501, "a\0b"):
        page = desk.post(address(operation), opened | {"note": "New", "reason": reason})
        assert list(errors(page)) == ["reason"]
    assert Revision.objects.count() == number


def _published_contributor() -> Contributor:
    operation = a_published_operation()
    source = operation.citations.get().source
    with revision(reason="Made for a test"):
        contributor = Contributor.objects.create(
            operation=operation, country=Country.objects.get(iso2="FR"), publication="published"
        )
        cite(contributor=contributor, source=source, field="country", publication="published")
    return contributor
