"""The SQL that makes the roles and the database: run at each start by the embedded server, and
printed by `manage.py roles` for a server of your own.
"""

from pathlib import Path

from sahelref.databases import Roles

SQL = Path(__file__).with_name("roles.sql")


def script(roles: Roles, database: str) -> str:
    """Return a script for psql; every role gets the settings that its connections begin with."""
    names = {
        "owner": roles.owner,
        "app": roles.app,
        "reader": roles.reader,
        "backup": roles.backup,
        "database": database,
    }
    variables = "".join(f"\\set {name} {_quoted(value)}\n" for name, value in names.items())
    return "\\set ON_ERROR_STOP 1\n" + variables + SQL.read_text() + _settings(roles)


def _settings(roles: Roles) -> str:
    return "".join(
        f"ALTER ROLE {_identifier(role)} SET {name} = {_listed(value)};\n"
        for role, settings in roles.settings().items()
        for name, value in settings.items()
    )


def _listed(value: str) -> str:
    return ", ".join(_quoted(part) for part in value.split(","))


def _quoted(text: str) -> str:
    return "'{}'".format(text.replace("'", "''"))


def _identifier(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))
