"""What a record said in one state of the database, in words: the halves of a difference."""

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from apps.pages import facts, names, relations
from apps.records.models import (
    TARGETS,
    Citation,
    LadderStep,
    Milestone,
    Office,
    Part,
    Record,
)
from apps.revisions.tracking import REGISTRY
from apps.revisions.views import WITHDRAWAL

# What a reader does not see as a field of its own.
LEFT_OUT = {"id", "public_id", "publication", *WITHDRAWAL}
# Which field names a part among its like.
NAMED_BY: dict[type[models.Model], str] = {
    LadderStep: "status",
    Milestone: "kind",
    Office: "title",
}


@dataclass(frozen=True)
class Picture:
    """The values of a row as the page shows them, each by what tells it from another.

    `values` leads from a field to its values: {"theatre": {7: "Mali"}}; a field that no source
    states has none. `parts` leads from the name of a kind of parts to theirs, by primary key.
    """

    model: type[models.Model]
    name: str
    address: str = ""
    values: dict[str, dict[Hashable, str]] = field(default_factory=dict)
    parts: dict[str, dict[int, "Picture"]] = field(default_factory=dict)

    def label(self, name: str) -> str:
        return names.field_of(self.model, name)

    @property
    def line(self) -> str:
        """All its values in one line."""
        return _("; ").join(
            _("%(name)s: %(what)s") % {"name": self.label(name), "what": ", ".join(values.values())}
            for name, values in self.values.items()
            if values
        )


def taken(
    model: type[Record], keys: Collection[int], wanted: Collection[str] | None = None
) -> dict[int, Picture]:
    """Return the pictures of the rows `keys` of `model` in the state that is being read.

    `wanted` are the names of fields; relations beside them are left out, None takes all. Takes a
    query for the rows and one for each relation, whatever the number of rows.
    """
    names_of_relations = [name for name in relations_of(model) if wanted is None or name in wanted]
    lookups = [*_names(model), *_lookups(model, names_of_relations)]
    rows = model.objects.filter(pk__in=keys).prefetch_related(*lookups)
    return {row.pk: _picture(row, names_of_relations) for row in rows}


def relations_of(model: type[models.Model]) -> list[str]:
    """Return the names of the many-to-many fields and the kinds of parts of `model`."""
    many = [relation.name for relation in model._meta.many_to_many]
    shown = [
        name
        for tracking in REGISTRY.values()
        if issubclass(tracking.model, Part)
        for shower, name, _column in tracking.shown_by
        if shower.model is model
    ]
    return [*many, *shown]


def _names(model: type[models.Model], before: str = "") -> Iterator[str]:
    """Give what the names of the records that a row refers to read beside its own table."""
    for key in model._meta.concrete_fields:
        if isinstance(key, models.ForeignKey):
            related: Any = key.related_model
            yield before + key.name
            for lookup in relations.NAMED_BY.get(related, ()):
                yield f"{before}{key.name}__{lookup}"


def _lookups(model: type[models.Model], names_of_relations: Iterable[str]) -> Iterator[str]:
    for name in names_of_relations:
        yield name
        related: Any = model._meta.get_field(name).related_model
        if issubclass(related, Part):
            yield from _names(related, f"{name}__")


def _fields(model: type[models.Model], owner: object) -> "list[models.Field[Any, Any]]":
    """Return what an editor writes of a row, but not that it belongs to a row of `owner`."""
    written = [f for f in model._meta.concrete_fields if f.editable and f.name not in LEFT_OUT]
    own = [f for f in written if owner is None or f.related_model is not owner]
    return sorted(own, key=lambda field: field.name == "note")


def _picture(row: Any, names_of_relations: Iterable[str] = (), owner: object = None) -> Picture:
    model = type(row)
    values = {one.name: _values(row, one) for one in _fields(model, owner)}
    parts: dict[str, dict[int, Picture]] = {}
    for name in names_of_relations:
        several = getattr(row, name).all()
        if issubclass(several.model, Part):
            parts[name] = {part.pk: _picture(part, owner=model) for part in several}
        else:
            values[name] = dict(zip((o.pk for o in several), _texts(row, name), strict=True))
    address = relations.link_of(row) if isinstance(row, Record) else ""
    return Picture(model, _name(row), address, values, parts)


def _name(row: Record | Part) -> str:
    named_by = NAMED_BY.get(type(row))
    return ", ".join(_texts(row, named_by) if named_by else []) or names.name_of(row)


def _values(row: Any, one: "models.Field[Any, Any]") -> dict[Hashable, str]:
    """Return the values of a field of the row itself; of a list each by its words."""
    raw = getattr(row, one.attname)
    if isinstance(raw, list):
        return {text: text for text in _texts(row, one.name)}
    if isinstance(raw, int) and not one.remote_field:
        return {raw: str(number_format(raw, force_grouping=True))}
    if isinstance(row, Citation) and one.name == "field":
        return {raw: names.field_of(TARGETS[row.target_name], raw)}
    return {str(raw): text for text in _texts(row, one.name)}


def _texts(row: Record | Part, name: str) -> list[str]:
    return [value.text for value in facts.values_of(row, name)]
