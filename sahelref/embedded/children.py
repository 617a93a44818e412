"""Starts programs as another user where needed, and so that they end with this process."""

import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sahelref.embedded.errors import EmbeddedServerError

LAUNCHER = Path(__file__).with_name("launch.py")
# PGHOST, PGOPTIONS, LC_ALL and the like in the caller's environment must change nothing.
PLAIN_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}


def run_as(account: pwd.struct_passwd, command: Sequence[str], text: str = "") -> None:
    """Run `command` to its end, with `text` as its input.

    Raises EmbeddedServerError with what it printed if it fails.
    """
    done = subprocess.run(
        command,
        cwd="/",
        env=PLAIN_ENVIRONMENT,
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **_identity(account),
    )
    if done.returncode != 0:
        raise EmbeddedServerError(f"{Path(command[0]).name} failed:\n{done.stdout.strip()}")


def _identity(account: pwd.struct_passwd) -> dict[str, Any]:
    if os.getuid() == account.pw_uid:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def start(
    command: Sequence[str],
    *,
    when_orphaned: signal.Signals,
    account: pwd.struct_passwd | None = None,
    **options: Any,  # of subprocess.Popen
) -> "subprocess.Popen[bytes]":
    """Start `command` in a session of its own, so that a Ctrl-C reaches it only through us.

    It gets `when_orphaned` from the kernel if the calling thread ends before it (Linux). Without
    an `account` it runs as the same user as we do.
    """
    user, group = (account.pw_uid, account.pw_gid) if account else (os.getuid(), os.getgid())
    ids = [user, group, os.getpid(), int(when_orphaned)]
    launcher = [sys.executable, "-I", "-S", str(LAUNCHER), *map(str, ids)]
    return subprocess.Popen(
        [*launcher, *command], stdin=subprocess.DEVNULL, start_new_session=True, **options
    )
