"""The change log as a reader sees it: which record, by what name, where, and what differs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from apps.pages import differences, names, relations
from apps.pages.addresses import with_parameters
from apps.pages.differences import Compared, Difference
from apps.records.models import TARGETS, Citation, Record
from apps.revisions.models import Change


@dataclass
class LoggedChange:
    """One change with the record it was made to; None where that is not public in this state.

    `compared` is the record before and after, where that was asked for.
    """

    change: Change
    model: type[Record]
    record: Record | None
    compared: Compared | None = None

    @property
    def type(self) -> str:
        return names.type_of(self.model)

    @property
    def title(self) -> str:
        was = self.compared.name if self.compared else ""
        return _title(self.record) if self.record else was or self.change.public_id

    @property
    def address(self) -> str:
        return relations.link_of(self.record) if self.record else ""

    @property
    def last_address(self) -> str:
        """Where a record that was removed can be read as it was right before; else ""."""
        if self.compared is None or self.compared.before is None or self.compared.after:
            return ""
        before = str(self.change.revision_id - 1)
        return with_parameters(self.compared.before.address, as_of=before)

    @property
    def is_new(self) -> bool:
        """Whether the record was not public before, so that nothing was replaced."""
        return self.compared is not None and self.compared.before is None

    @cached_property
    def differences(self) -> list[Difference]:
        return self.compared.differences if self.compared else []

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


def compared(changes: Iterable[Change], *, in_full: bool = True) -> list[LoggedChange]:
    """Return `changes` as `logged` does, and with what differs.

    Unless `in_full`, what was published is named and not told field by field.
    """
    found = logged(changes)
    told = [c.change for c in found if in_full or c.change.action != Change.Action.INSERT]
    comparisons = differences.compared(told)
    for one in found:
        one.compared = comparisons.get(one.change.pk)
    return found


def _title(record: Record) -> str:
    """Return the name of a record among others; a citation is told apart by what it supports."""
    if not isinstance(record, Citation):
        return str(record)
    field = names.field_of(TARGETS[record.target_name], record.field)
    return _("%(field)s: %(passage)s") % {"field": field, "passage": record}


def _named(model: type[Record], pks: set[int]) -> Iterable[Record]:
    return model.objects.filter(pk__in=pks).select_related(*relations.NAMED_BY[model])
