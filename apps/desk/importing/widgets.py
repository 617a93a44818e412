"""How a cell is read and written: texts, codes, numbers, and records by their readable keys.

Each raises ValueError with what would be right; a blank cell is blank, and never a guess.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from import_export.widgets import Widget

from apps.desk.names import with_names
from apps.records.cells import SEPARATOR, joined
from apps.records.models import Country, Record
from apps.records.models.base import ByIdentity

# Of how many records the names are looked through for the one that was meant.
MOST_NAMES = 5_000
MOST_ALLOWED = 40


class TextWidget(Widget):
    """A text, a partial date or an address, as its model field allows it."""

    def __init__(self, field: "models.Field[Any, Any]") -> None:
        super().__init__()
        self.field = field

    def clean(self, value: str, row: Any = None, **_: Any) -> Any:
        return validated(self.field, value.strip())

    def render(self, value: Any, obj: Any = None, **_: Any) -> str:
        return "" if value is None else str(value)


class NumberWidget(TextWidget):
    """A whole number, in digits."""

    def clean(self, value: str, row: Any = None, **_: Any) -> int | None:
        digits = value.strip()
        if digits and not re.fullmatch(r"[0-9]{1,9}", digits, re.ASCII):
            raise ValueError("Write a whole number in digits only: 4500.")
        return None if not digits and self.field.null else validated(self.field, digits or None)


class CodeWidget(TextWidget):
    """One code of a list; blank is what the field is where nothing is stated."""

    def clean(self, value: str, row: Any = None, **_: Any) -> str:
        code = value.strip()
        if not code:
            return str(self.field.get_default())
        return one_of(dict(self.field.flatchoices), code)


class CodesWidget(TextWidget):
    """Several codes of a list, joined by a bar."""

    def clean(self, value: str, row: Any = None, **_: Any) -> list[str]:
        allowed = dict(self.field.base_field.flatchoices)  # type: ignore[attr-defined]
        return [one_of(allowed, code) for code in parts_of(value)]

    def render(self, value: Any, obj: Any = None, **_: Any) -> str:
        return joined(value or [])


class KeyWidget(Widget):
    """A record by its readable key or id, or a part by what identifies it; read as primary key.

    The keys of a whole file are asked for at once (`learn`).
    """

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__()
        self.model = model
        self.known: dict[str, int] = {}
        self._names: dict[str, str] | None = None

    def learn(self, cells: Iterable[str]) -> None:
        for row in self._named({key for cell in cells for key in self.keys_in(cell)}):
            self.known |= dict.fromkeys(names_of(row), row.pk)

    def keys_in(self, cell: str) -> list[str]:
        return [cell.strip()] if cell.strip() else []

    def clean(self, value: str, row: Any = None, **_: Any) -> Any:
        return self.found(value.strip()) if value.strip() else None

    def found(self, key: str) -> int:
        for spelt in (key, key.upper(), key.lower()):
            if spelt in self.known:
                return self.known[spelt]
        raise ValueError(self._unknown(key))

    def render(self, value: Any, obj: Any = None, **_: Any) -> str:
        return key_of(value) if value else ""

    def _named(self, keys: set[str]) -> Iterable[Any]:
        if not keys:
            return []
        rows = with_names(self.model._default_manager.all())
        if issubclass(self.model, Record):
            return rows.with_keys(keys)  # type: ignore[attr-defined]
        assert issubclass(self.model, ByIdentity)
        owners = {key.split(SEPARATOR)[0] for key in keys}
        return rows.filter(**{f"{self.model.identity_lookups()[0]}__in": owners})

    def _unknown(self, key: str) -> str:
        if self._names is None:
            rows = with_names(self.model._default_manager.all())[:MOST_NAMES]
            self._names = {spelt: key_of(row) for row in rows for spelt in (str(row), key_of(row))}
        near = get_close_matches(key, self._names, n=1, cutoff=0.7)
        meant = f" Did you mean “{self._names[near[0]]}” ({near[0]})?" if near else ""
        kind = self.model._meta.verbose_name
        return f"No {kind} here has this key.{meant} Allowed: {how_named(self.model)}."


class KeysWidget(KeyWidget):
    """Several records, joined by a bar; read as primary keys in a fixed order."""

    def keys_in(self, cell: str) -> list[str]:
        return parts_of(cell)

    def clean(self, value: str, row: Any = None, **_: Any) -> tuple[int, ...]:
        return tuple(sorted({self.found(key) for key in parts_of(value)}))

    def render(self, value: Any, obj: Any = None, **_: Any) -> str:
        return joined(sorted(key_of(record) for record in value))


def parts_of(cell: str) -> list[str]:
    """Return the values of a cell that may have several, without blanks and repetitions."""
    return list(dict.fromkeys(part.strip() for part in cell.split(SEPARATOR) if part.strip()))


def validated(field: "models.Field[Any, Any]", value: Any) -> Any:
    """Return the value as the model field reads it. Raises ValueError with its messages."""
    try:
        return field.clean(value, None)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from None


def one_of(allowed: dict[str, Any], code: str) -> str:
    """Return the code. Raises ValueError with the nearest and the codes that are allowed."""
    if code in allowed:
        return code
    labels = {str(label).lower(): key for key, label in allowed.items()}
    near = get_close_matches(code.lower(), [*allowed, *labels], n=1)
    meant = f" Did you mean “{labels.get(near[0], near[0])}”?" if near else ""
    raise ValueError(f"“{code[:80]}” is no code of this list.{meant} Allowed: {listed(allowed)}.")


def listed(codes: Iterable[str]) -> str:
    named = list(codes)
    more = f" and {len(named) - MOST_ALLOWED} more" if len(named) > MOST_ALLOWED else ""
    return ", ".join(named[:MOST_ALLOWED]) + more


def key_of(row: Any) -> str:
    """Return what names the row in a table: its readable key, or what identifies a part."""
    if isinstance(row, Record):
        return row.key
    return joined("" if value is None else value for value in row.natural_key())


def names_of(row: Any) -> list[str]:
    """Return everything that names the row in a table."""
    if isinstance(row, Country):
        return [row.iso2, row.iso3, row.public_id]
    return [row.key, row.public_id] if isinstance(row, Record) else [key_of(row)]


def how_named(model: type[models.Model]) -> str:
    """Say how a row of `model` is named in a table."""
    if model is Country:
        return "two or three letters of ISO 3166-1 (ML, MLI), or the id"
    if issubclass(model, Record):
        return "the id" if model.KEY == "public_id" else f"the {model.KEY} or the id"
    assert issubclass(model, ByIdentity)
    return f"{' | '.join(model.IDENTITY)}, joined by bars without spaces"
