"""Answers every public request from one snapshot and stamps the answer with its revision."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from apps.revisions.parameters import RepeatedParameter
from apps.revisions.public import State, reading

FRESH = "public, max-age=0, must-revalidate"
RELEASE = settings.RELEASE


class PublicState:
    """Opens the snapshot, puts it on the request as `state`, and answers 304 where it can.

    The ETag is made of the address, the revision shown and the newest revision: a new revision
    makes every older answer stale, and nothing before does. An answer that shows what no revision
    tells of, releases, says so by an ETag of its own, which becomes a part of this one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_exempt(request.path):
            return self.get_response(request)
        with reading(_asked(request)) as state:
            request.state = state  # type: ignore[attr-defined]
            response = self.get_response(request)
        return self._stamped(request, response, state)

    def _stamped(
        self, request: HttpRequest, response: HttpResponseBase, state: State
    ) -> HttpResponseBase:
        patch_vary_headers(response, ["Accept"])
        if response.status_code == 200 and request.method in ("GET", "HEAD"):
            response.headers["Cache-Control"] = FRESH
            # Where the revision alone decides what is answered, it may be kept for that one.
            is_of_its_revision = "ETag" not in response.headers
            response.made_at = state.newest_hash if is_of_its_revision else ""  # type: ignore[attr-defined]
            dated = state.changed_at if is_of_its_revision else None
            response.headers["ETag"] = etag(request, response, state)
            if dated:
                response.headers["Last-Modified"] = http_date(dated.timestamp())
            response = _unless_known(request, response, dated)
        response.headers["Sahelref-Revision"] = str(state.shown)
        return response


def is_exempt(path: str) -> bool:
    """Whether a path is not the public database's: the desk has its own, the rest has none."""
    return bool(path.startswith(settings.DESK_PATHS) or settings.STATELESS_PATHS.match(path))


def _asked(request: HttpRequest) -> str:
    """Return the state that is asked for, "" for now. Raises BadParameter where two are."""
    texts = request.GET.getlist("as_of")
    if len(texts) > 1:
        raise RepeatedParameter("as_of", texts)
    return texts[0] if texts else ""


def _unless_known(
    request: HttpRequest, response: HttpResponseBase, dated: datetime | None
) -> HttpResponseBase:
    """Return 304 instead of an answer that the client has, by its ETag or else by its date."""
    changed = int(dated.timestamp()) if dated else None
    etag = response.headers["ETag"]
    return get_conditional_response(request, etag, changed, response) or response  # type: ignore[arg-type]


def etag(request: HttpRequest, response: HttpResponseBase, state: State) -> str:
    """Return the strong ETag of an answer: its address, form, revisions and release of the code."""
    form = response.headers.get("Content-Type", "") + response.headers.get("Content-Language", "")
    own = response.headers.get("ETag", "")
    parts = (RELEASE, request.get_full_path(), form, state.shown, state.newest, own)
    return f'"{sha256(repr(parts).encode()).hexdigest()[:32]}"'
