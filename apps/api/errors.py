"""Problem details (RFC 9457) for every error of the API, raised inside a view or outside."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from rest_framework.exceptions import APIException, NotAcceptable, Throttled

from apps.records.near_keys import NoRecord
from apps.records.withdrawals import WasWithdrawn
from apps.revisions.parameters import BadParameter, UnknownParameter

MEDIA_TYPE = "application/problem+json"
# Where each kind of error is explained; relative, because the host itself may be what is wrong.
EXPLAINED = "/data/#error-{kind}"
LONGEST_ECHO = 2000

# Kind, which is the end of `type`, and what went wrong in a sentence.
KINDS: dict[HTTPStatus, tuple[str, str]] = {
    HTTPStatus.BAD_REQUEST: ("bad-request", "The request cannot be read."),
    HTTPStatus.FORBIDDEN: ("forbidden", "This is not for the public."),
    HTTPStatus.NOT_FOUND: ("not-found", "Nothing published has this address."),
    HTTPStatus.GONE: ("withdrawn", "The record that had this address was withdrawn."),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        "method-not-allowed",
        "The API is read-only: use GET, HEAD or OPTIONS.",
    ),
    HTTPStatus.NOT_ACCEPTABLE: (
        "not-acceptable",
        "No format in the Accept header is made here.",
    ),
    HTTPStatus.REQUEST_URI_TOO_LONG: (
        "query-too-long",
        "The query string is longer than 4096 bytes. Ask in several requests, or take the whole"
        " list as an export and filter it yourself.",
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "too-many-requests",
        "Too many requests. Wait the seconds in Retry-After; for whole lists use the exports.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "server-error",
        "Something is wrong on our side. The request may be repeated later.",
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "unavailable",
        "The database cannot be reached just now. Repeat the request after the seconds in"
        " Retry-After.",
    ),
}
BUSY = "As many whole lists are being sent as can be. Wait the seconds in Retry-After."
BUSY_SECONDS = 5
UNKNOWN_PARAMETER = "unknown-parameter"
BAD_PARAMETER = "bad-parameter"


def api_error(
    request: HttpRequest,
    status: HTTPStatus,
    parameter: BadParameter | None = None,
    detail: str = "",
    suggestion: str = "",
    **more: Any,
) -> HttpResponse:
    """Return `application/problem+json`; `detail` overrides the sentence of the status.

    `suggestion` is the nearest key of a record that was asked for by a key that none has; `more`
    are members of the problem beside those of RFC 9457.
    """
    kind, usual = KINDS.get(status, ("bad-request", status.description))
    problem: dict[str, Any] = {
        "type": EXPLAINED.format(kind=kind),
        "title": status.phrase,
        "status": status.value,
        "detail": detail or usual,
        "instance": request.get_full_path()[:LONGEST_ECHO],
    }
    if suggestion:
        problem["suggestion"] = suggestion
    if parameter is not None:
        problem |= _about(parameter)
    return JsonResponse(
        problem | more,
        status=status,
        content_type=MEDIA_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )


def problem_response(exception: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Answer what a view raised; None leaves a fault of ours to Django: 500 or 503."""
    request = context["request"]
    match exception:
        case BadParameter():
            return api_error(request, HTTPStatus.BAD_REQUEST, exception)
        case NoRecord():
            near = exception.near[0].key if exception.near else ""
            return api_error(
                request, HTTPStatus.NOT_FOUND, detail=_sentence(exception), suggestion=near
            )
        case WasWithdrawn():
            return _gone(request, exception)
        case Http404():
            return api_error(request, HTTPStatus.NOT_FOUND, detail=_sentence(exception))
        case PermissionDenied():
            return api_error(request, HTTPStatus.FORBIDDEN)
        case NotAcceptable():
            return api_error(request, HTTPStatus.NOT_ACCEPTABLE, detail=_made_here(exception))
        case Throttled():
            response = api_error(request, HTTPStatus.TOO_MANY_REQUESTS, detail=BUSY)
            response.headers["Retry-After"] = str(BUSY_SECONDS)
            return response
        case APIException() if exception.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            return api_error(request, HTTPStatus(exception.status_code))
    return None


def _gone(request: HttpRequest, withdrawn: WasWithdrawn) -> HttpResponse:
    """Say why and when a record was withdrawn, and where its past can be read, if it can."""
    row, last = withdrawn.row, withdrawn.last_revision
    path = reverse(f"api:{withdrawn.entry.name}-detail", args=[row.public_id])
    return api_error(
        request,
        HTTPStatus.GONE,
        detail=f"{withdrawn} {row.reason}",
        reason=row.reason,
        withdrawn_at=row.made_at.isoformat().replace("+00:00", "Z"),
        revision=row.revision,
        past_hidden=row.withheld,
        last_state=request.build_absolute_uri(f"{path}?as_of={last}") if last else None,
    )


def _about(parameter: BadParameter) -> dict[str, str | None]:
    unknown = isinstance(parameter, UnknownParameter)
    return {
        "type": EXPLAINED.format(kind=UNKNOWN_PARAMETER if unknown else BAD_PARAMETER),
        "title": "Unknown parameter" if unknown else "Bad parameter",
        "detail": str(parameter),
        "parameter": parameter.name[:LONGEST_ECHO],
        "value": parameter.value[:LONGEST_ECHO],
        "allowed": parameter.allowed,
        "suggestion": parameter.suggestion or None,
    }


def _made_here(exception: NotAcceptable) -> str:
    made = dict.fromkeys(each.media_type for each in exception.available_renderers or [])
    return f"No format in the Accept header is made here. Made here: {', '.join(made)}."


def _sentence(exception: Http404) -> str:
    return str(exception.args[0]) if exception.args else ""
