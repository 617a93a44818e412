"""What the name of a row reads of other rows, so that a list of names takes one query."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from apps.records.models import (
    TARGETS,
    Citation,
    Contributor,
    LadderStep,
    Membership,
    Milestone,
    Office,
    OperationCountry,
    SourceText,
    Statement,
    StatementCountry,
    StatementOperation,
    StrengthFigure,
)

_CONTRIBUTOR = ("operation", "country", "organization")
_OF_CONTRIBUTOR = ("contributor", *(f"contributor__{name}" for name in _CONTRIBUTOR))
READS: dict[type[models.Model], tuple[str, ...]] = {
    Citation: ("source",),
    Contributor: _CONTRIBUTOR,
    LadderStep: _OF_CONTRIBUTOR,
    Membership: ("organization", "country"),
    Milestone: ("operation",),
    Office: ("person", "country", "organization"),
    OperationCountry: ("operation", "country"),
    SourceText: ("source",),
    Statement: ("speaker_person", "speaker_country", "speaker_organization"),
    StatementCountry: ("country",),
    StatementOperation: ("operation",),
    StrengthFigure: ("operation", *_OF_CONTRIBUTOR),
}


def with_names(rows: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
    """Let `rows` bring what their names read."""
    return rows.select_related(*READS.get(rows.model, ()))


def label_of(model: type[models.Model], field: str) -> str:
    """Return the name of a field, or of a kind of rows below it, for a person: Legal basis."""
    found = model._meta.get_field(field)
    return str(getattr(found, "verbose_name", field)).capitalize()


def name_of(row: models.Model) -> str:
    """Return what a row is called; of a citation, which field it supports too."""
    if not isinstance(row, Citation):
        return str(row)
    label = label_of(TARGETS[row.target_name], row.field)
    return f"{row}, for {label.lower()}"


class Names:
    """The names of rows by model and key, asked for once a model; a deleted row has its number."""

    def __init__(self) -> None:
        self._known: dict[tuple[type[models.Model], int], str] = {}

    def learn(self, model: type[models.Model], keys: Iterable[Any]) -> None:
        wanted = {key for key in keys if key is not None and (model, key) not in self._known}
        rows = with_names(model._default_manager.all()).in_bulk(wanted) if wanted else {}
        self._known |= {
            (model, key): name_of(rows[key]) if key in rows else f"no. {key}" for key in wanted
        }

    def of(self, model: type[models.Model], key: int) -> str:
        self.learn(model, [key])
        return self._known[model, key]
