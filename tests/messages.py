"""Keeps the French catalogue: finds every text to translate, merges, compiles.

    python -m tests.messages

brings locale/fr/LC_MESSAGES/django.po up to date with the code and the templates and compiles it.
It is made with Babel, because `makemessages` wants the system's gettext. A text that is new stands
in the catalogue untranslated; a test fails until someone has translated it.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# What readers of the public pages never see: the desk, the API and tests are in English.
LEFT_OUT = ("tests", "migrations", "desk", "api", "management", "embedded", "admin")


def extracted() -> Catalog:
    """Return every text of the public pages that is marked for translation."""
    catalogue = Catalog(project="sahelref", charset="utf-8")
    for name, text, method in _sources():
        for _, message, _, context in extract(method, BytesIO(text.encode()), KEYWORDS):
            # The file without the line, which would change with every edit.
            catalogue.add(message, locations=[(name, 0)], context=context)
    return catalogue


def _sources() -> Iterator[tuple[str, str, str]]:
    """Give each file that may speak to a reader: its name, its text, and how Babel reads that."""
    paths = [*(ROOT / "apps").rglob("*.py"), *(ROOT / "sahelref").rglob("*.py")]
    for path in sorted([*paths, *(ROOT / "templates").rglob("*.*")]):
        name = path.relative_to(ROOT)
        if not set(name.parts[1:-1]) & set(LEFT_OUT):
            text = path.read_text()
            if path.suffix == ".jinja":
                yield str(name), text, "jinja2"
            else:
                yield str(name), text if path.suffix == ".py" else _as_python(text), "python"


def _as_python(template: str) -> str:
    """Return the calls of gettext that a template stands for, all at the margin."""
    return re.sub(r"^[ \t]+", "", templatize(template), flags=re.MULTILINE)


class French(Catalog):
    """A catalogue whose header says what a reader of it needs, and no dates that would change."""

    mime_headers = [
        ("Language", "fr"),
        ("Plural-Forms", "nplurals=2; plural=(n > 1);"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ]

    @classmethod
    def of(cls, messages: Iterable[Message]) -> "French":
        french = cls(locale="fr", fuzzy=False, header_comment="# The French of the public pages.")
        for message in messages:
            if message.id:
                french[message.id] = message
        return french


def catalogue() -> French:
    """Return the catalogue as it is committed."""
    with PO.open("rb") as file:
        return French.of(read_po(file, locale="fr"))


def merged() -> French:
    """Return the committed catalogue with the texts of the code, no more and no fewer."""
    kept = catalogue() if PO.exists() else French(locale="fr")
    known = {(message.context, message.id): message.string for message in kept}
    texts = list(extracted())
    for message in texts:
        message.string = known.get((message.context, message.id), message.string)
    return French.of(texts)


def written(catalogue: French) -> bytes:
    """Return the text of the .po, sorted, so that it changes only with its texts."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=100, sort_output=True)
    return buffer.getvalue()


def compiled(catalogue: French) -> bytes:
    """Return the .mo that Django reads."""
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def update() -> None:
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(written(merged()))
    MO.write_bytes(compiled(catalogue()))


if __name__ == "__main__":
    update()
    untranslated = [message.id for message in catalogue() if message.id and not message.string]
    print(f"{len(untranslated)} texts are to be translated in {PO.relative_to(ROOT)}.")
