"""A database connection that gives up when no answer comes.

The timeouts of the server help against slow queries, not against a server that is frozen or a
network that swallows what it is sent: there the client has to give up.
"""

import re
import select
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from time import monotonic
from typing import Any

import psycopg
from django.db.backends.postgresql import base, operations
from psycopg.errors import _WaitTimeout

# Seconds that a connection kept from an earlier request has to show that it still works.
ALIVE_WITHIN = 1.0
# Seconds for which an answer shows that it works, unless the server has hung up since.
TRUSTED_FOR = 1.0


class BindingCursor(base.ServerBindingCursor):
    """Sends the values beside the query, which ends with `comment`: its plan is kept by that."""

    comment = ""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query + self.comment, params, **options)  # type: ignore[misc]


class NumberedCursor(base.CursorMixin, psycopg.RawCursor[Any]):
    """Sends a query as it is, the places of its values numbered as the server does: $1, $2."""

    comment = ""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query + self.comment, params, **options)


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """Return the query with its values, which a cursor that prepares sends beside it."""
        if isinstance(cursor, NumberedCursor):
            sql = re.sub(r"\$\d+", "%s", sql.replace("%", "%%"))
        if isinstance(cursor, (base.ServerBindingCursor, NumberedCursor)):
            return str(self.compose_sql(sql, params))
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes `answer_within` among its OPTIONS: seconds, or None for no limit, which is the default.

    It may be changed at any time, for what is allowed to take longer.
    """

    ops_class = DatabaseOperations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer_within: float | None = self.settings_dict["OPTIONS"].get("answer_within")
        self._answered = float("-inf")
        # What plans rest on beside the query: one that is made for a setting ends with it.
        self.planned_for = ""

    def get_connection_params(self) -> dict[str, Any]:
        parameters = super().get_connection_params()
        parameters.pop("answer_within", None)
        return parameters

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.wait = partial(self._wait, connection)
        return connection

    def _wait(self, connection: Any, generator: Any, **options: Any) -> Any:
        """Wait as psycopg does; without an answer in time, close the connection and say so."""
        options.setdefault("timeout", self.answer_within)
        try:
            answer = type(connection).wait(connection, generator, **options)
            self._answered = monotonic()
            return answer
        except _WaitTimeout:
            connection.pgconn.finish()
            raise psycopg.OperationalError(
                f"The database gave no answer within {options['timeout']} seconds."
            ) from None

    @contextmanager
    def preparing(self, *, numbered: bool = False) -> Iterator[None]:
        """Let the server keep the plans of the queries of the block, which are asked again.

        Their values go beside them, and the server has to know the type of each. How often a query
        is asked before it is kept is an option of the connection, `prepare_threshold`. Where the
        places of its values are `numbered`, nobody has to look for them in a long query.
        """
        self.ensure_connection()
        usual = self.connection.cursor_factory
        kind: Any = NumberedCursor if numbered else BindingCursor

        def cursor(connection: Any, **options: Any) -> Any:
            made = kind(connection, **options)
            made.comment = f" /* {self.planned_for} */" if self.planned_for else ""
            return made

        self.connection.cursor_factory = cursor
        try:
            yield
        finally:
            if self.connection is not None:
                self.connection.cursor_factory = usual

    def is_usable(self) -> bool:
        if monotonic() - self._answered < TRUSTED_FOR and not self._has_hung_up():
            return True
        patience, self.answer_within = self.answer_within, ALIVE_WITHIN
        try:
            return super().is_usable()
        finally:
            self.answer_within = patience

    def _has_hung_up(self) -> bool:
        """Whether the server has said something that nobody asked for, which is a farewell."""
        try:
            poll = select.poll()
            poll.register(self.connection.fileno(), select.POLLIN)
            return bool(poll.poll(0))
        except (psycopg.Error, OSError, ValueError):
            return True
