"""Answers what no page is for: writing, and addresses that somebody has marked to follow readers.

Both come before any database, session or token is looked at.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from apps.pages.addresses import with_parameters
from apps.pages.errors import page_error
from apps.revisions.middleware import is_exempt

READING = ("GET", "HEAD", "OPTIONS")
# What mailings, advertisements and social networks add to an address; it asks nothing of us.
TRACKING = ("fbclid", "gclid")
TRACKING_PREFIX = "utm_"


class PagesAreRead:
    """Refuses all but reading with 405, and leads to the address without tracking parameters."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith("/api/") or is_exempt(request.path_info):
            return self.get_response(request)
        if request.method not in READING:
            response = page_error(request, HTTPStatus.METHOD_NOT_ALLOWED, None)
            response.headers["Allow"] = "GET, HEAD"
            response.headers["Cache-Control"] = "no-store"
            return response
        tracking = {name: None for name in request.GET if is_tracking(name)}
        if tracking:
            return HttpResponseRedirect(with_parameters(request.get_full_path(), **tracking))
        return self.get_response(request)


def is_tracking(name: str) -> bool:
    return name.lower() in TRACKING or name.lower().startswith(TRACKING_PREFIX)
