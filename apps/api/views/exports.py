"""Every list as a file: `/api/v1/<type>/export.csv` and `export.ndjson`."""

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from apps.api import problems, schema
from apps.api.negotiation import Csv, Ndjson, OnlyOne
from apps.api.receipts import cited
from apps.api.serializers import SERIALIZERS
from apps.api.views.records import STREAMED, RecordView
from apps.records.asking import SHARED, read
from apps.records.catalogue import CATALOGUE, Entry
from apps.revisions.parameters import UnknownParameter

# Of a page, which a file has not.
OF_A_PAGE = ("cursor", "facets", "format", "page_size")


class Export(RecordView):
    """The whole list that the parameters ask for, as one file."""

    content_negotiation_class = OnlyOne

    def check_parameters(self, request: Request) -> None:
        for name in OF_A_PAGE:
            if name in request.query_params:
                allowed = {*self.entry.filters.base_filters, *SHARED} - {*OF_A_PAGE}
                raise UnknownParameter(name, request.query_params[name], sorted(allowed))

    def get(self, request: Request) -> HttpResponseBase:
        question = read(self.entry, request.query_params)
        # Made now, not only when it is streamed: a bad value is refused before the first byte.
        _ = question.queryset
        return cited(request, self.whole(request), self.entry.name, question.parameters)


def export_view(entry: Entry, renderer: type[BaseRenderer]) -> type[Export]:
    """Return the view of one file of one type, described for the schema."""
    kind, noun = str(renderer.format), SERIALIZERS[entry.name].noun()
    described = extend_schema(
        operation_id=f"{entry.name}_export_{kind}",
        tags=[entry.name],
        summary=f"{entry.title} that the parameters ask for, all of them, as {kind.upper()}",
        parameters=[*schema.exported_by(entry, kind), schema.REVISION_HEADER, schema.LINK_HEADER],
        responses={**STREAMED[kind], **problems.ERRORS},
    )
    view = type(
        f"{noun}{kind.title()}", (Export,), {"entry": entry, "renderer_classes": [renderer]}
    )
    return extend_schema_view(get=described)(view)


EXPORTS = {
    (name, str(renderer.format)): export_view(entry, renderer)
    for name, entry in CATALOGUE.items()
    for renderer in (Csv, Ndjson)
}
