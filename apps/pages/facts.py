"""What a field of a record says to a reader; read by the template tags."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language

from apps.records.dates import PartialDate
from apps.records.models import Part, Record
from apps.records.models.operations import Operation

NOT_STATED = "not_stated"


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
    blank = value is None or value == "" or value == PartialDate("")
    return [] if blank else [_value(value)]


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
