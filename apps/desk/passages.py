"""A passage chosen in a source: how it travels to the form that cites it."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.http import QueryDict
from django.urls import reverse

from apps.records.models import (
    Contributor,
    LadderStep,
    Membership,
    Milestone,
    Office,
    Source,
    Statement,
    StrengthFigure,
)

# The field that a passage most often supports; of the rest it is the name.
SUPPORTS: dict[type[models.Model], str] = {
    Contributor: "roles",
    LadderStep: "status",
    Membership: "country",
    Milestone: "expected",
    Office: "title",
    Statement: "words",
    StrengthFigure: "least",
}

NUMBERS = ("source", "paragraph")


def whole_number(text: str) -> int | None:
    """Return the number that `text` writes in at most nine digits; None for anything else."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


@dataclass(frozen=True)
class Chosen:
    """Words of a paragraph that a researcher chose, to be cited by the form that opens."""

    source: int
    paragraph: int
    excerpt: str

    @classmethod
    def of(cls, query: QueryDict) -> "Chosen | None":
        """Return what the address of a form says was chosen; None where it says nothing of it."""
        source, paragraph = (whole_number(query.get(f"cite_{n}", "")) for n in NUMBERS)
        if source is None or paragraph is None:
            return None
        return cls(source, paragraph, query.get("cite_excerpt", "").replace("\0", ""))

    def query(self, **more: str) -> str:
        """Return the query of an address whose form cites this; `more` are fields of the form."""
        chosen = {f"cite_{name}": getattr(self, name) for name in NUMBERS}
        return urlencode({**chosen, "cite_excerpt": self.excerpt, **more})

    def row(self, model: type[models.Model]) -> dict[str, Any]:
        """Return the fields of a citation, filled in, below a record of `model`."""
        row = {"source": self.source, "paragraph": self.paragraph, "excerpt": self.excerpt}
        return {**row, "field": supported_field(model)}

    def passage(self) -> dict[str, Any]:
        """Return what says where it stands, by the names of columns of a citation."""
        return {"source_id": self.source, "paragraph": self.paragraph, "excerpt": self.excerpt}

    @property
    def address(self) -> str:
        """The place where it was chosen."""
        return f"{reading_address(self.source)}#paragraph-{self.paragraph}"

    @cached_property
    def title(self) -> str:
        """What the source is called; "" for one that is not there."""
        return str(Source.objects.filter(pk=self.source).first() or "")


def supported_field(model: type[models.Model]) -> str:
    names = {field.name for field in model._meta.concrete_fields}
    return SUPPORTS.get(model) or next((n for n in ("name", "name_en") if n in names), "")


def reading_address(source: int) -> str:
    return reverse("admin:records_source_read", args=[source])
