"""What the desk says while a form is filled in, and when it is sent."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.desk.tests.conftest import (
    Member,
    a_published_operation,
    a_source,
    address,
    errors,
    filled,
    list_of,
)
from apps.records.models import Citation, Contributor, Country, Operation, Source, SourceText
from apps.revisions.writing import revision

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed_db")]


@pytest.fixture
def source() -> Source:
    with revision(reason="Pasted"):
        source = a_source(paragraphs=2)
        stored = SourceText.objects.create(source=source, text="A force of 60.\n\nIt left.")
        Source.objects.filter(pk=source.pk).update(text_sha256=stored.sha256)
    return source


def said(desk: Client, check: str, **asked: Any) -> dict[str, Any]:
    return dict(desk.get(reverse(f"admin:check_{check}"), asked).json())


def test_a_partial_date_explains_itself_while_it_is_typed(desk: Client) -> None:
    autumn = said(desk, "date", value=" 2020-23 ")
    assert autumn == {"says": "autumn 2020: 1 September to 30 November 2020", "wrong": False}
    assert said(desk, "date", value="") == {"says": "", "wrong": False}
    assert said(desk, "date", value="soon")["wrong"]
    assert "2020-23 (autumn)" in said(desk, "date", value="soon\0")["says"]


def test_a_partial_date_explains_itself_on_a_form_that_is_shown_again(desk: Client) -> None:
    typed = {"start": "2020-23", "end": "soon"}
    page = desk.post(list_of(Operation, "add"), filled(desk.get(list_of(Operation, "add"))) | typed)
    shown = page.content.decode()
    assert "1 September to 30 November 2020</output>" in shown
    assert list(errors(page)) == ["name", "slug", "end"]


def test_an_excerpt_is_checked_while_it_is_typed(desk: Client, source: Source) -> None:
    of_source = {"source": source.pk, "paragraph": 2}
    assert said(desk, "excerpt", value="It left", **of_source) == {"says": "", "wrong": False}
    wrong = said(desk, "excerpt", value="a force of 60", **of_source)
    assert wrong["wrong"]
    assert wrong["says"].endswith("Nearest: “A force of 60” in paragraph 1.")
    assert said(desk, "excerpt", value="It left", source="", paragraph="x")["says"] == ""
    without_text = {"source": a_source().pk, "paragraph": 1}
    assert said(desk, "excerpt", value="anything", **without_text)["says"] == ""


def test_only_who_may_read_stored_texts_learns_a_passage(member: Member, source: Source) -> None:
    asked = {"source": str(source.pk), "paragraph": "1", "value": "force"}
    of_excerpts = reverse("admin:check_excerpt")
    assert member("Researcher").get(of_excerpts, asked).status_code == 200
    assert Client().get(of_excerpts, asked).status_code == 302


def test_an_excerpt_that_does_not_stand_is_refused_at_its_field(
    desk: Client, source: Source
) -> None:
    draft = Operation.objects.create(slug="draft", name="Draft")
    row = {"source": source.pk, "paragraph": 2, "excerpt": "a force of 60", "field": "name"}
    typed = {f"citations-0-{name}": value for name, value in row.items()}
    page = desk.post(address(draft), filled(desk.get(address(draft))) | typed)
    formset = next(
        each.formset
        for each in page.context["inline_admin_formsets"]
        if each.opts.model is Citation
    )
    (wrong,) = formset.errors[0]["excerpt"]
    assert wrong.endswith("Nearest: “A force of 60” in paragraph 1.")
    assert filled(page)["citations-0-excerpt"] == "a force of 60"
    form = list_of(Citation, "add")
    alone = desk.post(form, filled(desk.get(form)) | row | {"operation": draft.pk})
    assert list(errors(alone)) == ["excerpt"]
    assert not Citation.objects.filter(operation=draft).exists()


def test_an_excerpt_brought_by_a_row_is_refused_at_its_field(desk: Client, source: Source) -> None:
    with_mali = Contributor.objects.create(
        operation=a_published_operation(), country=Country.objects.get(iso2="ML")
    )
    row = {"place": 1, "status": "announced", "cite_source": source.pk, "cite_paragraph": 1}
    row |= {"cite_excerpt": "A force of 61", "cite_field": "status"}
    typed = {f"ladder-0-{name}": value for name, value in row.items()} | {"ladder-TOTAL_FORMS": 1}
    page = desk.post(address(with_mali), filled(desk.get(address(with_mali))) | typed)
    ladder = page.context["inline_admin_formsets"][0].formset
    assert list(ladder.errors[0]) == ["cite_excerpt"]


def test_a_possible_duplicate_is_shown_before_it_is_saved_and_can_be_saved_all_the_same(
    desk: Client,
) -> None:
    sabre = a_published_operation("Sabre")
    form = list_of(Operation, "add")
    typed = {"name": "Sabré", "slug": "sabre-2"}
    page = desk.post(form, filled(desk.get(form)) | typed)
    assert errors(page) == {
        "__all__": ["This may be there already: see below. Nothing was saved yet."]
    }
    shown = page.content.decode()
    assert address(sabre) in shown
    assert f'value="{sabre.public_id} "' in shown
    answer = {"all_the_same": f"{sabre.public_id} "}
    assert desk.post(form, filled(page) | answer).status_code == 302
    second = Operation.objects.get(slug="sabre-2")
    # It was told apart once: only another name asks again.
    assert desk.post(address(second), filled(desk.get(address(second)))).status_code == 302
    again = filled(desk.get(address(second))) | {"short_name": "Sabre"}
    assert list(errors(desk.post(address(second), again))) == ["__all__"]


def test_a_text_that_was_pasted_before_is_known(desk: Client, source: Source) -> None:
    form = list_of(Source, "add")
    typed = {"title": "[Another]", "stored_text-0-text": "A force of 60.\r\n\r\nIt left."}
    page = desk.post(form, filled(desk.get(form)) | typed)
    assert [each.shared for each in page.context["adminform"].form.duplicates] == ["the same text"]
    assert filled(page)["stored_text-0-text"] == typed["stored_text-0-text"]


def test_contradictions_are_told_and_block_nothing(desk: Client) -> None:
    operation = a_published_operation()
    with_mali = Contributor.objects.create(
        operation=operation, country=Country.objects.get(iso2="ML")
    )
    typed = filled(desk.get(address(operation))) | {"end": "2022-11"}
    page = desk.post(address(operation), typed, follow=True)
    told = "Mali in Sabre has no status, but the operation ended November 2022."
    assert told in [str(message) for message in page.context["messages"]]
    assert desk.get(address(with_mali)).context["contradictions"] == [told]
