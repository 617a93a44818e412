"""Reading as the public does: one snapshot, one revision, as the role that sees only views."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import DatabaseError, connections, transaction

if TYPE_CHECKING:
    from apps.revisions.models import Revision

PUBLIC = "public"

_reading: ContextVar[bool] = ContextVar("reading_publicly", default=False)


@dataclass(frozen=True)
class State:
    """The state of the database that an answer shows.

    `shown` is the revision shown and `newest` the last one made; they differ in an as-of read.
    `made_at` and `hash` are those of `shown`: None and "" before the first revision.
    """

    shown: int
    newest: int
    made_at: datetime | None
    hash: str

    @property
    def is_past(self) -> bool:
        """Whether the reader asked for a revision that is not the newest."""
        return self.shown != self.newest


def reading_publicly() -> bool:
    """Whether every query of this context goes to the `public` database."""
    return _reading.get()


@contextmanager
def reading(as_of: str = "") -> Iterator[State]:
    """Read the published rows, of now or as of a past revision, in one snapshot.

    All queries in the block go to the `public` database. Raises BadParameter for an `as_of` that
    names no state (as_of.py).
    """
    token = _reading.set(True)
    try:
        with transaction.atomic(using=PUBLIC):
            try:
                yield _enter(as_of)
            finally:
                _leave()
    finally:
        _reading.reset(token)


def _enter(as_of: str) -> State:
    from apps.revisions.as_of import shown_revision
    from apps.revisions.models import Revision

    _search("published", 0)
    newest = Revision.objects.newest()
    number = newest.number if newest else 0
    shown = shown_revision(as_of, number) if as_of else number
    if shown == number:
        return _state(newest, shown, number)
    _search("as_of", shown)
    return _state(Revision.objects.newest(), shown, number)


def _state(revision: "Revision | None", shown: int, newest: int) -> State:
    if revision is None:
        return State(shown, newest, None, "")
    return State(shown, newest, revision.made_at, revision.hash)


def _search(schema: str, shown: int) -> None:
    """Choose the views for this transaction only, so that nothing leaks to the next request."""
    with connections[PUBLIC].cursor() as cursor:
        cursor.execute(
            "SELECT set_config('search_path', %s, true), set_config('sahelref.as_of', %s, true)",
            [f"{schema}, extensions", str(shown)],
        )


def _leave() -> None:
    # Inside an outer transaction (a test) the settings would outlive the block.
    if connections[PUBLIC].savepoint_ids:
        with suppress(DatabaseError):
            _search("published", 0)
