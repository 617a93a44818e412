"""The guides as pages: someone without the repository can follow them."""

import re

import pytest

from apps.pages.markdown import as_html
from apps.records.guides import GUIDES, MIRROR, WRITTEN_FOR

ADDRESSES = [f"/data/{name}/" for name in GUIDES]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_guide_is_a_page_with_the_address_of_this_site(address, seed_page):
    page = seed_page(address)
    assert page.status == 200
    assert page.html.count("<h1") == 1
    assert WRITTEN_FOR not in page.html
    assert "/api/v1/" in page


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_of_a_guide_leads_to_a_place_that_is_there(address, seed_page):
    html = seed_page(address).html.split("<article")[1].split("</article>")[0]
    for link in re.findall(r'href="([^"]+)"', html):
        path, _, place = link.partition("#")
        page = seed_page(path)
        assert page.status == 200, link
        assert not place or f'id="{place}"' in page.html, link


def test_every_heading_can_be_linked_to(seed_page):
    html = seed_page("/data/policy/").html
    assert 'id="mirrors"' in html
    assert re.search(r"<h[12]>", html.split("<article")[1].split("</article>")[0]) is None


def test_a_french_page_marks_the_guide_as_english_and_stays_in_french(seed_page):
    page = seed_page("/fr/data/tutorial/")
    assert '<article class="guide" lang="en">' in page.html
    assert "Ce guide est en anglais." in page
    assert 'href="/fr/data/policy/"' in page.html


def test_a_guide_read_in_the_past_leads_to_the_past(seed_page):
    assert 'href="/data/policy/?as_of=0"' in seed_page("/data/tutorial/?as_of=0").html


def test_the_script_is_given_as_it_is(client, db):
    answer = client.get("/data/mirror.py")
    assert answer.content == MIRROR.read_bytes()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="mirror.py"'


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("[x](javascript:alert(1))", "href"),
        ("![x](https://elsewhere.example/x.png)", "<img"),
        ("|a|\n|:-:|\n|b|", "style"),
    ],
)
def test_markdown_makes_nothing_that_a_page_must_not_have(text, refused):
    assert refused not in as_html(text)


def test_headings_of_notes_stand_below_those_of_the_page():
    assert as_html("# New\n\n## Old", below=2) == "<h3>New</h3>\n<h4>Old</h4>\n"
