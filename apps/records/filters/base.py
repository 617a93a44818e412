"""What every filter set has: words, ids, how uncertain dates are read, and one error for all."""

from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property
from typing import Any, ClassVar

import django_filters
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.records.filters.kinds import (
    FromFilter,
    IdsFilter,
    MatchFilter,
    ParameterFilter,
    PartReferencesFilter,
    Records,
    SearchFilter,
)
from apps.records.models import Membership, Office
from apps.revisions.parameters import BadParameter

POSSIBLE, CERTAIN = "possible", "certain"


class RecordFilter(django_filters.FilterSet):
    """The questions that can be put to every kind of record.

    Always bound: `RecordFilter(values, queryset=...)`, values being a text a parameter. Filters
    narrow by subqueries and never by joins, so that no record comes twice.
    """

    q = SearchFilter(help_text="Words in its texts, English or French: serval -chad, “G5 Sahel”.")
    id = IdsFilter(
        "public_id", help_text="Public ids, separated by commas; unknown ones are absent."
    )
    match = MatchFilter(
        codes=[POSSIBLE, CERTAIN],
        help_text="How uncertain dates are read: `possible` keeps what may be meant (unknown dates"
        " too), `certain` only what must be.",
    )

    base_filters: dict[str, ParameterFilter]

    def __init__(self, values: Mapping[str, str], queryset: Records) -> None:
        """Make the set without a form and without copying what no question changes.

        Which django-filter does, and takes longer for it than PostgreSQL for the records.
        """
        self.data, self.queryset = values, queryset

    @cached_property
    def filters(self) -> dict[str, ParameterFilter]:
        return {name: self._bound(kind) for name, kind in self.base_filters.items()}

    def _bound(self, kind: ParameterFilter) -> ParameterFilter:
        """Return a copy that knows whose it is; `copy` makes the same and takes longer."""
        bound = object.__new__(type(kind))
        bound.__dict__.update(vars(kind), model=self.queryset.model, parent=self)
        return bound

    @cached_property
    def asked(self) -> dict[str, Any]:
        """The values asked for, as read; None where nothing was.

        Raises BadParameter for the first that cannot be read.
        """
        given = {name: self._read(name) for name in self.base_filters if name in self.data}
        return {**self._of_nothing(), **given}

    @classmethod
    @cache
    def _of_nothing(cls) -> dict[str, Any]:
        """Return the values where nothing is asked for."""
        return {name: kind.field.clean(None) for name, kind in cls.base_filters.items()}

    def _read(self, name: str) -> Any:
        try:
            return self.base_filters[name].field.clean(self.data.get(name))
        except ValidationError as error:
            raise bad_parameter(name, error) from None

    @property
    def reads_own_rows(self) -> bool:
        """Whether the record and its parts hold all that is asked of it.

        Then the log of changes tells every record that may answer otherwise than before.
        """
        return False

    @property
    def certain(self) -> bool:
        """Whether only what must be true is asked for."""
        return self.asked["match"] == CERTAIN

    @property
    def qs(self) -> Records:
        """The records asked for. Raises BadParameter."""
        asked = self.asked
        self._check_ranges()
        return self.narrowed(asked)

    def without(self, name: str) -> Records:
        """Return the records asked for but for the parameter `name`, to count its values."""
        return self.narrowed({**self.asked, name: None})

    def narrowed(self, asked: dict[str, Any]) -> Records:
        """Return the records that the values `asked` describe."""
        queryset = self.queryset.all()
        for name, value in asked.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    def normalised(self) -> dict[str, str]:
        """Return the parameters asked, sorted, equal for equal questions."""
        given = {name: value for name, value in sorted(self.asked.items()) if value is not None}
        if given.get("match") == POSSIBLE:
            del given["match"]
        return {name: self.base_filters[name].normal(value) for name, value in given.items()}

    def _check_ranges(self) -> None:
        for name, kind in self.filters.items():
            if isinstance(kind, FromFilter) and kind.last:
                self._check_range(name.removesuffix("_until") + "_from", name)

    def _check_range(self, first: str, last: str) -> None:
        since: date | None = self.asked.get(first)
        until: date | None = self.asked.get(last)
        if since and until and since > until:
            ends = {"until": until, "since": since}
            reason = _("The range ends on %(until)s, before it begins on %(since)s.") % ends
            allowed = _("a day not before `%(first)s`") % {"first": first}
            raise BadParameter(last, str(until), allowed, reason)


class PartsFilter(RecordFilter):
    """Questions about records by their parts, where several parameters describe the same part.

    People in office for Mali on a day held one office that was both. `parts` is the model of the
    part and `owner` the name of its key to the record.
    """

    parts: ClassVar[type[Membership] | type[Office]]
    owner: ClassVar[str]

    def narrowed(self, asked: dict[str, Any]) -> Records:
        queryset = super().narrowed(asked)
        if not any(asked[name] for name in (*self._references, "on")):
            return queryset
        return queryset.filter(pk__in=self._parts(asked).values(self.owner))

    def parts_without(self, name: str) -> Records:
        """Return the parts asked for but for the parameter `name`."""
        return self._parts({**self.asked, name: None})

    def _parts(self, asked: dict[str, Any]) -> Records:
        wanted = {f"{name}__in": asked[name] for name in self._references if asked[name]}
        parts = self.parts.objects.filter(**wanted).order_by()
        return parts.held_on(asked["on"], certain=self.certain) if asked["on"] else parts

    @property
    def _references(self) -> list[str]:
        kinds = self.base_filters.items()
        return [name for name, kind in kinds if isinstance(kind, PartReferencesFilter)]


def bad_parameter(name: str, error: ValidationError) -> BadParameter:
    """Return the one error of every face for a value that a filter refused."""
    return BadParameter(name, **(error.params or {}))
