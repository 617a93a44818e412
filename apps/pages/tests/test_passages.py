"""Evidence leads to the words themselves where the source is on the web."""

import pytest

from apps.pages.addresses import of_passage
from apps.pages.tests.conftest import PUBLISHED, cited
from apps.pages.views.sources import FACTS_SHOWN
from apps.records.models import Source
from apps.records.tests import making
from apps.revisions.writing import revision


@pytest.mark.parametrize(
    ("url", "excerpt", "address"),
    [
        ("https://a.example/x", "two words", "https://a.example/x#:~:text=two%20words"),
        ("https://a.example/x", "4,500-strong", "https://a.example/x#:~:text=4%2C500%2Dstrong"),
        ("https://a.example/x", "A & B", "https://a.example/x#:~:text=A%20%26%20B"),
        ("https://a.example/x", "100% “sûr”",
         "https://a.example/x#:~:text=100%25%20%E2%80%9Cs%C3%BBr%E2%80%9D"),
        ("https://a.example/x?p=1", "so\n  be it", "https://a.example/x?p=1#:~:text=so%20be%20it"),
        ("https://a.example/x#part", "it", "https://a.example/x#part:~:text=it"),
        ("https://a.example/x#:~:text=other", "it", "https://a.example/x#:~:text=it"),
        ("HTTP://a.example/", "it", "HTTP://a.example/#:~:text=it"),
        ("", "it", ""),
        ("javascript:alert(1)//https://a.example/", "it", ""),
        ("data:text/html,x", "it", ""),
        ("ftp://a.example/x", "it", ""),
        (" https://a.example/x", "it", ""),
    ],
)  # fmt: skip
def test_the_address_of_a_passage(url, excerpt, address):
    assert of_passage(Source(url=url), excerpt) == address


def test_where_only_a_copy_is_on_the_web_the_passage_is_read_there():
    source = Source(archive_url="https://archive.example/1")
    assert of_passage(source, "it") == "https://archive.example/1#:~:text=it"


@pytest.fixture
def page_of(committed_db, visit):
    """Return a function that publishes an operation cited from a source at an address."""

    def page_of(url):
        with revision(reason="Test"):
            source = making.source(title="On the web", url=url, **PUBLISHED)
            operation = making.operation("cited", **PUBLISHED)
            cited(source, operation, "name", excerpt="well-known, so")
        return visit("/operations/cited/"), visit(source.get_absolute_url())

    return page_of


def test_the_list_the_popover_and_the_source_lead_to_the_words(page_of):
    link = 'href="https://a.example/x#:~:text=well%2Dknown%2C%20so" rel="external"'
    operation, source = page_of("https://a.example/x")
    assert operation.html.count(link) == 2
    assert source.html.count(link) == 1
    assert 'href="https://a.example/x" rel="external"' in source.html


def test_an_address_that_is_not_of_the_web_is_shown_and_never_a_link(page_of):
    operation, source = page_of("javascript:alert(1)")
    for page in (operation, source):
        assert page.status == 200
        assert 'href="javascript' not in page.html
        assert ":~:text" not in page.html
    assert "javascript:alert(1)" in source


def test_a_source_that_much_rests_on_shows_the_first_facts_and_leads_to_all(source, publish, visit):
    operation = publish(making.operation, "cited")
    with revision(reason="Much"):
        for number in range(FACTS_SHOWN + 4):
            cited(source, operation, "name", excerpt=f"passage number {number}")
    page = visit(source.get_absolute_url())

    assert page.html.count("<mark>") == FACTS_SHOWN
    assert f"The first {FACTS_SHOWN} of {FACTS_SHOWN + 5} facts are shown" in page.words
    assert f'href="/api/v1/citations/?source={source.key}"' in page.html
