"""How a page is cited: in words, and as files that reference managers read."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import pgettext

from apps.pages.addresses import pinned, state_of, with_parameters
from apps.records.models import Record

HASH_SHOWN = 12
AUTHOR = "sahelref"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    **{letter: "\\" + letter for letter in "{}$&#_%"},
}


@dataclass(frozen=True)
class CitedPage:
    """A page at one revision of the database, as another text may cite it.

    `address` always shows that revision, and `hash` is the SHA-256 that proves it. `files` leads
    from the form of a citation file ("bib") to its address.
    """

    title: str
    path: str
    address: str
    revision: int
    made_at: datetime
    hash: str
    whole: bool = True
    files: dict[str, str] = field(default_factory=dict)

    @property
    def short_hash(self) -> str:
        return self.hash[:HASH_SHOWN]

    @property
    def apa_date(self) -> str:
        return date_format(self.made_at, pgettext("date in APA style", "Y, F j"))

    @property
    def chicago_date(self) -> str:
        return date_format(self.made_at, pgettext("date in Chicago style", "F j, Y"))

    @property
    def bibtex(self) -> str:
        fields = {
            "author": f"{{{AUTHOR}}}",
            "title": f"{{{in_latex(self.title)}}}",
            "year": str(self.made_at.year),
            "date": f"{self.made_at:%Y-%m-%d}",
            "version": str(self.revision),
            "note": f"Revision {self.revision}, {self.made_at:%Y-%m-%d}, SHA-256 {self.hash}",
            "url": self.address,
        }
        lines = ",\n".join(f"  {name:<7} = {{{value}}}" for name, value in fields.items())
        return f"@misc{{{self.id},\n{lines}\n}}\n"

    @property
    def ris(self) -> str:
        """The lines of RIS; a value is one line, whatever it held, for a line is a field."""
        fields = [
            ("TY", "DATA"),
            ("ID", self.id),
            ("AU", AUTHOR),
            ("TI", one_line(self.title)),
            ("PY", str(self.made_at.year)),
            ("DA", f"{self.made_at:%Y/%m/%d}"),
            ("ET", f"Revision {self.revision}"),
            ("DB", AUTHOR),
            ("N1", f"SHA-256 of revision {self.revision}: {self.hash}"),
            ("UR", self.address),
            ("ER", ""),
        ]
        return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)

    @property
    def csl(self) -> str:
        day = [self.made_at.year, self.made_at.month, self.made_at.day]
        item: dict[str, Any] = {
            "id": self.id,
            "type": "dataset" if self.whole else "entry",
            "title": one_line(self.title),
            "author": [{"literal": AUTHOR}],
            "issued": {"date-parts": [day]},
            "version": str(self.revision),
            "note": f"SHA-256 of revision {self.revision}: {self.hash}",
            "URL": self.address,
        }
        if not self.whole:
            item["container-title"] = AUTHOR
        return json.dumps([item], ensure_ascii=False, indent=2) + "\n"

    @property
    def id(self) -> str:
        """The key of the citation: that of the page and the revision, in ASCII."""
        words = re.sub(r"[^a-z0-9]+", "-", self.path.lower()).strip("-")
        return "-".join(filter(None, [AUTHOR, words, str(self.revision)]))


@dataclass(frozen=True)
class Form:
    """A kind of citation file: its media type and how it is written."""

    media_type: str
    write: Callable[[CitedPage], str]


# By the end of the file's name.
FORMS = {
    "bib": Form("application/x-bibtex; charset=utf-8", lambda page: page.bibtex),
    "ris": Form("application/x-research-info-systems; charset=utf-8", lambda page: page.ris),
    "json": Form("application/vnd.citationstyles.csl+json", lambda page: page.csl),
}


def cited(request: HttpRequest, title: str, path: str) -> CitedPage | None:
    """Return how to cite the page at `path`; None before the first revision."""
    return _cited(request, title, path, with_parameters(path, as_of=str(_shown(request))))


def cited_whole(request: HttpRequest) -> CitedPage | None:
    """Return how to cite the whole database; None before the first revision."""
    home = reverse("pages:home")
    address = with_parameters(home, as_of=str(_shown(request)))
    files = {form: reverse("pages:cite", args=[form]) for form in FORMS}
    return _cited(request, AUTHOR, home, address, files=files)


def cited_record(request: HttpRequest, title: str, record: Record) -> CitedPage | None:
    """Return how to cite the page of a record; None before the first revision."""
    path = record.get_absolute_url()
    page = f"pages:{record._meta.model_name}-cite"
    files = {form: reverse(page, args=[record.key, form]) for form in FORMS}
    address = pinned(path, _shown(request))
    return _cited(request, title, path, address, whole=False, files=files)


def _shown(request: HttpRequest) -> int:
    state = state_of(request)
    return state.shown if state else 0


def _cited(
    request: HttpRequest,
    title: str,
    path: str,
    address: str,
    *,
    whole: bool = True,
    files: Mapping[str, str] = MappingProxyType({}),
) -> CitedPage | None:
    state = state_of(request)
    if state is None or state.made_at is None:
        return None
    return CitedPage(
        title,
        path,
        request.build_absolute_uri(address),
        state.shown,
        state.made_at,
        state.hash,
        whole,
        {form: with_parameters(file, as_of=str(state.shown)) for form, file in files.items()},
    )


def one_line(text: str) -> str:
    """Return the text without line breaks and control characters, which would end a field."""
    kept = (" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return " ".join("".join(kept).split())


def in_latex(text: str) -> str:
    """Return the text so that LaTeX prints it letter by letter; Unicode stays as it is."""
    return "".join(_LATEX.get(letter, letter) for letter in one_line(text))
