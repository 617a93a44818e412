"""Addresses of pages that keep the reader at the revision being read."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.http import HttpRequest
from django.urls import reverse

from apps.revisions.public import State


def state_of(request: HttpRequest) -> State | None:
    """Return the state the request reads; None where it went wrong before one was known."""
    return getattr(request, "state", None)


def keep_as_of(request: HttpRequest, address: str) -> str:
    """Return `address` with the past revision that `request` reads, if it reads one."""
    state = state_of(request)
    if state is None or not state.is_past:
        return address
    return with_parameters(address, as_of=str(state.shown))


def with_parameters(address: str, **values: str | None) -> str:
    """Return `address` with the query parameters `values`; None takes one away."""
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query, True) if name not in values]
    query += [(name, value) for name, value in values.items() if value is not None]
    return urlunsplit(parts._replace(query=urlencode(query)))


def of_api(request: HttpRequest, entry_name: str, key: str) -> str:
    """Return the address of the same record in the API at the revision being read."""
    return keep_as_of(request, reverse(f"api:{entry_name}-detail", args=[key]))
