"""Sitemaps list every page of a record once, however many there are."""

import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from apps.pages.tests.conftest import newest
from apps.pages.tests.test_lists import make
from apps.pages.views import sitemaps
from apps.records.catalogue import CATALOGUE
from apps.records.models import Operation
from apps.revisions.models import Revision
from apps.revisions.writing import revision

pytestmark = pytest.mark.slow

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://testserver"


def listed(visit, address):
    """Return what a sitemap lists: each address with its day of change."""
    page = visit(address)
    assert page.response["Content-Type"] == "application/xml; charset=utf-8"
    return {
        one.findtext(f"{SPACE}loc").removeprefix(SITE): one.findtext(f"{SPACE}lastmod")
        for one in ElementTree.fromstring(page.html)
    }


def everything(visit, index="/sitemap.xml"):
    return {page: day for one in listed(visit, index) for page, day in listed(visit, one).items()}


def test_the_sitemaps_list_the_page_of_every_record_and_each_opens(seed_page):
    found = everything(seed_page)
    records = {
        record.get_absolute_url() for model in sitemaps.WITH_PAGES for record in model.objects.all()
    }
    assert records <= set(found)
    others = {path for path in found if path not in records}
    lists = {reverse(f"pages:{model._meta.model_name}-list") for model in sitemaps.WITH_PAGES}
    assert lists | {"/", "/data/", "/about/"} <= others
    assert {seed_page(path).status for path in found} == {200}


def test_every_kind_of_record_with_a_page_of_its_own_is_listed():
    own = {e.model for e in CATALOGUE.values() if "#" not in own_address(e.model)}
    assert own == set(sitemaps.WITH_PAGES)


def own_address(model):
    return "#" if model._meta.model_name in ("contributor", "strengthfigure", "citation") else "/"


def test_the_french_pages_have_sitemaps_of_their_own(seed_page):
    assert "/fr/operations/barkhane/" in everything(seed_page, "/fr/sitemap.xml")


def test_robots_are_told_of_the_sitemaps(seed_page):
    robots = seed_page("/robots.txt").html
    found = re.findall(r"^Sitemap: (.*)$", robots, re.M)
    assert found == [f"{SITE}/sitemap.xml", f"{SITE}/fr/sitemap.xml"]
    assert [seed_page(one.removeprefix(SITE)).status for one in found] == [200, 200]


def test_the_day_is_that_of_the_newest_change(committed_db, visit):
    with revision(reason="A change"):
        Operation.objects.filter(slug="barkhane").update(focus_area="Elsewhere")
    days = everything(visit)
    made = Revision.objects.in_bulk([1, newest()])
    assert days["/operations/barkhane/"] == made[newest()].made_at.isoformat()
    assert days["/operations/minusma/"] == made[1].made_at.isoformat()


def test_a_draft_is_not_listed(committed_db, visit):
    with revision(reason="A draft"):
        Operation.objects.create(slug="draft", name="A draft")
    assert "/operations/draft/" not in everything(visit)


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(sitemaps, "ROWS_A_PAGE", 50)


def test_no_page_is_longer_than_its_range_and_none_is_lost(source, small_pages, visit):
    with revision(reason="Many"):
        make(Operation, source, lambda n: {"slug": f"operation-{n}", "name": f"O {n}"})
    pages = [one for one in listed(visit, "/sitemap.xml") if "operations" in one]
    found = [listed(visit, page) for page in pages]
    assert len(pages) >= 4
    assert all(0 < len(one) <= 50 for one in found)
    assert sum(map(len, found)) == Operation.objects.filter(publication="published").count()


def test_a_page_costs_the_same_however_long_and_wherever_it_is(source, small_pages, visit):
    with revision(reason="Many"):
        make(Operation, source, lambda n: {"slug": f"operation-{n}", "name": f"O {n}"})
    pages = [one for one in listed(visit, "/sitemap.xml") if "operations" in one]
    assert len({visit(page).queries for page in pages}) == 1


@pytest.mark.parametrize(
    "address", ["/sitemap-operations-99.xml", "/sitemap-citations-0.xml", "/sitemap-x-0.xml"]
)
def test_a_range_without_records_is_not_found(address, seed_page):
    assert seed_page(address).status == 404


def test_an_empty_database_has_a_sitemap_of_its_documents(seed_page):
    assert list(listed(lambda path: seed_page(path, as_of=0), "/sitemap.xml")) == [
        "/sitemap-documents.xml"
    ]
