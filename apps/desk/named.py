"""Which records a passage names, so that what is made of it can begin with them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Model, Q, Value
from django.http import HttpRequest

from apps.desk.coding.blindness import seen_by
from apps.records.likeness import folded
from apps.records.models import Contributor, Country, Operation, Person

NAMES: dict[type[Model], tuple[str, ...]] = {
    Operation: ("name", "short_name"),
    Country: ("name_en", "name_fr"),
    Person: ("name",),
}


@dataclass(frozen=True)
class Named:
    """What the words chosen name, or else their paragraph, of what `request.user` may see."""

    request: HttpRequest
    words: str
    paragraph: str
    _found: dict[type[Model], Any] = field(default_factory=dict, init=False)

    def one(self, model: type[Model]) -> Any:
        """Return the record of `model` that is named; asked for once.

        None where no name stands there as whole words, or those of several records do: which of
        them is meant is for the researcher to say.
        """
        if model not in self._found:
            only = self._only(model, self.words) or self._only(model, self.paragraph)
            self._found[model] = only
        return self._found[model]

    def _only(self, model: type[Model], text: str) -> Any:
        written = Value(text)
        some = Q(*(Q(written__icontains=F(name)) for name in NAMES[model]), _connector=Q.OR)
        rows = seen_by(self.request, model._default_manager.alias(written=written).filter(some))
        found = [row for row in rows if any(_stands(name, text) for name in _names_of(row))]
        return found[0] if len(found) == 1 else None

    @property
    def contributor(self) -> Contributor | None:
        """The contributor of the country named to the operation named, where it is there."""
        operation, country = self.one(Operation), self.one(Country)
        if operation is None or country is None:
            return None
        there = Contributor.objects.filter(operation=operation, country=country, organization=None)
        return seen_by(self.request, there.select_related("operation", "country")).first()

    def records(self) -> Iterator[Model]:
        """Give all that is there of what is named."""
        for record in (self.contributor, *(self.one(model) for model in NAMES)):
            if record is not None:
                yield record


def _names_of(row: Model) -> list[str]:
    return [getattr(row, name) for name in NAMES[type(row)]]


def _stands(name: str, text: str) -> bool:
    return bool(name) and f" {folded(name)} " in f" {folded(text)} "
