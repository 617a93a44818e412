"""Pages of a list by position and never by number: the next begins after the last record shown.

A page costs the same however deep it lies, and none is skipped or shown twice when records come
in between. A cursor is signed: whatever it holds was written here, for the same question.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.core.signing import BadSignature, Signer
from django.db.models import DateField, F, Model, Q, QuerySet, TextField
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import Combinable, OrderBy, RawSQL
from django.utils.translation import gettext as _

from apps.records import ready
from apps.revisions.public import preparing

# Stands for the value of a choice in a query that is ready.
CHOSEN = "the chosen"
SIGNER = Signer(salt="apps.records.paging", sep=".")


class BadCursor(ValueError):
    """A cursor that was not made here, or not for this question in this order."""


@dataclass(frozen=True)
class Key:
    """One field that a list is sorted by; what is NULL comes last, whichever the direction."""

    path: str
    descending: bool

    @classmethod
    def of(cls, expression: str) -> "Key":
        """Return the key of "-said_earliest"."""
        return cls(expression.removeprefix("-"), expression.startswith("-"))

    def order(self, *, reverse: bool) -> OrderBy:
        return OrderBy(
            F(self.path),
            descending=self.descending != reverse,
            nulls_first=True if reverse else None,
            nulls_last=None if reverse else True,
        )

    def value(self, record: Model | dict[str, Any]) -> Any:
        """Return the value of `record`, whose relations on the path are loaded."""
        if isinstance(record, dict):
            return record[self.path]
        value: Any = record
        for name in self.path.split(LOOKUP_SEP):
            value = getattr(value, name)
        return value

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def beyond(self, value: Any, *, reverse: bool) -> Q | None:
        """Return the condition of a place strictly beyond `value`; None where there is none."""
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if reverse else None
        lookup = "lt" if self.descending != reverse else "gt"
        further = Q(**{f"{self.path}__{lookup}": value})
        return further if reverse else further | Q(**{f"{self.path}__isnull": True})

    def no_nearer(self, value: Any, *, reverse: bool) -> Q:
        """Return what `beyond`, or the same place, implies of what is not NULL: a range."""
        lookup = "lte" if self.descending != reverse else "gte"
        return Q(**{f"{self.path}__{lookup}": value})

    def read(self, model: type[Model], value: Any) -> Any:
        """Return the value that a cursor holds as text."""
        return date.fromisoformat(value) if value and self._is_date(model) else value

    def _is_date(self, model: type[Model]) -> bool:
        try:
            return isinstance(model._meta.get_field(self.path), DateField)
        except FieldDoesNotExist:
            return False


@dataclass(frozen=True)
class Across:
    """What a list from the oldest on and from `day` on begins with: `rows` that began before it."""

    day: date
    rows: QuerySet[Any]


@dataclass(frozen=True)
class Page:
    """One page and the cursors of its neighbours; "" where there is none."""

    records: list[Any]
    next: str
    previous: str


class Chosen(NamedTuple):
    """What rows a list has: all, those with the primary keys in a text, some words, or one code.

    `by` is "", "pk", "q" or the column of the code.
    """

    by: str = ""
    value: str = ""

    def of(self, rows: Any) -> Any:
        """Return those of `rows`, a manager of records, that are chosen."""
        if self.by == "pk":
            return rows.with_pks(self.value)
        if self.by == "q":
            return rows.matching(self.value)
        return rows.filter(**{f"{self.by}__in": [self.value]}) if self.by else rows.all()


@dataclass(frozen=True)
class Pager:
    """Cuts pages from one question in one order; `question` is the text that tells it apart."""

    ordering: tuple[str, ...]
    question: str

    @property
    def keys(self) -> list[Key]:
        return [Key.of(expression) for expression in self.ordering]

    def ordered(self, queryset: QuerySet[Any], *, reverse: bool = False) -> QuerySet[Any]:
        return queryset.order_by(*(key.order(reverse=reverse) for key in self.keys))

    def page(
        self,
        queryset: QuerySet[Any],
        size: int,
        cursor: str,
        shown: Combinable | None = None,
        begin: Any = None,
        across: Across | None = None,
    ) -> Page:
        """Return the page of `size` records that `cursor` names, "" the first.

        In one query, or two where the list is near its end, among what has no place in the order,
        and one more with `across`. With `shown` the page holds what that expression gives of each,
        and no record is made. `begin` is a value of the first key that no record comes before, but
        those without one. Raises BadCursor.
        """
        back, position = self._read(queryset.model, cursor) if cursor else (False, None)
        if shown is not None:  # or what would be read beside it is copied at each step
            queryset = queryset.select_related(None)
        rows = self.ordered(queryset, reverse=back)
        if position is not None:
            rows = rows.filter(self._beyond(position, reverse=back))
        if shown is not None:
            rows = rows.annotate(shown=shown).values(*_shown_with(self.keys))
        with preparing(rows) if shown is not None else nullcontext():
            found: list[Any] = []
            for part in self._parts(rows, position[0] if position else begin, back, across):
                found += part[: size + 1 - len(found)]
                if len(found) > size:
                    break
        more, records = len(found) > size, found[:size]
        if back:
            records.reverse()
        return Page(
            records if shown is None else [record["shown"] for record in records],
            next=self._cursor(records[-1:], back=False) if more or back else "",
            previous=self._cursor(records[:1], back=True)
            if position is not None and (more or not back)
            else "",
        )

    def first_page(self, model: type[Model], size: int, shown: RawSQL, chosen: Chosen) -> Page:
        """Return the first page of what `shown` gives of each record, by a query that is ready."""
        query = _first_rows(
            model, self.ordering, size + 1, chosen.by, shown.sql, tuple(shown.params)
        )
        found = ready.rows(query, {CHOSEN: chosen.value})
        last = [dict(zip(_shown_with(self.keys), row, strict=True)) for row in found[:size][-1:]]
        return Page(
            [row[0] for row in found[:size]],
            next=self._cursor(last, back=False) if len(found) > size else "",
            previous="",
        )

    def _parts(
        self, rows: QuerySet[Any], begin: Any, reverse: bool, across: Across | None
    ) -> Iterator[QuerySet[Any]]:
        """Give the parts of `rows`, whose first key is `begin`, further, or unknown, in order.

        "Later, or not known" is no range of an index, which would be read from its beginning
        however deep the page lies: what is known is looked for alone first. So is what lies
        `across` a day.
        """
        first = self.keys[0]
        unknown = rows.filter(**{f"{first.path}__isnull": True})
        if across is not None:
            early = rows.among(across.rows)  # type: ignore[attr-defined]
            late = rows.filter(**{f"{first.path}__gte": across.day})
            if begin is not None:
                late = late.filter(first.no_nearer(begin, reverse=reverse))
            yield from (unknown, late, early) if reverse else (early, late, unknown)
        elif begin is not None:
            yield rows.filter(first.no_nearer(begin, reverse=reverse))
            if not reverse:
                yield unknown
        else:
            yield rows

    def _beyond(self, position: list[Any], *, reverse: bool) -> Q:
        """Return the condition of what comes after `position`: a later key, all before it equal."""
        condition, equal = Q(pk__in=[]), Q()
        for key, value in zip(self.keys, position, strict=True):
            if (beyond := key.beyond(value, reverse=reverse)) is not None:
                condition |= equal & beyond
            equal &= key.same(value)
        return condition

    def _cursor(self, records: list[Any], *, back: bool) -> str:
        """Return the cursor of what lies beyond the record; "" where there is no record."""
        for record in records:
            values = [key.value(record) for key in self.keys]
            texts = [str(value) if isinstance(value, date) else value for value in values]
            return SIGNER.sign_object([self._mark, int(back), *texts])
        return ""

    def _read(self, model: type[Model], cursor: str) -> tuple[bool, list[Any]]:
        try:
            mark, back, *texts = SIGNER.unsign_object(cursor)
        except (BadSignature, ValueError):
            raise BadCursor(_("It was not made here.")) from None
        if mark != self._mark:
            raise BadCursor(_("It belongs to other filters or another order."))
        keys = zip(self.keys, texts, strict=True)
        return bool(back), [key.read(model, text) for key, text in keys]

    @property
    def _mark(self) -> str:
        told = repr((self.question, self.ordering))
        return sha256(told.encode()).hexdigest()[:12]


def _shown_with(keys: list[Key]) -> list[str]:
    """Return the columns of a page of what each record is shown as: the keys, for its cursors."""
    return ["shown", *(key.path for key in keys)]


@lru_cache(maxsize=ready.KEPT)
def _first_rows(
    model: Any,
    ordering: tuple[str, ...],
    wanted: int,
    by: str,
    shown: str,
    parameters: tuple[Any, ...],
) -> ready.Ready:
    """Return the query of the first `wanted` rows of those that have CHOSEN."""
    pager, chosen = Pager(ordering, ""), Chosen(by, CHOSEN).of(model.objects)
    ordered = pager.ordered(chosen.for_reading().select_related(None))
    written = ordered.annotate(shown=RawSQL(shown, parameters, TextField()))
    return ready.made(written.values_list(*_shown_with(pager.keys))[:wanted])
