"""The addresses of receipts, and the link to one that every list carries."""

from functools import cache
from typing import TypeVar

from django.http import HttpResponseBase
from django.urls import get_script_prefix, reverse
from rest_framework.request import Request

from apps.api.views.base import site_of, state_of
from apps.records.receipts import query_text, receipt_query

Answer = TypeVar("Answer", bound=HttpResponseBase)


def receipt_address(request: Request, **parameters: object) -> str:
    """Return the absolute address of a receipt."""
    return f"{site_of(request)}{_path(get_script_prefix())}?{receipt_query(**parameters)}"


@cache
def _path(prefix: str) -> str:
    """Return the path of receipts, below the `prefix` that Django puts in front of it."""
    return reverse("api:receipts")


def cited(request: Request, response: Answer, kind: str, asked: dict[str, str]) -> Answer:
    """Add the link `cite-as` (RFC 8574) to the receipt of the list of type `kind`.

    `asked` are the parameters of the answer. The receipt is made when it is opened: a list that
    nobody cites costs nothing more.
    """
    shown = state_of(request).shown
    address = receipt_address(request, type=kind, query=query_text(asked), as_of=shown)
    links = [response.headers.get("Link", ""), f'<{address}>; rel="cite-as"']
    response.headers["Link"] = ", ".join(filter(None, links))
    return response
