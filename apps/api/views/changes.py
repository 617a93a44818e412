"""What changed, in order, for mirrors; and the revisions themselves."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.changes import TYPES, fields_shown
from apps.api.paging import listed, page_of
from apps.api.parameters import whole_number
from apps.api.problems import ERRORS
from apps.api.receipts import cited
from apps.api.schema import LINK_HEADER, REVISION_HEADER, SHARED, paged, query
from apps.api.serializers.base import address_of
from apps.api.views.base import PublicView, site_of, state_of
from apps.records.catalogue import CATALOGUE
from apps.records.paging import Pager
from apps.revisions.models import Change, Revision, Withdrawn

# Of a change, its revision and what orders them: a mirror asks for many, and needs no models.
READ = (
    "id",
    "revision_id",
    "revision__made_at",
    "revision__reason",
    "record_type",
    "public_id",
    "action",
    "fields",
)
PAGES = ("as_of", "format", "page_size", "cursor")


class RevisionSerializer(serializers.Serializer):
    """One write to the whole database; numbers are gapless and in the order of commits."""

    number = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    reason = serializers.CharField(help_text="Empty where nothing public changed.")
    hash = serializers.CharField(help_text="SHA-256 over its changes and the hash before it.")


class ChangeSerializer(serializers.Serializer):
    """What one revision did to one published record."""

    revision = serializers.IntegerField(source="revision_id")
    made_at = serializers.DateTimeField(source="revision.made_at")
    reason = serializers.CharField(source="revision.reason", help_text="Why, as the editor put it.")
    type = serializers.ChoiceField(choices=list(CATALOGUE))
    id = serializers.CharField(help_text="Stable public id of the record.")
    action = serializers.ChoiceField(
        choices=Change.Action.values,
        help_text="insert: it was published; delete: it is no longer public.",
    )
    changed = serializers.ListField(
        child=serializers.CharField(),
        help_text="The fields that differ, for an update; parts of a record and its citations by"
        " their list.",
    )
    api_url = serializers.URLField(
        help_text="The record as it is now; once withdrawn it is 410, once removed 404."
    )


def change(row: dict[str, Any], site: str) -> dict[str, Any]:
    """Return one row of the log, of the columns READ, as ChangeSerializer describes it."""
    entry = TYPES[row["record_type"]]
    return {
        "revision": row["revision_id"],
        "made_at": row["revision__made_at"],
        "reason": row["revision__reason"],
        "type": entry,
        "id": row["public_id"],
        "action": row["action"],
        "changed": fields_shown(entry, row["fields"]),
        "api_url": address_of(site, entry, row["public_id"]),
    }


class ChangeList(PublicView):
    """Every change to published records after a revision."""

    known = (*PAGES, "since")

    @extend_schema(
        operation_id="changes_list",
        tags=["changes"],
        summary="Every insert, update and delete of a published record after a revision, in order",
        description="For mirrors: /data/mirror.py keeps one. Follow `next` to its end, fetch"
        " what changed with `as_of` set to `newest`, and ask with `since` set to it the next time."
        " A record that stops being published is a delete. A record is in the feed when a field of"
        " its own changed, a part of it (ladder, milestones, members, offices), or a citation of"
        " either. What it shows of another record by reference (a name, a title, an address)"
        " changes with that record, whose `id` stands beside it.",
        parameters=[
            query(
                "since",
                {"type": "integer", "minimum": 0, "default": 0},
                "The last revision that is known already; 0 gives the whole history.",
            ),
            *(SHARED[name] for name in PAGES),
            REVISION_HEADER,
            LINK_HEADER,
        ],
        responses={
            200: paged(
                "Change",
                ChangeSerializer,
                newest=serializers.IntegerField(help_text="The feed is complete up to here."),
            ),
            **ERRORS,
        },
    )
    def get(self, request: Request) -> Response:
        shown, site = state_of(request).shown, site_of(request)
        since = whole_number(request.query_params, "since", least=0, most=shown) or 0
        rows = Change.objects.filter(revision__gt=since).values(*READ)
        page, count = page_of(request, rows, Pager(("revision_id", "id"), f"changes {since}"))
        response = listed(
            request,
            [change(row, site) for row in page.records],
            count=count,
            next=page.next,
            previous=page.previous,
            newest=shown,
        )
        return cited(request, response, "changes", {"since": str(since)} if since else {})


class WithdrawalSerializer(serializers.Serializer):
    """A record that was public and was withdrawn."""

    type = serializers.ChoiceField(choices=list(CATALOGUE))
    id = serializers.CharField(help_text="Stable public id of the record.")
    reason = serializers.CharField(help_text="Why, in the words of the editors.")
    withdrawn_at = serializers.DateTimeField()
    revision = serializers.IntegerField(help_text="The revision that withdrew it.")
    past_hidden = serializers.BooleanField(
        help_text="Whether its past is hidden too, for a legal cause: delete what you kept of it."
    )
    api_url = serializers.URLField(help_text="The address of the record, which answers 410.")


def withdrawal(row: Withdrawn, site: str) -> dict[str, Any]:
    """Return one withdrawn record as WithdrawalSerializer describes it."""
    entry = TYPES[row.record_type]
    return {
        "type": entry,
        "id": row.public_id,
        "reason": row.reason,
        "withdrawn_at": row.made_at,
        "revision": row.revision,
        "past_hidden": row.withheld,
        "api_url": address_of(site, entry, row.public_id),
    }


class WithdrawalList(PublicView):
    """The records that were withdrawn and are not published again."""

    known = PAGES

    @extend_schema(
        operation_id="withdrawals_list",
        tags=["changes"],
        summary="The records that are withdrawn, in the order in which they were",
        description="For those who keep copies: `past_hidden` says that nothing of the record is to"
        " be shown any more, not of earlier revisions either. The feed of changes has a delete for"
        " each of them.",
        parameters=[*(SHARED[name] for name in PAGES), REVISION_HEADER, LINK_HEADER],
        responses={200: paged("Withdrawal", WithdrawalSerializer), **ERRORS},
    )
    def get(self, request: Request) -> Response:
        rows, site = Withdrawn.objects.all(), site_of(request)
        page, count = page_of(request, rows, Pager(("revision", "public_id"), "withdrawals"))
        results = [withdrawal(row, site) for row in page.records]
        return listed(request, results, count=count, next=page.next, previous=page.previous)


class RevisionList(PublicView):
    """The revisions of the database, newest first."""

    known = PAGES

    @extend_schema(
        operation_id="revisions_list",
        tags=["changes"],
        summary="The revisions of the database, newest first",
        parameters=[*(SHARED[name] for name in PAGES), REVISION_HEADER, LINK_HEADER],
        responses={200: paged("Revision", RevisionSerializer), **ERRORS},
    )
    def get(self, request: Request) -> Response:
        page, count = page_of(request, Revision.objects.all(), Pager(("-number",), "revisions"))
        results = [RevisionSerializer(row).data for row in page.records]
        response = listed(request, results, count=count, next=page.next, previous=page.previous)
        return cited(request, response, "revisions", {})
