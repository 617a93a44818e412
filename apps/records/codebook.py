"""What each column of an export means: its type, its codes, what it refers to.

Read by the releases and by the reconciliation service. The texts are those of the models, so that
a researcher who fills a field and a stranger who reads it are told the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from apps.records.catalogue import CATALOGUE, Entry
from apps.records.fields import PartialDateField
from apps.records.models import TARGETS
from apps.records.vocabularies import VOCABULARIES

TEXT, INTEGER = "string", "integer"


@dataclass(frozen=True)
class Column:
    """One column.

    `type` is that of Table Schema. `vocabulary` names a list of VOCABULARIES, `codes` are further
    codes that need no list. Of `several` values each stands between `|`. `table` and `column` are
    what a value refers to; "" where it refers to nothing.
    """

    name: str
    description: str
    title: str = ""
    type: str = TEXT
    vocabulary: str = ""
    codes: tuple[str, ...] = ()
    several: bool = False
    table: str = ""
    column: str = ""

    @property
    def label(self) -> str:
        """The name as people read it."""
        return self.title or _sentence(self.name.replace("_", " "))

    @property
    def refers(self) -> bool:
        """Whether the whole value is the key of one row of another table."""
        return bool(self.table) and not self.several

    @property
    def allowed(self) -> list[str]:
        """The codes that a value is one of; none where it is free."""
        return VOCABULARIES[self.vocabulary].values if self.vocabulary else list(self.codes)


ID = Column("id", "Stable public id: twelve letters and digits, never changed, never used again.")

# The columns that no field of the same name describes.
OWN: dict[str, tuple[Column, ...]] = {
    "countries": (
        Column(
            "organizations",
            "Organizations that it belongs to. By slug.",
            several=True,
            table="organizations",
            column="slug",
        ),
    ),
    "organizations": (
        Column(
            "members",
            "Countries that belong to it. By iso2.",
            several=True,
            table="countries",
            column="iso2",
        ),
    ),
    "people": (Column("offices", "Titles of the offices held.", several=True),),
    "contributors": (
        Column("name", "Name of the country or organization."),
        Column("status", "Status of the last step of the ladder.", vocabulary="ladder-status"),
        Column("status_since", "When that status took hold."),
        Column("status_expected", "For when it was promised."),
        Column(
            "ladder", "Statuses of all steps, in order.", vocabulary="ladder-status", several=True
        ),
        Column(
            "status_on_day",
            "Statuses that may have held on the day that `on` asks for; blank where none was asked"
            " for, as in a release.",
            vocabulary="ladder-status",
            several=True,
        ),
    ),
    "strengths": (Column("contributor_name", "Name of the contributor whose share it is."),),
    "statements": (Column("speaker", "Who said it: the name, or how the source puts it."),),
    "citations": (
        Column("record_type", "Kind of record or part that it supports.", codes=tuple(TARGETS)),
        Column("record", "Readable key of the record that it supports, or that the part is of."),
        Column("record_name", "Name of what it supports."),
    ),
}


def columns_of(entry: Entry) -> tuple[Column, ...]:
    """Return what each column of the exports of `entry` means, in their order."""
    return tuple(_column(entry, name) for name in entry.columns)


def _column(entry: Entry, name: str) -> Column:
    if name == "id":
        return ID
    own = (column for column in OWN.get(entry.name, ()) if column.name == name)
    return next(own, None) or column_of(entry.model, name)


def column_of(model: type[models.Model], name: str) -> Column:
    """Return what the column of the field `name` means; a nameless one says so by its name."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return Column(name, "")
    assert isinstance(field, models.Field)
    return _referring(field) if field.is_relation else _plain(field)


def _referring(field: "models.Field[Any, Any]") -> Column:
    (entry,) = (each for each in CATALOGUE.values() if each.model is field.related_model)
    column = entry.model.KEY.replace("public_id", "id")
    title = _sentence(str(field.verbose_name))
    told = f"{field.help_text or title}".rstrip(".")
    several = field.many_to_many is True
    return Column(
        field.name, f"{told}. By {column}.", title, several=several, table=entry.name, column=column
    )


def _plain(field: "models.Field[Any, Any]") -> Column:
    coded = field.base_field if isinstance(field, ArrayField) else field
    vocabulary = _vocabulary(tuple(code for code, _ in coded.flatchoices))
    title = _sentence(str(field.verbose_name))
    about = VOCABULARIES[vocabulary].about_en if vocabulary else f"{title}."
    dated = " An EDTF text: 2020, 2020-01, 2020-01~." if _is_date(field) else ""
    return Column(
        field.name,
        f"{field.help_text or about}{dated}",
        title,
        type=INTEGER if isinstance(field, models.IntegerField) else TEXT,
        vocabulary=vocabulary,
        several=isinstance(field, ArrayField),
    )


def _is_date(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, PartialDateField)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _vocabulary(codes: tuple[Any, ...]) -> str:
    """Return the name of the list with exactly these codes; "" for a field without choices."""
    names = (name for name, each in VOCABULARIES.items() if tuple(each.values) == codes)
    return next(names, "")


def terms() -> Iterator[dict[str, str]]:
    """Give every code of every list, with its labels, definitions and source."""
    for name, vocabulary in VOCABULARIES.items():
        for term in vocabulary.entries():
            yield {"vocabulary": name, **term}
