"""A backup on disk: a dump, the roles, a manifest that says what is in them, and checksums of all.

`sha256sum -c SHA256SUMS` checks it without us.
"""

import json
import os
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from typing import Any

DUMP = "database.dump"
ROLES = "roles.sql"
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"


class BackupError(Exception):
    """A backup that cannot be made, trusted or restored; the message says why."""


def seal(directory: Path, told: dict[str, Any]) -> None:
    """Write the manifest and the checksums of what is in `directory`, and bring all to the disk."""
    told["files"] = {
        name: {"bytes": (directory / name).stat().st_size, "sha256": _sha256(directory / name)}
        for name in (DUMP, ROLES)
    }
    _write(directory / MANIFEST, json.dumps(told, indent=2) + "\n")
    names = (DUMP, ROLES, MANIFEST)
    _write(directory / SUMS, "".join(f"{_sha256(directory / name)}  {name}\n" for name in names))
    for path in (*directory.iterdir(), directory):
        to_disk(path)


def manifest(directory: Path) -> dict[str, Any]:
    """Return the manifest of the backup in `directory`. Raises BackupError if it is not whole."""
    if found := list(faults(directory)):
        raise BackupError(f"{directory} is no whole backup. {' '.join(found)}")
    told: dict[str, Any] = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    return told


def faults(directory: Path) -> Iterator[str]:
    """Name each file that is missing or is not as it was written; nothing for a whole backup."""
    sums = directory / SUMS
    try:
        lines = [line.split("  ", 1) for line in sums.read_text().splitlines()]
        written = {name: digest for digest, name in lines}
    except (OSError, ValueError) as error:
        yield f"{SUMS} cannot be read ({error})."
        return
    for name in (DUMP, ROLES, MANIFEST):
        path = directory / name
        if not path.is_file():
            yield f"{name} is missing."
        elif written.get(name) != _sha256(path):
            yield f"{name} is not as it was written."


def to_disk(path: Path) -> None:
    """Return when what `path` holds, a file or the names in a directory, survives a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
