"""The desk’s page on the quality of the evidence: drafts count, and all leads on to mend it."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from apps.desk.tests.conftest import Member, a_source, address, cite
from apps.records.models import Operation

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:quality")


def test_it_leads_to_paragraphs_that_nothing_cites_and_to_citations_that_disagree(
    member: Member,
) -> None:
    source = a_source(title="[Of three]", paragraphs=3)
    operation = Operation.objects.create(slug="sabre", name="Sabre")
    citation = cite(source=source, operation=operation, paragraph=2, standing="conflicting")
    page = member("Researcher").get(PAGE)
    html = page.content.decode()
    found = {row.source: row.uncoded for row, _ in page.context["coverage"]}
    assert found[source] == (1, 3)
    for row in (source, citation):
        assert f'href="{address(row)}"' in html


def test_a_draft_that_cites_nothing_is_counted(member: Member) -> None:
    researcher = member("Researcher")

    def uncited() -> int:
        rows = researcher.get(PAGE).context["uncited"]
        found = (r["row"].uncited for r in rows if r["field"] == "mandate")
        return next(found, 0)

    before = uncited()
    Operation.objects.create(slug="sabre", name="Sabre", mandate="To train")
    assert uncited() == before + 1


def test_the_front_page_leads_there_and_nobody_without_permission_gets_in(desk: Client) -> None:
    assert PAGE in desk.get(reverse("admin:index")).content.decode()
    get_user_model()._default_manager.update(is_superuser=False)
    assert desk.get(PAGE).status_code == 403
