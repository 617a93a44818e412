"""Countries, organizations and people."""

from typing import Any

from django.db.models import Prefetch

from apps.pages import maps, relations
from apps.pages.views.records import RecordView
from apps.records.models import (
    Country,
    Membership,
    Office,
    Organization,
    Part,
    Person,
    Record,
    RecordQuerySet,
)

STATEMENTS_SHOWN = 10


class ActorPage(RecordView):
    """Someone who acts or speaks: a part of the statements, and how many there are."""

    def said_by(self, record: Any) -> Any:
        """Return the statements that the record made."""
        return record.statements

    def context(self, record: Any) -> dict[str, Any]:
        statements = self.said_by(record).all()
        prefetched = statements.select_related(*relations.SPEAKER)
        self.statements = list(
            prefetched.prefetch_related("operations", "countries")[:STATEMENTS_SHOWN]
        )
        return {
            **super().context(record),
            "statements": self.statements,
            "statement_count": statements.count(),
        }

    def targets(self, record: Any) -> list[Record | Part]:
        return [record, *self.statements]


def steps_of(contributors: Any) -> list[Record | Part]:
    """Return contributors and the steps of their ladders."""
    return [*contributors, *(step for one in contributors for step in one.ladder.all())]


def contributions() -> Any:
    return relations.contributors().select_related("operation", *relations.ACTOR)


class CountryPage(ActorPage):
    model = Country

    def said_by(self, record: Country) -> Any:
        return record.spoken_statements

    def records(self) -> RecordQuerySet:
        return Country.objects.prefetch_related(
            "operations",
            Prefetch("contributions", contributions()),
            Prefetch("memberships", Membership.objects.select_related("organization", "country")),
            Prefetch("offices", Office.objects.select_related("person", "organization")),
        )

    def context(self, record: Country) -> dict[str, Any]:
        about = relations.statements().about_country(record)
        self.about = list(about[:STATEMENTS_SHOWN])
        return {
            **super().context(record),
            "map": maps.located(record),
            "about": self.about,
            "about_count": about.count(),
            "contributions": sorted(record.contributions.all(), key=lambda c: str(c.operation)),
            "offices": sorted(record.offices.all(), key=lambda office: str(office.person)),
        }

    def targets(self, record: Country) -> list[Record | Part]:
        parts = [*record.memberships.all(), *record.offices.all(), *record.operations.all()]
        shown = [*super().targets(record), *parts, *steps_of(record.contributions.all())]
        return [*shown, *(one for one in self.about if one not in self.statements)]


class OrganizationPage(ActorPage):
    model = Organization

    def records(self) -> RecordQuerySet:
        return Organization.objects.prefetch_related(
            Prefetch("memberships", Membership.objects.select_related("country", "organization")),
            Prefetch("contributions", contributions()),
            Prefetch("offices", Office.objects.select_related("person", "country")),
        )

    def context(self, record: Organization) -> dict[str, Any]:
        memberships = sorted(record.memberships.all(), key=lambda one: str(one.country))
        return {
            **super().context(record),
            "memberships": memberships,
            "contributions": sorted(record.contributions.all(), key=lambda c: str(c.operation)),
            "offices": sorted(record.offices.all(), key=lambda office: str(office.person)),
        }

    def targets(self, record: Organization) -> list[Record | Part]:
        parts = [*record.memberships.all(), *record.offices.all()]
        return [*super().targets(record), *parts, *steps_of(record.contributions.all())]


class PersonPage(ActorPage):
    model = Person

    def records(self) -> RecordQuerySet:
        offices = Office.objects.select_related("person", "country", "organization")
        return Person.objects.prefetch_related(Prefetch("offices", offices))

    def targets(self, record: Person) -> list[Record | Part]:
        return [*super().targets(record), *record.offices.all()]
