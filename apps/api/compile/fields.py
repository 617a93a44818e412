"""Serializers as expressions: how PostgreSQL writes what each kind of field writes.

A serializer stays the one definition of a record; here is only how each kind of field looks in
SQL. A kind that is not here, or that writes in a way of its own, cannot be compiled.
"""

from collections.abc import Callable
from typing import Any, TypeAlias, cast

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist
from django.db.models import (
    Case,
    F,
    ForeignKey,
    ManyToManyField,
    ManyToOneRel,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    When,
)
from django.db.models import fields as columns
from django.db.models.expressions import Combinable
from rest_framework import serializers

from apps.api.compile.expressions import Json, Stated, as_object, of_rows, or_null, plain
from apps.api.serializers.base import Expandable, PartialDateField
from apps.records import fields as dates
from apps.records.expressions import Literal, of_row, referred

# Each takes a field of its own kind, which a dictionary of them cannot say.
Written: TypeAlias = Callable[[Any, Any], Combinable]

# The kinds of column that a kind of field writes as they are.
COLUMNS: dict[type[serializers.Field], tuple[type[columns.Field], ...]] = {
    serializers.CharField: (columns.CharField, columns.TextField),
    serializers.ChoiceField: (columns.CharField,),
    serializers.IntegerField: (columns.IntegerField,),
}
# A field that has one of these of its own does not write as its base does.
OWN = {"get_attribute", "to_representation"}

WRITTEN: dict[type[serializers.Field], Written] = {}
# What a field reads that is no column, by model and name.
PROPERTIES: dict[tuple[type[Model], str], Callable[[], Combinable]] = {}


class NotCompilable(Exception):
    """A field that only the serializer itself can write; the message names it."""

    def __init__(self, field: serializers.Field) -> None:
        super().__init__(f"{field.field_name} ({type(field).__name__})")


def writes(*kinds: type[serializers.Field]) -> Callable[[Written], Written]:
    """Register the function that gives the JSON of fields of these kinds, of rows of a model."""

    def register(function: Written) -> Written:
        WRITTEN.update(dict.fromkeys(kinds, function))
        return function

    return register


def json_of(field: serializers.Field, model: type[Model]) -> Combinable:
    """Return the JSON that `field` writes of a row of `model`. Raises NotCompilable."""
    return WRITTEN[_kind(field)](field, model)


def _kind(field: serializers.Field) -> type[serializers.Field]:
    """Return the kind that `field` writes as. Raises NotCompilable."""
    for kind in type(field).__mro__:
        if kind in WRITTEN:
            return kind
        if OWN & vars(kind).keys():
            break
    raise NotCompilable(field)


@writes(*COLUMNS)
def column(field: serializers.Field, model: type[Model]) -> Combinable:
    if (model, _source(field)) in PROPERTIES:
        return PROPERTIES[model, _source(field)]()
    held = _model_field(field, model)
    if not _writes_as_it_is(field, held):
        raise NotCompilable(field)
    return as_json(held)


def as_json(held: columns.Field) -> Combinable:
    """Return the JSON of a column; keys and codes, whose form a constraint holds, as they are."""
    if held.null:
        return Json(F(held.name))
    is_plain = held.choices or held.name in {"public_id", getattr(held.model, "KEY", "public_id")}
    return plain(F(held.name)) if is_plain else Stated(F(held.name))


@writes(serializers.ListField)
def array(field: serializers.ListField, model: type[Model]) -> Combinable:
    held = _model_field(field, model)
    if not isinstance(held, ArrayField) or not _writes_as_it_is(field.child, held.base_field):
        raise NotCompilable(field)
    return Json(F(_source(field)))


def _writes_as_it_is(field: Any, held: Any) -> bool:
    return _kind(field) in COLUMNS and isinstance(held, COLUMNS[_kind(field)])


@writes(PartialDateField)
def partial_date(field: PartialDateField, model: type[Model]) -> Combinable:
    name = _source(field)
    if not isinstance(_model_field(field, model), dates.PartialDateField):
        raise NotCompilable(field)
    parts = zip(
        ("edtf", "earliest", "latest"), (name, *dates.bound_names(model, name)), strict=True
    )
    stated = as_object({part: Json(F(column)) for part, column in parts})
    return Case(When(**{name: ""}, then=Literal("null")), default=stated)


@writes(serializers.Serializer)
def serializer(field: serializers.Serializer, model: type[Model]) -> Combinable:
    return related(field, field, model)


@writes(serializers.ListSerializer)
def several(field: serializers.ListSerializer, model: type[Model]) -> Combinable:
    return related(field, field.child, model)


@writes(Expandable)
def expandable(field: Expandable, model: type[Model]) -> Combinable:
    assert field.shown is not None, "chosen by RecordSerializer.get_fields"
    return related(field, field.shown, model)


def members(
    serializer: serializers.Serializer, model: type[Model], written: Written = json_of
) -> Combinable:
    return as_object({name: written(each, model) for name, each in serializer.fields.items()})


def related(field: serializers.Field, shown: Any, model: type[Model]) -> Combinable:
    """Return the JSON of what the relation that `field` names leads to, written with `shown`."""
    relation = _model_field(field, model)
    if isinstance(relation, ForeignKey):
        return or_null(of_row(referred(relation), members(shown, relation.related_model)))
    return of_rows(rows(field, relation), members(shown, relation.related_model, in_rows))


def in_rows(field: serializers.Field, model: type[Model]) -> Combinable:
    """Return the JSON that `field` writes of rows in the order of their model."""
    return of_joined(field, model) or json_of(field, model)


def of_joined(field: serializers.Field, model: type[Model]) -> Combinable | None:
    """Return the JSON of the row that rows are ordered by, which is joined to them already.

    So it need not be looked up again. None where they are not ordered by it, or where it is written
    with rows of its own.
    """
    if not isinstance(field, serializers.Serializer | Expandable):
        return None
    relation, shown = _model_field(field, model), getattr(field, "shown", field)
    if not isinstance(relation, ForeignKey) or relation.name not in (model._meta.ordering or ()):
        return None
    json: Any = members(cast(serializers.Serializer, shown), relation.related_model)
    if relation.null or any(isinstance(part, Subquery) for part in json.flatten()):
        return None
    joined: Combinable = json.prefix_references(f"{relation.name}__")
    return joined


def rows(field: serializers.Field, relation: Any) -> QuerySet[Any]:
    """Return the rows that lead to the row around them, in the order of their model.

    A key that is the same for all of them is no part of the order, which would join its table.
    """
    if isinstance(relation, ManyToManyField):
        back = relation.related_query_name()
    elif isinstance(relation, ManyToOneRel):
        back = relation.field.name
    else:
        raise NotCompilable(field)
    related = relation.related_model
    order = [each for each in related._meta.ordering if each != back]
    return related._default_manager.filter(**{back: OuterRef("pk")}).order_by(*order, "pk")


def _source(field: serializers.Field) -> str:
    return field.source or str(field.field_name)


def _model_field(field: serializers.Field, model: type[Model]) -> Any:
    try:
        return model._meta.get_field(_source(field))
    except FieldDoesNotExist:
        raise NotCompilable(field) from None
