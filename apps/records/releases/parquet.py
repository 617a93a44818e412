"""The Parquet files of a release, an optional extra: each made by DuckDB from the CSV beside it.

DuckDB is imported where it is used alone: a site that makes no Parquet does without it.
"""

from glob import escape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from apps.records.codebook import INTEGER, Column
from apps.records.exports import FORMULA
from apps.records.releases.tables import Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, Expression

SUFFIX = ".parquet"
# What `exports.safe` put before a text, and the text.
QUOTED = f"^'({FORMULA.pattern})"
MISSING = (
    "Parquet needs DuckDB, which is not installed:"
    " python -m pip install --require-hashes -r requirements-parquet.txt"
)


def installed() -> bool:
    return find_spec("duckdb") is not None


def write(directory: Path, tables: list[Table]) -> None:
    """Write a Parquet file for each table from its CSV in `directory`, row by row in its order."""
    with _connection() as connection:
        for table in tables:
            path = directory / table.path
            cells = connection.read_csv(
                escape(str(path)),
                auto_detect=False,
                header=True,
                delimiter=",",
                quotechar='"',
                escapechar='"',
                columns={column.name: _kind(column) for column in table.columns},
            )
            cells.select(*map(_stored, table.columns)).write_parquet(str(path.with_suffix(SUFFIX)))


def count(path: Path) -> int:
    """Return how many rows the file has, read again."""
    question = "SELECT count(*) FROM read_parquet(?)"
    with _connection() as connection:
        ((found,),) = connection.execute(question, [escape(str(path))]).fetchall()
    return int(found)


def _connection() -> "DuckDBPyConnection":
    """One thread, so that the bytes do not depend on the machine; nothing is fetched for it."""
    from duckdb import connect

    return connect(config={"threads": 1, "autoinstall_known_extensions": False})


def _kind(column: Column) -> str:
    return "BIGINT" if column.type == INTEGER else "VARCHAR"


def _stored(column: Column) -> "Expression":
    """Give a cell as the file holds it: blank is NULL, and no `'` stands before a formula."""
    from duckdb import ColumnExpression, ConstantExpression, FunctionExpression

    cell = ColumnExpression(column.name)
    if column.type == INTEGER:
        return cell
    pattern, text = ConstantExpression(QUOTED), ConstantExpression(r"\1")
    return FunctionExpression("regexp_replace", cell, pattern, text).alias(column.name)
