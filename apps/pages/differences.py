"""What differs between two states of a record, field by field, in the words of the page."""

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from apps.pages import names, pictures
from apps.pages.pictures import Picture
from apps.revisions.models import Change
from apps.revisions.public import reading

# Shorter texts are struck out whole: "2020" became "autumn 2020".
WORDS_COMPARED = 5


@dataclass(frozen=True)
class Piece:
    """Some words of a value; `changed` are those that the other state does not have."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class Difference:
    """A field in the state before and after, each in pieces; none where nothing is stated."""

    label: str
    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True)
class Compared:
    """A record before and after one change; None where it was not public."""

    before: Picture | None
    after: Picture | None

    @property
    def name(self) -> str:
        picture = self.after or self.before
        return picture.name if picture else ""

    @property
    def differences(self) -> list[Difference]:
        return list(between(self.before, self.after))


def compared(changes: Iterable[Change]) -> dict[int, Compared]:
    """Return by the key of each change what it changed, read from the states about it.

    A state is read once for all changes that it stands before or after, with a query for each
    type of record and each of its relations that changed.
    """
    changes = list(changes)
    seen = _seen(changes)
    return {
        change.pk: Compared(
            seen.get((change.revision_id - 1, change.record_type, change.record_id)),
            seen.get((change.revision_id, change.record_type, change.record_id)),
        )
        for change in changes
    }


def _seen(changes: list[Change]) -> dict[tuple[int, str, int], Picture]:
    models = names.by_model_name()
    found = {}
    for number, by_type in sorted(_states(changes).items()):
        with reading(str(number)):
            for kind, some in by_type.items():
                keys = {change.record_id for change in some}
                for key, picture in pictures.taken(models[kind], keys, _wanted(some)).items():
                    found[number, kind, key] = picture
    return found


def _states(changes: list[Change]) -> dict[int, dict[str, list[Change]]]:
    """Return the revisions to read, and of which type what changed there or right after."""
    states: dict[int, dict[str, list[Change]]] = defaultdict(lambda: defaultdict(list))
    for change in changes:
        if change.action != Change.Action.DELETE:
            states[change.revision_id][change.record_type].append(change)
        if change.action != Change.Action.INSERT:
            states[change.revision_id - 1][change.record_type].append(change)
    return states


def _wanted(changes: list[Change]) -> Collection[str] | None:
    """Return the fields that differ; None, which is all, where a record came or went."""
    if any(change.action != Change.Action.UPDATE for change in changes):
        return None
    return {name for change in changes for name in change.fields}


def between(before: Picture | None, after: Picture | None) -> Iterator[Difference]:
    """Give the fields that differ, those of the record itself before those of its parts."""
    known, other = after or before, before or after
    if known is None or other is None:
        return
    for name in filter(other.values.__contains__, known.values):
        old = before.values[name] if before else {}
        new = after.values[name] if after else {}
        if old.keys() != new.keys():
            yield Difference(known.label(name), *_pieces(old, new))
    for name in filter(other.parts.__contains__, known.parts):
        old_parts = before.parts[name] if before else {}
        new_parts = after.parts[name] if after else {}
        yield from _of_parts(known.label(name), old_parts, new_parts)


def _of_parts(
    label: str, before: dict[int, Picture], after: dict[int, Picture]
) -> Iterator[Difference]:
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old and new:
            for one in between(old, new):
                words = {"name": f"{label}, {new.name}", "what": one.label}
                yield Difference(_("%(name)s: %(what)s") % words, one.before, one.after)
        else:
            yield Difference(
                label,
                [Piece(old.line, True)] if old else [],
                [Piece(new.line, True)] if new else [],
            )


def _pieces(old: dict[Hashable, str], new: dict[Hashable, str]) -> tuple[list[Piece], list[Piece]]:
    """Mark the values that only one side has; of two long texts, the words."""
    if len(old) == len(new) == 1:
        one, other = next(iter(old.values())), next(iter(new.values()))
        if max(len(one.split()), len(other.split())) > WORDS_COMPARED:
            return _by_word(one, other)
    return _listed(old, new), _listed(new, old)


def _listed(own: dict[Hashable, str], other: dict[Hashable, str]) -> list[Piece]:
    pieces: list[Piece] = []
    for key, text in own.items():
        pieces += [Piece(", ")] if pieces else []
        pieces.append(Piece(text, key not in other))
    return pieces


def _by_word(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    old, new = (re.findall(r"\S+\s*", text) for text in (one, other))
    before, after = [], []
    for kind, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if i < j:
            before.append(Piece("".join(old[i:j]), kind != "equal"))
        if k < m:
            after.append(Piece("".join(new[k:m]), kind != "equal"))
    return before, after
