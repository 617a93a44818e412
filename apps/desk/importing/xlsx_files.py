"""XLSX in and out. A workbook is a ZIP of XML: it is measured before a parser sees it."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import escape, unescape

from apps.desk.importing.tables import MOST_COLUMNS, FileRefused, Table, TableBuilder
from apps.records.exports import safe, unsafe

MOST_FILES = 200
MOST_UNPACKED = 60_000_000
# How many times smaller than its content an honest workbook is at most.
MOST_PACKED = 200
# What takes time and memory is the number of elements; 10,000 rows of 20 columns have 800,000.
MOST_TAGS = 2_000_000
MOST_TAGS_A_ROW = 20 * MOST_COLUMNS
CHUNK = 65_536
LONGEST_CELL = 32_767  # of Excel; openpyxl would cut the rest off and not say so
CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\r]|_x[0-9A-Fa-f]{4}_")
TEXT = "@"


def write_xlsx(sheets: dict[str, tuple[list[str], Iterable[list[str]]]]) -> bytes:
    """Return a workbook of these sheets, by name: header and rows, every cell a text."""
    book = Workbook(write_only=True)
    for title, (headers, rows) in sheets.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for place in range(1, len(headers) + 1):
            sheet.column_dimensions[get_column_letter(place)].number_format = TEXT
        for row in [headers, *rows]:
            sheet.append([_text_cell(sheet, value) for value in row])
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def _text_cell(sheet: Any, value: str) -> Any:
    if len(value) > LONGEST_CELL:
        raise FileRefused(
            f"A text of {len(value):,} letters does not fit into a cell of Excel: export CSV."
        )
    cell = WriteOnlyCell(sheet, CONTROL.sub(_escaped, str(safe(value))))
    cell.data_type, cell.number_format = "s", TEXT
    return cell


def _escaped(match: "re.Match[str]") -> str:
    """Write what XML cannot hold, and what looks like it was written so, as Excel does."""
    found = match[0]
    return escape(found) if len(found) == 1 else f"_x005F{found}"


def read_xlsx(content: bytes, columns: list[str]) -> Table:
    """Return the table in the first sheet. Raises FileRefused, with the line, for what is none."""
    _measure(content)
    builder = TableBuilder(columns)
    try:
        book = load_workbook(BytesIO(content), read_only=True)
        sheet = book.worksheets[0]
        for line, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), 1):
            builder.add(line, [_cell_text(cell, line) for cell in row])
    except FileRefused:
        raise
    except Exception as error:  # what a broken workbook raises in openpyxl has no common name
        raise FileRefused(f"This cannot be read as an Excel workbook ({error!r:.100}).") from None
    return builder.finished()


def _measure(content: bytes) -> None:
    """Refuse what would take too much to read, by counting and not by parsing."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            files = packed.infolist()
            unpacked = sum(file.file_size for file in files)
            if len(files) > MOST_FILES or unpacked > MOST_UNPACKED:
                raise FileRefused(
                    f"The workbook unpacks to {len(files):,} files of {unpacked:,} bytes; at most"
                    f" {MOST_FILES} files of {MOST_UNPACKED:,} bytes are read."
                )
            if unpacked > MOST_PACKED * len(content):
                raise FileRefused("The workbook unpacks to far more than a table needs.")
            _count_tags(packed, [file.filename for file in files])
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise FileRefused(
            f"This is not an Excel workbook, .xlsx ({error}). Save it as .xlsx or as CSV UTF-8."
        ) from None


def _count_tags(packed: ZipFile, names: list[str]) -> None:
    tags = 0
    for name in names:
        tags_of_row = 0
        with packed.open(name) as part:
            while chunk := part.read(CHUNK):
                tags += chunk.count(b"<")
                tags_of_row += chunk.count(b"<")
                if (end := chunk.rfind(b"row>")) >= 0:
                    tags_of_row = chunk.count(b"<", end)
                if tags > MOST_TAGS:
                    raise FileRefused("The workbook has too many cells. Import several files.")
                if "/worksheets/" in name and tags_of_row > MOST_TAGS_A_ROW:
                    raise FileRefused(f"A row has more than {MOST_COLUMNS} columns.")


def _cell_text(cell: Any, line: int) -> str:
    value = cell.value
    if value is None:
        return ""
    place = f"Line {line}, cell {cell.coordinate}"
    if cell.data_type == "f":
        raise FileRefused(f"{place} holds a formula. Paste its value there.")
    if cell.data_type == "e":
        raise FileRefused(f"{place} holds an error of the spreadsheet, {value}.")
    if isinstance(value, datetime | date | time):
        raise FileRefused(
            f"{place} is a date of the spreadsheet, which makes 2020-01 into 1 January 2020."
            " Format the column as text and write the date as the source has it."
        )
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(unsafe(unescape(str(value))))
