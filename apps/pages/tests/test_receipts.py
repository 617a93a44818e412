"""A list can be cited as it was: it leads to its receipt."""

import re

import pytest


@pytest.mark.parametrize(
    "address",
    ["/operations/", "/statements/?act=announce", "/operations/?q=zzzz", "/sources/?as_of=1"],
)
def test_a_list_leads_to_its_receipt_as_the_api_names_it(address, seed_page):
    page = seed_page(address)
    link = re.search(r'<a href="([^"]+)" rel="cite-as">Cite this list</a>', page.html)[1]
    named = seed_page(f"/api/v1{address}").response.headers["Link"]
    there = link.replace("&amp;", "&")
    assert f"<http://testserver{there}>" in named
    assert "sahelref, " in seed_page(there).text
