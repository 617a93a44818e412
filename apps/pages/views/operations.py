"""Operations."""

from datetime import date
from typing import Any

from django.db.models import Prefetch

from apps.pages import days, ledes, maps, relations, strengths
from apps.pages.timelines.pages import operation_timeline
from apps.pages.views.dated import DatedView
from apps.records.counting import counted
from apps.records.models import Contributor, Operation, Part, Record, RecordQuerySet
from apps.records.promises import promises_of
from apps.records.vocabularies import ContributorRole

STATEMENTS_SHOWN = 10


class OperationPage(DatedView):
    model = Operation

    def records(self) -> RecordQuerySet:
        return Operation.objects.select_related("predecessor").prefetch_related(
            "theatre",
            "milestones",
            "successors",
            Prefetch("contributors", relations.contributors()),
            Prefetch("strengths", relations.strengths()),
        )

    def context(self, record: Operation) -> dict[str, Any]:
        statements = relations.statements().about_operation(record)
        self.statements = list(statements[:STATEMENTS_SHOWN])
        contributors = self.contributors(record)
        context = super().context(record)
        sources = context["evidence"].sources
        return {
            **context,
            "lede": ledes.of_operation(record),
            "contributors": contributors,
            "contributors_lede": ledes.of_contributors(contributors),
            "statements": self.statements,
            "statement_count": counted(statements),
            "timeline": operation_timeline(record, contributors, sources, self.day),
            "awaited": [one for one in record.milestones.all() if one.expected],
            "promises": [(c, one) for c in contributors for one in promises_of(c.ladder.all())],
            "chart": strengths.charted(record.strengths.all()),
            "why_not_added": strengths.why_not_added(record.strengths.all()),
            **_maps(record, contributors),
        }

    def contributors(self, record: Operation) -> list[Contributor]:
        return sorted(record.contributors.all(), key=_lead_then_name)

    def on_a_day(self, record: Operation, day: date) -> days.OnADay:
        return days.of_operation(record, self.contributors(record), day)

    def description(self, record: Operation) -> str:
        lede = " ".join(clause.text for clause in ledes.of_operation(record))
        return f"{record.name}. {lede}"

    def targets(self, record: Operation) -> list[Record | Part]:
        contributors = list(record.contributors.all())
        steps = [step for contributor in contributors for step in contributor.ladder.all()]
        parts = [*record.milestones.all(), *record.strengths.all(), *record.successors.all()]
        return [record, *parts, *contributors, *steps, *self.statements]


def _lead_then_name(contributor: Any) -> tuple[bool, str]:
    return ContributorRole.LEAD_NATION not in contributor.roles, str(contributor.actor)


def _maps(operation: Operation, contributors: list[Any]) -> dict[str, Any]:
    """Return the map of the theatre where it is stated, the inset where Europe takes part."""
    theatre = maps.theatre({country.iso2: 1 for country in operation.theatre.all()})
    return {
        "map": theatre if theatre.filled else None,
        "inset": maps.europe(contributors),
        "undrawn": maps.undrawn(contributors),
        "zone": "border" in operation.focus_area.lower(),
    }
