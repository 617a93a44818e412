"""Pages for what cannot be answered."""

import re
from http import HTTPStatus

import pytest
from django.test import RequestFactory

from apps.pages.errors import page_error
from apps.records.tests import making
from apps.revisions.writing import revision


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/operations/?status=actve", ["status", "actve", "Did you mean", "active"]),
        ("/operations/?statu=active", ["statu", "not a parameter here"]),
        ("/operations/?as_of=tomorrow", ["as_of", "tomorrow", "a revision number"]),
        ("/changes/?before=x", ["before", "a whole number"]),
        ("/operations/barkhane/history/?page=2", ["page", "not a parameter here"]),
        ("/search/?kind=x", ["kind", "not a parameter here"]),
        ("/?as_of=99", ["as_of", "Revision 99 does not exist yet."]),
    ],
)
def test_a_bad_parameter_is_named_with_what_is_allowed(address, named, seed_page):
    page = seed_page(address)
    assert page.status == 400
    assert [words for words in named if words not in page] == []


def test_what_was_given_is_shown_as_text(seed_page):
    page = seed_page("/operations/?status=<script>alert(1)</script>")
    assert page.status == 400
    assert "&lt;script&gt;" in page.html
    assert "<script" not in page.html


def test_an_unknown_address_offers_to_search_for_its_words(seed_page):
    page = seed_page("/operations/takuba-force/")
    assert page.status == 404
    assert 'value="takuba force"' in page
    assert "/operations/takuba-force/" in page


def test_a_record_that_did_not_exist_yet_says_so(seed_page):
    page = seed_page("/operations/barkhane/", as_of=0)
    assert page.status == 404
    assert "Nothing was published at revision 0" in page
    assert 'href="/operations/barkhane/"' in page


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_an_error_page_needs_no_database(status):
    request = RequestFactory().get("/operations/")
    response = page_error(request, HTTPStatus(status), None)
    assert response.status_code == status
    assert b"sahelref" in response.content


def test_an_unavailable_database_asks_to_try_again():
    request = RequestFactory().get("/operations/")
    response = page_error(request, HTTPStatus.SERVICE_UNAVAILABLE, None)
    assert b"try again in a few seconds" in response.content


@pytest.mark.parametrize(
    ("address", "link", "label"),
    [
        ("/operations/takuba/", "/operations/takuba-task-force/", "Takuba Task Force"),
        ("/operations/BARKHANE/", "/operations/barkhane/", "Barkhane"),
        ("/operations/barkane/history/", "/operations/barkhane/", "Barkhane"),
        ("/fr/countries/Suede/", "/fr/countries/SE/", "Suède"),
        (
            "/operations/takuba/?on=2020-01-01",
            "/operations/takuba-task-force/.on=2020-01-01",
            "Tak",
        ),
    ],
)
def test_a_record_that_is_not_there_is_answered_with_the_nearest(address, link, label, seed_page):
    page = seed_page(address)
    assert page.status == 404
    assert ("Vouliez-vous dire" if "/fr/" in address else "Did you mean") in page
    assert re.search(rf'<a href="{link}"><bdi>{label}[^<]*</bdi></a>', page.html)


def test_where_none_is_near_none_is_named(seed_page):
    assert "Did you mean" not in seed_page("/operations/zzzz/")


def test_an_unpublished_record_is_never_suggested(committed_db, visit):
    with revision(reason="A draft"):
        making.operation("sabre-secret", name="Sabre secret")
    assert "Sabre secret" not in visit("/operations/sabre-secre/")
