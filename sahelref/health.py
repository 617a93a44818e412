"""Whether the process lives, whether it can answer, and what it shows; no details for strangers."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from apps.revisions.parameters import UnknownParameter
from apps.revisions.public import PUBLIC, State

NEWEST = "SELECT coalesce(max(number), 0) FROM published.revisions_revision"
# How many revisions a replica lacks, and since how many seconds.
LACKING = """
    SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(made_at)), 0)::float
    FROM public.revisions_revision WHERE number > %s
"""
# What a replica knows of itself, where nobody else can be asked: seconds since the last
# transaction that it replayed, if it has received more than that.
REPLAYED = """
    SELECT CASE WHEN pg_is_in_recovery() AND pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()
    THEN extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float END
"""


def alive(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process runs, whatever the database does."""
    return HttpResponse("alive\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 with the newest revision when published rows can be read, else 503.

    Where the public reads a replica, it says too how far that is behind, and 503 where that is
    too far. The pages are there though the server of the desk is not: that alone is no reason
    for a 503.
    """
    try:
        shown = int(_asked(PUBLIC, NEWEST)[0])
        behind, seconds = _lag(shown)
    except DatabaseError:
        return _told("not ready", 503)
    if seconds > settings.LONGEST_LAG:
        return _told(f"not ready: at revision {shown}{behind}, for {seconds:.0f} seconds", 503)
    return _told(f"ready at revision {shown}{behind}", 200)


def _told(words: str, status: int) -> HttpResponse:
    return HttpResponse(f"{words}\n", content_type="text/plain", status=status)


def _lag(shown: int) -> tuple[str, float]:
    """Return how far what the public reads is behind, in words, and since how many seconds."""
    if settings.PUBLIC_IS_REPLICA:
        with suppress(DatabaseError):
            lacking, seconds = _asked("default", LACKING, [shown])
            return f", {lacking} behind", seconds
    seconds = _asked(PUBLIC, REPLAYED)[0] or 0
    return ", how far behind is not known" if settings.PUBLIC_IS_REPLICA else "", seconds


def _asked(alias: str, question: str, parameters: list[Any] | None = None) -> tuple[Any, ...]:
    """Return the only row that answers a question."""
    with connections[alias].cursor() as cursor:
        cursor.execute(question, parameters)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


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
