"""The two database connections, made from the environment: the desk's and the public's.

Read by settings.py. `default` owns the tables; `public` may only SELECT what is published.
Without DATABASE_URL both lead to the PostgreSQL server in this checkout (sahelref/embedded).
"""

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import ImproperlyConfigured
from environ import Env
from psycopg import IsolationLevel

from sahelref.embedded import paths

OWNER = "sahelref"
READER = "sahelref_reader"

# The embedded server keeps these on the roles; elsewhere each connection brings them along.
OWNER_SETTINGS = {
    "search_path": "public,extensions",
    "lock_timeout": "5s",
}
READER_SETTINGS = {
    "search_path": "published,extensions",
    "default_transaction_read_only": "on",
    "statement_timeout": "2s",
    "idle_in_transaction_session_timeout": "5s",
}

Connection = dict[str, Any]


def from_environment(environment: Mapping[str, str]) -> dict[str, Connection]:
    """Return Django's DATABASES.

    Raises ImproperlyConfigured if there is a PUBLIC_DATABASE_URL without a DATABASE_URL.
    """
    default, public = _given(environment) if is_given(environment) else _embedded(environment)
    # A public request is one transaction that sees one state, from its first query to its last.
    public["OPTIONS"]["isolation_level"] = IsolationLevel.REPEATABLE_READ
    return {"default": default, "public": public}


def is_elsewhere(connections: Mapping[str, Connection]) -> bool:
    """Whether the public reads another server than the desk writes to: a replica of it."""
    places = [
        [connections[name].get(part) for part in ("HOST", "PORT", "NAME")] for name in connections
    ]
    return places[0] != places[1]


def reader_role(environment: Mapping[str, str]) -> str:
    """Return the name of the role that may read what is published and nothing else."""
    if not is_given(environment):
        return READER
    if environment.get("PUBLIC_DATABASE_URL"):
        return str(_parsed(environment["PUBLIC_DATABASE_URL"])["USER"])
    return f"{_parsed(environment['DATABASE_URL'])['USER']}_reader"


def is_given(environment: Mapping[str, str]) -> bool:
    """Whether the operator brings a server; if not, the embedded one is used."""
    if environment.get("DATABASE_URL"):
        return True
    if environment.get("PUBLIC_DATABASE_URL"):
        raise ImproperlyConfigured("PUBLIC_DATABASE_URL is set, but DATABASE_URL is not.")
    return False


def _embedded(environment: Mapping[str, str]) -> tuple[Connection, Connection]:
    sockets = str(paths.Layout.from_environment(environment).sockets)
    default, public = (
        _connection({"NAME": OWNER, "USER": role, "HOST": sockets}) for role in (OWNER, READER)
    )
    return default, public


def _given(environment: Mapping[str, str]) -> tuple[Connection, Connection]:
    default = _connection(_parsed(environment["DATABASE_URL"]), OWNER_SETTINGS)
    if environment.get("PUBLIC_DATABASE_URL"):
        return default, _connection(_parsed(environment["PUBLIC_DATABASE_URL"]))
    settings = {"role": reader_role(environment), **READER_SETTINGS}
    return default, _connection(_parsed(environment["DATABASE_URL"]), settings)


def _parsed(url: str) -> Connection:
    """Read a URL; a socket directory may stand in the host (as %2Frun) or in `?host=`."""
    connection = Env.db_url_config(url)
    host = connection.get("OPTIONS", {}).pop("host", connection["HOST"])
    return {**connection, "HOST": unquote(host)}


def _connection(parsed: Connection, settings: Mapping[str, str] | None = None) -> Connection:
    """Add what every connection has; `settings` come before the options of the URL, which win."""
    options = {"connect_timeout": 3, **parsed.get("OPTIONS", {})}
    startup = [f"-c {name}={value}" for name, value in (settings or {}).items()]
    startup += [options["options"]] if "options" in options else []
    if startup:
        options["options"] = " ".join(startup)
    return {
        **parsed,
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # One name for both aliases: Django then makes one test database, and each keeps its role.
        "TEST": {"NAME": f"test_sahelref_{os.getpid()}"},
    }
