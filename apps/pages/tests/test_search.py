"""Search over all kinds of records."""

import re

import pytest

pytestmark = pytest.mark.slow


def test_a_name_is_found_and_leads_to_its_list(seed_page):
    page = seed_page("/search/?q=takuba")
    assert 'href="/operations/takuba-task-force/"' in page
    assert 'href="/operations/?q=takuba"' in page
    assert '<mark class="hit">Takuba</mark>' in page


def test_nothing_found_says_so(seed_page):
    assert "No record contains “sabre”." in seed_page("/search/?q=sabre")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("%22special+forces%22", "special forces"),
        ("mali", "mali"),
        ("%22a+b%22+or+%22c+d%22", "&quot;a b&quot; or &quot;c d&quot;"),
    ],
)
def test_a_phrase_is_quoted_once(seed_page, typed, shown):
    page = seed_page(f"/search/?q={typed}")
    assert f"“<bdi>{shown}</bdi>”" in page.html


def test_a_phrase_stays_in_the_field_as_it_was_typed(seed_page):
    page = seed_page("/search/?q=%22special+forces%22")
    assert 'value="&quot;special forces&quot;"' in page.html


def test_a_search_without_words_asks_for_them(seed_page):
    assert "Type a name, a country or words that were said." in seed_page("/search/?q=")


def test_the_words_are_shown_as_text(seed_page):
    page = seed_page("/search/?q=<b>mali")
    assert "&lt;b&gt;mali" in page.html
    assert "<b>mali" not in page.html


def test_a_passage_is_found_with_the_records_that_rest_on_it(seed_page):
    page = seed_page("/search/?q=backbone")
    assert (
        "<mark>will form the backbone of the Takuba Task Force of European special forces</mark>"
        in page
    )
    assert 'href="/sources/f80xybx6ztdh/#para-9"' in page
    assert "Sweden in Takuba" in page
    assert "No record contains" not in page


def test_a_figure_is_found_in_the_passage_that_gives_it(seed_page):
    page = seed_page("/search/?q=4,500")
    assert "among the 4,500-strong Barkhane operation" in page
    assert 'href="/operations/barkhane/' in page


def test_a_word_that_every_passage_has_costs_no_more_queries(seed_page):
    few, many = seed_page("/search/?q=backbone"), seed_page("/search/?q=Barkhane")
    assert many.queries <= few.queries + 14


def test_the_first_page_tries_words_that_are_found(seed_page):
    tries = seed_page("/").html.split('<p class="try">')[1].split("</p>")[0]
    addresses = re.findall(r'href="([^"]+)"', tries)
    assert len(addresses) == 3
    for address in addresses:
        assert 'class="hits"' in seed_page(address).html
