"""Sources: what was read, paragraph by paragraph."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from apps.pages import addresses, relations
from apps.pages.evidence import by_target
from apps.pages.views.dated import DatedView
from apps.records.models import Citation, RecordQuerySet, Source

# A source that everything cites has thousands of facts: a page shows the first of a paragraph.
FACTS_SHOWN = 25


@dataclass
class Paragraph:
    """A paragraph of a source, or a run of them that nothing cites.

    `count` is how many facts rest on it; `citations` the first of them, those that are shown.
    """

    first: int
    last: int
    count: int = 0
    citations: list[Citation] = field(default_factory=list)

    @property
    def unshown(self) -> int:
        """How many facts rest on it beside those that are shown."""
        return self.count - len(self.citations)

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
        paragraphs = cited_paragraphs(Citation.objects.filter(source=record))
        api = reverse("api:citations-list")
        return {
            **super().context(record),
            "all_facts": addresses.keep_as_of(
                self.request, addresses.with_parameters(api, source=record.key)
            ),
            "runs": runs(paragraphs, record.paragraphs),
            "strip": strip(paragraphs, record.paragraphs),
            "cited_count": len(paragraphs),
            "fact_count": sum(paragraph.count for paragraph in paragraphs),
        }


def cited_paragraphs(citations: RecordQuerySet) -> list[Paragraph]:
    """Return the paragraphs that are cited, each with the first facts that rest on it."""
    counts = citations.order_by("paragraph").values_list("paragraph").annotate(Count("pk"))
    cited = {number: Paragraph(number, number, count) for number, count in counts}
    place = Window(RowNumber(), partition_by="paragraph", order_by="pk")
    first = citations.annotate(place=place).filter(place__lte=FACTS_SHOWN)
    for citation in first.prefetch_related(*relations.TARGETS_NAMED):
        cited[citation.paragraph].citations.append(citation)
    return list(cited.values())


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
