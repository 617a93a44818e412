"""No address that the public can ask sets a cookie, whatever it answers with."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

pytestmark = pytest.mark.slow

# What stands in an address, by the name of the parameter in its route.
FILLED = {
    "key": "barkhane",
    "form": "bib",
    "number": "1",
    "name": "operations",
    "kind": "entity",
    "path": "index.json",
}
# Beside the routes: pages with a form or a search, other formats, and what answers with errors.
FURTHER = [
    "/api/v1/docs/?script=",
    "/api/v1/operations/?format=csv",
    "/api/v1/operations/?format=jsonld",
    "/api/v1/operations/?statu=active",
    "/api/v1/reconcile/?queries={}",
    "/operations/?status=active&q=G5",
    "/operations/?status=actve",
    "/search/?q=barkhane",
    "/none-such/",
]


def routes(resolver, before=""):
    """Give the address of every route, its parameters filled in."""
    for pattern in resolver.url_patterns:
        if before == "" and f"/{pattern.pattern}" in settings.DESK_PATHS:
            continue
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            address = before + str(pattern.pattern)
            for name in pattern.pattern.converters:
                route = next(k for k in ("str", "int", "slug") if f"<{k}:{name}>" in address)
                address = address.replace(f"<{route}:{name}>", FILLED[name])
            yield f"/{address}"


def public():
    found = list(routes(get_resolver()))
    assert {"/api/v1/docs/", "/data/", "/api/v1/operations/export.csv"} <= set(found)
    return [*found, *FURTHER]


@pytest.mark.django_db
def test_no_public_address_sets_a_cookie():
    client = Client(raise_request_exception=False)
    for address in public():
        for method in ("get", "head", "options", "post"):
            response = getattr(client, method)(address)
            response.getvalue()  # a stream is counted until it ends
            assert not response.cookies, (method, address)
            assert response.status_code < 500, (method, address)
            assert "cookie" not in response.headers.get("Vary", "").lower(), (method, address)
