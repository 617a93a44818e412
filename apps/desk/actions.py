"""What the desk does to many records at once; a refusal leaves all of them as they were."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from apps.desk import publishing, reviewing
from apps.desk.permissions import CLOSED, may_publish
from apps.desk.refusals import quoted, refusal
from apps.desk.withdrawing import WithdrawalForm
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
    elif own := [record for record in records if _is_own_work(desk, request, record)]:
        refuse(desk, request, reviewing.ONLY, own)
    else:
        _move(desk, request, records, Publication.PUBLISHED, "Published")


@dataclass(frozen=True)
class Reported:
    """What became of one record of many; `refused` says why it was not published, "" if it was."""

    record: Record
    refused: str


@admin.action(description="Publish what can be, with a report", permissions=["publish"])
def publish_what_can_be(desk: Any, request: HttpRequest, chosen: "QuerySet[Any]") -> HttpResponse:
    """Publish each record that nothing speaks against, and say of each other what does."""
    report = [Reported(record, _published_alone(desk, request, record)) for record in chosen]
    done = sum(not each.refused for each in report)
    shown = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": f"{done} of {len(report)} published",
        "report": sorted(report, key=lambda each: not each.refused),
    }
    return TemplateResponse(request, "desk/report.html", shown)


def _published_alone(desk: Any, request: HttpRequest, record: Record) -> str:
    if record.publication == Publication.PUBLISHED:
        return "It is public already."
    if publishing.uncited([record]):
        return "A published record needs a citation."
    if _is_own_work(desk, request, record):
        return reviewing.ONLY
    try:
        with transaction.atomic():
            publishing.move([record], Publication.PUBLISHED)
            check_now()
    except DatabaseError as fault:
        return refusal(fault, type(record), str(record.pk)).message
    return ""


def _is_own_work(desk: Any, request: HttpRequest, record: Record) -> bool:
    if record.publication == Publication.PUBLISHED:
        return False
    try:
        since = reviewing.was_public(record)
        reviewing.refuse_own_work(request.user, desk.rows_of([record.pk]), since)
    except reviewing.OwnWork:
        return True
    return False


@admin.action(description="Withdraw (was public, no longer is)", permissions=["publish"])
def withdraw(desk: Any, request: HttpRequest, chosen: "QuerySet[Any]") -> HttpResponse | None:
    """Ask for the public reason first; then withdraw the records with their citations."""
    records = list(chosen)
    if never := [record for record in records if record.publication != Publication.PUBLISHED]:
        refuse(desk, request, "Only what is published can be withdrawn", never)
        return None
    posted = request.POST if "confirmed" in request.POST else None
    form = WithdrawalForm(posted, initial={"reason": request.POST.get("reason", "")})
    if not form.is_valid():
        return _ask_why(desk, request, records, form)
    withdrawal = publishing.Withdrawal(**form.cleaned_data)
    _move(desk, request, records, Publication.WITHDRAWN, "Withdrawn", withdrawal)
    return None


def _ask_why(
    desk: Any, request: HttpRequest, records: list[Record], form: WithdrawalForm
) -> HttpResponse:
    shown = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": f"Withdraw {_number_of(records)}",
        "records": records,
        "chosen_as": ACTION_CHECKBOX_NAME,
        "citations": publishing.evidence_of(records).filter(publication=Publication.PUBLISHED),
        "form": form,
    }
    return TemplateResponse(request, "desk/withdraw.html", shown)


@admin.action(description="Back to draft", permissions=["change"])
def back_to_draft(desk: Any, request: HttpRequest, chosen: "QuerySet[Any]") -> None:
    _move(desk, request, list(chosen), Publication.DRAFT, "Put back to draft")


def refuse(desk: Any, request: HttpRequest, why: str, records: list[Record]) -> None:
    named = ", ".join(quoted(record) for record in records[:MOST_NAMES])
    more = f" and {len(records) - MOST_NAMES} more" if len(records) > MOST_NAMES else ""
    desk.message_user(request, f"{why}: {named}{more}. Nothing was changed.", messages.ERROR)


def _move(
    desk: Any,
    request: HttpRequest,
    records: list[Record],
    state: str,
    done: str,
    withdrawal: publishing.Withdrawal | None = None,
) -> None:
    """Raises IntegrityError where a rule refuses; the desk then says so and nothing is kept."""
    closed = [record for record in records if record.publication in CLOSED]
    if closed and not may_publish(request.user):
        return refuse(desk, request, "Only a reviewer may change what is published", closed)
    taken = publishing.move(records, state, withdrawal)
    check_now()
    desk.message_user(request, f"{done}: {_number_of(records)}{taken}.", messages.SUCCESS)


def _number_of(records: list[Record]) -> str:
    return f"{len(records)} record" if len(records) == 1 else f"{len(records)} records"
