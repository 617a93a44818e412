"""Error pages in the style of the site; none of them touches a database."""

from http import HTTPStatus
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.pages import names
from apps.records.near_keys import NoRecord
from apps.records.withdrawals import WasWithdrawn
from apps.revisions.parameters import BadParameter

TEMPLATES = {
    HTTPStatus.BAD_REQUEST: "pages/errors/400.html",
    HTTPStatus.FORBIDDEN: "pages/errors/403.html",
    HTTPStatus.NOT_FOUND: "pages/errors/404.html",
    HTTPStatus.METHOD_NOT_ALLOWED: "pages/errors/405.html",
    HTTPStatus.REQUEST_URI_TOO_LONG: "pages/errors/400.html",
    HTTPStatus.SERVICE_UNAVAILABLE: "pages/errors/503.html",
}
LONGEST_SHOWN = 200


def page_error(
    request: HttpRequest,
    status: HTTPStatus,
    parameter: BadParameter | None,
    missing: NoRecord | None = None,
) -> HttpResponse:
    """Return the page for an error: what was wrong, what is allowed, where to go on.

    `missing` is the record that no key leads to, with those that are near.
    """
    context = {
        "section": "error",
        "parameter": parameter,
        "value": parameter.value[:LONGEST_SHOWN] if parameter else "",
        "path": request.path[:LONGEST_SHOWN],
        "guess": _guess(request.path),
        "near": _near(missing) if missing else [],
    }
    template = TEMPLATES.get(status, "pages/errors/500.html")
    return render(request, template, context, status=status)


def tombstone(request: HttpRequest, withdrawn: WasWithdrawn) -> HttpResponse:
    """Return the page of a record that was withdrawn: why, when, and where its past can be read.

    Of one that was withdrawn for a legal cause it does not say what it was called.
    """
    record = withdrawn.as_it_was()
    context = {
        "section": "error",
        "withdrawn": withdrawn.row,
        "record": record,
        "name": names.title_of(record) if record else "",
        "last_revision": withdrawn.last_revision,
        "history": f"{record._meta.model_name}-history" if record else "",
    }
    return render(request, "pages/errors/410.html", context, status=HTTPStatus.GONE)


def _near(missing: NoRecord) -> list[dict[str, str]]:
    """Return the label, the key and the address of the records that may have been meant."""
    # Read again: what is kept of names is in no reader's language.
    records = {
        record.public_id: record
        for record in missing.entry.model.objects.with_keys([n.public_id for n in missing.near])
    }
    return [
        {"label": str(record), "key": record.key, "address": record.get_absolute_url()}
        for named in missing.near
        if (record := records.get(named.public_id))
    ]


def _guess(path: str) -> str:
    """Return the words of the last part of an address, for the search box."""
    parts = [part for part in unquote(path).split("/") if part]
    return parts[-1].split("@")[0].replace("-", " ")[:80] if parts else ""
