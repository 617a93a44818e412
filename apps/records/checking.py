"""Checks that the excerpts of citations stand in the source text that they were taken from.

Read by the `check_citations` command. The text may be one that the project does not hold.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from apps.records.models import Citation, Source, paragraphs_of


class UnknownText(Exception):
    """No source, or not the one named, has the hash of the text; the message gives the hash."""


@dataclass(frozen=True)
class Misplaced:
    """A citation whose excerpt is not in its paragraph; `found` are the paragraphs that have it."""

    citation: Citation
    found: list[int]

    def __str__(self) -> str:
        where = f"it stands in {_paragraphs(self.found)}" if self.found else "it stands nowhere"
        return (
            f"citation {self.citation.public_id}, paragraph {self.citation.paragraph}: "
            f"“{self.citation.excerpt}” is not there; {where}."
        )


@dataclass(frozen=True)
class Checked:
    """What was found: how many citations of which sources were read, and those that do not fit."""

    sources: list[Source]
    read: int
    misplaced: list[Misplaced]


def check(content: bytes, *, source: str = "") -> Checked:
    """Check the citations, drafts too, of every source whose recorded SHA-256 is that of `content`.

    `source` narrows it to one, by public id. Raises UnknownText where none fits, and
    UnicodeDecodeError for bytes that are not UTF-8.
    """
    sources = sources_of(content, source)
    citations = list(Citation.objects.filter(source__in=sources).order_by("paragraph", "public_id"))
    return Checked(sources, len(citations), list(misplaced(citations, content.decode())))


def sources_of(content: bytes, key: str = "") -> list[Source]:
    """Return the sources with the hash of `content`. Raises UnknownText where there is none."""
    digest = sha256(content).hexdigest()
    same_hash = Source.objects.filter(text_sha256=digest).order_by("public_id")
    found = list(same_hash.with_key(key) if key else same_hash)
    if not found:
        raise UnknownText(_nothing_found(digest, key))
    return found


def misplaced(citations: list[Citation], text: str) -> Iterator[Misplaced]:
    """Give the citations whose excerpt does not stand, letter by letter, in its paragraph."""
    paragraphs = dict(enumerate(paragraphs_of(text), start=1))
    for citation in citations:
        found = [number for number, words in paragraphs.items() if citation.excerpt in words]
        if citation.paragraph not in found:
            yield Misplaced(citation, found)


def _nothing_found(digest: str, key: str) -> str:
    seen = f"The SHA-256 of this text is {digest}"
    if not key:
        return f"{seen}, and no source has it. The text must be unchanged."
    named = Source.objects.with_key(key).first()
    if named is None:
        return f"There is no source {key}."
    return f"{seen}; recorded for source {key} is {named.text_sha256 or 'none'}."


def _paragraphs(numbers: list[int]) -> str:
    noun = "paragraph" if len(numbers) == 1 else "paragraphs"
    return f"{noun} {', '.join(map(str, numbers))}"
