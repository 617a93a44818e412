"""The list and the record of every type in the catalogue."""

from dataclasses import replace
from datetime import date
from http import HTTPStatus
from typing import Any, ClassVar

from django.db.models import prefetch_related_objects
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from apps.api import examples, problems, schema
from apps.api.compile import Shown, expression, record_called
from apps.api.linked_data import JsonLd
from apps.api.negotiation import Csv, Json, Ndjson, Written
from apps.api.paging import listed
from apps.api.parameters import check_known, names
from apps.api.receipts import cited
from apps.api.serializers import SERIALIZERS
from apps.api.serializers.base import RecordSerializer, lookups
from apps.api.streams import attachment, ndjson
from apps.api.views.base import PublicView, site_of, state_of
from apps.records.asking import ask, read
from apps.records.catalogue import CATALOGUE, Entry
from apps.records.exports import csv_stream, public_csv, row
from apps.records.filters import RecordFilter
from apps.records.matches import CAP
from apps.records.models import RecordQuerySet
from apps.records.renaming import now_called
from apps.records.withdrawals import WasWithdrawn, absent
from apps.revisions.parameters import BadParameter
from apps.revisions.public import preparing

CSV: dict[Any, Any] = {
    (200, "text/csv"): OpenApiResponse(str, description="The whole list, with a header row.")
}
NDJSON: dict[Any, Any] = {
    (200, "application/x-ndjson"): OpenApiResponse(
        str, description="The whole list, a record in JSON on each line."
    )
}
LINKED: dict[Any, Any] = {
    (200, "application/ld+json"): OpenApiResponse(
        dict, description="The answer in JSON with `@context`, `@id` and `@type` (JSON-LD 1.1)."
    )
}
OF_A_DAY = ("on", "match")
# The formats of whole lists.
STREAMED = {"csv": CSV, "ndjson": NDJSON}


def asks_of_a_day(request: Request) -> bool:
    return any(name in request.query_params for name in OF_A_DAY)


class RecordView(PublicView):
    """What the list and the record of one type share."""

    entry: ClassVar[Entry]
    renderer_classes = [Json, Csv, Ndjson, JsonLd]

    @property
    def kind(self) -> type[RecordSerializer]:
        """What a record of the type is written with."""
        return SERIALIZERS[self.entry.name]

    def asked_of(self, request: Request) -> Shown:
        """Return how records are shown: the fields asked for. Raises BadParameter."""
        parameters = request.query_params
        return Shown(
            site=site_of(request),
            fields=names(parameters, "fields", self.kind.names),
            expand=names(parameters, "expand", self.kind.expansions),
            on=self.day(request) if asks_of_a_day(request) and self.kind.tells_of_a_day() else (),
        )

    def serializer(self, request: Request) -> RecordSerializer:
        """Return the serializer for the fields asked for. Raises BadParameter."""
        return self.kind(context=self.asked_of(request)._asdict())

    def day(self, request: Request) -> tuple[date, bool] | tuple[()]:
        """Return the day asked for and whether only the certain counts. Raises BadParameter."""
        filters = self.of_a_day(request)
        day = filters.asked["on"]
        return (day, filters.certain) if day else ()

    def of_a_day(self, request: Request) -> RecordFilter:
        """Return the question of which records were so on the day asked for, and nothing else."""
        given = QueryDict(mutable=True)
        for name in OF_A_DAY:
            if name in request.query_params:
                given.setlist(name, request.query_params.getlist(name))
        return read(self.entry, given).filters

    def compiled(self, request: Request) -> RawSQL | None:
        """Return what PostgreSQL writes a record in JSON with; None where it cannot.

        Raises BadParameter.
        """
        asked_for_json = request.accepted_renderer.format == Json.format
        return expression(self.kind, self.asked_of(request)) if asked_for_json else None

    def written(self, request: Request, records: list[Any]) -> list[Any]:
        """Return the records as JSON shows them, in a fixed number of queries."""
        if records and isinstance(records[0], str):
            return [Written(record) for record in records]
        serializer = self.serializer(request)
        prefetch_related_objects(records, *dict.fromkeys(lookups(serializer)))
        return [serializer.to_representation(record) for record in records]

    def whole(self, request: Request) -> HttpResponseBase:
        """Stream the whole list, not a page, in the format asked for. Raises BadParameter."""
        shown, parameters = state_of(request).shown, request.query_params
        if request.accepted_renderer.format == Csv.format:
            lines = public_csv(self.tabular(request), parameters, shown=shown)
        else:
            lines = ndjson(self.entry, parameters, self.serializer(request), shown=shown)
        return attachment(request, self.entry, lines)

    def tabular(self, request: Request) -> Entry:
        """Return the entry with the columns asked for. Raises BadParameter."""
        if expand := request.query_params.get("expand"):
            raise BadParameter("expand", expand, "nothing with CSV", "A CSV cell expands nothing.")
        columns = names(request.query_params, "fields", lambda: self.entry.columns)
        return replace(self.entry, columns=columns or self.entry.columns)


class RecordList(RecordView):
    """The records of one type that the parameters ask for."""

    def check_parameters(self, request: Request) -> None:
        """Leave it to `ask`, which knows the filters."""

    def get(self, request: Request) -> HttpResponseBase:
        if request.accepted_renderer.format in STREAMED:
            question = read(self.entry, request.query_params)
            question.check()
            return cited(request, self.whole(request), self.entry.name, question.parameters)
        answer = ask(self.entry, request.query_params, shown=self.compiled(request))
        facets = {name: [vars(value) for value in facet] for name, facet in answer.facets.items()}
        response = listed(
            request,
            self.written(request, answer.records),
            count=answer.count if answer.count_is_exact else CAP + 1,
            next=answer.next,
            previous=answer.previous,
            **({"facets": facets} if facets else {}),
        )
        return cited(request, response, self.entry.name, answer.parameters)


class RecordDetail(RecordView):
    """One record, by its readable key or stable public id; with `on`, if it was so on that day."""

    known = ("as_of", "format", "fields", "expand")

    def check_parameters(self, request: Request) -> None:
        of_a_day = OF_A_DAY if "on" in self.entry.filters.base_filters else ()
        check_known(request.query_params, (*self.known, *of_a_day))

    def get(self, request: Request, key: str) -> HttpResponseBase:
        record = self.called(request, key)
        if record is None and state_of(request).is_past:
            records = self.of_a_day(request).qs
            record = self.found(now_called(records, key), self.compiled(request))
        if record is None:
            return self.moved(request, key)
        if request.accepted_renderer.format == Csv.format:
            entry = self.tabular(request)
            return attachment(request, entry, csv_stream(entry, [row(entry, record)]))
        return Response(self.written(request, [record])[0])

    def called(self, request: Request, key: str) -> Any:
        """Return the record that answers to `key`, as JSON where PostgreSQL writes it, or None.

        Raises BadParameter.
        """
        written = self.compiled(request)
        if written is None or asks_of_a_day(request):
            return self.found(self.of_a_day(request).qs.with_key(key), written)
        return record_called(self.kind, self.asked_of(request), key)

    def absent(self, request: Request, key: str) -> Http404:
        """Return why there is no record: none has the key, it was withdrawn, or was not so then."""
        why = absent(self.entry, key)
        if isinstance(why, WasWithdrawn) or not (day := request.query_params.get("on")):
            return why
        return Http404(
            f"Nothing published among the {self.entry.title.lower()} has the key “{key}” and is"
            f" what the list gives with on={day}. Leave `on` out to see."
        )

    def moved(self, request: Request, key: str) -> HttpResponseBase:
        """Lead on to what the record was merged into. Raises Http404 where it was not."""
        successor = self.entry.model.objects.succeeding(key)
        if successor is None:
            raise self.absent(request, key)
        path = reverse(f"api:{self.entry.name}-detail", args=[successor.key])
        query = request.META.get("QUERY_STRING", "")
        address = f"{path}?{query}" if query else path
        return HttpResponse(status=HTTPStatus.PERMANENT_REDIRECT, headers={"Location": address})

    def found(self, records: RecordQuerySet, shown: RawSQL | None) -> Any:
        """Return the first record, as JSON where PostgreSQL writes it; None where there is none."""
        if shown is None:
            return records.for_reading().order_by("pk").first()
        written = records.order_by("pk").annotate(shown=shown)
        with preparing(written):
            return written.values_list("shown", flat=True).first()


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
        responses={(200, "application/json"): body, **CSV, **NDJSON, **LINKED, **problems.ERRORS},
        examples=examples.answer_of(examples.listed_at(entry)),
    )
    return extend_schema_view(get=described)(type(f"{name}List", (RecordList,), {"entry": entry}))


def detail_view(entry: Entry) -> type[RecordDetail]:
    """Return the view of one record of one type, described for the schema."""
    serializer = SERIALIZERS[entry.name]
    formats = {(200, "application/json"): serializer, **CSV, **NDJSON, **LINKED}
    described = extend_schema(
        operation_id=f"{entry.name}_retrieve",
        tags=[entry.name],
        summary=f"One of the {entry.title.lower()}",
        parameters=[
            schema.key_of(entry),
            *schema.of_a_day(entry),
            *schema.shown_by(entry),
            schema.REVISION_HEADER,
        ],
        responses={
            **formats,
            **problems.MOVED,
            **problems.NOT_FOUND,
            **problems.GONE,
            **problems.ERRORS,
        },
        examples=examples.answer_of(examples.shown_at(entry)),
    )
    view = type(f"{serializer.noun()}Detail", (RecordDetail,), {"entry": entry})
    return extend_schema_view(get=described)(view)


VIEWS = {name: (list_view(entry), detail_view(entry)) for name, entry in CATALOGUE.items()}
