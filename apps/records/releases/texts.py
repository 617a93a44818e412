"""The files of a release that people read: README.md, LICENSE, CITATION.cff."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TITLE = "sahelref: security operations in the Sahel, every record cited"
LICENCE_NAME = "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
AUTHORS = "The sahelref contributors"
DATABASE = "sahelref.sqlite"


@dataclass(frozen=True)
class Frozen:
    """What is frozen under which name; `made_at` is when the revision was made (ISO 8601, UTC).

    `site` is the address of the site that serves it, "" where none is known.
    """

    name: str
    revision: int
    hash: str
    made_at: str
    notes: str
    site: str = ""

    @property
    def address(self) -> str:
        """The page of the release; "" where no site is known."""
        return f"{self.site.rstrip('/')}/data/releases/{self.name}/" if self.site else ""

    @property
    def citation(self) -> str:
        """How to cite the release."""
        return (
            f"{AUTHORS}. {TITLE}. Release {self.name}, revision {self.revision}"
            f" of {self.made_at[:10]}. SHA-256 {self.hash}. CC BY 4.0. {self.address}"
        ).strip()


LICENCE = f"""\
{LICENCE_NAME} (CC BY 4.0)

This work, sahelref, is licensed under the Creative Commons Attribution 4.0 International
License. To view a copy of this license, visit {LICENCE_URL}
or send a letter to Creative Commons, PO Box 1866, Mountain View, CA 94042, USA.

You are free to share and adapt the material for any purpose, even commercially, if you give
appropriate credit, provide a link to the license and say if changes were made. CITATION.cff says
how to cite. The material comes without warranties.

Excerpts and quotations belong to those who wrote and said them; they are short, and they are here
so that each fact can be checked against its source.
"""

README = """\
# {title}

Release {name}: revision {revision} of the database, made {made_at}.
SHA-256 of the history up to it: `{hash}`

## What is new

{notes}

## What is here

| file | rows | bytes | SHA-256 |
| --- | --- | --- | --- |
{files}

`index.json` has the same for programs, `datapackage.json` (Frictionless) the codebook of every
column and code. Ids are those of the API and do not change. Dates are EDTF texts (2020, 2020-01,
2020-23 for autumn, 2020-01~ for about). Blank is what no source states; `not_stated` is a code.
Several values in a cell stand between `|`. In CSV a text that a spreadsheet would run as a formula
begins with an apostrophe; `{database}` has it without.
{parquet}
## Use it

    datasette {database}
    frictionless validate datapackage.json
    python -c "import csv; print(next(csv.DictReader(open('operations.csv', newline=''))))"
    Rscript -e 'print(head(read.csv("operations.csv")))'

## Check it

Each file has the SHA-256 above. Made again from the same revision (`manage.py release`), every
file is the same byte for byte. The receipt of the release, in the API, says whether the database
still vouches for it: `/api/v1/receipts/?release={name}`

## Licence and citation

{licence} (CC BY 4.0): LICENSE.

> {citation}
"""

PARQUET = """
The Parquet files are the same tables, with the types of `datapackage.json`. Blank is NULL there,
and no apostrophe stands before a formula. DuckDB wrote them, each says which version: another may
write other bytes.

    duckdb -c "FROM 'operations.parquet'"
"""


def readme(frozen: Frozen, files: Mapping[str, dict[str, Any]]) -> str:
    lines = [
        f"| {path} | {file.get('rows', '')} | {file['bytes']} | `{file['sha256']}` |"
        for path, file in sorted(files.items())
    ]
    return README.format(
        title=TITLE,
        files="\n".join(lines),
        database=DATABASE,
        parquet=PARQUET if any(path.endswith(".parquet") for path in files) else "",
        licence=LICENCE_NAME,
        citation=frozen.citation,
        **vars(frozen),
    )


def citation_file(frozen: Frozen) -> str:
    """Return CITATION.cff (Citation File Format 1.2.0); a JSON text is a YAML text."""
    quoted = json.dumps
    return "\n".join(
        [
            "cff-version: 1.2.0",
            "type: dataset",
            f"title: {quoted(TITLE)}",
            f"message: {quoted('If you use these data, cite this release.')}",
            f"version: {quoted(frozen.name)}",
            f"date-released: {frozen.made_at[:10]}",
            "license: CC-BY-4.0",
            *([f"url: {quoted(frozen.address)}"] if frozen.site else []),
            "authors:",
            f"  - name: {quoted(AUTHORS)}",
            "identifiers:",
            "  - type: other",
            f"    value: {quoted(f'sha256:{frozen.hash}')}",
            f"    description: {quoted(f'Hash of the history up to revision {frozen.revision}')}",
            "",
        ]
    )
