"""Run a program as a given user, and end it when the process that started it dies.

    python -I -S launch.py UID GID PARENT SIGNAL PROGRAM ARGUMENT...

A script of its own because Python code between fork and exec is not safe in a process with
threads. The kernel sends SIGNAL when the *thread* that started this dies (Linux only).
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main(uid: int, gid: int, parent: int, signal_number: int, command: list[str]) -> None:
    if os.getuid() != uid:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal_number)
    if os.getppid() != parent:
        sys.exit("The process that asked for this is gone.")
    os.execv(command[0], command)


if __name__ == "__main__":
    uid, gid, parent, signal_number = map(int, sys.argv[1:5])
    main(uid, gid, parent, signal_number, sys.argv[5:])
