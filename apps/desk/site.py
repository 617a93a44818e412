"""The admin site of the desk: its names, and what is waiting on its front page."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.http import urlencode

from apps.desk.accounts import views
from apps.desk.accounts.invitations import AcceptInvitation
from apps.desk.accounts.second_factor import Asked, asked_of
from apps.desk.checks import date_view, excerpt_view
from apps.desk.coding.blindness import seen_by
from apps.desk.names import with_names
from apps.desk.permissions import may_publish
from apps.desk.quality import quality_page
from apps.desk.reviewing import Waiting, was_public
from apps.desk.sessions import begin
from apps.records.models import TARGETS, Citation, Record, Source
from apps.records.vocabularies import Publication

ASKED_AT = {Asked.CODE: "admin:verify", Asked.ENROLMENT: "admin:enrol"}
WAITING = (Publication.DRAFT, Publication.IN_REVIEW)

REVIEWED_A_PAGE = 10
READ_NEXT = 5


class DeskSite(admin.AdminSite):
    site_title = "sahelref desk"
    site_header = "sahelref desk"
    index_title = "Records"
    index_template = "desk/index.html"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [
            path("second-factor/", views.verify, name="verify"),
            path("second-factor/enrol/", views.enrol, name="enrol"),
            path("invitation/<uidb64>/<token>/", AcceptInvitation.as_view(), name="invitation"),
            path("quality/", self.admin_view(quality_page), name="quality"),
            path("account/", self.admin_view(views.account), name="account"),
            path("account/sessions/", self.admin_view(views.end_sessions), name="end-sessions"),
            path("account/codes/", self.admin_view(views.recovery_codes), name="recovery-codes"),
            path("review/", self.admin_view(self.review), name="review"),
            path("check/date/", self.admin_view(date_view), name="check_date"),
            path("check/excerpt/", self.admin_view(excerpt_view), name="check_excerpt"),
        ]
        return [*own, *super().get_urls()]

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in who gave all that is asked: a password alone opens no page."""
        return super().has_permission(request) and asked_of(request.user) is Asked.NOTHING

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask for the password, then lead on to what else is asked."""
        may_go_on = request.method == "GET" and super().has_permission(request)
        if may_go_on and (asked_at := ASKED_AT.get(asked_of(request.user))):
            onwards = urlencode({"next": views.next_of(request)})
            return redirect(f"{reverse(asked_at)}?{onwards}")
        response = super().login(request, extra_context)
        if request.method == "POST" and request.user.is_authenticated:
            begin(request)
        return response

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        return super().index(
            request,
            {
                **(extra_context or {}),
                "waiting": self.waiting(request),
                "reviews": may_publish(request.user),
                "may_add_source": request.user.has_perm("records.add_source"),
                "being_read": being_read(request),
            },
        )

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Give the records first, in the order of the work: from the source to what it supports."""
        apps: list[Any] = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda row: _turn(row["model"]))
        return sorted(apps, key=lambda app: app["app_label"] != "records")

    def review(self, request: HttpRequest) -> TemplateResponse:
        """Show what is in review, of each type, beside its published state."""
        if not may_publish(request.user):
            raise PermissionDenied
        pages: dict[Any, Any] = dict(self._registry)
        waiting = [
            Waiting(record, page.rows_of([record.pk]), was_public(record))
            for model, page in pages.items()
            if self._is_waited_for(request, model)
            for record in seen_by(request, with_names(_in_review(model)))
        ]
        waiting.sort(key=lambda each: _turn(type(each.record)))
        page = Paginator(waiting, REVIEWED_A_PAGE).get_page(request.GET.get("p"))
        shown = {**self.each_context(request), "title": "In review", "page": page}
        return TemplateResponse(request, "desk/review.html", shown)

    def waiting(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Return, for each type with drafts or records in review, their numbers. One query."""
        found = (model for model in self._registry if self._is_waited_for(request, model))
        models = sorted(found, key=_turn)
        if not models:
            return []
        first, *others = (_counted(model) for model in models)
        numbers: dict[str, dict[str, int]] = {}
        for row in first.union(*others, all=True):
            numbers.setdefault(row["record_type"], {})[row["publication"]] = row["number"]
        return [
            {"opts": model._meta, **numbers[model._meta.label_lower]}
            for model in models
            if model._meta.label_lower in numbers
        ]

    def _is_waited_for(self, request: HttpRequest, model: Any) -> bool:
        return issubclass(model, Record) and self._registry[model].has_view_permission(request)


def being_read(request: HttpRequest) -> "QuerySet[Source]":
    """Return the newest sources whose text is here and that are not public yet."""
    if not request.user.has_perm("records.view_sourcetext"):
        return Source.objects.none()
    unread = Source.objects.filter(publication__in=WAITING, stored_text__isnull=False)
    return seen_by(request, unread).order_by("-pk")[:READ_NEXT]


def _turn(model: Any) -> int:
    """Return the place of a type: what others refer to comes first, evidence last."""
    order = [Source, *TARGETS.values(), Citation]
    return order.index(model) if model in order else len(order)


def _in_review(model: Any) -> Any:
    return model.objects.filter(publication=Publication.IN_REVIEW)


def _counted(model: Any) -> Any:
    return (
        model.objects.filter(publication__in=WAITING)
        .order_by()
        .annotate(record_type=Value(model._meta.label_lower))
        .values("record_type", "publication")
        .annotate(number=Count("pk"))
    )
