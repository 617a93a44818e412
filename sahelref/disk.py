"""Refuses to write while the disk is nearly full: PostgreSQL stops dead on one that is full.

What readers ask for is answered; what a researcher sends is refused with a reason, early enough
that nothing is half-written.
"""

import shutil
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

READING = ("GET", "HEAD", "OPTIONS")
REFUSAL = (
    "The disk of the server is nearly full, so nothing can be written now, and nothing of what you"
    " sent was. Go back, keep your words, tell whoever runs the site, and send them again later.\n"
)


def is_nearly_full() -> bool:
    """Whether less is free below var/ than LEAST_FREE (bytes)."""
    return shutil.disk_usage(settings.VAR_DIR).free < settings.LEAST_FREE


class RoomToWrite:
    """Answers 507 to whatever would write while there is no room."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in READING or not is_nearly_full():
            return self.get_response(request)
        response = HttpResponse(REFUSAL, "text/plain", status=HTTPStatus.INSUFFICIENT_STORAGE)
        response.headers["Retry-After"] = "300"
        return response
