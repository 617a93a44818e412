"""The pages of releases: what was frozen, each file with its hash, and how to cite it."""

from hashlib import sha256
from html import unescape

import pytest

from apps.pages.tests.test_languages import ENGLISH, said_in_french
from apps.records.releases import make, named

pytestmark = pytest.mark.slow

NOTES = "The first.\n\nWith two paragraphs."
PAGES = ("/data/", "/data/releases/", "/data/releases/2026.1/")


@pytest.fixture
def release(settings, tmp_path, db):
    settings.RELEASES_DIR = tmp_path
    make("2026.1", NOTES)
    return named("2026.1")


@pytest.mark.parametrize("address", PAGES)
def test_a_release_is_told_of_with_its_date_revision_and_hash(address, release, seed_page):
    page = seed_page(address)
    assert page.status == 200
    for words in ("2026.1", release.made_at.isoformat(), release.revision_hash):
        assert words in page


@pytest.mark.parametrize("address", ["/data/", "/data/releases/2026.1/"])
def test_every_file_is_listed_with_its_hash_and_opens(address, release, seed_page, client):
    page = seed_page(address)
    assert release.citation in page
    for path in [*(file.path for file in release.files), "index.json"]:
        assert f'href="/data/releases/2026.1/{path}"' in page.html
        assert release.file(path).sha256 in page
        served = client.get(f"/data/releases/2026.1/{path}").getvalue()
        assert sha256(served).hexdigest() == release.file(path).sha256


def test_the_page_of_a_release_leads_to_a_receipt_that_vouches_for_it(release, seed_page, client):
    page = seed_page("/data/releases/2026.1/")
    assert "With two paragraphs." in page
    address = unescape(page.html.split('class="btn" href="')[1].split('"')[0])
    assert client.get(address).json()["verified"] is True


@pytest.mark.parametrize("address", PAGES)
def test_a_french_page_of_a_release_is_french(address, release, seed_page):
    page = seed_page(f"/fr{address}")
    said = said_in_french(page.html, [])
    assert page.response["Content-Language"] == "fr"
    assert ENGLISH.search(said) is None, said


@pytest.mark.parametrize("address", ["/data/", "/data/releases/"])
def test_a_new_release_makes_the_page_stale_and_nothing_else_does(address, release, client):
    first = client.get(address)
    known = {"If-None-Match": first["ETag"]}
    assert client.get(address, headers=known).status_code == 304
    assert "Last-Modified" not in first, "it is that of the revision, which is the same"
    make("2026.2", "The second.")
    assert client.get(address, headers=known).status_code == 200


def test_without_a_release_the_page_says_so(settings, tmp_path, seed_page):
    settings.RELEASES_DIR = tmp_path / "nowhere"
    for address in ("/data/", "/data/releases/"):
        assert "No release has been made yet." in seed_page(address)


def test_a_release_that_is_not_there_is_not_found(release, seed_page):
    assert seed_page("/data/releases/2027.1/").status == 404


def test_the_page_of_data_leads_to_every_way_in(seed_page, client):
    html = unescape(seed_page("/data/").html)
    ways = ("docs/", "changes/", "receipts/?type=operations", "reconcile/", "schema/")
    for way in ways:
        assert f'href="/api/v1/{way}"' in html, way
        assert client.get(f"/api/v1/{way}").status_code == 200, way
    assert 'href="/data/tutorial/"' in html
    for kind in ("csv", "ndjson"):
        assert f'href="/api/v1/contributors/export.{kind}"' in html
    assert all(f"<code>{word}</code>" in html for word in ("fields", "expand", "facets"))
