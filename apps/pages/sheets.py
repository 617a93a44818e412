"""What tags and macros ask of the page on which they show something."""

from collections.abc import Container
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from apps.pages import clocks, facts, names, relations, wording
from apps.pages.evidence import Evidence, Passage
from apps.pages.macros import macro
from apps.records.models import Part, Record, Source


class Sheet:
    """One page: its addresses and its evidence.

    `evidence` is None where none is shown. `certain` are the keys of the records of which it is
    certain that they are what was asked of a day; None where no day is.
    """

    def __init__(
        self, request: Any, evidence: Evidence | None, certain: Container[int] | None
    ) -> None:
        self.evidence = evidence
        self.in_english = wording.in_english()
        self._request = request
        self._certain = certain
        self._source_lines: dict[int, str] = {}

    @classmethod
    def of(cls, context: Any) -> "Sheet":
        """Return the page that a template is rendered for."""
        # A partial that is rendered by itself is given no request, and asks for no address.
        request = getattr(context, "request", None)
        return cls(request, context.get("evidence"), context.get("certain"))

    def address(self, target: Record | Part | str) -> str:
        """Return the address of a record, a part or a page at the revision and day asked for."""
        path = target if isinstance(target, str) else relations.link_of(target)
        return clocks.keep(self._request, path) if self._has_clock else path

    @cached_property
    def _has_clock(self) -> bool:
        """Whether the page is of a revision or a day that its addresses keep."""
        return clocks.keep(self._request, "/") != "/"

    def marks(self, target: Record | Part, fields: str) -> str:
        """Show the numbered marks of the evidence for `fields`, or that there is none."""
        if self.evidence is None:
            return ""
        passages = self.evidence.of(target, fields)
        uncited = self.evidence.uncited(target, fields)
        # A page shows the same marks over and over: each is rendered once.
        shown = tuple(passage.number for passage in passages), type(target), *uncited
        if shown not in self.evidence.marked:
            bare = _bare(target, uncited, named=bool(passages))
            self.evidence.marked[shown] = _marked(passages, bare)
        return self.evidence.marked[shown]

    def bare(self, target: Record | Part, fields: str) -> str:
        """Say where no passage is cited for `fields`, whose marks stand elsewhere."""
        if self.evidence is None:
            return ""
        uncited = self.evidence.uncited(target, fields)
        cited = bool(self.evidence.cited(target, fields))
        return _marked([], _bare(target, uncited, named=cited))

    def held(self, record: Record) -> str:
        """Say of a record in a list whether it is certainly what was asked of the day."""
        return "" if self._certain is None else macro("marks.held")(record.pk in self._certain)

    def once(self, name: str, passage: Passage) -> str:
        """Show a passage by the macro `name`: once, though it stands by the fact and in a list."""
        if name not in passage.shown:
            passage.shown[name] = macro(f"passages.{name}")(self, passage)
        return passage.shown[name]

    def source_line(self, source: Source) -> str:
        """Say what kind of source it is and when it came out; once for each source of the page."""
        if source.pk not in self._source_lines:
            self._source_lines[source.pk] = wording.source_line(source)
        return self._source_lines[source.pk]


def _marked(passages: list[Passage], bare: str) -> str:
    return macro("marks.marks")(passages, bare, facts.language())


def _bare(target: Record | Part, uncited: list[str], *, named: bool) -> str:
    """Return words for the values that no passage is cited for; `named` says which they are."""
    if not uncited:
        return ""
    if not named:
        return gettext("no passage cited")
    which = ", ".join(names.field_of(type(target), name) for name in uncited)
    return gettext("no passage cited: %(fields)s") % {"fields": which}
