"""CSV in and out: strict UTF-8; commas, semicolons or tabs; no cell that a spreadsheet runs."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from apps.desk.importing.tables import FileRefused, Table, TableBuilder
from apps.records.exports import lines, safe, unsafe

SIGNATURES = {
    b"PK": "a ZIP or Excel file",
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls)",
    b"%PDF": "a PDF",
    b"\xff\xfe": "text in UTF-16",
    b"\xfe\xff": "text in UTF-16",
}
SAVE_AS = "Save it as “CSV UTF-8” or as .xlsx."


def write_csv(headers: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """Give the lines of the file, header first."""
    yield lines([headers])
    for row in rows:
        yield lines([[safe(cell) for cell in row]])


def read_csv(content: bytes, columns: list[str]) -> Table:
    """Return the table in `content`. Raises FileRefused, with the line, for what is none."""
    text = _text(content)
    builder = TableBuilder(columns)
    reader = csv.reader(StringIO(text, newline=""), strict=True, delimiter=_delimiter(text))
    line = 1
    try:
        for cells in reader:
            builder.add(line, [_plain(cell, line) for cell in cells])
            line = reader.line_num + 1
    except csv.Error as error:
        raise FileRefused(
            f"Line {line}: not CSV from here on ({error}). Is a quote opened and not closed?"
        ) from None
    return builder.finished()


def _text(content: bytes) -> str:
    for signature, kind in SIGNATURES.items():
        if content.startswith(signature):
            raise FileRefused(f"This is {kind}, not CSV. {SAVE_AS}")
    if b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        raise FileRefused(f"Line {line}: a NUL byte, which no text has. {SAVE_AS}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileRefused(
            f"Line {line}: the byte 0x{content[error.start]:02X} is not UTF-8. {SAVE_AS}"
        ) from None


def _delimiter(text: str) -> str:
    """Return what parts the names in the first line: spreadsheets in French write semicolons."""
    first = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _plain(cell: str, line: int) -> str:
    if cell.startswith("="):
        raise FileRefused(
            f"Line {line}: “{cell[:40]}” is a formula. Put its value there; before a text that"
            " begins with an equals sign put a ’ (')."
        )
    return unsafe(cell)
