"""Reads what `?as_of=` names: a revision number, a day, or a moment."""

import re
from datetime import UTC, date, datetime, time, timedelta

from apps.revisions.models import Revision
from apps.revisions.parameters import BadParameter

ALLOWED = (
    "a revision number (12), a day (2026-01-31, its end in UTC)"
    " or a moment (2026-01-31T12:00:00Z), none of them later than now"
)


def shown_revision(text: str, newest: int) -> int:
    """Return the number of the revision that `text` names; 0 is the empty database before all.

    Raises BadParameter for anything else, and for what is not known yet: a future state cannot
    be cited.
    """
    if re.fullmatch(r"[0-9]{1,15}", text, re.ASCII):
        if int(text) > newest:
            raise BadParameter("as_of", text, ALLOWED, f"Revision {text} does not exist yet.")
        return int(text)
    revision = Revision.objects.made_by(_moment(text))
    return revision.number if revision else 0


def _moment(text: str) -> datetime:
    """Return the moment meant; a day counts to its end. Raises BadParameter."""
    try:
        moment = _end_of_day(text) or datetime.fromisoformat(text.replace(" ", "+"))
    except (ValueError, OverflowError):
        raise BadParameter("as_of", text, ALLOWED) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if moment > datetime.now(UTC) + timedelta(days=1):
        raise BadParameter("as_of", text, ALLOWED, "The state of a future day is not known.")
    return moment


def _end_of_day(text: str) -> datetime | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return None
    return datetime.combine(date.fromisoformat(text), time.max, UTC)
