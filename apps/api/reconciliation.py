"""Reads the questions of OpenRefine (Reconciliation Service API 0.2) and writes the answers.

Whatever cannot be read is refused with BadParameter, which names the form field and what is
allowed: `queries` and `extend` are JSON inside a parameter.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from apps.records.catalogue import Entry
from apps.records.cells import Cell
from apps.records.codebook import Column, columns_of
from apps.records.likeness import Named
from apps.records.reconciling import MOST, TYPES, USUAL, Candidate, values_of, with_ids
from apps.revisions.parameters import BadParameter, composed

QUERIES, EXTEND = "queries", "extend"
# How many questions, or records to extend, one request may have.
BATCH = 25
MOST_PROPERTIES = 20
STRICT = ("any", "should", "all")

Object = dict[str, Any]


@dataclass(frozen=True)
class Query:
    """One question: which record is meant. A blank cell of a table means none."""

    text: str
    types: tuple[str, ...]
    limit: int
    properties: Mapping[str, tuple[str, ...]]


def refuse(field: str, value: object, allowed: str | Collection[str], reason: str = "") -> NoReturn:
    raise BadParameter(field, str(value)[:200], allowed, reason)


def read_json(field: str, text: str) -> Object:
    """Return the JSON object in a parameter. Raises BadParameter."""
    try:
        read = json.loads(text, parse_constant=_no_number)
        json.dumps(read, ensure_ascii=False).encode()  # no halves of surrogate pairs
    except (ValueError, RecursionError):
        refuse(field, text, "a JSON object", f"`{field}` is not JSON.")
    if not isinstance(read, dict):
        refuse(field, text, "a JSON object", f"`{field}` is JSON, and not an object.")
    return read


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")


def queries_in(text: str) -> dict[str, Query]:
    """Return the questions of a batch by their keys. Raises BadParameter."""
    batch = read_json(QUERIES, text)
    if len(batch) > BATCH:
        reason = f"The batch has {len(batch)} queries."
        refuse(QUERIES, len(batch), f"at most {BATCH} queries at once", reason)
    return {key: _query(key, each) for key, each in batch.items()}


def _query(key: str, given: Any) -> Query:
    told = given if isinstance(given, dict) else {}
    text = told.get("query")
    if not isinstance(text, str):
        reason = f"The query {key[:40]} has no text."
        refuse(QUERIES, given, 'an object with a text: {"query": "Barkhane"}', reason)
    if told.get("type_strict", "any") not in STRICT:
        refuse(QUERIES, told["type_strict"], STRICT)
    return Query(
        text=composed(QUERIES, text.strip()),
        types=_types(told.get("type")),
        limit=_limit(told.get("limit", USUAL)),
        properties=_properties(told.get("properties", [])),
    )


def _types(given: Any) -> tuple[str, ...]:
    """Return the types named, none for all; an older client names one by an object."""
    each = given if isinstance(given, list) else [given]
    names = [one.get("id") if isinstance(one, dict) else one for one in each]
    return tuple(dict.fromkeys(type_of(QUERIES, name) for name in names if name))


def type_of(field: str, name: Any) -> str:
    """Return `name`, which is that of a type. Raises BadParameter."""
    if name not in list(TYPES):
        refuse(field, name, list(TYPES))
    return str(name)


def _limit(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int | float) or not given >= 1:
        refuse(QUERIES, given, f"a limit from 1 to {MOST}", "The limit is not a number above 0.")
    return int(min(given, MOST))


def _properties(given: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(given, list) or len(given) > MOST_PROPERTIES:
        refuse(QUERIES, given, f"a list of at most {MOST_PROPERTIES} properties")
    return dict(_property(each) for each in given)


def _property(given: Any) -> tuple[str, tuple[str, ...]]:
    if not isinstance(given, dict) or "pid" not in given or "v" not in given:
        refuse(QUERIES, given, 'properties such as {"pid": "iso2", "v": "ML"}')
    values = given["v"] if isinstance(given["v"], list) else [given["v"]]
    texts = [str(text) for value in values for text in _texts(value)]
    return property_of(QUERIES, given["pid"]), tuple(composed(QUERIES, text) for text in texts)


def _texts(value: Any) -> list[Any]:
    """Return the texts of a value, which may be a record: its id and its name."""
    return list(value.values()) if isinstance(value, dict) else [value]


def property_of(field: str, name: Any) -> str:
    """Return `name`, which is that of an export column of some type. Raises BadParameter."""
    known = list(properties_of())
    if name not in known:
        refuse(field, name, known)
    return str(name)


def properties_of(types: Collection[str] = ()) -> dict[str, Column]:
    """Return the columns that the types have, by name; of all types where none is named."""
    return {
        column.name: column for name in types or TYPES for column in columns_of(TYPES[name].entry)
    }


def as_type(entry: Entry) -> dict[str, str]:
    return {"id": entry.name, "name": entry.title}


def described(entry: Entry, named: Named) -> str:
    """Return a few words that tell the record from others of its name."""
    return f"{entry.model._meta.verbose_name}: {named.key}"


def as_result(candidate: Candidate) -> Object:
    """Return a candidate as the protocol has it."""
    return {
        "id": candidate.named.public_id,
        "name": candidate.named.label,
        "description": described(candidate.entry, candidate.named),
        "type": [as_type(candidate.entry)],
        "score": candidate.score,
        "match": candidate.certain,
        "features": [
            {"id": "name_likeness", "value": candidate.likeness},
            {"id": "name_or_code_is_the_same", "value": candidate.exact},
        ],
    }


def extended(text: str) -> Object:
    """Return the properties of records that `extend` asks for. Raises BadParameter."""
    asked = read_json(EXTEND, text)
    ids = asked.get("ids")
    if not isinstance(ids, list) or len(ids) > BATCH or not all(_is_id(each) for each in ids):
        refuse(EXTEND, ids, f"a list of at most {BATCH} public ids")
    names = _names(asked.get("properties"))
    columns, records = properties_of(), with_ids(ids)
    return {
        "meta": [{"id": name, "name": columns[name].label} for name in names],
        "rows": {each: _row(records.get(each), names) for each in ids},
    }


def _is_id(given: Any) -> bool:
    return isinstance(given, str) and len(given) <= 40 and "\0" not in given


def _names(given: Any) -> list[str]:
    if not isinstance(given, list) or len(given) > MOST_PROPERTIES:
        refuse(EXTEND, given, 'a list of properties such as {"id": "iso2"}')
    named = [each.get("id") if isinstance(each, dict) else each for each in given]
    return [property_of(EXTEND, name) for name in named]


def _row(found: tuple[Entry, Any] | None, names: list[str]) -> Object:
    has = values_of(*found) if found else {}
    return {name: [_value(cell) for cell in has.get(name, [])] for name in names}


def _value(cell: Cell) -> Object:
    return {"int": cell} if isinstance(cell, int) else {"str": str(cell)}
