"""The change log as a reader sees it: which record, by what name, where, and what differs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from apps.pages import names, relations
from apps.records.models import Record
from apps.revisions.models import Change


@dataclass
class LoggedChange:
    """One change with the record it was made to; None where that is not public in this state."""

    change: Change
    model: type[Record]
    record: Record | None

    @property
    def type(self) -> str:
        return names.type_of(self.model)

    @property
    def title(self) -> str:
        return str(self.record) if self.record else self.change.public_id

    @property
    def address(self) -> str:
        return relations.link_of(self.record) if self.record else ""

    @cached_property
    def fields(self) -> list[str]:
        return sorted({names.field_of(self.model, name) for name in self.change.fields})


def logged(changes: Iterable[Change]) -> list[LoggedChange]:
    """Return `changes` in their order with their records, in a query or few a record type."""
    changes = list(changes)
    models = names.by_model_name()
    wanted: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        wanted[change.record_type].add(change.record_id)
    found = {
        (kind, record.pk): record
        for kind, pks in wanted.items()
        for record in _named(models[kind], pks)
    }
    return [
        LoggedChange(c, models[c.record_type], found.get((c.record_type, c.record_id)))
        for c in changes
    ]


def _named(model: type[Record], pks: set[int]) -> Iterable[Record]:
    return model.objects.filter(pk__in=pks).select_related(*relations.NAMED_BY[model])
