"""Heads of the chain of revisions that were noted elsewhere, and whether the chain still has them.

A chain that was cut at its end, or written anew from some revision on, is whole in itself: only a
number and hash that somebody kept outside the database tell it from the true one.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from apps.revisions.models import Revision

WRITTEN = re.compile(r"(?P<number>[0-9]{1,15}):(?P<hash>[0-9a-f]{64})", re.ASCII)
ALLOWED = (
    "NUMBER:HASH (the hash in 64 hexadecimal digits), or a file: the index.json of a release, the"
    " manifest.json of a backup, an answer of /version, or a NUMBER:HASH on each line"
)


class AnchorError(ValueError):
    """What was given names no head; the message says what would."""


@dataclass(frozen=True)
class Anchor:
    """The number and hash of a revision, as they were when somebody noted them."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


def read(given: str) -> list[Anchor]:
    """Return the anchor that `given` is, or those in the file that it names. Raises AnchorError."""
    if re.match(r"\d+:", given):
        return [_written(given)]
    try:
        text = Path(given).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AnchorError(f"{given}: {error}. An anchor is {ALLOWED}.") from None
    try:
        return [_of_document(text)] if text.lstrip().startswith("{") else _of_lines(text)
    except (AnchorError, ValueError, KeyError) as error:
        raise AnchorError(f"{given}: {error!r} is no anchor. An anchor is {ALLOWED}.") from None


def _written(text: str) -> Anchor:
    found = WRITTEN.fullmatch(text.strip())
    if not found:
        raise AnchorError(f"{text.strip()[:100]!r} is no anchor. An anchor is {ALLOWED}.")
    return Anchor(int(found["number"]), found["hash"])


def _of_document(text: str) -> Anchor:
    told = json.loads(text)
    return _written(f"{told['revision']}:{told['revision_hash']}")


def _of_lines(text: str) -> list[Anchor]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        raise AnchorError("an empty file")
    return [_written(line) for line in lines]


def faults(anchors: Iterable[Anchor]) -> Iterator[str]:
    """Say of each anchor that the chain does not have: was it cut, or written anew?"""
    newest = Revision.objects.newest()
    for anchor in sorted(anchors, key=lambda anchor: anchor.number):
        if newest is None or anchor.number > newest.number:
            yield (
                f"Revision {anchor.number} was noted and is gone: the chain was cut, it ends with"
                f" revision {newest.number if newest else 0}."
            )
        elif not Revision.objects.filter(number=anchor.number, hash=anchor.hash).exists():
            yield (
                f"Revision {anchor.number} has another hash than was noted: it, or one before it,"
                " was written anew."
            )
