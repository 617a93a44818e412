"""What was withdrawn: the rules of it, and what an address of it answers instead of a record."""

from django.http import Http404

from apps.records.catalogue import CATALOGUE, Entry
from apps.records.models import Record
from apps.records.models.base import storable
from apps.records.near_keys import NoRecord
from apps.records.written import for_each, versions
from apps.revisions.models import Successor, Withdrawn
from apps.revisions.public import reading
from apps.revisions.rules import Rule, register
from apps.revisions.tracking import REGISTRY

PUBLISHED = "publication = 'published'"


class WasWithdrawn(Http404):
    """A record of `entry` that was public and is not any more; `row` says why and since when."""

    def __init__(self, entry: Entry, row: Withdrawn) -> None:
        self.entry, self.row = entry, row
        super().__init__(f"Withdrawn on {row.made_at:%Y-%m-%d}, revision {row.revision}.")

    @property
    def last_revision(self) -> int | None:
        """The last revision that has the record; None where its past is hidden."""
        return None if self.row.withheld else self.row.revision - 1

    def as_it_was(self) -> Record | None:
        """Return the record as it last was; None where its past is hidden. A query or two."""
        if self.last_revision is None:
            return None
        with reading(str(self.last_revision)):
            found = self.entry.model.objects.for_reading().filter(public_id=self.row.public_id)
            record: Record | None = found.first()
            return record


def absent(entry: Entry, key: str) -> Http404:
    """Return why no record of the state that is read has the key: withdrawn, or never there."""
    record_type = str(entry.model._meta.model_name)
    if storable([key]):
        for name in (key, *Successor.objects.after(record_type, key)):
            if row := Withdrawn.objects.called(record_type, name).first():
                return WasWithdrawn(entry, row)
    return NoRecord(entry, key)


def register_all() -> None:
    """Put the rules of withdrawing in force; called once the models are loaded."""
    for entry in CATALOGUE.values():
        register(_was_public(entry))
        register(_has_a_reason_to_come_back(entry))
        register(_stays(entry))


def _was_public(entry: Entry) -> Rule:
    tracking = REGISTRY[entry.model]
    return Rule(
        name=f"withdrawn_{entry.model._meta.model_name}_was_public",
        message="Only what is published can be withdrawn.",
        tables=(tracking.table,),
        query=for_each(
            versions(tracking.table, where="withdrawal_reason > ''"),
            f"""
            SELECT t.public_id FROM public.{tracking.table} AS t
            WHERE t.id = w.id AND NOT EXISTS (SELECT FROM public.{tracking.history} AS p
                WHERE p.id = w.id AND p.{PUBLISHED})
            """,
        ),
    )


def _has_a_reason_to_come_back(entry: Entry) -> Rule:
    tracking = REGISTRY[entry.model]
    return Rule(
        name=f"withdrawn_{entry.model._meta.model_name}_comes_back_with_a_reason",
        message="Say why what was withdrawn is published again: the reason is public.",
        tables=(tracking.table,),
        query=for_each(
            versions(
                tracking.table, end="until", where=f"withdrawal_reason > '' AND NOT {PUBLISHED}"
            ),
            f"""
            SELECT t.public_id FROM public.{tracking.table} AS t
            JOIN public.revisions_revision AS r ON r.number = $1
            WHERE t.id = w.id AND t.{PUBLISHED} AND r.reason !~ '\\S'
            """,
        ),
    )


def _stays(entry: Entry) -> Rule:
    """A record that goes on in another may go: its addresses lead there."""
    tracking = REGISTRY[entry.model]
    record_type = entry.model._meta.model_name
    return Rule(
        name=f"withdrawn_{record_type}_stays",
        message="What was withdrawn cannot be removed: its address says why it is not public.",
        tables=(tracking.table,),
        query=for_each(
            versions(
                tracking.table, end="until", where=f"withdrawal_reason > '' AND NOT {PUBLISHED}"
            ),
            f"""
            SELECT p.public_id FROM public.{tracking.history} AS p
            WHERE p.id = w.id AND p.until_revision = $1
                AND NOT EXISTS (SELECT FROM public.{tracking.table} AS t WHERE t.id = w.id)
                AND NOT EXISTS (SELECT FROM public.revisions_successor AS s
                    WHERE s.record_type = '{record_type}' AND s.former_id = p.public_id)
            """,
        ),
    )
