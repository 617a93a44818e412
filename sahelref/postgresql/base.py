"""A database connection that gives up when no answer comes.

The timeouts of the server help against slow queries, not against a server that is frozen or a
network that swallows what it is sent: there the client has to give up.
"""

from functools import partial
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.errors import _WaitTimeout

# Seconds that a connection kept from an earlier request has to show that it still works.
ALIVE_WITHIN = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes `answer_within` among its OPTIONS: seconds, or None for no limit, which is the default.

    It may be changed at any time, for what is allowed to take longer.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer_within: float | None = self.settings_dict["OPTIONS"].get("answer_within")

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
            return type(connection).wait(connection, generator, **options)
        except _WaitTimeout:
            connection.pgconn.finish()
            raise psycopg.OperationalError(
                f"The database gave no answer within {options['timeout']} seconds."
            ) from None

    def is_usable(self) -> bool:
        patience, self.answer_within = self.answer_within, ALIVE_WITHIN
        try:
            return super().is_usable()
        finally:
            self.answer_within = patience
