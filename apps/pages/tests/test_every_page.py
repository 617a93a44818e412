"""What holds of every page of the seeded site."""

import re
from collections import deque
from urllib.parse import urldefrag, urljoin

import pytest
from django.urls import reverse

from apps.records.catalogue import CATALOGUE
from apps.records.guides import GUIDES

pytestmark = pytest.mark.slow

RECORD_PAGES = ("operations", "countries", "organizations", "people", "statements", "sources")
DOCUMENTS = (
    "home",
    "search",
    "changes",
    "data",
    "releases",
    *GUIDES,
    "about",
    "vocabularies",
    "quality",
    "accessibility",
    "robots",
    "security",
)


def model_name(entry):
    return entry.model._meta.model_name


def addresses(most=None):
    """Give every list, its records with their histories (`most` of each), and the other pages."""
    for name in RECORD_PAGES:
        entry = CATALOGUE[name]
        yield reverse(f"pages:{model_name(entry)}-list")
        for record in entry.model.objects.all()[:most]:
            yield record.get_absolute_url()
            yield reverse(f"pages:{model_name(entry)}-history", args=[record.key])
    yield from (reverse(f"pages:{name}") for name in DOCUMENTS)
    yield from ("/changes/1/", "/search/?q=barkhane", "/operations/?q=barkhane&ordering=-name")


# Data for programs, which no browser runs.
DATA_BLOCK = '<script type="application/ld+json">'
SEEN: dict = {}


@pytest.fixture
def every_page(db, visit):
    """Visit every page once for all tests: the seed that the public reads does not change."""
    if not SEEN:
        SEEN.update({address: visit(address) for address in addresses()})
    return SEEN


def test_every_page_answers_without_a_cookie_or_a_script(every_page):
    for address, page in every_page.items():
        assert page.status == 200, address
        assert not page.response.cookies, address
        assert "Cookie" not in page.response.headers["Vary"], address
        assert set(re.findall(r"<script[^>]*>", page.html)) <= {DATA_BLOCK}, address
        assert not re.search(r"\sstyle=|\son[a-z]+=", page.html), address


def test_no_page_takes_anything_from_another_site(every_page):
    for address, page in every_page.items():
        taken = re.findall(r'<(?:link|img|iframe)[^>]*(?:href|src)="(https?:[^"]+)"', page.html)
        assert [url for url in taken if not url.startswith("http://testserver/")] == [], address


def test_every_mark_opens_a_passage_of_the_page(every_page):
    for address, page in every_page.items():
        opened = set(re.findall(r'popovertarget="(\w+)"', page.html))
        assert opened == set(re.findall(r'class="pop" id="(\w+)"', page.html)), address


def test_every_value_of_the_seed_has_a_passage(every_page):
    for address, page in every_page.items():
        legend = 1 if address == "/" else 0
        assert page.words.count("no passage cited") == legend, address


@pytest.mark.parametrize("address", ["/operations/barkhane/", "/countries/FR/", "/people/"])
def test_every_value_of_a_day_of_the_seed_has_a_passage(address, seed_page):
    assert "no passage cited" not in seed_page(address, on="2020-01-15")


def test_no_page_has_an_id_twice(every_page):
    for address, page in every_page.items():
        ids = re.findall(r'\sid="([^"]+)"', page.html)
        assert len(ids) == len(set(ids)), address


def test_the_tables_of_every_page_have_captions_and_scopes(every_page):
    for address, page in every_page.items():
        assert page.html.count("<table") == page.html.count("<caption"), address
        assert "<th>" not in page.html, address


@pytest.mark.parametrize(("start", "within"), [("/", ""), ("/?as_of=0", "as_of=0")])
def test_every_link_leads_somewhere(start, within, db, visit):
    seen, waiting = {start}, deque([start])
    broken = []
    while waiting:
        address = waiting.popleft()
        page = visit(address)
        if page.status >= 400 or (page.status >= 300 and not page.response.url):
            broken.append((page.status, address))
        if "text/html" not in page.response.headers.get("Content-Type", ""):
            continue
        following = {link for link in links(address, page.html) - seen if within in link}
        seen |= following
        waiting.extend(following)
    assert broken == []


def links(address, html):
    """Return the English pages that `html` links to; of parameters, each is followed once."""
    found = (urldefrag(urljoin(address, one.replace("&amp;", "&")))[0] for one in hrefs(html))
    elsewhere = ("/api/", "/fr/")
    pages = (one for one in found if one.startswith("/") and not one.startswith(elsewhere))
    return {one for one in pages if one.count("&") < 2}


def hrefs(html):
    return re.findall(r'<a [^>]*href="([^"]+)"', html)


def test_every_link_of_a_past_page_stays_in_the_past(committed_db, visit):
    from apps.records.models import Operation

    Operation.objects.filter(slug="takuba-task-force").update(focus_area="Elsewhere")
    for address in ("/", "/operations/", "/operations/barkhane/", "/countries/FR/", "/statements/"):
        page = visit(address, as_of=1)
        assert "You are reading revision 1" in page
        left = [one for one in hrefs(page.html.split("</main>")[0]) if leaves_the_past(one)]
        assert left == [address], "only the banner leads to now"


def leaves_the_past(link):
    return link.startswith("/") and "as_of=1" not in link and not link.startswith("/static/")
