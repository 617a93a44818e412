"""No planted draft, note, editor or stored text is at any address that the public can find."""

import pytest

from apps.api.tests.test_drafts import MARK, secrets  # noqa: F401  a fixture
from apps.api.tests.test_withdrawn import withheld  # noqa: F401  a fixture
from apps.pages.addresses import with_parameters
from tests.faults.walking import walk

pytestmark = pytest.mark.slow

MORE = ("/changes/feed/", "/sitemap.xml", "/search/?q=" + "barkhane", f"/search/?q={MARK}")


def test_400_addresses_tell_nothing_of_what_is_not_public(secrets, client):  # noqa: F811
    def get(path):
        response = client.get(path)
        body = b"".join(response).decode("utf-8", "replace")
        response.close()
        return response.status_code, body

    visited = 0
    for path, _status, body in walk(get, most=400, starts=("/", "/fr/", "/api/v1/", *MORE)):
        said = body.replace(MARK, "", body.count(MARK) if MARK in path else 0)
        assert not [secret for secret in secrets if secret in said], path
        visited += 1
    assert visited == 400


@pytest.mark.parametrize(
    "address", ["/operations/{0}/", "/organizations/{0}-body/", "/people/{0}-person/"]
)
def test_a_draft_is_not_found_like_what_does_not_exist(secrets, client, address):  # noqa: F811
    draft, missing = (client.get(address.format(name)) for name in (MARK, "plughxyzzy"))
    assert (draft.status_code, missing.status_code) == (404, 404)
    assert len(draft.content) == len(missing.content)


def test_400_addresses_of_the_past_tell_nothing_of_what_is_withheld(withheld, client):  # noqa: F811
    shown, keys = withheld

    def get(path):
        then = with_parameters(path, as_of=str(shown))
        response = client.get(path if path in now else then)
        body = b"".join(response).decode("utf-8", "replace")
        response.close()
        return response.status_code, body

    now = (
        *(f"/changes/{shown}/", f"/api/v1/changes/?since={shown - 1}", "/changes/"),
        *(f"/{name}/{key}@{shown}/" for name in ("operations", "people") for key in keys),
        *(f"/{name}/{key}/history/" for name in ("operations", "sources") for key in keys),
    )
    starts = ("/", "/fr/", "/api/v1/", "/quality/", f"/search/?q={MARK}", *MORE, *now)
    visited = 0
    for path, _status, body in walk(get, most=400, starts=starts):
        said = body.replace(MARK, "", body.count(MARK) if MARK in path else 0)
        assert not [secret for secret in (MARK, "31337", "31,337") if secret in said], path
        visited += 1
    assert visited == 400
