"""The two clocks of a page, `on` and `as_of`: what is asked, and addresses that keep both."""

from contextlib import suppress
from datetime import date

from django.http import HttpRequest

from apps.pages.addresses import keep_as_of, with_parameters
from apps.records.catalogue import CATALOGUE
from apps.records.on_a_day import asked_day
from apps.revisions.parameters import BadParameter, RepeatedParameter, UnknownParameter

# Both are understood on every page, also where they change nothing.
CLOCKS = ("as_of", "on")
# Reads a day as every list does that can be asked of one.
DATED = CATALOGUE["operations"]


def day_of(request: HttpRequest) -> date | None:
    """Return the day in `on`, None where none is asked for. Raises BadParameter."""
    if not hasattr(request, "day"):
        request.day = asked_day(DATED, request.GET)  # type: ignore[attr-defined]
    day: date | None = request.day  # type: ignore[attr-defined]
    return day


def keep(request: HttpRequest, address: str) -> str:
    """Return `address`, of a page, with the past revision and the day that `request` asks for."""
    address = keep_as_of(request, address)
    with suppress(BadParameter):
        day = day_of(request)
        return with_parameters(address, on=day.isoformat()) if day else address
    return address


def read_parameters(request: HttpRequest, *known: str) -> None:
    """Raise BadParameter for a parameter that is neither `known` nor a clock, or given twice."""
    for name, texts in request.GET.lists():
        if name not in (*known, *CLOCKS):
            raise UnknownParameter(name, str(texts[-1]), [*known, *CLOCKS])
        if len(texts) > 1:
            raise RepeatedParameter(name, [str(text) for text in texts])
    day_of(request)
