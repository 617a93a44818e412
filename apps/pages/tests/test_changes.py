"""What changed, and what a record was."""

import pytest

from apps.pages.tests.conftest import newest
from apps.records.models import Operation
from apps.records.tests import making
from apps.records.tests.making import WITHDRAWN
from apps.revisions.models import Revision
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow


def test_a_revision_shows_what_it_changed_and_its_hash(publish, visit):
    operation = publish(making.operation, "changing")
    with revision(reason="A better focus"):
        Operation.objects.filter(pk=operation.pk).update(focus_area="The north", status="active")
    page = visit(f"/changes/{newest()}/")
    assert "A better focus" in page
    assert "<ins>The north</ins>" in page.html
    assert "<ins>Active</ins>" in page.html
    assert Revision.objects.newest().hash in page
    assert "A better focus" in visit("/changes/")
    assert "A better focus" in visit("/operations/changing/history/")


def test_the_history_of_a_record_leads_to_what_it_was(publish, visit):
    operation = publish(making.operation, "changing")
    before = newest()
    with revision(reason="Named"):
        Operation.objects.filter(pk=operation.pk).update(name="Changed name")
    page = visit("/operations/changing/history/")
    assert f'href="/operations/changing/?as_of={before}"' in page
    assert "Changed name" not in visit("/operations/changing/", as_of=before)


def test_changes_are_paged_from_the_newest(publish, visit):
    operation = publish(making.operation, "changing")
    for number in range(21):
        Operation.objects.filter(pk=operation.pk).update(focus_area=f"Area {number}")
    page = visit("/changes/")
    oldest = newest() - 19
    assert f'href="/changes/?before={oldest}"' in page
    older = visit(f"/changes/?before={oldest}")
    assert f'href="/changes/{oldest - 1}/"' in older
    assert f'href="/changes/{oldest}/"' not in older


def test_the_many_changes_of_a_seed_are_paged_and_none_is_lost(seed_page):
    first = seed_page("/changes/1/")
    following = first.text.split(">More changes</a>")[0].rsplit('href="', 1)[1].split('"')[0]
    second = seed_page(following)
    rows = [page.text.count('<tr><th scope="rowgroup"') for page in (first, second)]
    assert rows[0] == 200
    assert f"{sum(rows)} public changes" in first


def test_a_revision_of_many_changes_is_summed_up_by_type(seed_page):
    for address in ("/", "/changes/"):
        page = seed_page(address)
        assert "Operations 7" in page
        assert "Citations 321" in page
        assert "Estonia in Takuba" not in page.words.split("Recent changes")[-1], address


def test_a_revision_of_few_changes_names_them(publish, visit):
    publish(making.operation, "changing", cite="name status focus_area")
    page = visit("/changes/")
    assert "Operation Changing: published Citations 3" in page


def test_a_removed_record_is_logged_without_a_link(publish, visit):
    publish(making.person, "gone")
    person = making.Person.objects.get(slug="gone")
    with revision(reason="Withdrawn"):
        person.citations.update(**WITHDRAWN)
        making.Person.objects.filter(pk=person.pk).update(**WITHDRAWN)
    page = visit(f"/changes/{newest()}/")
    assert "Removed from the public" in page
    assert 'href="/people/gone/"' not in page


def test_a_change_to_a_draft_changes_nothing_public(committed_db, visit):
    with revision(reason="A secret draft"):
        making.operation("draft-one", name="Hidden operation")
    assert "This revision changed nothing public." in visit(f"/changes/{newest()}/")
    assert "A secret draft" not in visit("/changes/")
