"""The page on the quality of the evidence says what the public may know, in both languages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.records.models import Citation, Contributor, Operation, Organization, Source
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

PAGE = "/quality/"


@pytest.fixture
def doubtful(committed_db):
    """Publish an operation with a promise of long ago and a source that disagrees."""
    long_ago = str((timezone.now() - timedelta(days=800)).year)
    with revision(reason="Made for a test"):
        published = {"publication": "published"}
        operation = Operation.objects.create(slug="sabre", name="Sabre", mandate="Aid", **published)
        body = Organization.objects.create(slug="corps", name="Corps", **published)
        contributor = Contributor.objects.create(
            operation=operation, organization=body, **published
        )
        step = contributor.ladder.create(place=1, status="announced", since=long_ago)
        source = Source.objects.get()
        passage = {"source": source, "paragraph": 1, "excerpt": "x", **published}
        for target, field in (
            ({"operation": operation}, "name"),
            ({"organization": body}, "name"),
            ({"contributor": contributor}, "organization"),
            ({"ladder_step": step}, "status"),
        ):
            Citation.objects.create(**passage, **target, field=field)
        conflicting = {"operation": operation, "field": "start", "standing": "conflicting"}
        Citation.objects.create(**passage, **conflicting)
    return contributor


def test_what_to_be_careful_with_is_listed_with_where_it_stands(client, doubtful):
    page = client.get(PAGE)
    assert ("operation", "mandate") in [(r["kind"], r["field"]) for r in page.context["uncited"]]
    assert list(page.context["promises"]) == [doubtful]
    html = page.content.decode()
    assert f'href="{doubtful.get_absolute_url()}"' in html
    assert 'href="/operations/sabre/"' in html


def test_a_draft_is_counted_nowhere(client, committed_db):
    before = client.get(PAGE).context
    with revision():
        operation = Operation.objects.create(slug="a-draft", name="A draft", mandate="Secret")
        operation.milestones.create(kind="initial_operating_capability", expected="2001")
    after = client.get(PAGE).context
    assert after["uncited"] == before["uncited"]
    assert list(after["milestones"]) == list(before["milestones"])


def test_it_says_the_same_of_a_past_revision_for_ever(client, doubtful):
    past = client.get(PAGE, {"as_of": 1})
    assert past.status_code == 200
    assert not list(past.context["promises"])
    assert "sabre" not in past.content.decode()


def test_the_foot_of_every_page_leads_there(client, db):
    assert 'href="/quality/"' in client.get("/").content.decode()
