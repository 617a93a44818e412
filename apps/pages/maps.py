"""Maps as a template draws them: outlines are data, made from Natural Earth (data/README.md)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from apps.records.models import Contributor, Country
from apps.records.vocabularies import LadderStatus

DATA = Path(__file__).resolve().parent / "data"
DARKEST = 4
OUTLINED = "un"
PROMISED = {
    LadderStatus.REQUESTED,
    LadderStatus.CONSIDERED,
    LadderStatus.ANNOUNCED,
    LadderStatus.CONDITIONAL,
    LadderStatus.COMMITTED,
}
# What the drawings name beside the countries that are records.
AROUND = {"Algeria": gettext_lazy("Algeria"), "Libya": gettext_lazy("Libya")}
ENDED = {LadderStatus.WITHDRAWN, LadderStatus.DECLINED}


@dataclass(frozen=True)
class Shape:
    """A country on a map: its outline, where its name stands, how it is filled and why."""

    country: Country
    path: str
    x: int
    y: int
    fill: str = ""
    count: int = 0
    word: str = ""


@dataclass(frozen=True)
class Map:
    """A drawing and the countries on it that are records; `data` holds land, borders, labels."""

    data: dict[str, Any]
    shapes: list[Shape]

    @property
    def unlinked(self) -> list[str]:
        """The outlines of countries that are no records in this state."""
        linked = {shape.country.iso2 for shape in self.shapes}
        outlined = self.data["countries"].items()
        return [outline["path"] for code, outline in outlined if code not in linked]

    @property
    def context(self) -> list[tuple[str, int, int]]:
        """The names, and where they stand, of what lies around."""
        return [(str(AROUND[name]), x, y) for name, x, y in self.data.get("context", [])]

    @property
    def filled(self) -> list[Shape]:
        return [shape for shape in self.shapes if shape.fill]

    @property
    def has_outlined(self) -> bool:
        return any(shape.fill == OUTLINED for shape in self.shapes)


def theatre(counts: Mapping[str, int]) -> Map:
    """Return the theatre with each country filled by `counts`, of its ISO alpha-2 code."""
    most = max(counts.values(), default=0)
    return Map(
        outlines("theatre"),
        [
            _shape(
                "theatre",
                country,
                fill=_level(counts.get(country.iso2, 0), most),
                count=counts.get(country.iso2, 0),
            )
            for country in _drawn("theatre")
        ],
    )


def located(country: Country) -> Map | None:
    """Return the theatre with `country` alone filled; None where it is not on that map."""
    if country.iso2 not in outlines("theatre")["countries"]:
        return None
    return theatre({country.iso2: 1})


def undrawn(contributors: Iterable[Contributor]) -> list[Country]:
    """Return the countries among `contributors` that lie outside the inset of Europe."""
    drawn = outlines("europe")["countries"]
    return [c.country for c in contributors if c.country and c.country.iso2 not in drawn]


def europe(contributors: Iterable[Contributor]) -> Map | None:
    """Return the inset of Europe, contributors as `_contribution` fills them; None without any."""
    by_code = {c.country.iso2: c for c in contributors if c.country is not None}
    shapes = [
        _shape("europe", country, fill=fill, word=word)
        for country in _drawn("europe")
        for fill, word in [_contribution(by_code.get(country.iso2))]
    ]
    drawn = Map(outlines("europe"), shapes)
    return drawn if drawn.filled else None


@lru_cache
def outlines(name: str) -> dict[str, Any]:
    """Return the paths and labels of the drawing called `name`."""
    drawing: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text())
    return drawing


def _drawn(name: str) -> list[Country]:
    return list(Country.objects.filter(iso2__in=outlines(name)["countries"]).order_by("iso2"))


def _shape(name: str, country: Country, **shown: Any) -> Shape:
    outline = outlines(name)["countries"][country.iso2]
    return Shape(country, outline["path"], *outline["label"], **shown)


def _level(count: int, most: int) -> str:
    """Return the fill for `count`: n1 the lightest, n4 for the most."""
    return f"n{max(1, round(DARKEST * count / most))}" if count else ""


def _contribution(contributor: Contributor | None) -> tuple[str, str]:
    """Return the fill and the word for where a contribution stands.

    One that is over, or of which no status is stated, is outlined: neither promised nor done.
    """
    if contributor is None:
        return "", ""
    step = max(contributor.ladder.all(), key=lambda one: one.place, default=None)
    if step is None:
        return OUTLINED, gettext("status not stated")
    word = str(step.get_status_display())
    if step.status in ENDED:
        return OUTLINED, word
    return "an" if step.status in PROMISED else "on", word
