"""Addresses of pages that keep the reader at the revision being read."""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from apps.records.models import Source
from apps.records.receipts import query_text, receipt_query
from apps.revisions.public import State

FRAGMENT = ":~:text="

_PREFIXES = {code for code, _ in settings.LANGUAGES} - {settings.LANGUAGE_CODE}


def state_of(request: HttpRequest) -> State | None:
    """Return the state the request reads; None where it went wrong before one was known."""
    return getattr(request, "state", None)


def keep_as_of(request: HttpRequest, address: str) -> str:
    """Return `address` with the past revision that `request` reads, if it reads one."""
    state = state_of(request)
    if state is None or not state.is_past:
        return address
    return with_parameters(address, as_of=str(state.shown))


def canonical(request: HttpRequest, path: str) -> str:
    """Return the one absolute address of `path` at the revision being read."""
    return request.build_absolute_uri(keep_as_of(request, path))


def with_parameters(address: str, **values: str | None) -> str:
    """Return `address` with the query parameters `values`; None takes one away."""
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query, True) if name not in values]
    query += [(name, value) for name, value in values.items() if value is not None]
    return urlunsplit(parts._replace(query=urlencode(query)))


def in_language(address: str, language: str) -> str:
    """Return `address`, of a page in any language, as that of the same page in `language`."""
    parts = urlsplit(address)
    first, _, rest = parts.path.removeprefix("/").partition("/")
    path = f"/{rest}" if first in _PREFIXES else parts.path
    if language in _PREFIXES:
        path = f"/{language}{path}"
    return urlunsplit(parts._replace(path=path))


def of_api(request: HttpRequest, entry_name: str, key: str) -> str:
    """Return the address of the same record in the API at the revision being read."""
    return keep_as_of(request, reverse(f"api:{entry_name}-detail", args=[key]))


def of_receipt(request: HttpRequest, entry_name: str, asked: dict[str, str]) -> str:
    """Return the address of the receipt of a list: the `cite-as` of the same list in the API."""
    state = state_of(request)
    query = receipt_query(
        type=entry_name, query=query_text(asked), as_of=state.shown if state else 0
    )
    return f"{reverse('api:receipts')}?{query}"


def pinned(path: str, revision: int) -> str:
    """Return the address of a record that always shows `revision`: /countries/ML/ as @12."""
    return f"{path.rstrip('/')}@{revision}/"


def on_the_web(url: str) -> str:
    """Return `url` where it can be a link of a page, "" where it is anything but http or https."""
    return url if url.lower().startswith(("http://", "https://")) else ""


def of_passage(source: Source, excerpt: str) -> str:
    """Return the address of the words of a source themselves; "" where it is not on the web.

    A text fragment (https://wicg.github.io/scroll-to-text-fragment/): the hyphen, the comma and
    the ampersand mean something in one, so that all but letters and digits are encoded.
    """
    url = on_the_web(source.url) or on_the_web(source.archive_url)
    if not url:
        return ""
    words = quote(" ".join(excerpt.split()), safe="").replace("-", "%2D")
    return f"{url.split(FRAGMENT)[0]}{'' if '#' in url else '#'}{FRAGMENT}{words}"
