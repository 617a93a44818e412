"""Where the embedded server keeps its files. Importing this needs neither Django nor a server."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

# The kernel allows 107 bytes (103 on macOS) for a socket's path, PostgreSQL's name included.
LONGEST_SOCKET_DIRECTORY = 80
# Not tempfile.gettempdir(): two commands with different TMPDIR must find the same server.
SHORT_PARENT = Path("/tmp")


def var_directory(environment: Mapping[str, str]) -> Path:
    """Return the place of all that is made at run time; SAHELREF_VAR may be relative to us."""
    return (CHECKOUT / (environment.get("SAHELREF_VAR") or "var")).resolve()


@dataclass(frozen=True)
class Layout:
    """The files of one server."""

    directory: Path

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Layout":
        return cls(var_directory(environment) / "postgres")

    @property
    def data(self) -> Path:
        return self.directory / "data"

    @property
    def log(self) -> Path:
        return self.directory / "log"

    @property
    def lock(self) -> Path:
        return self.directory / "lock"

    @property
    def access_rules(self) -> Path:
        return self.directory / "pg_hba.conf"

    @property
    def user_map(self) -> Path:
        return self.directory / "pg_ident.conf"

    @property
    def name(self) -> str:
        """What `ps` shows, and what tells our processes from those of another checkout."""
        return "sahelref-" + hashlib.sha256(bytes(self.directory)).hexdigest()[:16]

    @property
    def sockets(self) -> Path:
        """The directory of the socket; a short one where the path is too long for the kernel.

        A comma would make it a list of servers to the client library.
        """
        plain = self.directory / "sockets"
        if len(bytes(plain)) <= LONGEST_SOCKET_DIRECTORY and "," not in str(plain):
            return plain
        return SHORT_PARENT / self.name
