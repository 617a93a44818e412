"""What the desk does to many records at once; a refusal leaves all of them as they were."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.desk import publishing
from apps.desk.permissions import CLOSED, may_publish
from apps.desk.refusals import quoted
from apps.records.models import Record
from apps.records.vocabularies import Publication
from apps.revisions.writing import check_now

MOST_NAMES = 10


@admin.action(description="Send to review", permissions=["change"])
def send_to_review(desk: Any, request: HttpRequest, chosen: "QuerySet[Any]") -> None:
    _move(desk, request, list(chosen), Publication.IN_REVIEW, "Sent to review")


@admin.action(description="Publish, with citations", permissions=["publish"])
def publish(desk: Any, request: HttpRequest, chosen: "QuerySet[Any]") -> None:
    records = list(chosen)
    if bare := publishing.uncited(records):
        refuse(desk, request, "A published record needs a citation", bare)
    else:
        _move(desk, request, records, Publication.PUBLISHED, "Published")


@admin.action(description="Withdraw (was public, no longer is)", permissions=["publish"])
def withdraw(desk: Any, request: HttpRequest, chosen: "QuerySet[Any]") -> None:
    records = list(chosen)
    if never := [record for record in records if record.publication not in CLOSED]:
        refuse(desk, request, "Only what is published can be withdrawn", never)
    else:
        _move(desk, request, records, Publication.WITHDRAWN, "Withdrawn")


@admin.action(description="Back to draft", permissions=["change"])
def back_to_draft(desk: Any, request: HttpRequest, chosen: "QuerySet[Any]") -> None:
    _move(desk, request, list(chosen), Publication.DRAFT, "Put back to draft")


def refuse(desk: Any, request: HttpRequest, why: str, records: list[Record]) -> None:
    named = ", ".join(quoted(record) for record in records[:MOST_NAMES])
    more = f" and {len(records) - MOST_NAMES} more" if len(records) > MOST_NAMES else ""
    desk.message_user(request, f"{why}: {named}{more}. Nothing was changed.", messages.ERROR)


def _move(desk: Any, request: HttpRequest, records: list[Record], state: str, done: str) -> None:
    """Raises IntegrityError where a rule refuses; the desk then says so and nothing is kept."""
    closed = [record for record in records if record.publication in CLOSED]
    if closed and not may_publish(request.user):
        return refuse(desk, request, "Only a reviewer may change what is published", closed)
    taken = publishing.move(records, state)
    check_now()
    number = f"{len(records)} record" if len(records) == 1 else f"{len(records)} records"
    desk.message_user(request, f"{done}: {number}{taken}.", messages.SUCCESS)
