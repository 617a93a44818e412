"""What a field of a record says to a reader; read by the template tags."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language, get_language_info

from apps.records.dates import PartialDate
from apps.records.fields import BLANK
from apps.records.models import (
    TARGETS,
    Contributor,
    Membership,
    Operation,
    Part,
    Record,
    StrengthFigure,
)
from apps.records.quality import NO_FACTS

NOT_STATED = "not_stated"
# Dates by or for which something is to come: "by 2021", where another would be "until 2021".
DUE = ("expected",)
# Codes (BCP 47) that a reader is told the names of.
LANGUAGES = ("language", "original_language")
NOT_FROM_A_SOURCE: dict[type[models.Model], tuple[str, ...]] = {
    TARGETS[name]: fields for name, fields in NO_FACTS.items()
}
# Fields that state one fact between them: a passage for any of them is one for all.
STATED_TOGETHER: dict[type[models.Model], tuple[tuple[str, ...], ...]] = {
    Contributor: (("operation", "country", "organization"),),
    Membership: (("organization", "country"),),
    StrengthFigure: (("least", "most", "bound"), ("operation", "contributor")),
}


@dataclass(frozen=True)
class Value:
    """One value of a fact in words, and the record it names, if any.

    `written` says that the words are data, entered in English, and not the reader's language.
    """

    text: str
    record: Record | None = None
    written: bool = False


def language() -> str:
    """Return the code of the reader's language."""
    return get_language() or "en"


def language_name(code: str) -> str:
    """Return the name of a language (BCP 47) in the reader's; the code where it has none."""
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
    return name if language() == "en" else name.lower()


def day(moment: date) -> str:
    """Write the day of a moment: 9 November 2026."""
    return PartialDate.parse(f"{moment:%Y-%m-%d}").human(language())


def values_of(target: Record | Part, field_name: str) -> list[Value]:
    """Return what `field_name` of `target` states, in words; empty where no source says."""
    field = target._meta.get_field(field_name)
    value = getattr(target, field_name)
    if field.many_to_many:
        return [_value(one) for one in value.all()]
    if isinstance(field, ArrayField):
        labels = _labels(field.base_field)
        return [Value(str(labels[code])) for code in value if code != NOT_STATED]
    if isinstance(field, models.Field) and field.choices:
        return [] if value == NOT_STATED else [Value(str(_labels(field)[value]))]
    blank = _is_blank(value)
    if field_name in DUE and not blank:
        return [Value(value.due(language()))]
    if field_name in LANGUAGES and not blank:
        return [Value(language_name(value))]
    return [] if blank else [_value(value)]


def uncited(target: Record | Part, fields: str, cited: Set[str]) -> list[str]:
    """Return those of the space-separated `fields` that state what no passage among `cited` does.

    Those that state nothing are not among them, nor what no source has to tell.
    """
    return [
        name
        for name, together, is_stated in _asked(type(target), fields)
        if cited.isdisjoint(together) and is_stated(target)
    ]


@cache
def _asked(
    model: type[models.Model], fields: str
) -> list[tuple[str, tuple[str, ...], Callable[[Any], bool]]]:
    """Return each field that a source tells, those that state one fact with it, and whether."""
    free = NOT_FROM_A_SOURCE.get(model, ())
    return [
        (name, _with_it(model, name), _is_stated(model, name))
        for name in fields.split()
        if name not in free
    ]


def _with_it(model: type[models.Model], name: str) -> tuple[str, ...]:
    """Return the fields that state one fact with the field `name`, itself among them."""
    together = STATED_TOGETHER.get(model, ())
    return next((fields for fields in together if name in fields), (name,))


def _is_stated(model: type[models.Model], name: str) -> Callable[[Any], bool]:
    """Return what tells whether a record or part of `model` states its field `name`."""
    field = model._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        # The record itself may not have been read.
        key = attrgetter(field.attname)
        return lambda target: key(target) is not None
    if field.many_to_many or isinstance(field, ArrayField) or getattr(field, "choices", None):
        return lambda target: bool(values_of(target, name))
    # Most facts of a page: they are not put in words to see whether there are any.
    value = attrgetter(name)
    return lambda target: not _is_blank(value(target))


def _is_blank(value: Any) -> bool:
    return value is None or value == "" or value == BLANK


@cache
def _labels(field: "models.Field[Any, Any]") -> dict[str, Any]:
    return dict(field.flatchoices)


def _value(value: Any) -> Value:
    if isinstance(value, Operation):
        return Value(value.display_name, value)
    if isinstance(value, Record):
        return Value(str(value), value)
    if isinstance(value, PartialDate):
        return Value(value.human(language()))
    return Value(str(value), written=isinstance(value, str))
