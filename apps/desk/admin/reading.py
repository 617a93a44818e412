"""The page where a source is read: from words chosen in a paragraph to the form that cites them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from apps.desk.passages import Chosen, whole_number
from apps.desk.reading import Reading
from apps.records.models import (
    TARGETS,
    Contributor,
    Operation,
    Source,
    Statement,
    StrengthFigure,
)
from apps.records.passages import Passage, nearest, quotation, shortened, stands
from apps.records.vocabularies import QuoteForm

# What can be made of words, by the name that the buttons send.
MADE: dict[str, type[models.Model]] = {
    "statement": Statement,
    "contributor": Contributor,
    "strength": StrengthFigure,
    "operation": Operation,
}
EXISTING = "existing"
MOST_FOUND = 8


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
        pages = [("read", self.read_view), ("cite", self.cite_view)]
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

    def cite_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Open the form that cites the words chosen; words that do not stand there come back."""
        reading, selection = self._reading(request, key), Selection.of(request)
        if not selection.words or not stands(reading.texts, selection.paragraph, selection.words):
            offered = nearest(reading.texts, selection.paragraph, selection.words)
            return self._shown(request, reading, Misfit(selection, offered))
        chosen = Chosen(key, selection.paragraph, shortened(selection.words))
        if selection.purpose == EXISTING:
            return self._offered(request, reading, chosen)
        return HttpResponseRedirect(_form(reading, selection, chosen))

    def _reading(self, request: HttpRequest, key: int) -> Reading:
        source = Source.objects.select_related("stored_text").filter(pk=key).first()
        if source is None:
            raise Http404("There is no such source.")
        if not self.has_view_permission(request, source):  # type: ignore[attr-defined]
            raise PermissionDenied
        return Reading(source)

    def _shown(
        self, request: HttpRequest, reading: Reading, misfit: Misfit | None = None
    ) -> HttpResponse:
        return self._page(request, "desk/reading.html", reading, misfit=misfit)

    def _offered(self, request: HttpRequest, reading: Reading, chosen: Chosen) -> HttpResponse:
        words = request.GET.get("q", "").replace("\0", "").strip()
        records = _found(request, words) if words else _cited_there(reading, chosen)
        found = [Offer(record, _citing(request, record, chosen)) for record in records]
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


def _form(reading: Reading, selection: Selection, chosen: Chosen) -> str:
    """Return the address of the form of a new record that cites what was chosen."""
    model = MADE[selection.purpose]
    filled: dict[str, str] = {}
    if model is Statement:
        filled = _statement(reading, selection)
    address = reverse(f"admin:records_{model._meta.model_name}_add")
    return f"{address}?{chosen.query(**filled)}"


def _statement(reading: Reading, selection: Selection) -> dict[str, str]:
    """Take the words that the source quotes; the journalist's own are not a speaker's."""
    words = quotation(reading.texts[selection.paragraph - 1], selection.words)
    filled = {"words": words, "language": reading.source.language}
    return filled | ({"quote_form": QuoteForm.DIRECT.value} if words else {})


@dataclass(frozen=True)
class Offer:
    """A record that the words chosen may support, and the form that cites them for it."""

    record: models.Model
    address: str

    @property
    def what(self) -> str:
        return str(self.record._meta.verbose_name)


def _found(request: HttpRequest, words: str) -> Iterator[models.Model]:
    """Give the records of every kind that the search of their list finds, a few of each."""
    for model in dict.fromkeys(TARGETS.values()):
        page = admin.site.get_model_admin(model)
        if page.has_view_permission(request):
            rows, _ = page.get_search_results(request, page.get_queryset(request), words)
            yield from rows.distinct()[:MOST_FOUND]


def _cited_there(reading: Reading, chosen: Chosen) -> Iterator[models.Model]:
    """Give what the source supports already, that of the same paragraph first."""
    near = sorted(reading.citations, key=lambda each: abs(each.paragraph - chosen.paragraph))
    yield from dict.fromkeys(citation.target for citation in near if citation.target)


def _citing(request: HttpRequest, record: models.Model, chosen: Chosen) -> str:
    """Return the form of the record; that of a citation alone to who may not write the record."""
    page = admin.site.get_model_admin(type(record))
    if not page.has_change_permission(request, record):
        return _citation_form(record, chosen)
    address = reverse(f"admin:records_{record._meta.model_name}_change", args=[record.pk])
    return f"{address}?{chosen.query()}#citations-group"


def _citation_form(record: models.Model, chosen: Chosen) -> str:
    target = next(name for name, model in TARGETS.items() if isinstance(record, model))
    filled = {**chosen.row(type(record)), target: record.pk}
    query = chosen.query(**{name: str(value) for name, value in filled.items()})
    return f"{reverse('admin:records_citation_add')}?{query}"
