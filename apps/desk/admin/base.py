"""What the pages of all records share, and those of their parts and the rows below them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from apps.desk import actions, publishing, reviewing, withdrawing
from apps.desk.admin.comments import CommentPages
from apps.desk.admin.histories import HistoryPages
from apps.desk.admin.transfers import TransferAdmin
from apps.desk.admin.writing import WritingAdmin
from apps.desk.citing import CITE_FIELDS, HELP, CitedRowForm
from apps.desk.coding.blindness import seen_by
from apps.desk.forms import RowForm
from apps.desk.names import with_names
from apps.desk.passages import Chosen
from apps.desk.permissions import CLOSED, may_publish, may_write
from apps.desk.widgets import PartialDateInput
from apps.records.contradictions import contradictions
from apps.records.fields import PartialDateField
from apps.records.models import Citation, Record
from apps.records.vocabularies import Publication


class FormFields:
    """How fields are shown in a form of the desk, whether of a record or of a row below it."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, ArrayField):
            return _boxes(db_field)
        if isinstance(db_field, PartialDateField):
            kwargs["widget"] = PartialDateInput
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "publication" and not may_publish(request.user):
            kwargs["choices"] = [(s.value, s.label) for s in Publication if s in publishing.WAITING]
        return super().formfield_for_choice_field(db_field, request, **kwargs)  # type: ignore[misc]


def _boxes(field: Any) -> forms.Field:
    """Return a box to tick for each code that an array may hold."""
    return forms.MultipleChoiceField(
        choices=field.base_field.choices,
        required=not field.blank,
        label=str(field.verbose_name).capitalize(),
        help_text=field.help_text,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "boxes"}),
    )


class RowsBelow(FormFields):
    """Rows entered on the page of the record above them."""

    form: Any = RowForm
    extra = 0
    formfield_overrides: Any = {
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 2})}
    }

    def get_queryset(self, request: HttpRequest) -> "models.QuerySet[Any]":
        return seen_by(request, with_names(super().get_queryset(request)))  # type: ignore[misc]


class TableBelow(RowsBelow, admin.TabularInline):
    """Short rows, such as the countries of a theatre."""


class FactsBelow(RowsBelow, admin.StackedInline):
    """Rows that are facts: each may bring its citation; its own page has the rest.

    `own_fields` are those of the row itself.
    """

    template = "desk/_folded_rows.html"
    form = CitedRowForm
    show_change_link = True
    own_fields: tuple[Any, ...] = ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        cite = {"fields": CITE_FIELDS, "description": HELP}
        return [(None, {"fields": self.own_fields}), ("Citation", cite)]


class GuardedAdmin(FormFields, TransferAdmin, HistoryPages, WritingAdmin):
    """A page of what may be published: then only those who may publish change it."""

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may_publish(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and may_write(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and may_write(request.user, obj)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        public = obj and publishing.owner_of(obj).publication == Publication.PUBLISHED
        return super().get_view_on_site_url(obj) if public else None

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Fill the first new citation with the passage chosen while reading its source.

        Not on a POST: what is as it was filled in would count as not entered.
        """
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        chosen = Chosen.of(request.GET)
        if chosen and request.method == "GET" and inline.model is Citation:
            given["initial"] = [chosen.row(self.model)]
        return given

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["chosen"] = Chosen.of(request.GET)
        if (record := context.get("original")) is not None:
            context["contradictions"] = contradictions(record)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return _back_to_reading(request) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return _back_to_reading(request) or super().response_post_save_change(request, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Publish the new evidence of what is public, and let evidence follow its record."""
        form.taken = _taken_along(form, change)
        super().save_related(request, form, formsets, change)
        if "publication" in form.fields:
            self.refuse_own_work(request, form.instance, was_public=_was_public(form, change))
        if "_continue" not in request.POST:  # else the page that opens again says it
            for contradiction in contradictions(form.instance):
                self.message_user(request, contradiction, messages.WARNING)
        if form.taken.citations or form.taken.sources:
            state = publishing.owner_of(form.instance).get_publication_display()
            self.message_user(request, f"{state}{form.taken}.", messages.INFO)

    def refuse_own_work(self, request: HttpRequest, record: Any, *, was_public: bool) -> None:
        """Raise OwnWork where a record became public by this request of one who wrote of it."""
        public = getattr(record, "publication", "") == Publication.PUBLISHED
        if isinstance(record, Record) and public and not was_public:
            since = reviewing.was_public(record)
            reviewing.refuse_own_work(request.user, self.rows_of([record.pk]), since)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        new = [row for row in formset.new_objects if isinstance(row, Citation)]
        new += [row.save_citation() for row in formset.forms if _brings_citation(row, formset)]
        public = [citation for citation in new if _supports_public(citation)]
        form.taken += publishing.publish_citations(public)


def _back_to_reading(request: HttpRequest) -> HttpResponseRedirect | None:
    chosen = Chosen.of(request.GET)
    return HttpResponseRedirect(chosen.address) if chosen and chosen.title else None


def _was_public(form: Any, change: bool) -> bool:
    return change and form.initial.get("publication") == Publication.PUBLISHED


def _taken_along(form: Any, change: bool) -> publishing.Taken:
    record = form.instance
    was = form.initial.get("publication", Publication.DRAFT) if change else Publication.DRAFT
    if "publication" not in form.fields or record.publication == was:
        if not {*withdrawing.FIELDS}.isdisjoint(form.changed_data):
            before = {name: form.initial[name] for name in withdrawing.FIELDS}
            publishing.tell_along(record, publishing.Withdrawal.of(type(record)(**before)))
        return publishing.Taken(0, [])
    withdrawal = publishing.Withdrawal.of(record)
    return publishing.take_along([record], was, record.publication, withdrawal)


class RecordAdmin(CommentPages, GuardedAdmin):
    """A page of a record, which is cited, published and withdrawn by itself."""

    actions = [
        actions.send_to_review,
        actions.publish,
        actions.publish_what_can_be,
        actions.withdraw,
        actions.back_to_draft,
    ]
    readonly_fields = ["public_id"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave the public id out where there is none yet, and the reason of no withdrawal."""
        fields = [*super().get_fields(request, obj)]
        withdrawable = obj and (obj.publication in CLOSED or obj.withdrawal_reason)
        if withdrawable and may_publish(request.user):
            fields += withdrawing.FIELDS
        return [*fields, *(["public_id"] if obj else [])]


class PartAdmin(GuardedAdmin):
    """A page of a part of a record: where its citations are. It is entered on the record's page."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


def _brings_citation(row: Any, formset: Any) -> bool:
    return isinstance(row, CitedRowForm) and row not in formset.deleted_forms and row.cites


def _supports_public(citation: Citation) -> bool:
    target = citation.target
    return target is not None and publishing.owner_of(target).publication == Publication.PUBLISHED
