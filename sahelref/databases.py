"""The database connections, made from the environment: the desk's, the public's and the owner's.

Read by settings.py. `default` writes what researchers write and never the history; `public` may
only SELECT what is published; `owner` owns the tables and migrates. Without a URL all lead to the
PostgreSQL server in this checkout (sahelref/embedded).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import ImproperlyConfigured
from environ import Env
from psycopg import IsolationLevel

from sahelref.embedded import paths

# The embedded server's database and the role that owns it.
DATABASE = "sahelref"
# The alias of the owner's connection; it is there only where its credentials are.
OWNER = "owner"
FACES = ("all", "public")

# The embedded server keeps these on the roles; elsewhere each connection brings them along.
OWNER_SETTINGS = {
    "search_path": "public,extensions",
    "lock_timeout": "5s",
}
APP_SETTINGS = {
    **OWNER_SETTINGS,
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "60s",
}
READER_SETTINGS = {
    "search_path": "published,extensions",
    "default_transaction_read_only": "on",
    "statement_timeout": "2s",
    "idle_in_transaction_session_timeout": "5s",
}
BACKUP_SETTINGS = {"default_transaction_read_only": "on"}

# Seconds until a connection gives up on a server that says nothing: longer than its statements may
# take, shorter than its user waits. Who migrates may wait for ever.
ANSWER_WITHIN = {"default": 20.0, "public": 3.0, OWNER: None}

Connection = dict[str, Any]


@dataclass(frozen=True)
class Roles:
    """The names of the four roles of a database; docs/operations.md says what each may do."""

    owner: str
    app: str
    reader: str
    backup: str

    @classmethod
    def of(cls, owner: str, app: str = "", reader: str = "") -> "Roles":
        return cls(owner, app or f"{owner}_app", reader or f"{owner}_reader", f"{owner}_backup")

    def settings(self) -> dict[str, dict[str, str]]:
        """Return what each role's connections begin with."""
        return {
            self.owner: OWNER_SETTINGS,
            self.app: APP_SETTINGS,
            self.reader: READER_SETTINGS,
            self.backup: BACKUP_SETTINGS,
        }


def from_environment(environment: Mapping[str, str]) -> dict[str, Connection]:
    """Return Django's DATABASES.

    Raises ImproperlyConfigured where the URLs that are there do not make a site.
    """
    chosen = _given(environment) if is_given(environment) else _embedded(environment)
    options = chosen["public"]["OPTIONS"]
    # A public request is one transaction that sees one state, from its first query to its last.
    options["isolation_level"] = IsolationLevel.REPEATABLE_READ
    # What is asked twice is planned once, where the code says so (postgresql/base.py); not behind a
    # pool that hands a connection on without its plans.
    never = options.get("prepare_threshold") == "None"
    options["prepare_threshold"] = None if never else options.get("prepare_threshold", 1)
    for alias, connection in chosen.items():
        connection["OPTIONS"]["answer_within"] = ANSWER_WITHIN[alias]
    if faces(environment) == "public":
        # Nothing but the reader's credentials: a query that asks for more fails in Django.
        return {"default": {}, "public": chosen["public"]}
    return chosen


def is_elsewhere(connections: Mapping[str, Connection]) -> bool:
    """Whether the public reads another server than the desk writes to: a replica of it.

    A process of the public faces alone does not know the desk's.
    """
    desk, public = (
        [connections[name].get(part) for part in ("HOST", "PORT", "NAME")]
        for name in ("default", "public")
    )
    return bool(connections["default"]) and desk != public


def faces(environment: Mapping[str, str]) -> str:
    """Return which faces this process has: "all", or "public" (pages and API, no desk)."""
    named = environment.get("SAHELREF_FACES") or "all"
    if named not in FACES:
        raise ImproperlyConfigured(f"SAHELREF_FACES is {named!r}, and may be all or public.")
    return named


def roles(environment: Mapping[str, str]) -> Roles:
    """Return the names of the roles: those of the URLs, or after that of the owner."""
    if not is_given(environment):
        return Roles.of(DATABASE)
    app, reader = (_user(environment, name) for name in ("APP_DATABASE_URL", "PUBLIC_DATABASE_URL"))
    owner = _user(environment, "DATABASE_URL") or app.removesuffix("_app")
    return Roles.of(owner or reader.removesuffix("_reader"), app, reader)


def is_given(environment: Mapping[str, str]) -> bool:
    """Whether the operator brings a server; if not, the embedded one is used."""
    owner, app, public = (
        bool(environment.get(name))
        for name in ("DATABASE_URL", "APP_DATABASE_URL", "PUBLIC_DATABASE_URL")
    )
    if faces(environment) == "public" and (owner or app) and not public:
        raise ImproperlyConfigured(
            "SAHELREF_FACES=public needs PUBLIC_DATABASE_URL, the login of the reader's role."
        )
    if faces(environment) == "all" and not owner and app != public:
        names = ("APP_DATABASE_URL", "PUBLIC_DATABASE_URL")
        given, missing = names if app else reversed(names)
        raise ImproperlyConfigured(
            f"DATABASE_URL is not set, and {given} alone is no site: {missing} is needed as well."
        )
    return owner or app or public


def _embedded(environment: Mapping[str, str]) -> dict[str, Connection]:
    sockets = str(paths.Layout.from_environment(environment).sockets)
    names = Roles.of(DATABASE)
    users = {"default": names.app, "public": names.reader, OWNER: names.owner}
    return {
        alias: _connection({"NAME": DATABASE, "USER": user, "HOST": sockets})
        for alias, user in users.items()
    }


def _given(environment: Mapping[str, str]) -> dict[str, Connection]:
    """Return a connection for each login; who has none of his own steps down from the owner's."""
    names = roles(environment)
    connections = {
        "default": _login(environment, "APP_DATABASE_URL", names.app, APP_SETTINGS),
        "public": _login(environment, "PUBLIC_DATABASE_URL", names.reader, READER_SETTINGS),
    }
    if environment.get("DATABASE_URL"):
        owner = _connection(_parsed(environment["DATABASE_URL"]), OWNER_SETTINGS)
        return {**connections, OWNER: owner}
    return connections


def _login(
    environment: Mapping[str, str], variable: str, role: str, settings: Mapping[str, str]
) -> Connection:
    if environment.get(variable):
        return _connection(_parsed(environment[variable]))
    if not environment.get("DATABASE_URL"):
        return {"OPTIONS": {}}
    return _connection(_parsed(environment["DATABASE_URL"]), {"role": role, **settings})


def _user(environment: Mapping[str, str], variable: str) -> str:
    url = environment.get(variable)
    return str(_parsed(url)["USER"]) if url else ""


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
        "ENGINE": "sahelref.postgresql",
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # One name for all aliases: Django then makes one test database, and each keeps its role.
        "TEST": {"NAME": f"test_sahelref_{os.getpid()}"},
    }
