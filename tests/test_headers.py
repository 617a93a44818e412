"""Every answer carries the headers that keep browsers from harm, whatever its face and status."""

import pytest
from drf_spectacular.generators import SchemaGenerator

from apps.pages.tests.test_every_page import addresses

pytestmark = pytest.mark.slow

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
STRICT = ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "script-src 'self'")
ODD = [
    ("/nowhere/", 404),
    ("/fr/nowhere/", 404),
    ("/api/v1/nowhere/", 404),
    ("/operations/?statu=x", 400),
    ("/api/v1/operations/?statu=x", 400),
    ("/operations/?q=" + "x" * 5000, 414),
    ("/static/pages/site.css", 404),
    ("/static/nowhere.css", 404),
    ("/favicon.ico", 200),
    ("/data/releases/none/index.json", 404),
    ("/healthz", 200),
    ("/readyz", 200),
    ("/version", 200),
    ("/robots.txt", 200),
    ("/.well-known/security.txt", 200),
    ("/sitemap.xml", 200),
    ("/admin/login/", 200),
    ("/admin/", 302),
]


def of_the_api():
    for path in SchemaGenerator().get_schema(request=None, public=True)["paths"]:
        if "{" not in path:
            yield path


def missing(response):
    """Return the headers that an answer should have and has not, or not as they should be."""
    headers, policy = response.headers, response.headers.get("Content-Security-Policy", "")
    wrong = [name for name, value in EXPECTED.items() if headers.get(name) != value]
    wrong += [directive for directive in STRICT if directive not in policy]
    wrong += [] if "Cross-Origin-Resource-Policy" in headers else ["CORP"]
    return wrong


def test_every_kind_of_page_and_list_has_them_and_no_cookie(db, client):
    for path in (*addresses(most=1), *of_the_api()):
        response = client.get(path)
        assert missing(response) == [], path
        assert "unsafe" not in response.headers["Content-Security-Policy"], path
        assert not response.cookies, path


@pytest.mark.parametrize(("path", "status"), ODD)
def test_errors_files_and_the_desk_have_them_too(db, client, path, status):
    response = client.get(path)
    response.close()
    assert missing(response) == []
    if not path.startswith("/static/"):
        assert response.status_code == status


def test_an_answer_of_the_outermost_layer_has_them(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/", headers={"host": "evil.example"})
    assert (response.status_code, missing(response)) == (400, [])


def test_a_304_has_them(db, client):
    known = client.get("/about/").headers["ETag"]
    response = client.get("/about/", headers={"if-none-match": known})
    assert (response.status_code, missing(response)) == (304, [])


def test_data_may_be_used_by_any_site_and_pages_may_not(db, client):
    policy = "Cross-Origin-Resource-Policy"
    assert client.get("/api/v1/operations/").headers[policy] == "cross-origin"
    assert client.get("/operations/").headers[policy] == "same-origin"


def test_over_https_browsers_are_told_to_stay_there(db, client, settings):
    settings.SECURE_HSTS_SECONDS = 31536000
    assert "max-age=31536000" in client.get("/", secure=True).headers["Strict-Transport-Security"]
