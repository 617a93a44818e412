"""Statements."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.text import Truncator

from apps.pages import days, relations
from apps.pages.views.dated import DatedView
from apps.records.models import Part, Record, RecordQuerySet, Statement

WORDS_DESCRIBED = 40


class StatementPage(DatedView):
    model = Statement

    def records(self) -> RecordQuerySet:
        return relations.statements()

    def description(self, record: Statement) -> str:
        said = Truncator(record.words or record.summary).words(WORDS_DESCRIBED)
        return f"{record.speaker}: {said}"

    def context(self, record: Statement) -> dict[str, Any]:
        self.alike = list(on_the_same_occasion(record)[:5])
        return {**super().context(record), "alike": self.alike}

    def on_a_day(self, record: Statement, day: date) -> days.OnADay:
        return days.of_statement(record, day)

    def targets(self, record: Statement) -> list[Record | Part]:
        return [record, *self.alike]


def on_the_same_occasion(statement: Statement) -> "QuerySet[Statement]":
    """Return the other statements of the same occasion and date; none where neither is stated."""
    if not statement.occasion or not statement.said:
        return Statement.objects.none()
    # Its first day finds them by the index that orders statements.
    first = statement.said_earliest
    same = {"occasion": statement.occasion, "said": statement.said, "said_earliest": first}
    return relations.statements().filter(**same).exclude(pk=statement.pk)
