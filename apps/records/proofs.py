"""What a receipt proves beside the lists of records: changes, revisions, controlled lists.

Each question is put in the same words as its list in the API. The canonical text is, a line each:

- of changes and revisions `<number> <hash>` of every revision, in order: the hash of a revision is
  over all that it changed, so that one line stands for any number of changes;
- of the controlled lists `<list> <code> <SHA-256 of the JSON object of its entry>`, sorted.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.http import QueryDict

from apps.records.receipts import CHUNK, Digest, canonical, hashed
from apps.records.vocabularies import VOCABULARIES
from apps.revisions.models import Change, Revision
from apps.revisions.parameters import BadParameter

REVISIONS, TERMS = "revisions", "terms"


@dataclass(frozen=True)
class Proof:
    """A list that is no list of records: its title, and what it holds after a revision."""

    title: str
    digest: Callable[[int], Digest]
    asks_since: bool = False

    def question(self, text: str, newest: int) -> tuple[str, int]:
        """Return the query of a receipt in its one form, and the revision that it begins after.

        Raises BadParameter for what is no question to this list.
        """
        given = QueryDict(text).dict()
        since = str(given.pop("since", "0")) if self.asks_since else "0"
        if given or not (since.isascii() and since.isdigit()) or int(since[:18]) > newest:
            allowed = f"`since`, a number up to {newest}" if self.asks_since else "an empty text"
            raise BadParameter("query", text, allowed)
        return (f"since={int(since)}" if int(since) else "", int(since))


def _changes(since: int) -> Digest:
    found = hashed(_revision_lines(since), REVISIONS)
    return Digest(Change.objects.filter(revision__gt=since).count(), found.sha256, REVISIONS)


def _revisions(since: int) -> Digest:
    return hashed(_revision_lines(since), REVISIONS)


def _revision_lines(since: int) -> Iterator[bytes]:
    made = Revision.objects.filter(number__gt=since).order_by("number")
    for number, digest in made.values_list("number", "hash").iterator(chunk_size=CHUNK):
        yield f"{number} {digest}\n".encode()


def _terms(_since: int) -> Digest:
    lines = (
        f"{name} {entry['code']} {sha256(canonical(entry)).hexdigest()}\n".encode()
        for name, vocabulary in VOCABULARIES.items()
        for entry in vocabulary.entries()
    )
    return hashed(iter(sorted(lines)), TERMS)


PROOFS = {
    "changes": Proof("Changes", _changes, asks_since=True),
    "revisions": Proof("Revisions", _revisions),
    "vocabularies": Proof("Controlled lists", _terms),
}
