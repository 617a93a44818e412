"""How good the evidence is: what is not cited, what hangs on one source, what disagrees, what aged.

Counted of the records that are read: the public page counts what is published, the desk all.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from apps.records.counting import patiently_kept
from apps.records.filters.kinds import Counts
from apps.records.models import (
    TARGETS,
    Citation,
    Contributor,
    LadderStep,
    Milestone,
    Source,
    citable_fields,
)
from apps.records.models.evidence import TARGET_NAMES
from apps.records.promises import PROMISES
from apps.records.recounting import recounted
from apps.records.vocabularies import Standing
from apps.revisions.tracking import REGISTRY

MOST_LISTED = 50
# After how long a promise that nothing came of is told.
AGE = timedelta(days=365)

# What no source has to state: codes and names of ISO and CLDR, the order in which we put steps, the
# language that words are printed in (docs/seed.md, rules 1 and 6).
NO_FACTS = {
    "country": ("iso2", "iso3", "numeric", "name_en", "name_fr"),
    "ladder_step": ("place",),
    "statement": ("language",),
}


@dataclass(frozen=True)
class FieldCoverage:
    """Of one field of one kind of record: how many state it, and how many of these cite nothing.

    `kind` is a name of TARGETS.
    """

    kind: str
    field: str
    stated: int
    uncited: int


@dataclass(frozen=True)
class SourceCount:
    """Of one kind of record: how many are cited, and how many of these from one source only."""

    kind: str
    cited: int
    single: int


@dataclass(frozen=True)
class Coverage:
    """Of one source: its paragraphs, and which of them nothing cites."""

    source: Source
    uncoded: tuple[int, ...]

    @property
    def share(self) -> int:
        """How much of it is coded, in percent, rounded down."""
        whole = self.source.paragraphs or 0
        return 100 * (whole - len(self.uncoded)) // whole if whole else 0


def uncited_fields() -> list[FieldCoverage]:
    """Return the fields that are stated somewhere without a citation. Two queries a kind.

    Where it is known how it was at an earlier revision, of the records changed since alone.
    """

    def find() -> list[FieldCoverage]:
        rows = (row for name, model in TARGETS.items() for row in _coverage(name, model))
        return [row for row in rows if row.uncited]

    return patiently_kept("fields without a citation", find)


def _coverage(name: str, model: type[models.Model]) -> Iterator[FieldCoverage]:
    """Give each field that sources tell.

    What is cited is counted from the citations: to look for one of each field of each record took
    six times as long.
    """
    fields = [f for f in citable_fields(model) if _says_what_a_source_says(name, model, f)]
    stated, cited = {}, {}
    for field in fields:
        described = model._meta.get_field(field)
        stated[field] = Count("pk", filter=_stated(described))
        states_it = Q(field=field) & _stated(described, f"{name}__")
        cited[f"cited_{field}"] = Count(name, distinct=True, filter=states_it)

    def count(keys: Collection[int] | None) -> Counts:
        rows = _among(keys, model._default_manager.order_by(), "pk")
        found: Counts = rows.aggregate(**stated)
        return found | _among(keys, _citations_of(name), name).aggregate(**cited)

    counts = recounted(model, "fields that are cited", count)
    for field in fields:
        stating = counts.get(field, 0)
        yield FieldCoverage(name, field, stating, stating - counts.get(f"cited_{field}", 0))


def _citations_of(kind: str) -> "models.QuerySet[Citation]":
    return Citation.objects.filter(**{f"{kind}__isnull": False}).order_by()


def _among(keys: Collection[int] | None, rows: Any, name: str) -> Any:
    """Return the rows whose `name` is one of `keys`; all for None."""
    return rows if keys is None else rows.filter(**{f"{name}__in": keys})


def _says_what_a_source_says(kind: str, model: type[models.Model], field: str) -> bool:
    own = field in NO_FACTS.get(kind, ()) or field == REGISTRY[model].part_of
    return not own and not model._meta.get_field(field).many_to_many


def _stated(field: Any, path: str = "") -> Q:
    """Return the condition that a field states something: not blank, and not `not_stated`.

    `path` leads to the record from what is asked.
    """
    name = f"{path}{field.name}"
    if isinstance(field, ArrayField):
        return Q(**{f"{name}__len__gt": 0})
    if field.null:
        return Q(**{f"{name}__isnull": False})
    if isinstance(field, models.CharField | models.TextField):
        return ~Q(**{f"{name}__in": ["", "not_stated"] if field.choices else [""]})
    return Q(**{f"{path}pk__isnull": False})


def sources_by_kind() -> list[SourceCount]:
    """Return for each kind that citations support how many records hang on a single source."""

    def find() -> list[SourceCount]:
        return [found for kind in TARGETS if (found := _sources(kind)).cited]

    return patiently_kept("sources by kind", find)


def _sources(kind: str) -> SourceCount:
    single = Count("sources", filter=Q(sources=1))

    def count(keys: Collection[int] | None) -> Counts:
        cited = _among(keys, _citations_of(kind), kind).values(f"{kind}_id")
        from_sources = cited.annotate(sources=Count("source", distinct=True))
        found: Counts = from_sources.aggregate(cited=Count("sources"), single=single)
        return found

    counts = recounted(TARGETS[kind], "sources of each", count)
    return SourceCount(kind, counts.get("cited", 0), counts.get("single", 0))


def conflicts() -> "models.QuerySet[Citation]":
    """Return the citations of sources that disagree with what is accepted."""
    found = Citation.objects.filter(standing=Standing.CONFLICTING)
    return found.select_related("source", *TARGET_NAMES).order_by("source", "paragraph", "id")


def coverage() -> list[Coverage]:
    """Return the sources with paragraphs that nothing cites, those with most first."""
    of: dict[int, set[int]] = {}
    cited = Citation.objects.order_by().values_list("source_id", "paragraph").distinct()
    for source_id, paragraph in cited:
        of.setdefault(source_id, set()).add(paragraph)
    found = [
        Coverage(source, tuple(n for n in _paragraphs(source) if n not in of.get(source.pk, ())))
        for source in Source.objects.filter(paragraphs__gt=0)
    ]
    uncoded = [row for row in found if row.uncoded]
    return sorted(uncoded, key=lambda row: (-len(row.uncoded), row.source.pk))


def _paragraphs(source: Source) -> range:
    return range(1, (source.paragraphs or 0) + 1)


def stale_promises(day: date) -> "models.QuerySet[Contributor]":
    """Return contributors of whose last step, a promise, nothing was recorded for a year by `day`.

    A promise without any date is not counted: how old it is, nobody can say. Each has `heard`, the
    last day that its step speaks of.
    """
    last = LadderStep.objects.filter(contributor=OuterRef("pk")).order_by("-place")
    spoken = Greatest(
        Coalesce("expected_latest", "since_latest"), Coalesce("since_latest", "expected_latest")
    )
    heard = Subquery(last.annotate(spoken=spoken).values("spoken")[:1])
    waiting = Contributor.objects.with_status().annotate(heard=heard)
    waiting = waiting.filter(current_status__in=PROMISES, heard__lt=day - AGE)
    return waiting.select_related("operation", "country", "organization").order_by("heard", "id")


def stale_milestones(day: date) -> "models.QuerySet[Milestone]":
    """Return milestones expected more than a year before `day` that no source says were reached."""
    waiting = Milestone.objects.filter(reached="", expected_latest__lt=day - AGE)
    return waiting.select_related("operation").order_by(F("expected_latest"), "id")
