"""The system user that runs PostgreSQL, which refuses to run as root.

An ordinary user runs it as himself. Root runs it as the owner of the data directory if there
is one, otherwise as a system user of our own.
"""

import fcntl
import os
import pwd
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sahelref.embedded.errors import EmbeddedServerError

SYSTEM_USER = "sahelref"


def account_for(data: Path) -> pwd.struct_passwd:
    """Return the user that is to run the server whose data directory is, or will be, `data`."""
    owner = data.stat().st_uid if data.exists() else None
    if os.getuid() == 0:
        return _named(owner) if owner else _system_user()
    if owner not in (None, os.getuid()):
        raise EmbeddedServerError(
            f"{data} belongs to {_named(owner).pw_name}: run this as that user or as root, or set "
            "SAHELREF_VAR to a directory of your own."
        )
    return _named(os.getuid())


def _named(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        raise EmbeddedServerError(
            f"PostgreSQL needs a user with a name, and user id {uid} has none in /etc/passwd."
        ) from None


def _system_user() -> pwd.struct_passwd:
    # Two `useradd` of one name at once both succeed, and the second's user id replaces the first's.
    with one_at_a_time("/etc"):
        try:
            return pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            _add_system_user()
        return pwd.getpwnam(SYSTEM_USER)


@contextmanager
def one_at_a_time(directory: str | Path) -> Iterator[None]:
    """Keep other processes that do this at the same directory waiting meanwhile."""
    opened = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


def _add_system_user() -> None:
    useradd = shutil.which("useradd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if useradd is None:
        raise EmbeddedServerError(
            "PostgreSQL does not run as root, and there is no useradd here to make a user for it. "
            f"Make a system user {SYSTEM_USER!r}, run as an ordinary user, or set DATABASE_URL."
        )
    command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin"]
    done = subprocess.run([*command, SYSTEM_USER], capture_output=True, text=True)
    already_there = 9  # somebody else made it meanwhile
    if done.returncode not in (0, already_there):
        raise EmbeddedServerError(f"Could not add the user {SYSTEM_USER}: {done.stderr.strip()}")


def open_the_way(path: Path, account: pwd.struct_passwd) -> None:
    """Let `account` pass through the directories above `path`; only root needs to do this.

    Adds nothing but the right to pass (o+x), and says where it did.
    """
    if os.getuid() != 0:
        return
    closed = [parent for parent in path.parents if not _passable(parent.stat(), account)]
    for parent in closed:
        parent.chmod(stat.S_IMODE(parent.stat().st_mode) | stat.S_IXOTH)
    if closed:
        names = ", ".join(map(str, closed))
        print(f"Let other users pass through (o+x), for PostgreSQL: {names}", file=sys.stderr)


def _passable(status: os.stat_result, account: pwd.struct_passwd) -> bool:
    if status.st_uid == account.pw_uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.pw_gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def private_directory(path: Path, account: pwd.struct_passwd) -> None:
    """Make `path` a directory of `account`, closed to everybody else.

    Raises EmbeddedServerError if it is there already and is anything but that: in a shared
    directory somebody else may have been first.
    """
    path.mkdir(mode=0o700, exist_ok=True)
    if os.getuid() == 0 and path.lstat().st_uid == 0:
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)
    status = path.lstat()
    private = stat.S_ISDIR(status.st_mode) and stat.S_IMODE(status.st_mode) == 0o700
    if not private or status.st_uid != account.pw_uid:
        raise EmbeddedServerError(
            f"{path} must be a directory of {account.pw_name} with mode 0700, and it is not."
        )
