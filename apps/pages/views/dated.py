"""Record pages that can be asked what was true on a day: `?on=2020-01-15`."""

from datetime import date
from typing import Any

from apps.pages import clocks
from apps.pages.days import OnADay
from apps.pages.views.records import ENTRY_NAMES, RecordView
from apps.records.catalogue import CATALOGUE


class DatedView(RecordView):
    """One record, and what was true of it on the day asked for."""

    def context(self, record: Any) -> dict[str, Any]:
        """Raises BadParameter for a day that cannot be read."""
        entry = CATALOGUE[ENTRY_NAMES[self.model]]
        self.day = clocks.day_of(self.request)
        return {
            **super().context(record),
            "asks_of_days": "on" in entry.filters.base_filters,
            "on_a_day": self.on_a_day(record, self.day) if self.day else None,
        }

    def on_a_day(self, record: Any, day: date) -> OnADay | None:
        """Return what was true of `record` on `day`; None where no day is a question to it."""
        return None
