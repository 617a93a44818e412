"""Operations."""

from typing import Any

from django.db.models import Prefetch

from apps.pages import ledes, maps, relations
from apps.pages.views.records import RecordView
from apps.records.models import Operation, Part, Record, RecordQuerySet
from apps.records.vocabularies import ContributorRole

STATEMENTS_SHOWN = 10


class OperationPage(RecordView):
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
        contributors = sorted(record.contributors.all(), key=_lead_then_name)
        return {
            **super().context(record),
            "lede": ledes.of_operation(record),
            "contributors": contributors,
            "contributors_lede": ledes.of_contributors(contributors),
            "statements": self.statements,
            "statement_count": statements.count(),
            **_maps(record, contributors),
        }

    def targets(self, record: Operation) -> list[Record | Part]:
        contributors = list(record.contributors.all())
        steps = [step for contributor in contributors for step in contributor.ladder.all()]
        parts = [*record.milestones.all(), *record.strengths.all()]
        return [record, *parts, *contributors, *steps, *self.statements]


def _lead_then_name(contributor: Any) -> tuple[bool, str]:
    return ContributorRole.LEAD_NATION not in contributor.roles, str(contributor.actor)


def _maps(operation: Operation, contributors: list[Any]) -> dict[str, Any]:
    """Return the map of the theatre where it is stated, the inset where Europe takes part."""
    theatre = maps.theatre({country.iso2: 1 for country in operation.theatre.all()})
    return {
        "map": theatre if theatre.filled else None,
        "inset": maps.europe(contributors),
        "zone": "border" in operation.focus_area.lower(),
    }
