"""Statements."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from apps.pages import facts, relations
from apps.pages.views.records import RecordView
from apps.records.models import Part, Record, RecordQuerySet, Statement


class StatementPage(RecordView):
    model = Statement

    def records(self) -> RecordQuerySet:
        return relations.statements()

    def title(self, record: Statement) -> str:
        day = record.said.human(facts.language()) if record.said else _("date not stated")
        return _("%(speaker)s, %(day)s") % {"speaker": record.speaker, "day": day}

    def context(self, record: Statement) -> dict[str, Any]:
        self.alike = list(_on_the_same_occasion(record)[:5])
        return {**super().context(record), "alike": self.alike}

    def targets(self, record: Statement) -> list[Record | Part]:
        return [record, *self.alike]


def _on_the_same_occasion(statement: Statement) -> "QuerySet[Statement]":
    """Return the other statements of the same occasion and date; none where neither is stated."""
    if not statement.occasion or not statement.said:
        return Statement.objects.none()
    same = {"occasion": statement.occasion, "said": statement.said}
    return relations.statements().filter(**same).exclude(pk=statement.pk)
