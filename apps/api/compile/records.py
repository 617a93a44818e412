"""The fields that are more than a column or a relation: addresses, speakers, what is supported."""

import json
import re
from collections.abc import Callable
from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce
from rest_framework import serializers

from apps.api.compile.expressions import Json, Stated, as_object, of_rows, plain
from apps.api.compile.fields import PROPERTIES, writes
from apps.api.serializers.base import ApiAddress, OnDay, PageAddress, address_of
from apps.api.serializers.citations import RECORDS, SupportedRecord
from apps.api.serializers.contributors import CurrentStatus
from apps.api.serializers.statements import LABEL, TYPES, SpeakerField
from apps.records.expressions import Literal, of_row, referred
from apps.records.ladders import steps_of_row_on
from apps.records.models import TARGETS, Citation, Country, LadderStep, Organization, Person, Record
from apps.records.models.evidence import PARTS
from apps.records.vocabularies import LadderStatus

NULL = Literal("null")
# The field that is the text of each kind of speaker.
NAMES: dict[type[Record], str] = {Person: "name", Country: "name_en", Organization: "name"}
OWNERS = dict(PARTS.values())
MARK = "mark{}x"


@writes(ApiAddress)
def api_address(field: ApiAddress, model: type[Record]) -> Combinable:
    return address_in_api(field, field.parent.entry, model)


@writes(PageAddress)
def page_address(field: PageAddress, model: type[Record]) -> Combinable:
    """Write the address that the model gives a record whose columns are marks."""
    marks: dict[str, Combinable] = {}
    record = marked(model, marks, F)
    for name in field.reads:
        relation: Any = model._meta.get_field(name)
        setattr(record, name, marked(relation.related_model, marks, read_over(relation)))
    return address(field, record.get_absolute_url(), marks)


@writes(CurrentStatus)
def current_status(field: CurrentStatus, model: type[Record]) -> Combinable:
    steps = LadderStep.objects.filter(contributor=OuterRef("pk")).order_by("-place")
    newest = of_row(steps[:1], F("status"))
    return Json(Coalesce(newest, Literal(LadderStatus.NOT_STATED.value)))


@writes(OnDay)
def on_day(field: OnDay, model: type[Record]) -> Combinable:
    """Write the steps that held; the one thing that a record has of the day asked for."""
    if not (asked := field.context.get("on")):
        return NULL
    day, certain = asked
    held = steps_of_row_on(day, certain=certain)
    certainly = Json(F("held_certainly"))
    return of_rows(held, as_object({"status": Json(F("status")), "certain": certainly}))


@writes(SpeakerField)
def speaker(field: SpeakerField, model: type[Record]) -> Combinable:
    relations = [model._meta.get_field(name) for name in SpeakerField.reads]
    label = {"type": constant(LABEL), "id": NULL, "name": Json(F("speaker_label")), "api_url": NULL}
    return Coalesce(*(speaking(field, relation) for relation in relations), as_object(label))


def speaking(field: SpeakerField, relation: Any) -> Combinable:
    """Return the speaker that a key names; NULL where it names nobody."""
    model = relation.related_model
    named = {
        "type": constant(TYPES[model]),
        "id": plain(F("public_id")),
        "name": Stated(F(NAMES[model])),
        "api_url": address_in_api(field, TYPES[model], model),
    }
    return of_row(referred(relation), as_object(named))


@writes(SupportedRecord)
def supported_record(field: SupportedRecord, model: type[Record]) -> Combinable:
    return by_target(lambda name: of_row(owners(name), owner_of(field, name)))


def owner_of(field: SupportedRecord, name: str) -> Combinable:
    kind, model = RECORDS[name], owner_model(name)
    return as_object(
        {
            "type": constant(kind),
            "id": plain(F("public_id")),
            "api_url": address_in_api(field, kind, model),
        }
    )


def owner_model(name: str) -> Any:
    """Return the model of the record that a citation of `name` is about."""
    model = TARGETS[name]
    return model._meta.get_field(OWNERS[name]).related_model if name in OWNERS else model


def owners(name: str) -> QuerySet[Any]:
    """Return the record that the citation around it is about, itself or by its part."""
    if name not in OWNERS:
        target: Any = Citation._meta.get_field(name)
        return referred(target)
    part: Any = TARGETS[name]._meta.get_field(OWNERS[name])
    key = {part.related_query_name(): OuterRef(f"{name}_id")}
    return part.related_model._base_manager.filter(**key).order_by()


def by_target(json: Callable[[str], Combinable]) -> Case:
    """Return `json` of the name of the key that is set."""
    cases = [When(**{f"{name}__isnull": False}, then=json(name)) for name in TARGETS]
    return Case(*cases, default=NULL)


PROPERTIES[Citation, "target_name"] = lambda: by_target(constant)


def constant(text: str) -> Combinable:
    return Literal(f'"{text}"')


def address_in_api(field: serializers.Field, entry: str, model: type[Record]) -> Combinable:
    mark = MARK.format("")
    return address(field, address_of("", entry, mark), {mark: F(model.KEY)})


def address(field: serializers.Field, path: str, marks: dict[str, Combinable]) -> Combinable:
    """Return the absolute address of `path`, each mark in it replaced by what it stands for."""
    site = Cast(Value(json.dumps(field.context["site"])[1:-1]), TextField())
    pieces = [text for text in re.split(f"({MARK.format('[0-9]*')})", path) if text]
    return plain(site, *(marks.get(text) or Literal(text) for text in pieces))


def marked(
    model: type[Record], marks: dict[str, Combinable], read: Callable[[str], Combinable]
) -> Record:
    """Return a record with a mark in each column that an address may hold; add it to `marks`."""
    record = model()
    for name in {model.KEY: None, "public_id": None}:
        mark = MARK.format(len(marks))
        marks[mark] = read(name)
        setattr(record, name, mark)
    return record


def read_over(relation: Any) -> Callable[[str], Combinable]:
    return lambda name: of_row(referred(relation), F(name))
