"""The page where a source is read: from words chosen in a paragraph to the form that cites them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from apps.desk import publishing
from apps.desk.admin.offers import cite_for, form_citing, may_change, offers
from apps.desk.coding.blindness import hidden_from
from apps.desk.filling import FILLED, MADE
from apps.desk.named import Named
from apps.desk.passages import Chosen, reading_address, whole_number
from apps.desk.reading import Reading
from apps.desk.refusals import refusal
from apps.records.models import Citation, Source
from apps.records.passages import Passage, nearest, shortened, stands
from apps.records.vocabularies import Publication
from apps.revisions.writing import check_now

EXISTING = "existing"


@dataclass(frozen=True)
class Selection:
    """The words that were chosen in a paragraph, and what they are for."""

    paragraph: int
    words: str
    purpose: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Selection":
        """Read the form of a paragraph. Raises Http404 for what no form sends."""
        number = whole_number(request.GET.get("paragraph", ""))
        purpose = request.GET.get("for", "")
        if number is None or purpose not in (EXISTING, *MADE):
            raise Http404("No form asks for this.")
        words = request.GET.get("selection", "").replace("\r\n", "\n").replace("\0", "").strip()
        return cls(number, words, purpose)


@dataclass(frozen=True)
class Misfit:
    """A selection that does not stand in its paragraph, with what may have been meant."""

    selection: Selection
    offered: Passage | None

    @property
    def query(self) -> str:
        """The same question with the passage offered."""
        assert self.offered is not None
        asked = {"paragraph": self.offered.paragraph, "selection": self.offered.words}
        return urlencode({**asked, "for": self.selection.purpose})


class ReadingPages:
    """The pages `read` and `cite` of a source's admin."""

    model: Any
    admin_site: Any

    def get_urls(self) -> list[URLPattern]:
        pages = [("read", self.read_view), ("cite", self.cite_view), ("submit", self.submit_view)]
        return [
            path(
                f"<int:key>/{name}/",
                self.admin_site.admin_view(view),
                name=f"records_source_{name}",
            )
            for name, view in pages
        ] + super().get_urls()  # type: ignore[misc]

    def read_view(self, request: HttpRequest, key: int) -> HttpResponse:
        return self._shown(request, self._reading(request, key))

    def cite_view(self: Any, request: HttpRequest, key: int) -> HttpResponse:
        """Open the form that cites the words chosen; words that do not stand there come back.

        A POST cites them for fields of a record that is there.
        """
        if request.method == "POST":
            return self._written(request, self._cited, key)
        reading, selection = self._reading(request, key), Selection.of(request)
        if not selection.words or not stands(reading.texts, selection.paragraph, selection.words):
            offered = nearest(reading.texts, selection.paragraph, selection.words)
            return self._shown(request, reading, Misfit(selection, offered))
        chosen = Chosen(key, selection.paragraph, shortened(selection.words))
        if selection.purpose == EXISTING:
            return self._offered(request, reading, chosen)
        return self._begun(request, selection, chosen, reading)

    def _begun(
        self: Any, request: HttpRequest, selection: Selection, chosen: Chosen, reading: Reading
    ) -> HttpResponse:
        """Open the form of a new record; of a contributor that is there, the form it has."""
        paragraph = reading.texts[selection.paragraph - 1]
        named = Named(request, selection.words, paragraph)
        there = named.contributor if selection.purpose == "contributor" else None
        if there is not None:
            self.message_user(request, f"{there} is there already: cite the words for it.")
            return HttpResponseRedirect(form_citing(request, there, chosen))
        filled = FILLED[selection.purpose](named, reading)
        address = reverse(f"admin:records_{MADE[selection.purpose]._meta.model_name}_add")
        return HttpResponseRedirect(f"{address}?{chosen.query(**filled)}")

    def _cited(self: Any, request: HttpRequest, key: int) -> HttpResponse:
        reading, number = (
            self._reading(request, key),
            whole_number(request.POST.get("paragraph", "")),
        )
        words = request.POST.get("selection", "")
        if number is None or not stands(reading.texts, number, words):
            raise Http404("No form sends this.")
        if not self.admin_site.get_model_admin(Citation).has_add_permission(request):
            raise PermissionDenied
        chosen = Chosen(key, number, shortened(words))
        target, fields = request.POST.get("target", ""), request.POST.getlist("field")
        try:
            with transaction.atomic():
                made = cite_for(request, chosen, target, fields)
                check_now()
        except (ValidationError, DatabaseError) as fault:
            self.message_user(request, _told(fault), messages.ERROR)
        else:
            self.message_user(request, f"Cited for {made} fields.", messages.SUCCESS)
        return HttpResponseRedirect(chosen.address)

    def submit_view(self: Any, request: HttpRequest, key: int) -> HttpResponse:
        """Send the drafts that the source supports to review, and go back to reading."""
        reading = self._reading(request, key)
        if request.method == "POST":
            self._written(request, self._submitted, reading)
        return HttpResponseRedirect(reading_address(key))

    def _submitted(self: Any, request: HttpRequest, reading: Reading) -> None:
        drafts = [record for record in reading.drafts if may_change(request, record)]
        for model in {type(record) for record in drafts}:
            same = [record for record in drafts if type(record) is model]
            publishing.move(same, Publication.IN_REVIEW)
        check_now()
        self.message_user(request, f"Sent to review: {len(drafts)} records.", messages.SUCCESS)

    def _reading(self, request: HttpRequest, key: int) -> Reading:
        source = Source.objects.select_related("stored_text").filter(pk=key).first()
        if source is None:
            raise Http404("There is no such source.")
        may_see = self.has_view_permission(request, source)  # type: ignore[attr-defined]
        if not (may_see and request.user.has_perm("records.view_sourcetext")):
            raise PermissionDenied
        return Reading(source, hidden_from(request).get(Citation, ()))

    def _shown(
        self, request: HttpRequest, reading: Reading, misfit: Misfit | None = None
    ) -> HttpResponse:
        return self._page(request, "desk/reading.html", reading, misfit=misfit)

    def _offered(self, request: HttpRequest, reading: Reading, chosen: Chosen) -> HttpResponse:
        words = request.GET.get("q", "").replace("\0", "").strip()
        named = Named(request, chosen.excerpt, reading.texts[chosen.paragraph - 1])
        found = offers(request, reading, chosen, words, named)
        shown = {"chosen": chosen, "q": words, "found": found}
        return self._page(request, "desk/citing.html", reading, **shown)

    def _page(
        self, request: HttpRequest, template: str, reading: Reading, **shown: Any
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": str(reading.source),
            "reading": reading,
            "purposes": [
                (name, model._meta.verbose_name)
                for name, model in MADE.items()
                if admin.site.get_model_admin(model).has_add_permission(request)
            ],
            **shown,
        }
        return TemplateResponse(request, template, context)


def _told(fault: ValidationError | DatabaseError) -> str:
    if isinstance(fault, ValidationError):
        return " ".join(fault.messages)
    return refusal(fault, Citation).message
