"""The SQL of rules that begin at the rows which a revision wrote, and never at a table.

A commit then costs what it wrote, however much there is. OFFSET 0 keeps the planner from turning
that round, which it does where a table was small when it looked; `$1` is the revision, `$2` the
tables that it wrote to.
"""


def versions(table: str, column: str = "id", end: str = "since", where: str = "true") -> str:
    """Return the `column` of the versions of `table` that the revision began, or "until" ended.

    Of those only for which `where` holds and which have no NULL there.
    """
    written = f"""SELECT * FROM public.{table}_history
        WHERE {end}_revision = $1 AND '{table}' = ANY($2)"""
    return f"""SELECT v.{column} AS id FROM ({written} OFFSET 0) AS v
        WHERE v.{column} IS NOT NULL AND ({where})"""


def for_each(written: str, query: str) -> str:
    """Return what `query` finds for each id `w.id` of the rows `written`."""
    return f"SELECT found.* FROM ({written}) AS w CROSS JOIN LATERAL ({query} OFFSET 0) AS found"


def row_of(table: str, key: str, name: str) -> str:
    """Return a join of the one row of `table` whose id is `key`, called `name`."""
    row = f"SELECT * FROM public.{table} AS one WHERE one.id = {key}"
    return f"CROSS JOIN LATERAL ({row} OFFSET 0) AS {name}"
