"""Refuses to write while the disk is nearly full: PostgreSQL stops dead on one that is full.

What readers ask for is answered; what a researcher sends is refused with a reason, early enough
that nothing is half-written.
"""

import errno
import shutil
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

READING = ("GET", "HEAD", "OPTIONS")
DISK_FULL = "53100"
REFUSAL = (
    "The disk of the server is nearly full, so nothing can be written now, and nothing of what you"
    " sent was. Go back, keep your words, tell whoever runs the site, and send them again later.\n"
)


def is_nearly_full() -> bool:
    """Whether less is free below var/ than LEAST_FREE (bytes)."""
    return shutil.disk_usage(settings.VAR_DIR).free < settings.LEAST_FREE


def is_full(fault: BaseException | None) -> bool:
    """Whether `fault` says that some disk was full: PostgreSQL's, or that of an upload."""
    if isinstance(fault, OSError):
        return fault.errno in (errno.ENOSPC, errno.EDQUOT)
    return getattr(getattr(fault, "__cause__", None), "sqlstate", None) == DISK_FULL


def no_room() -> HttpResponse:
    """Answer 507 and say what to do."""
    response = HttpResponse(REFUSAL, "text/plain", status=HTTPStatus.INSUFFICIENT_STORAGE)
    response.headers["Retry-After"] = "300"
    return response


class RoomToWrite:
    """Answers 507 to whatever would write while there is no room."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in READING or not is_nearly_full():
            return self.get_response(request)
        return no_room()
