"""The releases that were made, read from their directories: no database knows of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from apps.records.releases.making import INDEX


@dataclass(frozen=True)
class ReleaseFile:
    """One file of a release; `rows` is None where it is no table."""

    path: str
    bytes: int
    sha256: str
    rows: int | None = None


@dataclass(frozen=True)
class Release:
    """A release as its `index.json` tells of it; `sha256` is that of `index.json` itself.

    `rows` is how many rows each table has, `made_at` when the revision was made, in UTC.
    """

    name: str
    title: str
    revision: int
    revision_hash: str
    made_at: datetime
    licence: str
    citation: str
    notes: str
    rows: dict[str, int]
    files: tuple[ReleaseFile, ...]
    directory: Path
    sha256: str

    def file(self, name: str) -> ReleaseFile | None:
        """Return the file of that name, `index.json` too; None for any other."""
        if name == INDEX:
            size = (self.directory / INDEX).stat().st_size
            return ReleaseFile(INDEX, size, self.sha256)
        return next((file for file in self.files if file.path == name), None)

    def altered(self) -> list[str]:
        """Return the names of the files that are gone or have another size, without reading them.

        `making.faults` reads them and compares their hashes.
        """
        return [file.path for file in self.files if self._size_of(file.path) != file.bytes]

    def _size_of(self, name: str) -> int:
        path = self.directory / name
        return path.stat().st_size if path.is_file() else -1


def listed() -> list[Release]:
    """Return every release, that of the newest revision first."""
    return sorted(_all(), key=lambda release: (release.revision, release.name), reverse=True)


def named(name: str) -> Release | None:
    """Return the release of that name, or None."""
    return next((release for release in _all() if release.name == name), None)


def _all() -> Iterator[Release]:
    """Give each release; a directory whose name begins with a dot is still being made."""
    for index in sorted(Path(settings.RELEASES_DIR).glob(f"[!.]*/{INDEX}")):
        told = index.read_bytes()
        yield _read(index.parent, json.loads(told), sha256(told).hexdigest())


def _read(directory: Path, told: dict[str, Any], digest: str) -> Release:
    files = tuple(ReleaseFile(**file) for file in told["files"])
    made_at = datetime.fromisoformat(told["made_at"])
    return Release(
        **{**told, "files": files, "made_at": made_at}, directory=directory, sha256=digest
    )
