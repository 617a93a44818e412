"""How a page is cited: the text, the BibTeX entry, the address that stays true."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.pages.addresses import state_of, with_parameters

HASH_SHOWN = 12
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{letter: "\\" + letter for letter in "{}$&#_%"},
}


@dataclass(frozen=True)
class CitedPage:
    """A page at one revision of the database, as another text may cite it."""

    title: str
    path: str
    address: str
    revision: int
    made_at: datetime
    hash: str

    @property
    def text(self) -> str:
        """The citation in one line; the hash lets a reader verify what was cited."""
        return _(
            "sahelref, “%(title)s”, revision %(revision)d, %(day)s (%(hash)s). %(address)s"
        ) % {
            "title": self.title,
            "revision": self.revision,
            "day": date_format(self.made_at, "j F Y"),
            "hash": self.hash[:HASH_SHOWN],
            "address": self.address,
        }

    @property
    def bibtex(self) -> str:
        key = re.sub(r"[^a-z0-9]+", "-", self.path.lower()).strip("-")
        return "\n".join(
            [
                f"@misc{{sahelref-{key}-{self.revision},",
                f"  title  = {{{_escaped(self.title)}}},",
                "  author = {{sahelref}},",
                f"  year   = {{{self.made_at.year}}},",
                f"  note   = {{Revision {self.revision}, {self.made_at:%Y-%m-%d},"
                f" SHA-256 {self.hash}}},",
                f"  url    = {{{self.address}}}",
                "}",
            ]
        )


def cited(request: HttpRequest, title: str, path: str) -> CitedPage | None:
    """Return how to cite the page at `path`; None before the first revision."""
    state = state_of(request)
    if state is None or state.made_at is None:
        return None
    address = request.build_absolute_uri(with_parameters(path, as_of=str(state.shown)))
    return CitedPage(title, path, address, state.shown, state.made_at, state.hash)


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(letter, letter) for letter in text)
