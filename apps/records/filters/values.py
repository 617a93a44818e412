"""Reads the value of one parameter; a value that means nothing is refused with what is allowed.

Refusals are ValidationErrors with `params`; RecordFilter adds the name of the parameter.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, NoReturn

from django import forms
from django.contrib.postgres.search import TrigramSimilarity
from django.core.exceptions import ValidationError
from django.db.models.functions import Greatest
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.records.dates import PartialDate, PartialDateError
from apps.records.models import (
    Contributor,
    Country,
    Operation,
    Organization,
    Person,
    Record,
    Source,
    Statement,
    StrengthFigure,
)
from apps.records.models.base import ALPHABET

MOST_VALUES = 200
MOST_LETTERS = 200
NEAR = 0.3

CODES = gettext_lazy("ISO 3166-1 codes of countries (ML or MLI) or their public ids")
SLUGS = gettext_lazy("readable keys as in their addresses ({example}) or public ids")
IDS = gettext_lazy("public ids of {records}")

# Where the nearest name is looked for when nothing answers to a key, and what would have.
KEYS: dict[type[Record], tuple[tuple[str, ...], str | Promise]] = {
    Country: (("name_en", "name_fr", "iso3"), CODES),
    Operation: (("slug", "name", "short_name"), format_lazy(SLUGS, example="barkhane")),
    Organization: (("slug", "name", "abbreviation"), format_lazy(SLUGS, example="g5-sahel")),
    Person: (("slug", "name"), format_lazy(SLUGS, example="florence-parly")),
    Contributor: (("public_id",), format_lazy(IDS, records=gettext_lazy("contributors"))),
    StrengthFigure: (("public_id",), format_lazy(IDS, records=gettext_lazy("strength figures"))),
    Statement: (("public_id",), format_lazy(IDS, records=gettext_lazy("statements"))),
    Source: (("public_id", "title"), format_lazy(IDS, records=gettext_lazy("sources"))),
}


def refuse(
    value: str, allowed: str | Promise | Iterable[str], reason: str = "", suggestion: str = ""
) -> NoReturn:
    """Raise the refusal of `value`; arguments as in BadParameter."""
    params = {"value": value, "allowed": allowed, "reason": reason, "suggestion": suggestion}
    raise ValidationError("%(value)s", code="parameter", params=params)


class ValueField(forms.Field):
    """A parameter's text, trimmed; blank is not asked, as a form sends its empty fields."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "required": False})

    def clean(self, value: object) -> Any:
        text = str(value or "").strip()
        return self.read(text) if text else None

    def read(self, text: str) -> Any:
        return text


class WordsField(ValueField):
    """Words to search for."""

    allowed = format_lazy(
        gettext_lazy("up to {most} characters with at least one letter or digit"),
        most=MOST_LETTERS,
    )

    def read(self, text: str) -> str:
        if len(text) > MOST_LETTERS:
            reason = _("The text to search for has %(count)d characters.") % {"count": len(text)}
            refuse(text, self.allowed, reason)
        if not any(letter.isalnum() for letter in text):
            refuse(text, self.allowed)
        return " ".join(text.split())


class ListField(ValueField):
    """Several values, separated by commas; any of them will do."""

    def read(self, text: str) -> list[Any] | None:
        given = [part.strip() for part in text.split(",") if part.strip()]
        if len(given) > MOST_VALUES:
            allowed = _("up to %(most)d values") % {"most": MOST_VALUES}
            reason = _("%(count)d values are too many.") % {"count": len(given)}
            refuse(text[:40], allowed, reason)
        return self.read_all(list(dict.fromkeys(given))) if given else None

    def read_all(self, values: list[str]) -> list[Any]:
        return values


class IdsField(ListField):
    """Stable public ids; one that no record has finds nothing."""

    allowed = gettext_lazy("public ids of twelve letters and digits, separated by commas")

    def read_all(self, values: list[str]) -> list[str]:
        for value in values:
            if not re.fullmatch(f"[{ALPHABET}]{{12}}", value):
                refuse(value, self.allowed)
        return values


class ChoicesField(ListField):
    """Codes of a list."""

    def __init__(self, *, codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.codes = list(codes)

    def read_all(self, values: list[str]) -> list[str]:
        for value in values:
            if value not in self.codes:
                refuse(value, self.codes)
        return values


class ChoiceField(ValueField):
    """One code of a list."""

    def __init__(self, *, codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.codes = list(codes)

    def read(self, text: str) -> str:
        if text not in self.codes:
            refuse(text, self.codes)
        return text


class ReferencesField(ListField):
    """Records by their readable key or public id; one that does not exist is refused.

    Takes one query, and another for the suggestion of a refusal.
    """

    def __init__(self, *, to: type[Record], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.to = to
        self.names, self.allowed = KEYS[to]

    def read_all(self, values: list[str]) -> list[Record]:
        records = list(self.to.objects.with_keys(values).order_by("pk"))
        for value in values:
            if not any(record.answers_to(value) for record in records):
                refuse(value, self.allowed, self._reason(value), self._nearest(value))
        return records

    def _reason(self, value: str) -> str:
        return _("There is no %(kind)s “%(key)s” here.") % {
            "kind": self.to._meta.verbose_name,
            "key": value[:100],
        }

    def _nearest(self, value: str) -> str:
        """Return the key of the record whose name or key is most like `value`, or ""."""
        likeness = [TrigramSimilarity(name, value) for name in self.names]
        near = Greatest(*likeness) if len(likeness) > 1 else likeness[0]
        records = self.to.objects.annotate(likeness=near).filter(likeness__gte=NEAR)
        nearest = records.order_by("-likeness", "pk").first()
        return nearest.key if nearest else ""


class DayField(ValueField):
    """A day of the calendar."""

    allowed = gettext_lazy("a day such as 2020-01-31")

    def read(self, text: str) -> date:
        partial = read_date(text, self.allowed)
        if partial.earliest is None or partial.earliest != partial.latest or len(text) != 10:
            refuse(text, self.allowed)
        return partial.earliest


class LimitField(ValueField):
    """The first or last day of a range; a month or a year counts from its first or to its last."""

    allowed = gettext_lazy("a day, month or year such as 2020-01-31, 2020-01 or 2020")

    def __init__(self, *, last: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.last = last

    def read(self, text: str) -> date:
        partial = read_date(text, self.allowed)
        limit = partial.latest if self.last else partial.earliest
        if limit is None or not re.fullmatch(r"[0-9-]+", text, re.ASCII):
            refuse(text, self.allowed)
        return limit


def read_date(text: str, allowed: str | Promise) -> PartialDate:
    """Return the partial date that `text` writes; refuses any other text."""
    try:
        return PartialDate.parse(text)
    except PartialDateError:
        refuse(text, allowed)
