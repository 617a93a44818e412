"""Records that chosen words may support: found, offered with their fields, and cited for them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse

from apps.desk import publishing
from apps.desk.citing import field_choices
from apps.desk.named import Named
from apps.desk.passages import Chosen, supported_field
from apps.desk.reading import Reading
from apps.records.models import TARGETS, Citation
from apps.records.vocabularies import Publication

MOST_FOUND = 8


@dataclass(frozen=True)
class Offer:
    """A record that the words chosen may support, and the form that cites them for it."""

    record: models.Model
    address: str

    @property
    def what(self) -> str:
        return str(self.record._meta.verbose_name)

    @property
    def target(self) -> str:
        """How a form names the record: strength:12."""
        return f"{_target_name(self.record)}:{self.record.pk}"

    def fields(self) -> Iterator[tuple[str, str, bool]]:
        """Give the fields that a citation can support, and their names; the usual one ticked."""
        usual = supported_field(type(self.record))
        for name, label in field_choices(type(self.record)):
            yield name, label, name == usual


def offers(
    request: HttpRequest, reading: Reading, chosen: Chosen, words: str, named: Named
) -> list[Offer]:
    """Return the records with `words` in their names; without words, what is likely to be meant.

    That is what the passage names, and what the source cites already.
    """
    likely = dict.fromkeys([*named.records(), *_cited_there(reading, chosen)])
    records = _found(request, words) if words else likely
    return [Offer(record, form_citing(request, record, chosen)) for record in records]


def cite_for(request: HttpRequest, chosen: Chosen, target: str, fields: Collection[str]) -> int:
    """Cite the words for each of `fields` of a record, and return how many citations that made.

    Drafts, but public at once of a public record where `request.user` may publish. Raises
    ValidationError, which says what is wrong.
    """
    name, _, key = target.partition(":")
    record = TARGETS[name]._default_manager.filter(pk=key).first() if name in TARGETS else None
    if record is None or not key.isdecimal():
        raise ValidationError("There is no such record.")
    passage = chosen.passage()
    known = Citation.objects.filter(**{name: record}, **passage).values_list("field", flat=True)
    made = [Citation(**{name: record}, **passage, field=f) for f in fields if f not in known]
    for citation in made:
        citation.full_clean()
        citation.save()
    if _is_public(record) and may_change(request, record):
        publishing.publish_citations(made)
    return len(made)


def _is_public(record: models.Model) -> bool:
    return bool(publishing.owner_of(record).publication == Publication.PUBLISHED)


def _target_name(record: models.Model) -> str:
    return next(name for name, model in TARGETS.items() if isinstance(record, model))


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


def may_change(request: HttpRequest, record: models.Model) -> bool:
    return admin.site.get_model_admin(type(record)).has_change_permission(request, record)


def form_citing(request: HttpRequest, record: models.Model, chosen: Chosen) -> str:
    """Return the form of the record; that of a citation alone for who may not write the record."""
    if not may_change(request, record):
        return _citation_form(record, chosen)
    address = reverse(f"admin:records_{record._meta.model_name}_change", args=[record.pk])
    return f"{address}?{chosen.query()}#citations-group"


def _citation_form(record: models.Model, chosen: Chosen) -> str:
    filled = {**chosen.row(type(record)), _target_name(record): record.pk}
    query = chosen.query(**{name: str(value) for name, value in filled.items()})
    return f"{reverse('admin:records_citation_add')}?{query}"
