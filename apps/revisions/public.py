"""Reading as the public does: one snapshot, one revision, as the role that sees only views."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connections, transaction
from django.db.models import QuerySet

PUBLIC = "public"

# To compile what runs for milliseconds takes longer than it saves, and what is read stands in
# memory, where a page costs little beside a row, and no more out of order: a row is found by its
# index and not by going through its table, however small.
# What words match is marked in memory row by row: page by page, each row there is to be read again.
PLANNING = {
    "jit": "off",
    "seq_page_cost": "0.1",
    "random_page_cost": "0.1",
    "work_mem": "16MB",
}
# The reader's role has the first two as well, but a role that an operator made may not.
LIMITS = {"transaction_read_only": "on", "statement_timeout": "2s", **PLANNING}
# A whole list is one statement, and a client may read it slowly.
PATIENCE = {**LIMITS, "statement_timeout": "30min", "idle_in_transaction_session_timeout": "2min"}

# Seconds until the connection gives up, where it can: a little longer than its statements may take.
AT_ONCE, ANSWER_WITHIN, PATIENTLY = 1.0, 3.0, 65.0

NOW = ("published", 0)
NEWEST = "SELECT hash FROM published.revisions_revision ORDER BY number DESC LIMIT 1"
# The newest revision and the one before, a row of NULL before the first: with the settings of the
# block in one statement, for each waits for an answer.
OPENING = """
    WITH settings AS MATERIALIZED (SELECT {calls})
    SELECT newest.number, newest.made_at, newest.hash FROM settings LEFT JOIN (
        SELECT number, made_at, hash FROM published.revisions_revision ORDER BY number DESC LIMIT 2
    ) AS newest ON true ORDER BY newest.number DESC
"""

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
    `newest_hash` is that of the newest.
    """

    shown: int
    newest: int
    made_at: datetime | None
    hash: str
    changed_at: datetime | None = None
    newest_hash: str = ""

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


def preparing(queryset: QuerySet[Any]) -> AbstractContextManager[None]:
    """Let the server keep the plans of what is asked in the block of the database of `queryset`.

    For a query whose planning takes longer than its rows, and that is asked in one form.
    """
    context: AbstractContextManager[None] = _connection(queryset.db).preparing()
    return context


def newest_hash() -> str:
    """Return the hash of the newest revision, "" before any, in one short query."""
    connection = _connection(PUBLIC)
    connection.answer_within = AT_ONCE
    with connection.preparing(), connection.cursor() as cursor:
        cursor.execute(NEWEST)
        (digest,) = cursor.fetchone() or ("",)
    return str(digest)


def _connection(alias: str) -> Any:
    """Return a connection as sahelref/postgresql makes it, of a class that Django does not name."""
    return connections[alias]


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
    inside, outer = _reading.get(), _searched.get()
    token = _reading.set(True)
    limits: Mapping[str, str] = {}
    if patient or not inside:
        limits = PATIENCE if patient else LIMITS
        _connection(PUBLIC).answer_within = PATIENTLY if patient else ANSWER_WITHIN
    try:
        with transaction.atomic(using=PUBLIC):
            try:
                state = _enter(as_of, limits)
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


def _enter(as_of: str, limits: Mapping[str, str]) -> State:
    from apps.revisions.as_of import shown_revision
    from apps.revisions.models import Revision

    newest = _opened(limits)
    number, made_at, digest = newest[0] if newest else (0, None, "")
    shown = shown_revision(as_of, number) if as_of else number
    changed_at = _second([made for _, made, _ in newest])
    if shown == number:
        return State(shown, number, made_at, digest, changed_at, digest)
    _search("as_of", shown)
    past = Revision.objects.defer("reason").newest()
    if past is None:
        return State(shown, number, None, "", changed_at, digest)
    return State(shown, number, past.made_at, past.hash, changed_at, digest)


def _opened(limits: Mapping[str, str]) -> list[tuple[int, datetime, str]]:
    """Set the limits, choose the views of now, and return the newest revisions, two at most."""
    _searched.set(NOW)
    settings = {**limits, **_searching(*NOW)}
    calls = ", ".join("set_config(%s, %s, true)" for _ in settings)
    connection = _connection(PUBLIC)
    connection.planned_for = ""
    with connection.preparing(), connection.cursor() as cursor:
        words = [word for pair in settings.items() for word in pair]
        cursor.execute(OPENING.format(calls=calls), words)
        return [row for row in cursor.fetchall() if row[0] is not None]


def _second(made: list[datetime]) -> datetime | None:
    """Return the second that tells the newest revision from the one before; None if none does."""
    seconds = [moment.replace(microsecond=0) for moment in made]
    return seconds[0] if seconds and seconds[0] not in seconds[1:] else None


def _search(schema: str, shown: int) -> None:
    """Choose the views."""
    _set(_searching(schema, shown))
    # What is planned for a revision knows how much of each table there was at that one.
    _connection(PUBLIC).planned_for = f"as of {shown}" if (schema, shown) != NOW else ""
    _searched.set((schema, shown))


def _searching(schema: str, shown: int) -> dict[str, str]:
    return {"search_path": f"{schema}, extensions", "sahelref.as_of": str(shown)}


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
    connection = _connection(PUBLIC)
    usual = connection.answer_within
    connection.answer_within = milliseconds / 1000 + AT_ONCE
    _set({"statement_timeout": str(milliseconds)})
    try:
        yield
    finally:
        connection.answer_within = usual
    _set({"statement_timeout": LIMITS["statement_timeout"]})


def _leave(outer: tuple[str, int]) -> None:
    # Inside an outer transaction (another block, a test) the settings would outlive the block.
    if connections[PUBLIC].savepoint_ids:
        with suppress(DatabaseError):
            _search(*outer)
