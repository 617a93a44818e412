"""An editor who writes without pause and remembers what was acknowledged."""

import threading
from types import TracebackType
from typing import Self

import psycopg

from sahelref.embedded.tests.looking import wait_for
from tests.faults.conftest import Site

EDIT = "UPDATE records_source SET dateline = %s WHERE id = (SELECT min(id) FROM records_source)"
KEPT = "SELECT dateline FROM records_source_history"


class Editor(threading.Thread):
    """Edits through whatever happens; run it as a context.

    What the database refused while it was there is in `refusals`; that it was away is no refusal.
    """

    def __init__(self, site: Site) -> None:
        super().__init__()
        self.site, self.acknowledged = site, list[str]()
        self.refusals, self.breaks = list[str](), 0
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                with self.site.connect("sahelref_app") as writer:
                    self._edit(writer)
            except psycopg.OperationalError:
                self.breaks += 1
            except psycopg.Error as error:
                self.refusals.append(str(error))

    def _edit(self, writer: "psycopg.Connection[tuple[object, ...]]") -> None:
        while not self.stopping.is_set():
            words = f"edit {len(self.acknowledged)}"
            writer.execute(EDIT, [words])
            self.acknowledged.append(words)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stopping.set()
        self.join()

    def wait_for_more(self, number: int, seconds: float = 30) -> None:
        """Return when `number` more edits are acknowledged than now."""
        enough = len(self.acknowledged) + number
        wait_for(lambda: len(self.acknowledged) >= enough, seconds)

    def lost(self, site: Site | None = None) -> set[str]:
        """Return what was acknowledged and is not in the history: of `site`, if it is another."""
        with (site or self.site).connect() as owner:
            rows = owner.execute(KEPT).fetchall()
        return set(self.acknowledged) - {words for (words,) in rows}
