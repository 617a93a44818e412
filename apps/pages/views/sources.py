"""Sources: what was read, paragraph by paragraph."""

from dataclasses import dataclass, field
from typing import Any

from apps.pages import relations
from apps.pages.evidence import by_target
from apps.pages.views.dated import DatedView
from apps.records.models import Citation, Source


@dataclass
class Paragraph:
    """A paragraph of a source, or a run of them that nothing cites."""

    first: int
    last: int
    citations: list[Citation] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many facts rest on it."""
        return len(self.citations)

    @property
    def passages(self) -> list[tuple[str, list[list[Citation]]]]:
        """Each excerpt once, with the facts that rest on it, those of one record together."""
        excerpts = dict.fromkeys(citation.excerpt for citation in self.citations)
        return [
            (excerpt, by_target(c for c in self.citations if c.excerpt == excerpt))
            for excerpt in excerpts
        ]


class SourcePage(DatedView):
    model = Source

    def context(self, record: Source) -> dict[str, Any]:
        citations = Citation.objects.filter(source=record).prefetch_related(
            *relations.TARGETS_NAMED
        )
        paragraphs = cited_paragraphs(list(citations))
        return {
            **super().context(record),
            "runs": runs(paragraphs, record.paragraphs),
            "strip": strip(paragraphs, record.paragraphs),
            "cited_count": len(paragraphs),
            "fact_count": sum(paragraph.count for paragraph in paragraphs),
        }


def cited_paragraphs(citations: list[Citation]) -> list[Paragraph]:
    """Return the paragraphs that are cited, each passage once with the facts that rest on it."""
    cited: dict[int, Paragraph] = {}
    for citation in citations:
        number = citation.paragraph
        paragraph = cited.setdefault(number, Paragraph(number, number))
        paragraph.citations.append(citation)
    return [cited[number] for number in sorted(cited)]


def runs(cited: list[Paragraph], total: int | None) -> list[Paragraph]:
    """Put between the cited paragraphs the runs of those that nothing cites."""
    filled: list[Paragraph] = []
    following = 1
    for paragraph in cited:
        if paragraph.first > following:
            filled.append(Paragraph(following, paragraph.first - 1))
        filled.append(paragraph)
        following = paragraph.last + 1
    if total and following <= total:
        filled.append(Paragraph(following, total))
    return filled


def strip(cited: list[Paragraph], total: int | None) -> list[Paragraph]:
    """Return one cell a paragraph; none where how many there are is not recorded."""
    by_number = {paragraph.first: paragraph for paragraph in cited}
    return [by_number.get(n) or Paragraph(n, n) for n in range(1, (total or 0) + 1)]
