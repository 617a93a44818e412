"""Record pages that can be asked what was true on a day: `?on=2020-01-15`."""

from datetime import date
from typing import Any

from apps.pages.days import OnADay
from apps.pages.views.records import ENTRY_NAMES, RecordView
from apps.records.catalogue import CATALOGUE
from apps.records.on_a_day import asked_day


class DatedView(RecordView):
    """One record, and what was true of it on the day asked for."""

    def context(self, record: Any) -> dict[str, Any]:
        """Raises BadParameter for a day that cannot be read, or is no question to the record."""
        entry = CATALOGUE[ENTRY_NAMES[self.model]]
        self.day = asked_day(entry, self.request.GET)
        return {
            **super().context(record),
            "asks_of_days": "on" in entry.filters.base_filters,
            "on_a_day": self.on_a_day(record, self.day) if self.day else None,
        }

    def on_a_day(self, record: Any, day: date) -> OnADay | None:
        """Return what was true of `record` on `day`."""
        return None
