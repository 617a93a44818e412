"""Pages of records that are longer, more or stranger than any in the seed."""

import re

import pytest

from apps.pages.tests import extremes
from apps.pages.views.histories import REVISIONS_A_PAGE

pytestmark = pytest.mark.slow

LISTS = (
    "/",
    "/operations/",
    "/organizations/",
    "/people/",
    "/statements/",
    "/sources/",
    "/changes/",
)


@pytest.fixture
def pages(committed_db, visit):
    """Publish the extremes and visit their pages, by the name of the trouble."""
    return {name: visit(address) for name, address in extremes.publish_extremes().items()}


@pytest.mark.slow
def test_every_extreme_has_a_page_that_costs_no_more_queries_than_others(pages, visit):
    assert {name: page.status for name, page in pages.items() if page.status != 200} == {}
    crowd, one, nobody = (pages[name] for name in ("crowd", "one", "nobody"))
    assert crowd.text.count('id="contributor-') == extremes.CROWD
    assert abs(crowd.queries - one.queries) <= 2
    assert nobody.queries <= one.queries
    assert "No contributor is recorded yet." in pages["nothing but a name"]
    assert pages["many words"].text.count("word ") >= extremes.WORDS - 2
    assert [path for path in LISTS if visit(path).status != 200] == []


@pytest.mark.slow
def test_a_long_history_is_paged_and_none_of_it_is_lost(pages, visit):
    newest = pages["much revised"]
    # Some for each revision on the page, of which there are at most REVISIONS_A_PAGE.
    assert newest.queries <= 10 * REVISIONS_A_PAGE
    found = newest.words
    while 'rel="next"' in newest.html:
        older = newest.html.split(' rel="next"')[0].rsplit('href="', 1)[1].rstrip('"')
        newest = visit(f"/operations/nobody/history/{older}")
        found += newest.words
    lost = [n for n in range(extremes.REVISIONS) if not re.search(rf"Change {n}\b", found)]
    assert lost == []


@pytest.mark.slow
def test_text_from_right_to_left_says_so(pages):
    page = pages["right to left"]
    assert re.search(r'<blockquote[^>]* lang="ar" dir="auto">', page.html)
    assert f"<bdi>{extremes.ARABIC_NAME}</bdi>" in page.html


def test_markup_in_any_text_is_shown_as_text(committed_db, visit):
    addresses = extremes.publish_markup()
    histories = [f"{address}history/" for address in addresses]
    searches = ["/search/?q=script", "/operations/?q=script"]
    for address in [*addresses, *histories, *LISTS, *searches]:
        page = visit(address)
        assert page.status == 200, address
        assert "<script>alert" not in page.html, address
        assert "\"'>" not in page.html, address
    assert extremes.MARKUP in visit(addresses[0]).text
