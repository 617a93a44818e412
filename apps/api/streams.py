"""Whole lists, a line a record, of any size: streamed, with flat memory, a few at a time."""

import threading
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpResponseBase, QueryDict, StreamingHttpResponse
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

from apps.api.compile import Shown, expression
from apps.api.negotiation import Csv, Ndjson, passed_on
from apps.api.serializers.base import RecordSerializer, lookups
from apps.api.views.base import state_of
from apps.records.asking import read
from apps.records.catalogue import Entry
from apps.records.copying import texts
from apps.records.exports import CHUNK
from apps.revisions.public import reading

CONTENT_TYPES = {
    Csv.format: "text/csv; charset=utf-8; header=present",
    Ndjson.format: Ndjson.media_type,
}


class Gate:
    """Keeps slow readers of long lists from taking every thread of a worker."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0

    def check(self) -> None:
        """Raise Throttled while as many are streamed as may be."""
        if self._inside >= settings.EXPORTS_AT_ONCE:
            raise Throttled

    def through(self, lines: Iterator[Any]) -> Iterator[Any]:
        """Give the lines; counted from the first that is asked for to the last."""
        with self._lock:
            self._inside += 1
        try:
            yield from lines
        finally:
            with self._lock:
                self._inside -= 1


GATE = Gate()


def attachment(request: Request, entry: Entry, lines: Iterator[Any]) -> HttpResponseBase:
    """Answer with `lines` as a file named after the type and the revision; none of them for HEAD.

    Raises Throttled where too many are under way.
    """
    GATE.check()
    kind = request.accepted_renderer.format
    name = f"sahelref-{entry.name}-revision-{state_of(request).shown}.{kind}"
    return StreamingHttpResponse(
        GATE.through(lines) if request.method == "GET" else iter(()),
        content_type=CONTENT_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def ndjson(
    entry: Entry, parameters: QueryDict, serializer: RecordSerializer, *, shown: int
) -> Iterator[bytes]:
    """Give the list that `parameters` ask for, all pages, at the revision `shown`.

    Each piece is some lines, each a record as the API shows it. Opens a snapshot of its own,
    because a response is streamed after that of its request closed.
    """
    with reading(str(shown), patient=True):
        queryset = read(entry, parameters).queryset.prefetch_related(None)
        if (made := expression(type(serializer), Shown.by(serializer))) is not None:
            yield from map(passed_on, texts(queryset, made))
        else:
            yield from _rendered(queryset, serializer)


def _rendered(queryset: QuerySet[Any], serializer: RecordSerializer) -> Iterator[bytes]:
    """Give the lines of what PostgreSQL cannot write."""
    render, records = Ndjson().render, queryset.iterator(CHUNK)
    relations = dict.fromkeys(lookups(serializer))
    while chunk := list(islice(records, CHUNK)):
        prefetch_related_objects(chunk, *relations)
        yield b"".join(render(serializer.to_representation(each)) for each in chunk)
