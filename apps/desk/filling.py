"""What is filled in of a new record that is made of words of a source, beside its citation."""

import re
from collections.abc import Callable

from django.db import models
from django.utils.text import slugify

from apps.desk.named import Named
from apps.desk.reading import Reading
from apps.records.models import (
    Contributor,
    Country,
    Operation,
    Person,
    Statement,
    StrengthFigure,
)
from apps.records.passages import quotation, shortened
from apps.records.vocabularies import QuoteForm

# What can be made of words, by the name that the buttons send.
MADE: dict[str, type[models.Model]] = {
    "statement": Statement,
    "contributor": Contributor,
    "strength": StrengthFigure,
    "operation": Operation,
}
# A number of persons as English and French print it: 150, 4,500, 4 500.
NUMBER = re.compile(r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)|\d+")


def _statement(named: Named, reading: Reading) -> dict[str, str]:
    """Take the words that the source quotes; the journalist's own are not a speaker's."""
    words = quotation(named.paragraph, named.words)
    form = {"quote_form": QuoteForm.DIRECT.value} if words else {}
    return {"words": words, "language": reading.source.language, **form} | _key(
        "speaker_person", named.one(Person)
    )


def _operation(named: Named, reading: Reading) -> dict[str, str]:
    name = shortened(named.words)
    return {"name": name, "slug": slugify(name)}


def _contributor(named: Named, reading: Reading) -> dict[str, str]:
    return _in_operation(named, reading) | _key("country", named.one(Country))


def _strength(named: Named, reading: Reading) -> dict[str, str]:
    """Take the number where there is one only; whether it is a bound is for the researcher."""
    numbers = {re.sub(r"\D", "", found) for found in NUMBER.findall(named.words)}
    figure = numbers.pop() if len(numbers) == 1 else None
    of = _in_operation(named, reading)
    return of | ({"least": figure, "most": figure} if figure else {})


def _in_operation(named: Named, reading: Reading) -> dict[str, str]:
    """Take the operation that is named; else the only one that the source cites so far."""
    known = reading.operations
    only = known[0] if len(known) == 1 else None
    return _key("operation", named.one(Operation) or only)


def _key(field: str, record: models.Model | None) -> dict[str, str]:
    return {field: str(record.pk)} if record else {}


# By what the words are chosen for.
FILLED: dict[str, Callable[[Named, Reading], dict[str, str]]] = {
    "statement": _statement,
    "contributor": _contributor,
    "strength": _strength,
    "operation": _operation,
}
