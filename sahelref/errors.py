"""Turns what goes wrong anywhere into an answer of the face that was asked.

Django calls these handlers from every layer, middleware included, so a lost database is one
answer everywhere: 503 with Retry-After, never a bare 500.
"""

import sys
from http import HTTPStatus

from django.conf import settings
from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse

from apps.api.errors import api_error
from apps.pages.errors import page_error, tombstone
from apps.records.near_keys import NoRecord
from apps.records.withdrawals import WasWithdrawn
from apps.revisions.parameters import BadParameter
from apps.revisions.tracking import trackings
from sahelref.disk import is_full, no_room

RETRY_AFTER_SECONDS = "5"
# A table or schema that is not there: a migration is making the views anew.
MISSING = {"42P01", "3F000"}
# It is being looked after, by `default_transaction_read_only`.
READ_ONLY = {"25006"}
WRITING_PAUSED = (
    "The database can only be read just now, while somebody works on it. Nothing of what you sent"
    " was saved. Go back, keep your words, and send them again later.\n"
)
# The database ended a request that thought for too long: psycopg takes it for a fault of the code.
ENDED = {"25P03"}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, HTTPStatus.BAD_REQUEST, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, HTTPStatus.FORBIDDEN, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, WasWithdrawn):
        return _uncached(tombstone(request, exception))
    if isinstance(exception, NoRecord):
        return _uncached(page_error(request, HTTPStatus.NOT_FOUND, None, exception))
    return _answer(request, HTTPStatus.NOT_FOUND, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 507 where a disk is full, 503 where the database is away, 500 for a fault of ours."""
    fault = sys.exc_info()[1]
    if is_full(fault):
        return no_room()
    if request.path.startswith(settings.DESK_PATHS) and is_read_only(fault):
        return _writing_paused()
    if not is_away(fault):
        return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, None)
    response = _answer(request, HTTPStatus.SERVICE_UNAVAILABLE, None)
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def is_away(fault: BaseException | None) -> bool:
    """Whether `fault` says that the database cannot answer now and may soon."""
    if isinstance(fault, ProgrammingError):
        missing = getattr(fault.__cause__, "sqlstate", None) in MISSING
        return missing and any(name in str(fault) for name in _public_views())
    if isinstance(fault, InternalError):
        return getattr(fault.__cause__, "sqlstate", None) in ENDED
    return isinstance(fault, OperationalError | InterfaceError)


def is_read_only(fault: BaseException | None) -> bool:
    """Whether the database refused a write, as it always does to the public's role."""
    return getattr(getattr(fault, "__cause__", None), "sqlstate", None) in READ_ONLY


def _writing_paused() -> HttpResponse:
    response = HttpResponse(WRITING_PAUSED, "text/plain", status=HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = "60"
    return _uncached(response)


def _public_views() -> list[str]:
    """Return what is away while a migration makes it anew; any other table is a fault of ours."""
    names = [tracking.table for tracking in trackings() if tracking.public]
    own = [f"revisions_{name}" for name in ("revision", "change", "withdrawn")]
    return [f'"{name}"' for name in (*names, *own)]


def _answer(request: HttpRequest, status: HTTPStatus, exception: Exception | None) -> HttpResponse:
    return _shown(request, status, exception if isinstance(exception, BadParameter) else None)


def refusal(request: HttpRequest, status: HTTPStatus, detail: str = "") -> HttpResponse:
    """Answer a request that is refused before any view; `detail` is for programs."""
    return _shown(request, status, None, detail)


def _shown(
    request: HttpRequest, status: HTTPStatus, parameter: BadParameter | None, detail: str = ""
) -> HttpResponse:
    if request.path.startswith("/api/"):
        response = api_error(request, status, parameter, detail)
    else:
        response = page_error(request, status, parameter)
    return _uncached(response)


def _uncached(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
