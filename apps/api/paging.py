"""Pages of a list: the body that every list has, and its links as headers (RFC 8288)."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.parameters import whole_number
from apps.api.views.base import site_of
from apps.records.asking import LARGEST_PAGE, PAGE_SIZE
from apps.records.counting import kept
from apps.records.matches import CAP, FEW
from apps.records.paging import BadCursor, Page, Pager
from apps.revisions.parameters import BadParameter
from apps.revisions.public import preparing


def listed(
    request: Request,
    results: list[Any],
    *,
    count: int,
    next: str = "",
    previous: str = "",
    **more: Any,
) -> Response:
    """Return the answer of a list; `next` and `previous` are cursors, `count` may exceed the cap.

    The count is exact up to the cap; beyond, `count_is_exact` says that it is not.
    """
    links = {"next": _link(request, next), "previous": _link(request, previous)}
    capped = {"count_is_exact": False} if count > CAP else {}
    body = {"count": min(count, CAP), **capped, **links, **more, "results": results}
    headers = [f'<{links[way]}>; rel="{rel}"' for way, rel in RELATIONS.items() if links[way]]
    return Response(body, headers={"Link": ", ".join(headers)} if headers else None)


RELATIONS = {"next": "next", "previous": "prev"}


def _link(request: Request, cursor: str) -> str | None:
    """Return this address with another cursor; everything else asked for stays."""
    if not cursor:
        return None
    parameters = request.query_params.copy()
    parameters["cursor"] = cursor
    return f"{site_of(request)}{request.path}?{parameters.urlencode(safe=',')}"


def page_of(request: Request, queryset: QuerySet[Any], pager: Pager) -> tuple[Page, int]:
    """Return the page of `queryset` that the request asks for, and how many rows there are.

    How many is kept for the revision, as the answer to what the pager's `question` tells apart.
    Raises BadParameter for a bad `page_size` or `cursor`.
    """
    parameters = request.query_params
    size = whole_number(parameters, "page_size", least=1, most=LARGEST_PAGE) or PAGE_SIZE
    cursor = parameters.get("cursor", "")
    try:
        with preparing(queryset):
            page = pager.page(queryset, size, cursor)
    except BadCursor as error:
        allowed = "what `next` or `previous` of the same list gave"
        raise BadParameter("cursor", cursor, allowed, str(error)) from None
    if not cursor and not page.next:
        return page, len(page.records)
    counted = queryset.order_by()[: CAP + 1].count
    return page, kept(("page", pager.question), counted, worth=lambda count: count > FEW)
