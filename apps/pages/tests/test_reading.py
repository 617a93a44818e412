"""Pages are read and nothing else, at addresses that ask only what a page can answer."""

import re

import pytest
from django.test import Client


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["/", "/operations/", "/fr/operations/barkhane/"])
def test_writing_to_a_page_is_refused_in_the_style_of_the_site(method, address, db):
    answer = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    words = "ne peuvent être que lues" if address.startswith("/fr/") else "can only be read"
    assert words in answer.content.decode()
    assert 'class="brand"' in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("/?utm_source=mail", "/"),
        ("/operations/?utm_source=a&status=active&utm_campaign=b", "/operations/?status=active"),
        ("/search/?q=mali&fbclid=x&gclid=y", "/search/?q=mali"),
        ("/fr/changes/?UTM_Medium=x", "/fr/changes/"),
    ],
)
def test_what_follows_readers_is_taken_off_the_address(address, clean, seed_page):
    answer = seed_page(address)
    assert (answer.status, answer.response.url) == (302, clean)


def test_nothing_else_is_taken_off(seed_page):
    assert seed_page("/operations/?utm=1").status == 400


@pytest.mark.parametrize("form", ["csv", "json", "ndjson", "jsonld"])
def test_a_list_in_a_format_is_the_same_list_of_the_api(form, seed_page):
    answer = seed_page(f"/operations/?status=active&format={form}")
    there = f"/api/v1/operations/?status=active&format={form}"
    assert (answer.status, answer.response.url) == (302, there)
    assert Client().get(there).status_code == 200


def test_a_format_that_is_not_made_is_named(seed_page):
    page = seed_page("/operations/?format=xlsx")
    assert page.status == 400
    assert "json, csv, ndjson, jsonld" in page


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/?as_of=1&as_of=2", "as_of"),
        ("/operations/barkhane/?as_of=1&as_of=1", "as_of"),
        ("/operations/barkhane/?on=2020-01-15&on=2021-01-15", "on"),
        ("/search/?q=mali&q=niger", "q"),
        ("/changes/?before=1&before=2", "before"),
        ("/api/v1/operations/barkhane/?as_of=1&as_of=2", "as_of"),
    ],
)
def test_a_parameter_that_is_given_twice_is_refused_by_name(address, name, seed_page):
    page = seed_page(address)
    assert page.status == 400
    assert re.search(rf"`?{name}`? is given 2 times\.", page.text)
