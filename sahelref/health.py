"""Whether the process lives, whether it can answer, and what it shows; no details for strangers."""

from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from apps.revisions.parameters import UnknownParameter
from apps.revisions.public import PUBLIC, State


def alive(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process runs, whatever the database does."""
    return HttpResponse("alive\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 with the newest revision when published rows can be read, else 503."""
    try:
        with connections[PUBLIC].cursor() as cursor:
            cursor.execute("SELECT coalesce(max(number), 0) FROM published.revisions_revision")
            (newest,) = cursor.fetchone()
    except DatabaseError:
        return HttpResponse("not ready\n", content_type="text/plain", status=503)
    return HttpResponse(f"ready at revision {newest}\n", content_type="text/plain")


@require_safe
def version(request: HttpRequest) -> JsonResponse:
    """Answer with the release of the code and the head of the chain: an anchor to keep elsewhere.

    `?as_of=` gives the number and hash of a past revision.
    """
    for name in request.GET:
        if name != "as_of":
            raise UnknownParameter(name, request.GET[name], ["as_of"])
    state: State = request.state  # type: ignore[attr-defined]
    told: dict[str, Any] = {
        "release": settings.RELEASE,
        "revision": state.shown,
        "revision_hash": state.hash,
        "made_at": state.made_at,
    }
    return JsonResponse(told)
