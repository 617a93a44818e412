"""The names of record types and of their fields and parts, as the pages print them."""

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.records.models import (
    Citation,
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

TYPES: dict[type[Record], tuple[object, object]] = {
    Operation: (_("Operation"), _("Operations")),
    Country: (_("Country"), _("Countries")),
    Organization: (_("Organization"), _("Organizations")),
    Person: (_("Person"), _("People")),
    Contributor: (_("Contributor"), _("Contributors")),
    StrengthFigure: (_("Strength figure"), _("Strength figures")),
    Statement: (_("Statement"), _("Statements")),
    Source: (_("Source"), _("Sources")),
    Citation: (_("Citation"), _("Citations")),
}

# Where the words of the model would not say it to a reader.
FIELDS = {
    "name_en": _("name in English"),
    "name_fr": _("name in French"),
    "iso2": "ISO 3166-1 alpha-2",
    "iso3": "ISO 3166-1 alpha-3",
    "numeric": "ISO 3166-1 numeric",
    "short_name": _("short name"),
    "conducting_body": _("conducting body"),
    "legal_basis": _("legal basis"),
    "focus_area": _("focus area"),
    "theatre": _("theatre"),
    "ladder": _("status ladder"),
    "milestones": _("milestones"),
    "memberships": _("members"),
    "offices": _("offices held"),
    "operations": _("operations it is about"),
    "countries": _("countries it is about"),
    "words": _("quoted words"),
    "summary": _("what was said, in our words"),
    "said": _("date"),
    "date": _("date"),
    "least": _("figure"),
    "most": _("figure, at most"),
    "start": _("start"),
    "end": _("end"),
    "since": _("since"),
    "reached": _("reached"),
    "expected": _("expected"),
    "publication": _("publication"),
    "note": _("editorial note"),
}


def field_of(model: type[models.Model], name: str) -> str:
    """Return the label of a field or of a kind of parts; its own name where nothing knows it."""
    if name in FIELDS:
        return str(FIELDS[name])
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return name.replace("_", " ")


def type_of(model: type[Record]) -> str:
    return str(TYPES[model][0])


def types_of(model: type[Record]) -> str:
    return str(TYPES[model][1])


def by_model_name() -> dict[str, type[Record]]:
    """Return the record types by the name that the change log gives them."""
    return {str(model._meta.model_name): model for model in TYPES}


def name_of(target: models.Model) -> str:
    """Return the name of a record or part in a line; a statement is named by its speaker."""
    if isinstance(target, Statement):
        return gettext("Statement, %(speaker)s") % {"speaker": target.speaker}
    return str(target)
