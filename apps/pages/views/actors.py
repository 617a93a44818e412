"""Countries, organizations and people."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import router
from django.db.models import F, Prefetch
from django.urls import reverse

from apps.pages import days, maps, relations
from apps.pages.timelines.drawing import Timeline
from apps.pages.timelines.pages import actor_timeline, by_other_side
from apps.pages.views.dated import DatedView
from apps.records.counting import counted
from apps.records.models import (
    Contributor,
    Country,
    Membership,
    Office,
    Organization,
    Part,
    Person,
    Record,
    RecordQuerySet,
    Source,
)
from apps.records.vocabularies.base import whichever_is_read

STATEMENTS_SHOWN = 10
# Of a country that has thousands of them; the list of people has the others.
OFFICES_SHOWN = 50


class ActorPage(DatedView):
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
        context = super().context(record)
        return {
            **context,
            "statements": self.statements,
            "statement_count": counted(statements),
            "contributions": self.contributions(record),
            "timeline": self.timeline(record, context["evidence"].sources),
        }

    def timeline(self, record: Any, sources: list[Source]) -> Timeline | None:
        """Return what is dated of the record; None where nothing is."""
        contributions, tenures = self.contributions(record), self.tenures(record)
        return actor_timeline(contributions, tenures, by_other_side(record), sources, self.day)

    def contributions(self, record: Any) -> list[Contributor]:
        """Return what the record contributes to, by the name of the operation."""
        return sorted(record.contributions.all(), key=lambda one: str(one.operation))

    def tenures(self, record: Any) -> list[Membership | Office]:
        """Return the memberships and offices that the page shows."""
        return []

    def targets(self, record: Any) -> list[Record | Part]:
        return [record, *self.statements]


class EmployerPage(ActorPage):
    """Someone in whose name people hold offices: the latest of them, and how many there are."""

    def context(self, record: Any) -> dict[str, Any]:
        return {
            **super().context(record),
            "offices": _by_person(record.latest_offices),
            "office_count": self.office_count(record),
            "people": f"{reverse('pages:person-list')}?{self.name}={record.key}",
        }

    def tenures(self, record: Any) -> list[Membership | Office]:
        return [*record.memberships.all(), *record.latest_offices]

    def office_count(self, record: Any) -> int:
        shown = len(record.latest_offices)
        return shown if shown < OFFICES_SHOWN else counted(self._all_offices(record))

    def offices_on(self, record: Any, day: date) -> tuple[list[Office], int]:
        """Return the offices to show for a day, and of how many.

        Of too many those that were held then, and what is certain first.
        """
        count = self.office_count(record)
        if count <= OFFICES_SHOWN:
            return _by_person(record.latest_offices), count
        offices = self._all_offices(record).select_related("person", "country", "organization")
        certain = offices.held_on(day, certain=True)[:OFFICES_SHOWN]
        held = dict.fromkeys([*certain, *offices.held_on(day)[:OFFICES_SHOWN]])
        return _by_person(list(held)[:OFFICES_SHOWN]), counted(offices.held_on(day))

    def _all_offices(self, record: Any) -> Any:
        return Office.objects.filter(**{self.name: record})


def latest_offices() -> "Prefetch[Any]":
    """Fetch, as `latest_offices`, the offices that began last; those without a date after them."""
    offices = Office.objects.select_related("person", "country", "organization")
    latest = offices.order_by(F("start_earliest").desc(nulls_last=True), "pk")
    # Named: of a part of the rows Django looks at what `default` can do, which may not be there.
    read = latest.using(router.db_for_read(Office))
    return Prefetch("offices", read[:OFFICES_SHOWN], to_attr="latest_offices")


def steps_of(contributors: Any) -> list[Record | Part]:
    """Return contributors and the steps of their ladders."""
    return [*contributors, *(step for one in contributors for step in one.ladder.all())]


def contributions() -> Any:
    return relations.contributors().select_related("operation", *relations.ACTOR)


class CountryPage(EmployerPage):
    model = Country

    def said_by(self, record: Country) -> Any:
        return record.spoken_statements

    def records(self) -> RecordQuerySet:
        return Country.objects.prefetch_related(
            "operations__theatre",
            Prefetch("contributions", contributions()),
            Prefetch("memberships", Membership.objects.select_related("organization", "country")),
            latest_offices(),
        )

    def context(self, record: Country) -> dict[str, Any]:
        about = relations.statements().about_country(record)
        self.about = list(about[:STATEMENTS_SHOWN])
        return {
            **super().context(record),
            **_names(record),
            "map": maps.located(record),
            "about": self.about,
            "about_count": counted(about),
        }

    def on_a_day(self, record: Country, day: date) -> days.OnADay:
        offices, office_count = self.offices_on(record, day)
        return days.of_actor(
            record,
            day,
            contributions=self.contributions(record),
            memberships=record.memberships.all(),
            offices=offices,
            office_count=office_count,
            operations=record.operations.all(),
        )

    def targets(self, record: Country) -> list[Record | Part]:
        parts = [*self.tenures(record), *record.operations.all()]
        shown = [*super().targets(record), *parts, *steps_of(record.contributions.all())]
        return [*shown, *(one for one in self.about if one not in self.statements)]


def _names(country: Country) -> dict[str, str]:
    """Return the field of the name in the reader's language, and the name in the other one."""
    own, other = whichever_is_read("en", "fr"), whichever_is_read("fr", "en")
    return {
        "name_field": f"name_{own}",
        "other_name_field": f"name_{other}",
        "other_name": getattr(country, f"name_{other}"),
        "other_language": other,
    }


def _by_person(offices: Iterable[Office]) -> list[Office]:
    return sorted(offices, key=lambda office: str(office.person))


class OrganizationPage(EmployerPage):
    model = Organization

    def records(self) -> RecordQuerySet:
        return Organization.objects.prefetch_related(
            Prefetch("memberships", Membership.objects.select_related("country", "organization")),
            Prefetch("contributions", contributions()),
            latest_offices(),
        )

    def context(self, record: Organization) -> dict[str, Any]:
        return {
            **super().context(record),
            "memberships": self.memberships(record),
        }

    def memberships(self, record: Organization) -> list[Membership]:
        return sorted(record.memberships.all(), key=lambda one: str(one.country))

    def on_a_day(self, record: Organization, day: date) -> days.OnADay:
        offices, office_count = self.offices_on(record, day)
        return days.of_actor(
            record,
            day,
            contributions=self.contributions(record),
            memberships=self.memberships(record),
            offices=offices,
            office_count=office_count,
        )

    def targets(self, record: Organization) -> list[Record | Part]:
        parts = self.tenures(record)
        return [*super().targets(record), *parts, *steps_of(record.contributions.all())]


class PersonPage(ActorPage):
    model = Person

    def records(self) -> RecordQuerySet:
        offices = Office.objects.select_related("person", "country", "organization")
        return Person.objects.prefetch_related(Prefetch("offices", offices))

    def contributions(self, record: Person) -> list[Contributor]:
        return []

    def tenures(self, record: Person) -> list[Membership | Office]:
        return list(record.offices.all())

    def on_a_day(self, record: Person, day: date) -> days.OnADay:
        return days.of_person(record, record.offices.all(), day)

    def targets(self, record: Person) -> list[Record | Part]:
        return [*super().targets(record), *record.offices.all()]
