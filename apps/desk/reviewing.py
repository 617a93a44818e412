"""What waits for a reviewer: who wrote it, what differs from the public, who may approve."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Max

from apps.desk import versions
from apps.desk.forms import editor_name
from apps.records.models import Record
from apps.records.vocabularies import Publication
from apps.revisions.tracking import REGISTRY

ONLY = (
    "You wrote part of this, so somebody else publishes it. (Teams of one person set"
    " SAHELREF_APPROVER_MAY_BE_AUTHOR to 1.)"
)


class OwnWork(Exception):
    """Somebody would publish what they wrote themselves."""


def was_public(record: Record) -> int:
    """Return the last revision at whose end the record was public, before the one that is open.

    0 where it never was.
    """
    rows: Any = REGISTRY[type(record)].version._default_manager
    public = rows.filter(row=record.pk, publication=Publication.PUBLISHED)
    ended = public.aggregate(ended=Max("until_revision"))["ended"]
    return int(ended) - 1 if ended else 0


def authors(rows: list[versions.Rows], since: int) -> list[Any]:
    """Return the users who wrote what `rows` hold that is not public yet, the last one first.

    `since` is the last revision that was. To send to review, or back, is not to write.
    """
    wrote = (
        entry.revision.editor
        for entry in versions.entries(rows, after=since)
        if any(_writes(event) for event in entry.events)
    )
    return list(dict.fromkeys(editor for editor in wrote if editor))


def _writes(event: versions.Event) -> bool:
    return event.action != "changed" or event.fields != ["publication"]


def refuse_own_work(user: Any, rows: list[versions.Rows], since: int) -> None:
    """Raise OwnWork where `user` wrote part of what becomes public; see `authors`."""
    if not settings.APPROVER_MAY_BE_AUTHOR and user in authors(rows, since):
        raise OwnWork(ONLY)


@dataclass(frozen=True)
class Waiting:
    """A record in review, as the queue shows it."""

    record: Record
    rows: list[versions.Rows]
    public: int

    @property
    def authors(self) -> str:
        return ", ".join(map(editor_name, authors(self.rows, self.public))) or "a command"

    @property
    def since(self) -> Any:
        """When it was last touched."""
        return versions.entries(self.rows)[0].revision.made_at

    @property
    def newest(self) -> int:
        """The revision that last touched it: what comes after was not seen."""
        return versions.newest(self.rows)

    def events(self) -> Iterable[versions.Event]:
        """Give what differs from the published state: all of it where there is none."""
        return versions.between(self.rows, self.public)
