"""The kinds of filters: what each asks of the queryset, and how its values are counted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import django_filters
from django.db.models import Count, F, Func

from apps.records.date_questions import certainly_between, possibly_between
from apps.records.filters import values
from apps.records.models import Record, RecordQuerySet
from apps.records.vocabularies import Vocabulary

if TYPE_CHECKING:
    from apps.records.filters.base import PartsFilter, RecordFilter

Records: TypeAlias = RecordQuerySet
Question = Callable[..., Any]
Counts: TypeAlias = dict[Any, int]

ROWS = Count("pk")
MOST_FACET_VALUES = 200


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet and how many records have it."""

    code: str
    label: str
    count: int


class ParameterFilter(django_filters.Filter):
    """A filter of one parameter; `help_text` describes it to the readers of the API.

    `ask` is what it asks of the queryset: a queryset method, unbound. Without one, `field_name`
    is compared.
    """

    several: ClassVar[bool] = False
    field_class: type[values.ValueField] = values.ValueField
    parent: "RecordFilter"

    def __init__(
        self, field_name: str = "", *, help_text: str, ask: Question | None = None, **kwargs: Any
    ) -> None:
        super().__init__(field_name, **kwargs)
        self.help_text, self.ask = help_text, ask

    def filter(self, queryset: Records, value: Any) -> Records:
        return queryset if value is None else self.narrow(queryset, value)

    def narrow(self, queryset: Records, value: Any) -> Records:
        """Return the records that `value` asks for."""
        if self.ask:
            return self.ask(queryset, value)
        return queryset.filter(**{self.field_name: value})

    def normal(self, value: Any) -> str:
        """Return the one text that stands for equal values."""
        return str(value)


class FacetFilter(ParameterFilter):
    """A filter whose values can be counted: each as the rows hold it, by its code or its key."""

    def counts(self, queryset: Records) -> Counts:
        """Return the values that occur in `queryset` and in how many records."""
        raise NotImplementedError

    def told(self, counts: Counts) -> list[FacetValue]:
        """Return the facet for these counts, in the order that readers are told it."""
        raise NotImplementedError


class SearchFilter(ParameterFilter):
    """Words in the texts of a record."""

    field_class = values.WordsField

    def narrow(self, queryset: Records, value: str) -> Records:
        return queryset.matching(value)


class ListFilter(ParameterFilter):
    """Any of several values, each compared letter by letter."""

    several = True
    field_class: type[values.ValueField] = values.ListField

    def narrow(self, queryset: Records, value: list[Any]) -> Records:
        return queryset.filter(**{f"{self.field_name}__in": value})

    def normal(self, value: list[Any]) -> str:
        return ",".join(sorted(str(one) for one in value))


class IdsFilter(ListFilter):
    """Records by their public ids."""

    field_class = values.IdsField


class TextsFilter(ListFilter, FacetFilter):
    """Any of several texts, each compared letter by letter; blank is not counted."""

    def counts(self, queryset: Records) -> Counts:
        return count_of(queryset.exclude(**{self.field_name: ""}), self.field_name)

    def told(self, counts: Counts) -> list[FacetValue]:
        return most_first([FacetValue(text, text, count) for text, count in counts.items()])


class ChoicesFilter(ListFilter, FacetFilter):
    """Any of several codes of a vocabulary.

    `indexed` names the ordering in which an index holds the published records of each code; "" if
    none does.
    """

    field_class = values.ChoicesField

    def __init__(
        self, field_name: str, vocabulary: type[Vocabulary], *, indexed: str = "", **kwargs: Any
    ) -> None:
        super().__init__(field_name, codes=vocabulary.values, **kwargs)
        self.vocabulary, self.indexed = vocabulary, indexed

    def counts(self, queryset: Records) -> Counts:
        return count_of(queryset, self.field_name)

    def told(self, counts: Counts) -> list[FacetValue]:
        """Return the codes counted, in the order of the vocabulary."""
        terms = [term for term in self.vocabulary if counts.get(term.value)]
        return [FacetValue(term.value, str(term.label), counts[term.value]) for term in terms]


class ArrayChoicesFilter(ChoicesFilter):
    """Any of several codes, of records that hold several themselves."""

    def narrow(self, queryset: Records, value: list[str]) -> Records:
        return queryset.filter(**{f"{self.field_name}__overlap": value})

    def counts(self, queryset: Records) -> Counts:
        code = Func(F(self.field_name), function="unnest", set_returning=True)
        return count_of(queryset.annotate(held_code=code), "held_code")


class ReferencesFilter(ListFilter, FacetFilter):
    """Any of several records that this one refers to, by `field_name`; `ask` takes records."""

    field_class = values.ReferencesField

    def __init__(self, field_name: str, to: type[Record], **kwargs: Any) -> None:
        super().__init__(field_name, to=to, **kwargs)
        self.to = to

    def narrow(self, queryset: Records, value: list[Record]) -> Records:
        return self.ask(queryset, *value) if self.ask else super().narrow(queryset, value)

    def normal(self, value: list[Record]) -> str:
        return ",".join(sorted(record.key for record in value))

    def counts(self, queryset: Records) -> Counts:
        """Return in how many records of `queryset` each record is named, by its primary key."""
        # No row refers twice to the same record: each many-to-many table has a constraint of it.
        referring = queryset.filter(**{f"{self.field_name}__isnull": False})
        return count_of(referring, self.field_name)

    def told(self, counts: Counts) -> list[FacetValue]:
        """Return the records named; of thousands the most often named are read alone."""
        ranked = sorted(filter(None, counts), key=lambda pk: -counts[pk])
        least = counts[ranked[MOST_FACET_VALUES - 1]] if len(ranked) > MOST_FACET_VALUES else 0
        records = self.to.objects.in_bulk([pk for pk in ranked if counts[pk] >= least])
        if len(records) < min(len(ranked), MOST_FACET_VALUES):
            records = self.to.objects.in_bulk(ranked)  # some are drafts
        return most_first(
            [FacetValue(record.key, str(record), counts[pk]) for pk, record in records.items()]
        )


class PartReferencesFilter(ReferencesFilter):
    """Any of several records that a part of this one refers to; see PartsFilter, which narrows."""

    parent: "PartsFilter"

    def narrow(self, queryset: Records, value: list[Record]) -> Records:
        return queryset

    def counts(self, queryset: Records) -> Counts:
        rows = self.parent.parts_without(self.field_name)
        owner = self.parent.owner
        held = rows.filter(**{f"{owner}__in": queryset.order_by().values("pk")})
        return count_of(held, self.field_name, Count(owner, distinct=True))


class FromFilter(ParameterFilter):
    """The first day of a range of a partial date, included; `match` says how it is read."""

    field_class = values.LimitField
    last = False

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, last=self.last, **kwargs)

    @property
    def earliest(self) -> str:
        """The field with the first day that the date may mean."""
        return f"{self.field_name}_earliest"

    def narrow(self, queryset: Records, value: date) -> Records:
        between = certainly_between if self.parent.certain else possibly_between
        return queryset.filter(between(self.field_name, *self.limits(value)))

    def limits(self, value: date) -> tuple[date | None, date | None]:
        """Return the first and the last day that are asked for."""
        return value, None


class UntilFilter(FromFilter):
    """The last day of a range of a partial date, included.

    It asks for both ends where both are given: an index finds what lies between, where each end
    alone leaves half of all records.
    """

    last = True

    def limits(self, value: date) -> tuple[date | None, date | None]:
        own = next(name for name, kind in self.parent.filters.items() if kind is self)
        return self.parent.asked.get(f"{own.removesuffix('_until')}_from"), value


class OnFilter(ParameterFilter):
    """What was true on a day: `ask(queryset, day, certain=...)`; without it, see the filter set."""

    field_class = values.DayField

    def narrow(self, queryset: Records, value: date) -> Records:
        return self.ask(queryset, value, certain=self.parent.certain) if self.ask else queryset


class MatchFilter(ParameterFilter):
    """How uncertain dates are read; it narrows nothing by itself."""

    field_class = values.ChoiceField

    def narrow(self, queryset: Records, value: str) -> Records:
        return queryset


def count_of(queryset: Records, name: str, counting: Count = ROWS) -> Counts:
    """Return the count for each value of `name`."""
    rows = queryset.order_by().values(name).annotate(counted=counting)
    return {row[name]: row["counted"] for row in rows}


def most_first(facet: list[FacetValue]) -> list[FacetValue]:
    """Order by count, the highest first, then by label; keep the first of them."""
    ordered = sorted(facet, key=lambda value: (-value.count, value.label, value.code))
    return ordered[:MOST_FACET_VALUES]
