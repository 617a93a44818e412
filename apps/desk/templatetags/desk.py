"""What the templates of the desk say of records."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import template
from django.db import models
from django.urls import reverse

from apps.desk.names import label_of
from apps.desk.versions import Difference, Event
from apps.records.models import TARGETS, Citation

register = template.Library()


@register.filter
def form_address(row: models.Model) -> str:
    """Return the address of the form of a record or part."""
    return reverse(f"admin:records_{row._meta.model_name}_change", args=[row.pk])


@register.filter
def list_address(row: models.Model) -> str:
    """Return the address of the list that a record is in."""
    return reverse(f"admin:records_{row._meta.model_name}_changelist")


@register.filter
def kind(target_name: str) -> str:
    """Return what a citation supports, as its type is called: Strength figure."""
    return str(TARGETS[target_name]._meta.verbose_name).capitalize()


@dataclass(frozen=True)
class Told:
    """What happened alike to some rows of a type, by their names."""

    what: str
    action: str
    differences: tuple[Difference, ...]
    names: list[str]


@register.filter
def told(events: Iterable[Event]) -> Iterator[Told]:
    """Tell events one after the other, those that did the same to rows of one type together."""

    def alike(event: Event) -> Any:
        return event.what, event.action, event.telling

    for (what, action, differences), same in groupby(events, key=alike):
        yield Told(what, action, differences, [event.name for event in same])


@register.filter
def field_label(citation: Citation) -> str:
    """Return the name of the field that a citation supports, as its form calls it: Legal basis."""
    return label_of(TARGETS[citation.target_name], citation.field)


@register.filter
def fold_label(row: models.Model) -> str:
    """Return what stands on the fold of a row that is there: what a citation is for."""
    return f"For: {field_label(row)}" if isinstance(row, Citation) else "Fields"
