"""Reading as the public does: one snapshot, one revision, as the role that sees only views."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import DatabaseError, connections, transaction

if TYPE_CHECKING:
    from apps.revisions.models import Revision

PUBLIC = "public"

# The reader's role has these too, but a role that an operator made may not.
LIMITS = {"transaction_read_only": "on", "statement_timeout": "2s"}
# A client may read slowly, and the first rows of a long list take longer than a page.
PATIENCE = {**LIMITS, "statement_timeout": "60s", "idle_in_transaction_session_timeout": "2min"}

# Seconds until the connection gives up, where it can: a little longer than its statements may take.
ANSWER_WITHIN, PATIENTLY = 3.0, 65.0

NOW = ("published", 0)
NEWEST = "SELECT number, hash FROM published.revisions_revision ORDER BY number DESC LIMIT 1"

# The state that is read, for what keeps answers by it.
_state_read: ContextVar["State | None"] = ContextVar("state_read", default=None)
_reading: ContextVar[bool] = ContextVar("reading_publicly", default=False)
# The schema that is searched and the revision shown: what a block inside another puts back.
_searched: ContextVar[tuple[str, int]] = ContextVar("searched", default=NOW)


@dataclass(frozen=True)
class State:
    """The state of the database that an answer shows.

    `shown` is the revision shown and `newest` the last one made; they differ in an as-of read.
    `made_at` and `hash` are those of `shown`: None and "" before the first revision. `changed_at`
    is when the newest was made, to the second; None where the one before was made in that second.
    """

    shown: int
    newest: int
    made_at: datetime | None
    hash: str
    changed_at: datetime | None = None

    @property
    def fingerprint(self) -> str:
        """Return what tells this state from all others; "" before the first revision.

        The hash of the revision shown, and not its number, which another database has too. What a
        past revision shows can become less: then the newest one counts as well (hiding.py).
        """
        return f"{self.hash}:{self.newest}" if self.hash and self.is_past else self.hash

    @property
    def is_past(self) -> bool:
        """Whether the reader asked for a revision that is not the newest."""
        return self.shown != self.newest


def state_read() -> State | None:
    """Return the state that this context reads publicly; None where it reads as the desk does."""
    return _state_read.get()


def newest_state() -> tuple[int, str]:
    """Return number and hash of the newest revision, in one short query; (0, "") before any."""
    with connections[PUBLIC].cursor() as cursor:
        cursor.execute(NEWEST)
        return cursor.fetchone() or (0, "")


def reading_publicly() -> bool:
    """Whether every query of this context goes to the `public` database."""
    return _reading.get()


@contextmanager
def reading(as_of: str = "", *, patient: bool = False) -> Iterator[State]:
    """Read the published rows, of now or as of a past revision, in one snapshot.

    All queries in the block go to the `public` database. A `patient` block outlasts the time
    limits of a public request, for an answer that is streamed. A block inside another reads
    another state of the same snapshot, and the outer one goes on with its own. Raises BadParameter
    for an `as_of` that names no state (as_of.py).
    """
    token, outer = _reading.set(True), _searched.get()
    if patient or outer is NOW:
        vars(connections[PUBLIC])["answer_within"] = PATIENTLY if patient else ANSWER_WITHIN
    try:
        with transaction.atomic(using=PUBLIC):
            if patient or outer is NOW:
                _set(PATIENCE if patient else LIMITS)
            try:
                state = _enter(as_of)
                outer_state = _state_read.set(state)
                try:
                    yield state
                finally:
                    _state_read.reset(outer_state)
            finally:
                _leave(outer)
    finally:
        _searched.set(outer)
        _reading.reset(token)


def _enter(as_of: str) -> State:
    from apps.revisions.as_of import shown_revision
    from apps.revisions.models import Revision

    _search(*NOW)
    newest = list(Revision.objects.defer("reason").order_by("-number")[:2])
    number = newest[0].number if newest else 0
    shown = shown_revision(as_of, number) if as_of else number
    changed_at = _second(newest)
    if shown == number:
        return _state(newest[0] if newest else None, shown, number, changed_at)
    _search("as_of", shown)
    return _state(Revision.objects.defer("reason").newest(), shown, number, changed_at)


def _second(newest: "list[Revision]") -> datetime | None:
    """Return the second that tells the newest revision from the one before; None if none does."""
    seconds = [revision.made_at.replace(microsecond=0) for revision in newest]
    return seconds[0] if seconds and seconds[0] not in seconds[1:] else None


def _state(
    revision: "Revision | None", shown: int, newest: int, changed_at: datetime | None
) -> State:
    if revision is None:
        return State(shown, newest, None, "", changed_at)
    return State(shown, newest, revision.made_at, revision.hash, changed_at)


def _search(schema: str, shown: int) -> None:
    """Choose the views."""
    _set({"search_path": f"{schema}, extensions", "sahelref.as_of": str(shown)})
    _searched.set((schema, shown))


def _set(settings: Mapping[str, str]) -> None:
    """Set for this transaction only, so that nothing leaks to the next request."""
    calls = ", ".join("set_config(%s, %s, true)" for _ in settings)
    with connections[PUBLIC].cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [word for pair in settings.items() for word in pair])


@contextmanager
def taking_longer(milliseconds: int) -> Iterator[None]:
    """Let the queries of the block take so long: for what is asked once and then kept."""
    if not reading_publicly():
        yield
        return
    _set({"statement_timeout": str(milliseconds)})
    yield
    _set({"statement_timeout": LIMITS["statement_timeout"]})


def _leave(outer: tuple[str, int]) -> None:
    # Inside an outer transaction (another block, a test) the settings would outlive the block.
    if connections[PUBLIC].savepoint_ids:
        with suppress(DatabaseError):
            _search(*outer)
