"""What the templates ask about the two clocks of a page, and addresses that move them."""

from contextlib import suppress
from typing import Any

from django import template

from apps.pages import clocks
from apps.pages.addresses import keep_as_of, with_parameters
from apps.pages.sheets import Sheet
from apps.records.models import Record
from apps.revisions.parameters import BadParameter

register = template.Library()


@register.simple_tag(takes_context=True)
def undated(context: Any, path: str) -> str:
    """Return an address that no day is a question to, of a feed or the API, at the revision."""
    return keep_as_of(context.request, path)


@register.simple_tag(takes_context=True)
def here(context: Any, **parameters: Any) -> str:
    """Return the query of this page with other parameters: an address relative to it."""
    given = {name: str(value) for name, value in parameters.items()}
    return with_parameters(f"?{context.request.GET.urlencode()}", **given)


@register.simple_tag(takes_context=True)
def day_asked(context: Any) -> Any:
    """Return the day in `on`; None without one, or where it cannot be read."""
    with suppress(BadParameter):
        return clocks.day_of(context.request)


@register.simple_tag(takes_context=True)
def held(context: Any, record: Record) -> str:
    """Say of a record in a list whether it is certainly or possibly what was asked of the day."""
    return Sheet.of(context).held(record)


@register.simple_tag(takes_context=True)
def without_day(context: Any) -> str:
    """Return the address of this page for no day in particular."""
    return with_parameters(context.request.get_full_path(), on=None)


@register.simple_tag(takes_context=True)
def now_address(context: Any) -> str:
    """Return the address of this page as it is now."""
    return with_parameters(context.request.get_full_path(), as_of=None)
