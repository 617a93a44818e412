"""Links that lead out of the site, and what the head of a page tells to programs."""

from django import template
from django.utils.safestring import mark_safe

from apps.pages import addresses, linked_data
from apps.records.models import Source

register = template.Library()


@register.filter
def as_data(node: linked_data.Node) -> str:
    """Write JSON-LD for a `script` element; what could end the element is escaped."""
    return mark_safe(linked_data.in_page(node))


@register.filter
def on_the_web(url: str) -> str:
    return addresses.on_the_web(url)


@register.simple_tag
def passage_address(source: Source, excerpt: str) -> str:
    """Return the address of the words themselves; "" where the source is not on the web."""
    return addresses.of_passage(source, excerpt)
