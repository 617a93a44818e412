"""Files that are no table of people, each with its name and words of the answer it deserves."""

import random
import struct
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from apps.desk.importing.tables import MOST_BYTES, MOST_ROWS

HEADER = "slug,name\n"
BOOK = "xl/workbook.xml"
SHEET = "xl/worksheets/sheet1.xml"
BOMB = b"<!DOCTYPE s [" + b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"lol") for n in range(10)
)


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """Return a workbook in which one file is something else."""
    given, made = BytesIO(workbook(["slug", "name"], ["a", "A"])), BytesIO()
    with ZipFile(given) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return made.getvalue()


def sheet(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def numbers(count: int, between: str = "") -> str:
    """Return cells with numbers that do not pack well."""
    digits = random.Random(1)
    return between.join(f"<c><v>{digits.getrandbits(32)}</v></c>" for _ in range(count))


def zip_of_many() -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as files:
        for number in range(1000):
            files.writestr(str(number), "x")
    return packed.getvalue()


def lying_zip() -> bytes:
    """Return a workbook whose directory says of a large sheet that it is small."""
    content = bytearray(with_part(SHEET, sheet("<row/>" * 3_000_000)))
    entry = content.index(b"PK\x01\x02")
    while content[entry + 46 : entry + 46 + len(SHEET)] != SHEET.encode():
        entry = content.index(b"PK\x01\x02", entry + 4)
    content[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    return bytes(content)


Case = tuple[str, Callable[[], bytes], str]

CASES: dict[str, Case] = {
    "empty": ("a.csv", lambda: b"", "empty"),
    "blank lines": ("a.csv", lambda: b"\n\n\n", "empty"),
    "header only": ("a.csv", lambda: HEADER.encode(), "no rows"),
    "no header": ("a.csv", lambda: b"ada,Ada\nbob,Bob\n", "The first line names the columns"),
    "unknown column": ("a.csv", lambda: b"slug,nam\na,A\n", "Did you mean “name”?"),
    "column twice": ("a.csv", lambda: b"slug,name,name\na,A,B\n", "is there twice"),
    "column without a name": ("a.csv", lambda: b"slug,,name\na,x,A\n", "it has no name"),
    "too many cells": ("a.csv", lambda: f"{HEADER}a,A,B\n".encode(), "Line 2: 3 cells"),
    "latin-1": (
        "a.csv",
        lambda: f"{HEADER}\na,\xe9\n".encode("latin-1"),
        "Line 3: the byte 0xE9",
    ),
    "utf-16": ("a.csv", lambda: f"{HEADER}a,A".encode("utf-16"), "UTF-16"),
    "NUL": ("a.csv", lambda: f"{HEADER}a,A\0\n".encode(), "Line 2: a NUL byte"),
    "unclosed quote": ("a.csv", lambda: f'{HEADER}a,A\nb,"B\n'.encode(), "Line 3: not CSV"),
    "unclosed quote, long": (
        "a.csv",
        lambda: (f'{HEADER}a,"A\n' + "b,B\n" * 1_000_000).encode(),
        "Line 2: not CSV",
    ),
    "formula": ("a.csv", lambda: f"{HEADER}a,=1+1\n".encode(), "is a formula"),
    "formula of Excel": (
        "a.xlsx",
        lambda: workbook(["slug", "name"], ["a", "=1+1"]),
        "cell B2 holds a formula",
    ),
    "error of Excel": (
        "a.xlsx",
        lambda: with_part(SHEET, sheet('<row><c r="A1" t="e"><v>#N/A</v></c></row>')),
        "holds an error",
    ),
    "too many rows": (
        "a.csv",
        lambda: (HEADER + "a,A\n" * (MOST_ROWS + 1)).encode(),
        "More than 20,000 rows",
    ),
    "1,000,000 columns": ("a.csv", lambda: b"a," * 999_999 + b"a", "1,000,000 columns"),
    "1,000,000 cells in a row": ("a.csv", lambda: HEADER.encode() + b"a," * 10**6 + b"a", "cells"),
    "1,000,000 columns of Excel": (
        "a.xlsx",
        lambda: with_part(SHEET, sheet(f"<row>{numbers(10**6)}</row>")),
        "more than 200 columns",
    ),
    "1,000,000 rows of Excel": (
        "a.xlsx",
        lambda: with_part(SHEET, sheet("<row>" + numbers(10**6, "</row><row>") + "</row>")),
        "too many cells",
    ),
    "nothing but repetition": (
        "a.xlsx",
        lambda: with_part(SHEET, sheet("<row><c><v>1</v></c></row>" * 10**6)),
        "unpacks to far more",
    ),
    "50 MB": ("a.csv", lambda: HEADER.encode() + b"a,A\n" * 12_500_000, f"at most {MOST_BYTES:,}"),
    "zip bomb": (
        "a.xlsx",
        lambda: with_part(SHEET, b" " * 100_000_000),
        "The workbook unpacks to",
    ),
    "zip that lies": ("a.xlsx", lying_zip, "This is not an Excel workbook"),
    "zip of many files": ("a.xlsx", zip_of_many, "1,000 files"),
    "zip of no workbook": (
        "a.xlsx",
        lambda: with_part(BOOK, b"<a/>"),
        "cannot be read",
    ),
    "billion laughs": (
        "a.xlsx",
        lambda: with_part(BOOK, BOMB + b"]><s>&l9;</s>"),
        "cannot be read",
    ),
    "half a workbook": (
        "a.xlsx",
        lambda: workbook(["slug"])[:-100],
        "not an Excel workbook",
    ),
    "CSV called Excel": ("a.xlsx", lambda: f"{HEADER}a,A\n".encode(), "not an Excel workbook"),
    "Excel called CSV": (
        "a.csv",
        lambda: workbook(["slug"]),
        "a ZIP or Excel file, not CSV",
    ),
    "old Excel": ("a.csv", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, "an old Excel file"),
    "PDF": ("a.csv", lambda: b"%PDF-1.7\n...", "a PDF, not CSV"),
    "picture": ("a.csv", lambda: b"\x89PNG\r\n\x1a\n\0\0", "NUL byte"),
}
