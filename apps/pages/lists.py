"""What a list page shows around its records: facets, chips, orders, and the ways on and out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.records.asking import PAGE_SIZE, Answer
from apps.records.catalogue import Entry
from apps.records.filters import FacetValue, ListFilter
from apps.records.models import Record

VALUES_SHOWN = 12
NOT_CHOSEN_BY_CHIP = ("ordering", "as_of")

LABELS = {
    "q": gettext_lazy("Words"),
    "on": gettext_lazy("True on"),
    "match": gettext_lazy("Uncertain dates"),
    "id": gettext_lazy("Id"),
    "status": gettext_lazy("Status"),
    "type": gettext_lazy("Kind"),
    "kind": gettext_lazy("Kind"),
    "conducting_body": gettext_lazy("Conducted by"),
    "function": gettext_lazy("Function"),
    "legal_basis": gettext_lazy("Legal basis"),
    "country": gettext_lazy("Country"),
    "organization": gettext_lazy("Organisation"),
    "operation": gettext_lazy("Operation"),
    "speaker": gettext_lazy("Speaker"),
    "speaker_country": gettext_lazy("Speaking for"),
    "speaker_kind": gettext_lazy("Kind of speaker"),
    "attribution": gettext_lazy("Attribution"),
    "quote_form": gettext_lazy("Form"),
    "act": gettext_lazy("Act"),
    "stance": gettext_lazy("Stance"),
    "setting": gettext_lazy("Setting"),
    "language": gettext_lazy("Language"),
    "publisher": gettext_lazy("Publisher"),
    "url": gettext_lazy("Address"),
    "started_from": gettext_lazy("Started from"),
    "started_until": gettext_lazy("Started until"),
    "ended_from": gettext_lazy("Ended from"),
    "ended_until": gettext_lazy("Ended until"),
    "said_from": gettext_lazy("Said from"),
    "said_until": gettext_lazy("Said until"),
    "published_from": gettext_lazy("Published from"),
    "published_until": gettext_lazy("Published until"),
}
LABELS_BY_TYPE = {
    ("operations", "country"): gettext_lazy("Theatre"),
    ("statements", "operation"): gettext_lazy("About the operation"),
    ("statements", "country"): gettext_lazy("About the country"),
    ("statements", "organization"): gettext_lazy("Said by the organisation"),
    ("organizations", "country"): gettext_lazy("Member"),
    ("countries", "organization"): gettext_lazy("Member of"),
    ("countries", "operation"): gettext_lazy("In the theatre of"),
}
ORDERS = {
    "name": gettext_lazy("name"),
    "-name": gettext_lazy("name, last first"),
    "started": gettext_lazy("start"),
    "-started": gettext_lazy("latest start"),
    "ended": gettext_lazy("end"),
    "-ended": gettext_lazy("latest end"),
    "code": gettext_lazy("code"),
    "-said": gettext_lazy("latest"),
    "said": gettext_lazy("earliest"),
    "-published": gettext_lazy("latest"),
    "published": gettext_lazy("earliest"),
    "title": gettext_lazy("title"),
}


def asks_of_days(entry: Entry) -> bool:
    """Whether the records of a list can be asked what was true on a day."""
    return "on" in entry.filters.base_filters


@dataclass(frozen=True)
class Choice:
    """A value of a facet, and whether it is chosen."""

    value: FacetValue
    chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: list[Choice]
    unshown: int


@dataclass(frozen=True)
class Chip:
    """One condition of the list, and the address of the list without it."""

    label: str
    value: str
    address: str


@dataclass(frozen=True)
class Order:
    label: str
    address: str
    chosen: bool


@dataclass(frozen=True)
class Listing:
    """An answer as a page shows it; `path` is the address of the list without parameters.

    `kept` are parameters of the page that choose nothing in this list; its links keep them.
    """

    answer: Answer
    path: str
    kept: dict[str, str] = field(default_factory=dict)

    @property
    def facets(self) -> list[Facet]:
        """The facets that can tell records apart, and those that something is chosen of."""
        facets = [self._facet(name) for name in self.answer.entry.facets]
        return [f for f in facets if len(f.choices) > 1 or any(c.chosen for c in f.choices)]

    @property
    def hidden(self) -> dict[str, str]:
        """The parameters that the form of facets has to carry along."""
        shown = {facet.name for facet in self.facets} | {"q", "on", "match"}
        kept = {k: v for k, v in self.answer.parameters.items() if k not in shown}
        return kept | self.kept | self._size()

    @property
    def chips(self) -> list[Chip]:
        return [chip for name in self._conditions() for chip in self._chips(name)]

    @property
    def cleared(self) -> str:
        """The address of the list without any condition."""
        kept = {k: v for k, v in self.answer.parameters.items() if k in NOT_CHOSEN_BY_CHIP}
        return self._address(kept)

    @property
    def orders(self) -> list[Order]:
        chosen = self.answer.ordering
        entry = self.answer.entry
        return [
            Order(str(ORDERS[word]), self._with(ordering=self._word(word)), word == chosen)
            for word in entry.ordering
            if word in ORDERS
        ]

    @property
    def next(self) -> str:
        return self._with(cursor=self.answer.next, **self._size()) if self.answer.next else ""

    @property
    def previous(self) -> str:
        before = self.answer.previous
        return self._with(cursor=before, **self._size()) if before else ""

    @property
    def json(self) -> str:
        return self._address(self.answer.parameters, self._api())

    @property
    def csv(self) -> str:
        return self._address(self.answer.parameters | {"format": "csv"}, self._api())

    @property
    def feed(self) -> str:
        """The address of the feed of changes to what the list holds."""
        name = self.answer.entry.model._meta.model_name
        kept = {name: v for name, v in self.answer.parameters.items() if name != "ordering"}
        return self._address(kept, reverse(f"pages:{name}-list-feed"))

    @property
    def asks_of_days(self) -> bool:
        """Whether the records of the list can be asked what was true on a day."""
        return asks_of_days(self.answer.entry)

    def _api(self) -> str:
        return reverse(f"api:{self.answer.entry.name}-list")

    def _facet(self, name: str) -> Facet:
        chosen = self._chosen(name)
        counted = self.answer.facets[name]
        missing = [FacetValue(code, self._label(name, code), 0) for code in chosen]
        codes = {value.code for value in counted}
        every = counted + [value for value in missing if value.code not in codes]
        shown = [v for i, v in enumerate(every) if i < VALUES_SHOWN or v.code in chosen]
        choices = [Choice(value, value.code in chosen) for value in shown]
        return Facet(name, self._name(name), choices, len(every) - len(shown))

    def _chosen(self, name: str) -> list[str]:
        return [code for code in self.answer.parameters.get(name, "").split(",") if code]

    def _conditions(self) -> list[str]:
        return [name for name in self.answer.parameters if name not in NOT_CHOSEN_BY_CHIP]

    def _chips(self, name: str) -> Iterator[Chip]:
        value = self.answer.parameters[name]
        if not isinstance(self.answer.filters.filters[name], ListFilter):
            yield Chip(self._name(name), value, self._with(**{name: ""}))
            return
        codes = self._chosen(name)
        for code in codes:
            rest = ",".join(one for one in codes if one != code)
            yield Chip(self._name(name), self._label(name, code), self._with(**{name: rest}))

    def _name(self, name: str) -> str:
        labels: dict[Any, Any] = LABELS_BY_TYPE | LABELS
        return str(labels.get((self.answer.entry.name, name)) or labels.get(name, name))

    def _label(self, name: str, code: str) -> str:
        """Return the words for a value that was asked for."""
        for value in self.answer.facets.get(name, []):
            if value.code == code:
                return value.label
        for asked in self.answer.filters.asked.get(name) or []:
            if isinstance(asked, Record) and asked.key == code:
                return str(asked)
        vocabulary = getattr(self.answer.filters.filters[name], "vocabulary", None)
        return str(vocabulary(code).label) if vocabulary else code

    def _word(self, ordering: str) -> str:
        return "" if ordering == self.answer.entry.default_ordering else ordering

    def _size(self) -> dict[str, str]:
        size = self.answer.page_size
        return {} if size == PAGE_SIZE else {"page_size": str(size)}

    def _with(self, **changed: str) -> str:
        return self._address(self.answer.parameters | changed)

    def _address(self, parameters: dict[str, str], path: str = "") -> str:
        kept = {} if path else self.kept
        given = {name: value for name, value in (parameters | kept).items() if value}
        return f"{path or self.path}?{urlencode(given)}" if given else path or self.path
