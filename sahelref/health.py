"""Whether the process lives, whether it can answer, and what it shows; no details for strangers."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from apps.revisions.parameters import UnknownParameter
from apps.revisions.public import PUBLIC, State

NEWEST = "SELECT coalesce(max(number), 0) FROM {schema}.revisions_revision"
SCHEMAS = {PUBLIC: "published", "default": "public"}


def alive(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process runs, whatever the database does."""
    return HttpResponse("alive\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 with the newest revision when published rows can be read, else 503.

    Where the public reads a replica, it says too how many revisions that is behind. The pages
    are there though the server of the desk is not: that alone is no reason for a 503.
    """
    try:
        shown = _newest(PUBLIC)
    except DatabaseError:
        return HttpResponse("not ready\n", content_type="text/plain", status=503)
    behind = ""
    if settings.PUBLIC_IS_REPLICA:
        behind = ", how far behind is not known"
        with suppress(DatabaseError):
            behind = f", {max(_newest('default') - shown, 0)} behind"
    return HttpResponse(f"ready at revision {shown}{behind}\n", content_type="text/plain")


def _newest(alias: str) -> int:
    """Return the number of the newest revision that a database has."""
    with connections[alias].cursor() as cursor:
        cursor.execute(NEWEST.format(schema=SCHEMAS[alias]))
        return int(cursor.fetchone()[0])


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
