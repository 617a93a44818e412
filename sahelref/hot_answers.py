"""Keeps answers ready: what was answered at a revision is answered again until the next one.

An answer is kept by its address, what the client accepts, and the hash of the newest revision,
which is asked for with every request: an edit makes all of them old at the moment it commits.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from apps.revisions.middleware import is_exempt
from apps.revisions.public import newest_state
from sahelref.compression import accepted
from sahelref.throttle import is_refused

# An answer that depends on anything else of the request is not kept.
TOLD_APART_BY = {"accept", "accept-encoding", "origin"}
LONGEST_ADDRESS = 1_000
# Not of the answer but of this one sending of it.
LEFT_OUT = {"Date", "RateLimit", "RateLimit-Policy"}


class HotAnswers:
    """Gives what is kept, headers and all; keeps what the public faces answer with 200.

    A request with a cookie is let through, and so is the desk.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        newest = _newest(request)
        if not newest:
            return self.get_response(request)
        number, digest = newest
        key = _key(request, digest)
        if kept := cache.get(key):
            return _given(request, *kept)
        response = self.get_response(request)
        # An edit may have come in between: the answer is then one of a later revision.
        if _is_worth_keeping(response) and request.state.newest == number:  # type: ignore[attr-defined]
            cache.set(key, _taken(response))
        return response


def _newest(request: HttpRequest) -> tuple[int, str] | None:
    """Return number and hash of the newest revision; None where nothing is kept ready."""
    if (
        request.method != "GET"
        or is_exempt(request.path)
        or request.META.get("HTTP_COOKIE")
        or len(request.META.get("QUERY_STRING", "")) > LONGEST_ADDRESS
        or is_refused(request)
    ):
        return None
    try:
        request.get_host()
    except DisallowedHost:
        return None  # whoever answers such requests will do it
    # A database that is away is waited for once, here: the answer is then 503.
    number, digest = newest_state()
    return (number, digest) if digest else None


def _key(request: HttpRequest, digest: str) -> str:
    """Return the key of the answer: the release, the revision, and what was asked in which form."""
    told = (
        settings.RELEASE,
        digest,
        request.build_absolute_uri(),
        request.headers.get("Accept", ""),
        accepted(request.headers.get("Accept-Encoding", "")),
        "Origin" in request.headers,
    )
    return f"answer:{sha256(repr(told).encode()).hexdigest()}"


def _is_worth_keeping(response: HttpResponseBase) -> bool:
    varies = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")}
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and getattr(response, "is_of_its_revision", False)
        and not response.cookies
        # What a layer outside this one is told of an answer is not kept with it.
        and not any(hasattr(response, told) for told in ("_csp_update", "xframe_options_exempt"))
        and varies <= TOLD_APART_BY
        and len(response.content) <= settings.LARGEST_HOT_ANSWER
    )


def _taken(response: Any) -> tuple[dict[str, str], bytes]:
    headers = {name: value for name, value in response.items() if name not in LEFT_OUT}
    return headers, response.content


def _given(request: HttpRequest, headers: dict[str, str], content: bytes) -> HttpResponseBase:
    response = HttpResponse(content, headers=headers)
    changed = parse_http_date_safe(headers.get("Last-Modified", ""))
    return get_conditional_response(request, headers["ETag"], changed, response) or response
