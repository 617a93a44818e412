"""Whether the process lives and whether it can answer; no details for strangers."""

from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse

from apps.revisions.public import PUBLIC


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
