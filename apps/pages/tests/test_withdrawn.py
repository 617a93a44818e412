"""The page of what was withdrawn: why, when, and what of its past can still be read."""

import pytest

from apps.pages.tests.conftest import newest
from apps.records.models import Operation
from apps.records.tests import making
from apps.records.tests.making import WITHDRAWN
from apps.revisions.tests.test_hiding import AGAIN, WITHHELD, withdraw
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

PUBLISHED = {"publication": "published"}


@pytest.fixture
def sabre(committed_db):
    """Publish an operation in a revision of its own."""
    with revision(reason="Add Sabre"):
        operation = making.operation("sabre", **PUBLISHED)
        making.citation(making.source(**PUBLISHED), operation=operation, **PUBLISHED)
    return operation


@pytest.mark.parametrize("language", ["", "/fr"])
def test_the_page_says_what_it_was_called_why_and_since_when_it_is_gone(sabre, visit, language):
    before = newest()
    withdraw(sabre, **WITHDRAWN)
    page = visit(f"{language}/operations/sabre/")
    assert page.status == 410
    assert page.response["Cache-Control"] == "no-store"
    for words in ("Sabre", "It was entered twice.", str(before + 1)):
        assert words in page
    assert f'href="{language}/operations/sabre/?as_of={before}"' in page.html
    assert f'href="{language}/operations/sabre/history/"' in page.html


def test_the_record_as_it_last_was_and_its_permalinks_are_still_there(sabre, visit):
    before = newest()
    withdraw(sabre, **WITHDRAWN)
    assert visit("/operations/sabre/", as_of=before).status == 200
    permalink = visit(f"/operations/sabre@{before}/").response
    assert permalink["Location"] == f"/operations/sabre/?as_of={before}"


def test_its_history_is_still_there_and_ends_with_the_withdrawal(sabre, visit):
    Operation.objects.filter(pk=sabre.pk).update(mandate="To train")
    withdraw(sabre, **WITHDRAWN)
    page = visit("/operations/sabre/history/")
    assert page.status == 200
    for words in ("History of Sabre", "A court decided", "To train", f"Revision {newest()}"):
        assert words in page


def test_a_feed_of_what_is_withdrawn_is_gone(sabre, visit):
    withdraw(sabre, **WITHDRAWN)
    assert visit("/operations/sabre/feed.atom").status == 410


def test_for_a_legal_cause_the_page_says_that_the_past_is_hidden_and_not_what_it_was(sabre, visit):
    before = newest()
    withdraw(sabre, **WITHHELD)
    for address in (
        f"/operations/{sabre.public_id}/",
        f"/operations/{sabre.public_id}/?as_of={before}",
        f"/operations/{sabre.public_id}/?as_of=1",
        f"/operations/{sabre.public_id}/history/",
        f"/operations/{sabre.public_id}/feed.atom",
        f"/operations/{sabre.public_id}/cite.bib?as_of={before}",
    ):
        page = visit(address)
        assert page.status == 410, address
        assert "It was withdrawn for a legal cause." in page, address
        assert "It was entered twice." in page, address
        assert "sabre" not in page.html.lower(), address


def test_its_former_address_is_gone_too(sabre, visit):
    Operation.objects.filter(pk=sabre.pk).update(slug="operation-sabre")
    withdraw(sabre, **WITHDRAWN)
    assert visit("/operations/sabre/").status == 410


def test_what_was_never_public_is_not_found(committed_db, visit):
    making.operation("secret")
    assert visit("/operations/secret/").status == 404
    assert visit("/operations/secret/history/").status == 404


def test_published_again_it_is_there_again(sabre, visit):
    withdraw(sabre, **WITHDRAWN)
    withdraw(sabre, **AGAIN)
    assert visit("/operations/sabre/").status == 200


def test_a_history_says_nothing_of_a_withdrawal_that_was_not(seed_page):
    assert "legal cause" not in seed_page("/operations/takuba-task-force/history/").html
