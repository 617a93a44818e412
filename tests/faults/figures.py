"""What the fault tests measured: noted as they run, and put into docs/reliability.md afterwards.

python -m tests.faults.figures      # after `make faults`
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from sahelref.embedded.paths import CHECKOUT

NOTED = CHECKOUT / "var" / "faults.jsonl"
DOCUMENT = CHECKOUT / "docs" / "reliability.md"
BEGIN, END = "<!-- figures: made by `make faults` -->", "<!-- end of figures -->"


def note(case: str, what: str, figure: str) -> None:
    """Keep a figure of this run, if it is a run of `make faults`."""
    if not os.environ.get("SAHELREF_NOTE_FIGURES"):
        return
    NOTED.parent.mkdir(exist_ok=True)
    with NOTED.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"case": case, "what": what, "figure": figure}) + "\n")


def table(lines: list[str]) -> str:
    """Return the figures as a table in the order of the cases; the last of a case counts."""
    noted = {(told["case"], told["what"]): told["figure"] for told in map(json.loads, lines)}
    rows = [f"| {case} | {what} | {figure} |" for (case, what), figure in sorted(noted.items())]
    day = datetime.now(UTC).date()
    cores = f"{os.cpu_count()} shared cores"
    head = [f"Measured {day} on {cores}; the data is the seed where nothing else is said.", ""]
    return "\n".join([*head, "| case | what was done | what came |", "| --- | --- | --- |", *rows])


def put_into(document: Path, text: str) -> None:
    before, _, rest = document.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    document.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    put_into(DOCUMENT, table(NOTED.read_text(encoding="utf-8").splitlines()))
