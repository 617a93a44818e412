"""The system user that root runs PostgreSQL as, on a machine that has none yet."""

import os
import pwd
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError

import pytest

from sahelref.embedded import accounts


def test_two_processes_at_once_make_one_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    users = tmp_path / "users"
    users.touch()
    # Like Debian's, which asks whether the name is taken before it locks the file.
    useradd = tmp_path / "useradd"
    useradd.write_text(f'#!/bin/sh\necho "$$" >> {users}\n')
    useradd.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(os, "getuid", lambda: 0)
    both_found_none = Barrier(2, timeout=1)

    def looked_up(name: str) -> str:
        assert name == accounts.SYSTEM_USER
        if not users.read_text():
            with suppress(BrokenBarrierError):
                both_found_none.wait()
            raise KeyError(name)
        return users.read_text()

    monkeypatch.setattr(pwd, "getpwnam", looked_up)
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(accounts.account_for, [tmp_path / "one", tmp_path / "two"]))
    assert len(users.read_text().split()) == 1
    assert found == [users.read_text()] * 2
