"""The first page."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.pages import addresses, citing, linked_data, maps, relations
from apps.pages.evidence import Evidence
from apps.pages.views.changes import latest_changes
from apps.records.catalogue import CATALOGUE
from apps.records.models import Operation, OperationCountry, Statement
from apps.records.recounting import all_of

OPERATIONS_SHOWN = 12
STATEMENTS_SHOWN = 4
COUNTED = ("operations", "countries", "organizations", "people", "statements", "sources")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what is here: the operations, what was said last, what changed, how to cite."""
    operations = list(relations.operations()[:OPERATIONS_SHOWN])
    statements = list(relations.statements().exclude(words="")[:STATEMENTS_SHOWN])
    drawing = maps.theatre(_operations_by_country())
    context: dict[str, Any] = {
        "section": "home",
        "operations": operations,
        "statements": statements,
        "counts": {name: all_of(CATALOGUE[name].model) for name in COUNTED},
        "citations": all_of(CATALOGUE["citations"].model),
        "map": drawing,
        "words": list(_words(operations, statements, drawing)),
        "changes": latest_changes(),
        "evidence": Evidence(*operations, *statements),
        "citable": citing.cited_whole(request),
        "title": _("sahelref: security operations in the Sahel"),
        "canonical": addresses.canonical(request, reverse("pages:home")),
        "node": linked_data.of_whole(request),
    }
    return render(request, "pages/home.html", context)


def _words(
    operations: list[Operation], statements: list[Statement], drawing: maps.Map
) -> Iterator[str]:
    """Give words that a search finds: an operation, a country, a speaker, where there is one."""
    for operation in operations[:1]:
        yield operation.display_name
    busiest = max(drawing.shapes, key=lambda shape: shape.count, default=None)
    if busiest and busiest.count:
        yield str(busiest.country)
    yield from [str(one.speaker_person) for one in statements if one.speaker_person][:1]


def _operations_by_country() -> dict[str, int]:
    rows = OperationCountry.objects.order_by().values("country__iso2")
    return dict(rows.annotate(found=Count("operation")).values_list("country__iso2", "found"))
