"""Lists of records: what is asked for, and ways to ask for less or more."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.pages import addresses, clocks, names
from apps.pages.evidence import Evidence
from apps.pages.lists import Listing, asks_of_days
from apps.pages.relations import NAMED_BY
from apps.records.asking import ask
from apps.records.catalogue import Entry
from apps.records.models import StrengthFigure
from apps.records.on_a_day import certain_among
from apps.revisions.parameters import BadParameter

# What the API makes of a list.
FORMATS = ("json", "csv", "ndjson", "jsonld")

# What a line of a list shows beside its record, by the name of the entry. Citations are read by
# Evidence.
SHOWN: dict[str, tuple[str, ...]] = {
    "operations": (
        "contributors",
        "milestones",
        *(f"strengths__{one}" for one in NAMED_BY[StrengthFigure]),
    ),
    "countries": ("memberships__organization",),
    "organizations": ("memberships__country",),
    "people": ("offices__country", "offices__organization"),
}


def _nothing(records: list[Any]) -> list[Any]:
    return []


def _operations(records: list[Any]) -> list[Any]:
    strengths = [figure for record in records for figure in record.strengths.all()]
    return [*records, *strengths, *(m for record in records for m in record.milestones.all())]


def _memberships(records: list[Any]) -> list[Any]:
    return [membership for record in records for membership in record.memberships.all()]


def _offices(records: list[Any]) -> list[Any]:
    return [office for record in records for office in record.offices.all()]


# Whose facts a list shows with their marks, or where no passage is cited for them.
EVIDENT: dict[str, Callable[[list[Any]], list[Any]]] = {
    "operations": _operations,
    "countries": _memberships,
    "organizations": list,
    "people": _offices,
    "statements": list,
}


@require_safe
def record_list(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Show a page of the list of `entry` that the query parameters ask for."""
    name = str(entry.model._meta.model_name)
    if request.GET.get("format"):
        return _in_format(request, entry)
    day = clocks.day_of(request)
    asked, kept = _asked(request, entry)
    answer = ask(entry, asked, facets=entry.facets, beside=SHOWN.get(entry.name, ()))
    context = {
        "section": name,
        "title": names.types_of(entry.model),
        "answer": answer,
        "records": answer.records,
        "listing": Listing(answer, reverse(f"pages:{name}-list"), kept),
        "certain": certain_among(answer) if day and not kept else None,
        "receipt": addresses.of_receipt(request, entry.name, answer.parameters),
        "asked": answer.filters.data,
        "evidence": Evidence(*EVIDENT.get(entry.name, _nothing)(answer.records)),
    }
    return render(request, f"pages/{entry.name}.html", context)


def _asked(request: HttpRequest, entry: Entry) -> tuple[QueryDict, dict[str, str]]:
    """Return the parameters of the question, and apart from them a day that is none to it."""
    if asks_of_days(entry) or "on" not in request.GET:
        return request.GET, {}
    asked = request.GET.copy()
    return asked, {"on": str(asked.pop("on")[-1])}


def _in_format(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Lead to the same list as data. Raises BadParameter for a format that none is made in."""
    form = request.GET["format"]
    if form not in FORMATS:
        raise BadParameter("format", form, FORMATS)
    path = reverse(f"api:{entry.name}-list")
    return HttpResponseRedirect(f"{path}?{request.GET.urlencode()}")
