"""The list and the record of every type in the catalogue."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from apps.api import schema
from apps.api.negotiation import Csv, Json
from apps.api.paging import listed
from apps.api.parameters import check_known, names
from apps.api.serializers import SERIALIZERS
from apps.api.serializers.base import RecordSerializer, lookups
from apps.api.views.base import PublicView, site_of, state_of
from apps.records.asking import CAP, ask
from apps.records.catalogue import CATALOGUE, Entry
from apps.records.exports import csv_stream, public_csv, row
from apps.revisions.parameters import BadParameter

CSV: dict[Any, Any] = {
    (200, "text/csv"): OpenApiResponse(str, description="The whole list, with a header row.")
}


class RecordView(PublicView):
    """What the list and the record of one type share."""

    entry: ClassVar[Entry]
    renderer_classes = [Json, Csv]

    def serializer(self, request: Request) -> RecordSerializer:
        """Return the serializer for the fields asked for. Raises BadParameter."""
        kind = SERIALIZERS[self.entry.name]
        context = {
            "site": site_of(request),
            "fields": names(request.query_params, "fields", kind.names()),
            "expand": names(request.query_params, "expand", kind.expansions()),
        }
        return kind(context=context)

    def written(self, request: Request, records: list[Any]) -> list[dict[str, Any]]:
        """Return the records as JSON shows them, in a fixed number of queries."""
        serializer = self.serializer(request)
        prefetch_related_objects(records, *dict.fromkeys(lookups(serializer)))
        return [serializer.to_representation(record) for record in records]

    def csv(self, request: Request, lines: Iterator[str]) -> HttpResponseBase:
        """Stream `lines`; a HEAD asks for none of them."""
        name = f"sahelref-{self.entry.name}-revision-{state_of(request).shown}.csv"
        return StreamingHttpResponse(
            lines if request.method == "GET" else iter(()),
            content_type="text/csv; charset=utf-8; header=present",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def tabular(self, request: Request) -> Entry:
        """Return the entry with the columns asked for. Raises BadParameter."""
        if expand := request.query_params.get("expand"):
            raise BadParameter("expand", expand, "nothing with CSV", "A CSV cell expands nothing.")
        columns = names(request.query_params, "fields", self.entry.columns)
        return replace(self.entry, columns=columns or self.entry.columns)


class RecordList(RecordView):
    """The records of one type that the parameters ask for."""

    def check_parameters(self, request: Request) -> None:
        """Leave it to `ask`, which knows the filters."""

    def get(self, request: Request) -> HttpResponseBase:
        answer = ask(self.entry, request.query_params)
        if request.accepted_renderer.format == "csv":
            shown, entry = state_of(request).shown, self.tabular(request)
            return self.csv(request, public_csv(entry, request.query_params, shown=shown))
        facets = {name: [vars(value) for value in facet] for name, facet in answer.facets.items()}
        return listed(
            request,
            self.written(request, answer.records),
            count=answer.count if answer.count_is_exact else CAP + 1,
            next=answer.next,
            previous=answer.previous,
            **({"facets": facets} if facets else {}),
        )


class RecordDetail(RecordView):
    """One record, by its readable key or stable public id."""

    known = ("as_of", "format", "fields", "expand")

    def check_parameters(self, request: Request) -> None:
        check_known(request.query_params, self.known)

    def get(self, request: Request, key: str) -> HttpResponseBase:
        record = self.entry.model.objects.for_reading().with_key(key).order_by("pk").first()
        if record is None:
            title = self.entry.title.lower()
            raise Http404(f"Nothing published among the {title} has the key “{key}”.")
        if request.accepted_renderer.format == "csv":
            entry = self.tabular(request)
            return self.csv(request, csv_stream(entry, [row(entry, record)]))
        return Response(self.written(request, [record])[0])


def list_view(entry: Entry) -> type[RecordList]:
    """Return the view of the list of one type, described for the schema."""
    serializer = SERIALIZERS[entry.name]
    name = serializer.noun()
    body = schema.paged(name, serializer, facets=schema.facets_of(entry))
    described = extend_schema(
        operation_id=f"{entry.name}_list",
        tags=[entry.name],
        summary=f"{entry.title} that the parameters ask for",
        parameters=[*schema.asked_by(entry), schema.REVISION_HEADER, schema.LINK_HEADER],
        responses={(200, "application/json"): body, **CSV, **schema.ERRORS},
    )
    return extend_schema_view(get=described)(type(f"{name}List", (RecordList,), {"entry": entry}))


def detail_view(entry: Entry) -> type[RecordDetail]:
    """Return the view of one record of one type, described for the schema."""
    serializer = SERIALIZERS[entry.name]
    body = {(200, "application/json"): serializer, **CSV, **schema.NOT_FOUND, **schema.ERRORS}
    described = extend_schema(
        operation_id=f"{entry.name}_retrieve",
        tags=[entry.name],
        summary=f"One of the {entry.title.lower()}",
        parameters=[schema.key_of(entry), *schema.shown_by(entry), schema.REVISION_HEADER],
        responses=body,
    )
    view = type(f"{serializer.noun()}Detail", (RecordDetail,), {"entry": entry})
    return extend_schema_view(get=described)(view)


VIEWS = {name: (list_view(entry), detail_view(entry)) for name, entry in CATALOGUE.items()}
