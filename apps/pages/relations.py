"""Which rows a page needs beside a record to name it and to link to it; read by views.

Each is a list of lookups for `prefetch_related`, so that a page costs the same number of queries
whatever the number of its records.
"""

from typing import Any

from apps.records.models import (
    TARGETS,
    Citation,
    Contributor,
    Country,
    LadderStep,
    Membership,
    Milestone,
    Office,
    Operation,
    Organization,
    Part,
    Person,
    Record,
    Source,
    Statement,
    StrengthFigure,
)
from apps.revisions.tracking import REGISTRY

ACTOR = ("country", "organization")
SPEAKER = ("speaker_person", "speaker_country", "speaker_organization")

# What `str()` and `get_absolute_url()` of a record or part read beside its own row.
NAMED_BY: dict[type, tuple[str, ...]] = {
    Operation: (),
    Country: (),
    Organization: (),
    Person: (),
    Source: (),
    Milestone: ("operation",),
    Membership: ("organization", "country"),
    Office: ("person", "country", "organization"),
    Contributor: ("operation", *ACTOR),
    LadderStep: ("contributor__operation", "contributor__country", "contributor__organization"),
    StrengthFigure: (
        "operation",
        "contributor__operation",
        "contributor__country",
        "contributor__organization",
    ),
    Statement: SPEAKER,
    Citation: ("source",),
}

# Of every record that a citation can support.
TARGETS_NAMED = tuple(
    f"{target}__{lookup}" if lookup else target
    for target, model in TARGETS.items()
    for lookup in ("", *NAMED_BY[model])
)


def link_of(target: Record | Part) -> str:
    """Return the address of what a reader wants to see of `target`."""
    if isinstance(target, Record):
        return target.get_absolute_url()
    return link_of(getattr(target, REGISTRY[type(target)].part_of))


def operations() -> Any:
    """Return operations with what a line of a list shows of them."""
    return Operation.objects.prefetch_related("theatre")


def contributors() -> Any:
    """Return contributors with their actor and their ladder."""
    return Contributor.objects.select_related(*ACTOR).prefetch_related("ladder")


def strengths() -> Any:
    """Return strength figures with whose they are."""
    whose = ("contributor__country", "contributor__organization")
    return StrengthFigure.objects.select_related("contributor", *whose)


def statements() -> Any:
    """Return statements with who said them and what they are about."""
    return Statement.objects.select_related(*SPEAKER).prefetch_related("operations", "countries")
