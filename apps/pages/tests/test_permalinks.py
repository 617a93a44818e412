"""`<key>@<revision>` is the shortest address of a record that never changes what it shows."""

import re
from html import unescape

import pytest

from apps.pages.tests.conftest import newest
from apps.records.models import Operation
from apps.records.tests import making
from apps.records.tests.making import WITHDRAWN
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

TYPES = ("operations", "countries", "organizations", "people", "statements", "sources")


@pytest.mark.parametrize("name", TYPES)
def test_every_type_of_record_has_permalinks(name, seed_page):
    from apps.records.catalogue import CATALOGUE

    record = CATALOGUE[name].model.objects.first()
    here = record.get_absolute_url()
    for address in (here.rstrip("/"), f"/{name}/{record.public_id}"):
        response = seed_page(f"{address}@1/").response
        assert response.status_code == 302
        assert response.url == f"{address}/?as_of=1"
    assert seed_page(f"{here}?as_of=1").status == 200


def test_a_permalink_of_the_history_and_of_a_file_leads_to_theirs(seed_page):
    history = seed_page("/operations/barkhane@1/history/").response
    assert history.url == "/operations/barkhane/history/?as_of=1"
    file = seed_page("/operations/barkhane@1/cite.bib").response
    assert file.url == "/operations/barkhane/cite.bib?as_of=1"


def test_a_permalink_keeps_the_rest_of_the_question(seed_page):
    response = seed_page("/operations/barkhane@1/?on=2020-01-15&as_of=0").response
    assert response.url == "/operations/barkhane/?on=2020-01-15&as_of=1"


def test_revision_0_is_a_state_without_the_record(seed_page):
    response = seed_page("/operations/barkhane@0/").response
    assert response.url == "/operations/barkhane/?as_of=0"
    assert "Nothing was published at revision 0" in seed_page(response.url)


def test_leading_zeros_lead_to_the_one_address(seed_page):
    assert seed_page("/operations/barkhane@01/").response.url == "/operations/barkhane/?as_of=1"


@pytest.mark.parametrize("number", ["999", "999999999999999"])
def test_a_revision_that_is_yet_to_come_is_refused_with_the_reason(number, seed_page):
    page = seed_page(f"/operations/barkhane@{number}/")
    assert page.status == 400
    assert f"Revision {number} does not exist yet." in page


@pytest.mark.parametrize(
    "address",
    [
        "barkhane@", "barkhane@x", "barkhane@-1", "barkhane@1.0", "barkhane@1@2", "barkhane@١",
        "barkhane@9999999999999999", "@1", "@", "barkhane@2026-01-31",
    ],
)  # fmt: skip
def test_what_names_no_revision_is_not_found(address, seed_page):
    assert seed_page(f"/operations/{address}/").status == 404


def test_a_permalink_outlives_the_name_and_the_publication_of_a_record(publish, visit):
    publish(making.operation, "first-name", name="First")
    before = newest()
    with revision(reason="Another address"):
        Operation.objects.filter(slug="first-name").update(slug="second-name")
    led = visit(f"/operations/first-name@{before}/").response.url
    assert visit(led).status == 200
    assert visit("/operations/first-name/").response.url == "/operations/second-name/"
    then = visit(f"/operations/second-name@{before}/").response.url
    assert visit(then).response.url == led
    history = visit("/operations/second-name/history/").html
    links = [unescape(link) for link in re.findall(r'href="(/operations/[^"]*)"', history)]
    assert f"/operations/second-name/?as_of={before}" in links
    for link in links:
        followed = visit(link)
        assert followed.status == 200 or visit(followed.response.url).status == 200, link
    with revision(reason="Withdrawn"):
        operation = Operation.objects.get(slug="second-name")
        operation.citations.update(**WITHDRAWN)
        Operation.objects.filter(pk=operation.pk).update(**WITHDRAWN)
    assert visit("/operations/second-name/").status == 410
    assert "First" in visit(led)
