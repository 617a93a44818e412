"""Refuses addresses that no honest question needs, before anything is read for them."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from sahelref.errors import refusal

LONGEST_QUERY = 4096
MOST_PARAMETERS = 60
# What asks by its query string. Where a view does not answer another method, it says so itself.
METHODS = ("GET", "HEAD")


class QueryLimits:
    """Answers 414 for a GET with over 4 kB of query string, 400 with over 60 parameters.

    Not at the desk, and to no other method.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if request.path.startswith(settings.DESK_PATHS) or request.method not in METHODS:
            return self.get_response(request)
        if len(query) > LONGEST_QUERY:
            return refusal(request, HTTPStatus.REQUEST_URI_TOO_LONG)
        if (given := query.count("&") + 1) > MOST_PARAMETERS:
            detail = f"The address has {given} parameters; at most {MOST_PARAMETERS} are read."
            return refusal(request, HTTPStatus.BAD_REQUEST, detail)
        return self.get_response(request)
