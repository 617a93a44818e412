"""Publishing and its reverse: what goes along with a record; read by the forms and the actions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, Value, When

from apps.records.models import TARGETS, Citation, Record, Source
from apps.records.vocabularies import Publication
from apps.revisions.tracking import REGISTRY

WAITING = {Publication.DRAFT, Publication.IN_REVIEW}


@dataclass(frozen=True)
class Withdrawal:
    """Why records are withdrawn, for the public; `withheld` for a legal cause, past and all."""

    reason: str
    withheld: bool

    @classmethod
    def of(cls, record: Record) -> "Withdrawal":
        return cls(record.withdrawal_reason, record.withheld)

    @property
    def columns(self) -> dict[str, Any]:
        return {"withdrawal_reason": self.reason, "withheld": self.withheld}


def columns_of(state: str, withdrawal: Withdrawal | None = None) -> dict[str, Any]:
    """Return what a record gets with its state; without `withdrawal` it says why already.

    What was withheld stays so when it is published again: its past is public no more.
    """
    if state == Publication.PUBLISHED:
        reason = Case(
            When(withheld=True, then="withdrawal_reason"), default=Value("", models.TextField())
        )
        return {"publication": state, "withdrawal_reason": reason}
    said = withdrawal.columns if withdrawal and state == Publication.WITHDRAWN else {}
    return {"publication": state, **said}


@dataclass(frozen=True)
class Taken:
    """What was published or taken back along with the records that were asked for."""

    citations: int
    sources: list[Source]

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.citations + other.citations, self.sources + other.sources)

    def __str__(self) -> str:
        """Say it as the end of a sentence: " with 2 citations and the source “X”"; or ""."""
        number = {0: "", 1: "1 citation"}.get(self.citations, f"{self.citations} citations")
        titles = [f"the source “{source}”" for source in self.sources]
        said = " and ".join(text for text in (number, ", ".join(titles)) if text)
        return f" with {said}" if said else ""


def owner_of(row: models.Model) -> Any:
    """Return the record that decides whether `row` is public: itself, or the one it is part of."""
    tracking = REGISTRY.get(type(row))
    return getattr(row, tracking.part_of) if tracking and tracking.part_of else row


def evidence_of(records: Sequence[Record]) -> "models.QuerySet[Citation]":
    """Return the citations of `records`, which are of one type, and of their parts."""
    citable = bool(target_name(records[0]))
    return Citation.objects.about(*records) if citable else Citation.objects.none()


def move(records: Sequence[Record], state: str, withdrawal: Withdrawal | None = None) -> Taken:
    """Put `records`, which are of one type, in `state`, and let their evidence follow.

    What is withdrawn takes a `withdrawal`.
    """
    moved = Taken(0, [])
    for was in {record.publication for record in records} - {state}:
        group = [record for record in records if record.publication == was]
        keys = [record.pk for record in group]
        type(group[0]).objects.filter(pk__in=keys).update(**columns_of(state, withdrawal))
        moved += take_along(group, was, state, withdrawal)
    return moved


def take_along(
    records: Sequence[Record], was: str, now: str, withdrawal: Withdrawal | None = None
) -> Taken:
    """Let the evidence follow `records`, of one type, which were all in the state `was`.

    Published: what waits, and what was taken back together with the record. Taken back: all that
    was published, and from withdrawn all that was withdrawn. Between what waits nothing moves.
    """
    if isinstance(records[0], Citation):
        is_published = now == Publication.PUBLISHED
        return Taken(0, publish_sources(records) if is_published else [])
    evidence = evidence_of(records)
    if now == Publication.PUBLISHED:
        return publish_citations(evidence.filter(publication__in=(WAITING | {was}) - {now}))
    if was not in WAITING:
        along = evidence.filter(publication=was)
        return Taken(along.update(**columns_of(now, withdrawal)), [])
    return Taken(0, [])


def tell_along(record: Record, before: Withdrawal) -> None:
    """Let the evidence that was withdrawn with `record` say of it what the record says now."""
    if not isinstance(record, Citation):
        withdrawn = evidence_of([record]).filter(publication=Publication.WITHDRAWN)
        withdrawn.filter(**before.columns).update(**Withdrawal.of(record).columns)


def publish_citations(citations: Iterable[Citation]) -> Taken:
    """Publish `citations`, and their sources that wait."""
    citations = list(citations)
    sources = publish_sources(citations)
    keys = [citation.pk for citation in citations]
    published = columns_of(Publication.PUBLISHED)
    return Taken(Citation.objects.filter(pk__in=keys).update(**published), sources)


def publish_sources(citations: Iterable[Any]) -> list[Source]:
    """Publish the sources of `citations` that wait; one that was withdrawn stays so."""
    waiting = Source.objects.filter(publication__in=WAITING)
    sources = list(waiting.filter(pk__in={citation.source_id for citation in citations}))
    published = columns_of(Publication.PUBLISHED)
    Source.objects.filter(pk__in=[source.pk for source in sources]).update(**published)
    return sources


def uncited(records: Sequence[Record]) -> list[Record]:
    """Return those of `records`, of one type, that have no citation to be published with."""
    name = target_name(records[0])
    if not name:
        return []
    cited = set(evidence_of(records).values_list(f"{name}_id", flat=True))
    return [record for record in records if record.pk not in cited]


def target_name(row: models.Model) -> str:
    """Return the name of the foreign key by which a citation supports `row`; "" if none can."""
    return next((name for name, model in TARGETS.items() if isinstance(row, model)), "")
