"""Rules over several rows, checked by PostgreSQL when a revision is closed.

What one row can hold is a constraint of its model. What takes several (a published record is
cited) is a `Rule`: a query for the rows that break it, run once a transaction, after all of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

RULES: dict[str, "Rule"] = {}


@dataclass(frozen=True)
class Rule:
    """A query that finds the rows that break the rule among those written in a revision.

    `query` gives one column, a text that says which row; `$1` in it is the number of the revision,
    `$2` the tables that it wrote to, an array of text. It runs when one of `tables` was written
    to. A row found refuses the transaction with IntegrityError: constraint `name`, message
    `message`, detail the text.
    """

    name: str
    message: str
    tables: tuple[str, ...]
    query: str

    def asked_of(self, number: int, tables: Iterable[str]) -> str:
        """Return the query for the revision `number`, which wrote to `tables`."""
        written = ", ".join(f"'{table}'" for table in tables)
        return self.query.replace("$1", str(number)).replace("$2", f"ARRAY[{written}]::text[]")


def register(rule: Rule) -> None:
    """Add `rule` to those in force from the next migrate on. Raises ValueError on a name twice."""
    if RULES.setdefault(rule.name, rule) != rule:
        raise ValueError(f"Two rules are named {rule.name}.")
