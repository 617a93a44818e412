"""Puts one question to the catalogue: the same parameters give the same answer on every face."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.http import QueryDict
from django.utils.translation import gettext as _

from apps.records import day_limits
from apps.records.catalogue import Entry
from apps.records.counting import kept
from apps.records.facets import facet
from apps.records.filters import FacetValue, ListFilter, RecordFilter
from apps.records.filters.kinds import ChoicesFilter
from apps.records.matches import CAP, Matches, matches_among, matches_of_words
from apps.records.paging import BadCursor, Chosen, Page, Pager
from apps.revisions.parameters import (
    BadParameter,
    RepeatedParameter,
    UnknownParameter,
    composed,
)

# Words that every list understands beside its own filters.
SHARED = (
    "q",
    "ordering",
    "page_size",
    "cursor",
    "as_of",
    "on",
    "match",
    "fields",
    "expand",
    "facets",
    "format",
)
LISTS = ("fields", "expand", "facets")
# Of the parameters of a question, those that choose no records.
UNNARROWING = {"ordering", "as_of"}

PAGE_SIZE = 50
LARGEST_PAGE = 200


@dataclass(frozen=True)
class Answer:
    """One page of what was asked, and what is needed to tell of it and to go on.

    `count` is exact up to 10,000; beyond, `count_is_exact` is False and it is a lower bound.
    `next` and `previous` are cursors, "" at the ends. `parameters` are the filters, `ordering` and
    `as_of` asked for, in one form for equal questions. `filters.asked` holds the values as read
    (records, days, codes).
    """

    entry: Entry
    filters: RecordFilter
    ordering: str
    page_size: int
    records: list[Any]
    count: int
    count_is_exact: bool
    next: str
    previous: str
    facets: dict[str, list[FacetValue]]
    parameters: dict[str, str]


@dataclass(frozen=True)
class Question:
    """The parameters of a list, one text each; reading one raises BadParameter."""

    entry: Entry
    given: Mapping[str, str]
    # What is fetched with the records; None for all that the API tells of each.
    beside: Collection[str] | None = None

    @property
    def ordering(self) -> str:
        word = self.given.get("ordering") or self.entry.default_ordering
        if word not in self.entry.ordering:
            raise BadParameter("ordering", word, self.entry.ordering)
        return word

    @property
    def page_size(self) -> int:
        text = self.given.get("page_size") or str(PAGE_SIZE)
        size = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0
        if not 1 <= size <= LARGEST_PAGE:
            allowed = _("a whole number from 1 to %(most)d") % {"most": LARGEST_PAGE}
            raise BadParameter("page_size", text, allowed)
        return size

    @property
    def facets(self) -> list[str]:
        parts = (part.strip() for part in self.given.get("facets", "").split(","))
        names = [name for name in parts if name]
        for name in names:
            if name not in self.entry.facets:
                raise BadParameter("facets", name, self.entry.facets)
        return names

    @cached_property
    def filters(self) -> RecordFilter:
        return self.entry.filters(self.given, queryset=self.entry.model.objects.all())

    @cached_property
    def parameters(self) -> dict[str, str]:
        """What chooses the records and their order, in one form for equal questions."""
        asked = self.filters.normalised()
        if self.ordering != self.entry.default_ordering:
            asked["ordering"] = self.ordering
        if self.given.get("as_of"):
            asked["as_of"] = self.given["as_of"]
        return dict(sorted(asked.items()))

    @cached_property
    def pager(self) -> Pager:
        told = {name: value for name, value in self.parameters.items() if name != "as_of"}
        return Pager(self.entry.ordering[self.ordering], f"{self.entry.name} {told}")

    @cached_property
    def queryset(self) -> QuerySet[Any]:
        """The whole list. It stays with the database it was asked of, wherever it is read."""
        chosen = self._to_read(self.filters.qs)
        return self.pager.ordered(chosen).using(chosen.db)

    @cached_property
    def matches(self) -> Matches | None:
        """Which of many records are asked for; None of all, or where an index has them in order."""
        if not self.entry.many or not self._narrows or self._is_walked:
            return None
        asked = self.entry.name, self.parameters
        return kept(asked, self._matches, worth=lambda found: found.many)

    def _matches(self) -> Matches:
        if self._asks_for_words:
            return matches_of_words(self.entry.model, self.filters.asked["q"])
        return matches_among(self.filters.qs)

    @property
    def _narrows(self) -> bool:
        return bool(self.parameters.keys() - UNNARROWING)

    @property
    def _asks_for_words(self) -> bool:
        return self.parameters.keys() - UNNARROWING == {"q"}

    @property
    def _is_walked(self) -> bool:
        """Whether an index has just what is asked for, in its order: the records of one code."""
        asked = self.parameters.keys() - {"ordering"}
        if len(asked) != 1 or "as_of" in asked:
            return False
        (name,) = asked
        kind = self.filters.base_filters[name]
        ordered = isinstance(kind, ChoicesFilter) and kind.indexed == self.ordering
        return ordered and len(self.filters.asked[name]) == 1

    @property
    def _cut_from(self) -> QuerySet[Any]:
        """The list as pages are cut from it: where few match, those are found first, then sorted.

        The planner, who thinks that they are spread evenly over the order, would rather walk along
        it until it has met a page of them: of a day long ago, through all that was said since.
        """
        if self.matches is None or self.matches.count > CAP:
            return self.queryset
        return self._to_read(self.entry.model.objects.with_pks(self.matches.keys))

    def _to_read(self, rows: Any) -> Any:
        """Return `rows` with what is fetched beside them."""
        told = rows.for_reading()
        beside = self.beside
        return told if beside is None else told.prefetch_related(None).prefetch_related(*beside)

    @property
    def _chosen(self) -> Chosen | None:
        """What the list has all rows of, so that its first page is a query that is ready."""
        if self.matches is not None and self.matches.count <= CAP:
            return Chosen("pk", self.matches.keys)
        if self._asks_for_words:
            return Chosen("q", self.filters.asked["q"])
        if self._is_walked:
            ((name, code),) = self.filters.normalised().items()
            return Chosen(self.filters.base_filters[name].field_name, code)
        return None if self._narrows else Chosen()

    def check(self) -> None:
        """Read all that a page would need. Raises BadParameter."""
        _ = self.queryset, self.page_size, self.facets
        if self.given.get("cursor"):
            self.page()

    def page(self, shown: RawSQL | None = None) -> Page:
        """Return the page asked for, or what `shown` gives of each of its records."""
        cursor = self.given.get("cursor", "")
        if shown is not None and not cursor and (chosen := self._chosen):
            return self.pager.first_page(self.entry.model, self.page_size, shown, chosen)
        first = self.pager.keys[0]
        begin = day_limits.begin(self.filters, first)
        # Few are sorted.
        many = self.matches is not None and self.matches.count > CAP
        across = day_limits.across(self.filters, first) if many else None
        try:
            return self.pager.page(self._cut_from, self.page_size, cursor, shown, begin, across)
        except BadCursor as error:
            allowed = _("what `next` or `previous` of the same list gave")
            raise BadParameter("cursor", cursor, allowed, str(error)) from None

    def count(self, page: Page) -> int:
        """Return how many records there are, counting no further than one beyond the cap.

        It is asked with every page, and the same until the next revision.
        """
        if not self.given.get("cursor") and not page.next:
            return len(page.records)
        if self.matches is not None:
            return self.matches.count
        asked = self.entry.name, self.parameters, "count"
        return kept(asked, lambda: self.filters.qs.order_by()[: CAP + 1].count())


def ask(
    entry: Entry,
    parameters: QueryDict,
    *,
    also_allowed: Collection[str] = (),
    facets: Collection[str] = (),
    shown: RawSQL | None = None,
    beside: Collection[str] | None = None,
) -> Answer:
    """Return the page of `entry` that `parameters` ask for.

    `also_allowed` are parameters that the face reads itself; `facets` those to count beside the
    ones that are asked for. With `shown` the answer's `records` are what that expression gives of
    each, else models, with `beside` prefetched. Takes a query for the page and one for the count
    where the page is not the whole, those of the prefetches (none with `shown`), one for each
    parameter that names records, and one or two for each facet. Raises BadParameter.
    """
    question = read(entry, parameters, also_allowed, beside)
    page = question.page(shown)
    count = question.count(page)
    names = dict.fromkeys([*facets, *question.facets])
    return Answer(
        entry=entry,
        filters=question.filters,
        ordering=question.ordering,
        page_size=question.page_size,
        records=page.records,
        count=min(count, CAP),
        count_is_exact=count <= CAP,
        next=page.next,
        previous=page.previous,
        facets={name: facet(question.filters, name) for name in names},
        parameters=question.parameters,
    )


def read(
    entry: Entry,
    parameters: QueryDict,
    also_allowed: Collection[str] = (),
    beside: Collection[str] | None = None,
) -> Question:
    """Return the question that `parameters` put. Raises BadParameter, of values only when read."""
    allowed = {*entry.filters.base_filters, *SHARED, *also_allowed}
    given = {name: _text(entry, name, parameters.getlist(name), allowed) for name in parameters}
    return Question(entry, given, beside)


def _text(entry: Entry, name: str, texts: list[str], allowed: Collection[str]) -> str:
    """Return the text of one parameter; a list may be given in several, as forms send it."""
    if name not in allowed:
        raise UnknownParameter(name, texts[0], sorted(allowed))
    if name == "on" and name not in entry.filters.base_filters:
        reason = _("`on` asks what was true on a day, which is no question to %(records)s.")
        raise BadParameter(
            name, texts[0], _("nothing; leave it out"), reason % {"records": entry.name}
        )
    if len(texts) > 1 and not _is_list(entry, name):
        raise RepeatedParameter(name, texts)
    return composed(name, ",".join(filter(None, texts)))


def _is_list(entry: Entry, name: str) -> bool:
    return name in LISTS or isinstance(entry.filters.base_filters.get(name), ListFilter)
