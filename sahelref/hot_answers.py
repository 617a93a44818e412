"""Keeps answers ready: what was answered at a revision is answered again until the next one.

An answer is kept by its address and what the client accepts, with the hash of the revision that was
the newest. That is asked for whenever a kept answer might be given: an edit makes all of them old
at the moment it commits. To be told of edits (LISTEN) would not do: word of one may come after it.
"""

import zlib
from collections.abc import Callable, Iterable
from hashlib import sha256
from time import monotonic
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeAlias

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from apps.revisions.middleware import is_exempt
from apps.revisions.public import PUBLIC, newest_hash
from sahelref import logs, throttle
from sahelref.compression import accepted

# An answer that depends on anything else of the request is not kept.
TOLD_APART_BY = {"accept", "accept-encoding", "origin"}
# What else of a request its answer is made by: who is asked, and by what protocol.
ASKED = ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO")
CONDITIONS = [
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
]
LONGEST_ADDRESS = 1_000
# How many times as large as what is kept an answer may be, to be packed for it. A page of a list
# packs to a tenth of itself.
PACKED_UP_TO = 20
# Not of the answer but of this one sending of it.
LEFT_OUT = {"Date", *throttle.HEADERS}
# Where the key of a request is left: whoever stood at the door has looked for it already.
KEY = "sahelref.hot_answer"
# Where the error of a database that did not answer here is left for whoever answers instead.
AWAY = "sahelref.database_is_away"

Request: TypeAlias = dict[str, Any]


class Kept(NamedTuple):
    """An answer, and the hash of the revision that was the newest when it was made."""

    revision: str
    headers: dict[str, str]
    content: bytes
    is_packed: bool

    @property
    def body(self) -> bytes:
        return zlib.decompress(self.content) if self.is_packed else self.content


class AtTheDoor:
    """Gives what is kept before Django opens the request, its middleware or anything else."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        began = monotonic()
        connections[PUBLIC].close_if_unusable_or_obsolete()  # as Django does when a request begins
        if (response := _given(environ)) is None:
            return self.application(environ, start_response)
        logs.tell(environ["REQUEST_METHOD"], environ["PATH_INFO"], response, began)
        status = f"{response.status_code} {response.reason_phrase}"
        start_response(status, list(response.items()))
        return [response.content]


class HotAnswers:
    """Keeps what the public faces answer with 200; gives it where nobody stood at the door.

    It stands outside whatever adds a header, so that what is kept is whole.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if KEY not in request.META and (kept := _given(request.META)) is not None:
            return kept
        response = self.get_response(request)
        if _may_be_kept(request.META) and _is_worth_keeping(response):
            _keep(_key(request.META), response)
        return response


class DatabaseAway:
    """Raises the error of a database that did not answer at the door: it is waited for once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if AWAY in request.META:
            raise request.META[AWAY]
        return self.get_response(request)


def _given(request: Request) -> HttpResponse | None:
    """Return the answer that is kept for a request and is still right; None where there is none."""
    if AWAY in request or not _may_be_kept(request):
        return None
    kept: Kept | None = cache.get(_key(request))
    if kept is None or not _is_right(kept, request):
        return None
    if _is_known(kept, request):
        response: HttpResponse = HttpResponseNotModified(headers=_but_of_the_body(kept.headers))
    else:
        response = HttpResponse(kept.body, headers=kept.headers)
    if not throttle.let_through(request, response):
        return None
    return _on_conditions(request, response)


def _is_known(kept: Kept, request: Request) -> bool:
    """Whether the client names this answer and asks nothing else: nearly all who have it do."""
    asked = [name for name in CONDITIONS if name in request]
    return asked == CONDITIONS[:1] and request[CONDITIONS[0]] == kept.headers["ETag"]


def _is_right(kept: Kept, request: Request) -> bool:
    """Whether no revision was made since; leaves word on the request if nobody can say."""
    try:
        return newest_hash() == kept.revision
    except DatabaseError as error:
        request[AWAY] = error
        return False


def _may_be_kept(request: Request) -> bool:
    """Whether the answer is one of the public faces, to nobody in particular."""
    return (
        request["REQUEST_METHOD"] == "GET"
        and not request.get("HTTP_COOKIE")
        and not is_exempt(request["PATH_INFO"])
        and len(request.get("QUERY_STRING", "")) <= LONGEST_ADDRESS
    )


def _key(request: Request) -> str:
    """Return the key of the answer, which is made once a request."""
    if KEY not in request:
        request[KEY] = f"answer:{sha256(repr(_told(request)).encode()).hexdigest()}"
    key: str = request[KEY]
    return key


def _told(request: Request) -> tuple[object, ...]:
    """Return what an answer is kept by: the release, and what was asked of whom in which form."""
    return (
        settings.RELEASE,
        *(request.get(name, "") for name in ASKED),
        request.get("SCRIPT_NAME", ""),
        request["PATH_INFO"],
        request.get("QUERY_STRING", ""),
        request.get("HTTP_ACCEPT", ""),
        accepted(request.get("HTTP_ACCEPT_ENCODING", "")),
        "HTTP_ORIGIN" in request,
    )


def _is_worth_keeping(response: HttpResponseBase) -> bool:
    varies = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")}
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and bool(getattr(response, "made_at", ""))
        and not response.cookies
        and varies <= TOLD_APART_BY
    )


def _keep(key: str, response: Any) -> None:
    """Keep an answer, packed where it is too large; nothing where it is too large for that."""
    content, largest = response.content, settings.LARGEST_HOT_ANSWER
    is_packed = largest < len(content) <= largest * PACKED_UP_TO
    if is_packed:
        content = zlib.compress(content, zlib.Z_BEST_SPEED)
    if len(content) <= largest:
        headers = {name: value for name, value in response.items() if name not in LEFT_OUT}
        cache.set(key, Kept(response.made_at, headers, content, is_packed))


def _on_conditions(request: Request, response: HttpResponse) -> HttpResponse:
    """Return 304 or 412 instead, where that is what the conditions of the request come to."""
    if response.status_code != 200 or not any(name in request for name in CONDITIONS):
        return response
    changed = parse_http_date_safe(response.headers.get("Last-Modified", ""))
    asked: Any = SimpleNamespace(META=request, method="GET", path=request["PATH_INFO"])
    told = get_conditional_response(asked, response.headers["ETag"], changed, response)
    if told is None or told is response:
        return response
    for name, value in _but_of_the_body(dict(response.items())).items():
        told.headers.setdefault(name, value)
    return told


def _but_of_the_body(headers: dict[str, str]) -> dict[str, str]:
    """Leave out what tells of a body that is not sent."""
    of_the_body = {name for name in headers if name.startswith("Content-")}
    kept = {"Content-Security-Policy", "Content-Language"}
    return {name: headers[name] for name in headers if name not in of_the_body - kept}
