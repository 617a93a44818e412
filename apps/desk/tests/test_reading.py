"""A source at the desk: its paragraphs, what cites each, and by whom it was coded."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from apps.desk.passages import reading_address
from apps.desk.reading import Reading
from apps.desk.tests.conftest import (
    ARTICLE,
    Member,
    a_published_operation,
    a_source,
    address,
    an_article,
    cite,
    filled,
    list_of,
    newest,
)
from apps.records.models import (
    Citation,
    Contributor,
    Country,
    Operation,
    Source,
)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed_db")]


@pytest.fixture
def source() -> Source:
    return an_article()


def test_a_pasted_article_is_read_in_numbered_paragraphs(desk: Client) -> None:
    typed = {"title": "[An article]", "stored_text-0-text": ARTICLE.replace("\n", "\r\n")}
    page = desk.post(list_of(Source, "add"), filled(desk.get(list_of(Source, "add"))) | typed)
    assert page.headers["Location"] == reading_address(Source.objects.get(title="[An article]").pk)
    reading = desk.get(page.headers["Location"]).context["reading"]
    assert [(p.number, p.words) for p in reading.paragraphs] == [
        *enumerate(ARTICLE.split("\n\n"), start=1)
    ]


def test_what_cites_a_paragraph_is_shown_and_what_nothing_cites_stands_out(
    desk: Client, source: Source
) -> None:
    sabre = a_published_operation()
    citation = cite(operation=sabre, source=source, paragraph=2, excerpt="60 instructors")
    page = desk.get(reading_address(source.pk))
    _first, second, _third = page.context["reading"].paragraphs
    assert second.citations == [citation]
    assert [(piece.words, piece.cited) for piece in second.pieces()] == [
        ("A force of ", False),
        ("60 instructors", True),
        (" was promised.", False),
    ]
    shown = page.content.decode()
    assert address(sabre) in shown
    assert address(citation) in shown
    assert shown.count("Nothing cites this paragraph.") == shown.count(" uncoded") == 2
    assert "1 of 3 paragraphs coded" in shown


def test_coverage_is_told_per_coder(member: Member, source: Source) -> None:
    sabre = a_published_operation()
    anna, bert = member("Researcher"), member("Reviewer")
    for coder, number, excerpt in ((anna, 1, "on Monday"), (anna, 2, "60"), (bert, 2, "A force")):
        form = list_of(Citation, "add")
        typed = {"source": source.pk, "paragraph": number, "excerpt": excerpt, "field": "name"}
        page = coder.post(form, filled(coder.get(form)) | typed | {"operation": sabre.pk})
        assert page.status_code == 302
    cite(operation=sabre, source=source, paragraph=3, excerpt="Nothing")
    coders = [(c.name, c.paragraphs, c.citations) for c in Reading(source).coders]
    assert coders == [("researcher", 2, 2), ("a command", 1, 1), ("reviewer", 1, 1)]
    assert Reading(source).share == 100


def test_drafts_of_a_source_are_sent_to_review_together(member: Member, source: Source) -> None:
    researcher, sabre = member("Researcher"), a_published_operation()
    draft = Operation.objects.create(slug="draft", name="Draft")
    for operation, excerpt in ((draft, "60"), (draft, "A force"), (sabre, "force")):
        cite(operation=operation, source=source, paragraph=2, excerpt=excerpt)
    assert "Send 1 draft to review" in researcher.get(reading_address(source.pk)).content.decode()
    submit = reverse("admin:records_source_submit", args=[source.pk])
    page = researcher.post(submit, follow=True)
    assert "Sent to review: 1 records." in str([*page.context["messages"]][0])
    draft.refresh_from_db()
    sabre.refresh_from_db()
    assert (draft.publication, sabre.publication) == ("in_review", "published")
    assert str(newest().editor) == "researcher"


def test_a_source_without_text_says_where_to_paste_it(desk: Client) -> None:
    source = a_source()
    assert b"No text is stored" in desk.get(reading_address(source.pk)).content
    assert desk.get(reading_address(0)).status_code == 404


def test_only_who_works_at_the_desk_reads_a_text(client: Client, source: Source) -> None:
    for name in ("read", "cite"):
        page = client.get(reverse(f"admin:records_source_{name}", args=[source.pk]))
        assert (page.status_code, b"minister" in page.content) == (302, False)


def test_to_see_sources_is_not_to_read_their_texts(client: Client, source: Source) -> None:
    visitor = get_user_model()._default_manager.create(username="visitor", is_staff=True)
    visitor.user_permissions.add(Permission.objects.get(codename="view_source"))
    client.force_login(visitor)
    assert client.get(address(source)).status_code == 200
    assert client.get(reading_address(source.pk)).status_code == 403


def test_reading_takes_as_many_queries_for_many_citations_as_for_few(
    desk: Client, source: Source, django_assert_max_num_queries: Any
) -> None:
    sabre = a_published_operation()
    for field in ("name", "start", "end", "status", "type", "mandate"):
        cite(operation=sabre, source=source, paragraph=2, excerpt="60", field=field)
    with_mali = Contributor.objects.create(operation=sabre, country=Country.objects.get(iso2="ML"))
    cite(contributor=with_mali, source=source, paragraph=3, excerpt="Nothing", field="roles")
    with django_assert_max_num_queries(8):
        desk.get(reading_address(source.pk))
