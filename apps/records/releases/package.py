"""The Frictionless data package of a release: `datapackage.json` with the codebook in it.

Table Schema and Data Package, version 1, which every tool of theirs reads.
"""

from collections.abc import Mapping
from typing import Any

from apps.records.cells import SEPARATOR
from apps.records.codebook import Column
from apps.records.releases.tables import Table
from apps.records.releases.texts import LICENCE_NAME, LICENCE_URL, TITLE, Frozen
from apps.records.vocabularies import VOCABULARIES

Json = dict[str, Any]


def package(frozen: Frozen, tables: list[Table], written: Mapping[str, Json]) -> Json:
    """Return the descriptor; `written` gives bytes and sha256 of each CSV file by its path."""
    return {
        "profile": "tabular-data-package",
        "name": "sahelref",
        "title": TITLE,
        "version": frozen.name,
        "created": frozen.made_at,
        "description": frozen.notes,
        "licenses": [{"name": "CC-BY-4.0", "title": LICENCE_NAME, "path": LICENCE_URL}],
        "contributors": [{"title": "The sahelref contributors", "role": "author"}],
        "revision": frozen.revision,
        "revision_hash": frozen.hash,
        "resources": [resource(table, written[table.path]) for table in tables],
        "vocabularies": {name: _vocabulary(name) for name in VOCABULARIES},
    }


def resource(table: Table, written: Json) -> Json:
    """Return the description of one CSV file."""
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.path,
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": written["bytes"],
        "hash": f"sha256:{written['sha256']}",
        "schema": schema(table),
    }


def schema(table: Table) -> Json:
    """Return the Table Schema of a table: its fields, its key, what it refers to."""
    described: Json = {"fields": [field(column, table) for column in table.columns]}
    if table.key:
        described["primaryKey"] = table.key
    if references := [_reference(column, table) for column in table.columns if column.refers]:
        described["foreignKeys"] = references
    return described


def field(column: Column, table: Table) -> Json:
    """Return the description of a column; codes of one value are held by `enum`."""
    described: Json = {
        "name": column.name,
        "type": column.type,
        "title": column.label,
        "description": column.description,
    }
    if column.vocabulary:
        described["vocabulary"] = column.vocabulary
    if column.several:
        described["separator"] = SEPARATOR
    if constraints := _constraints(column, table):
        described["constraints"] = constraints
    return described


def _constraints(column: Column, table: Table) -> Json:
    if column.name in ("id", table.key):
        return {"required": True, "unique": True}
    return {"enum": column.allowed} if column.allowed and not column.several else {}


def _reference(column: Column, table: Table) -> Json:
    """A table refers to itself by an empty name."""
    to = "" if column.table == table.name else column.table
    return {"fields": column.name, "reference": {"resource": to, "fields": column.column}}


def _vocabulary(name: str) -> Json:
    vocabulary = VOCABULARIES[name]
    texts = ("title_en", "title_fr", "about_en", "about_fr")
    return {text: getattr(vocabulary, text) for text in texts} | {"terms": vocabulary.entries()}
