"""Reads what `?as_of=` names: a revision number, a day, or a moment."""

import re
from datetime import UTC, date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.revisions.models import Revision
from apps.revisions.parameters import BadParameter

ALLOWED = gettext_lazy(
    "a revision number (12), a day (2026-01-31, its end in UTC)"
    " or a moment (2026-01-31T12:00:00Z), none of them later than now"
)

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# A plus sign that was not escaped in an address arrives as a space.
INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[-+ ]\d{2}:\d{2})?", re.ASCII
)


def shown_revision(text: str, newest: int) -> int:
    """Return the number of the revision that `text` names; 0 is the empty database before all.

    Raises BadParameter for anything else, and for what is not known yet: a future state cannot
    be cited.
    """
    if re.fullmatch(r"[0-9]{1,15}", text, re.ASCII):
        if int(text) > newest:
            reason = _("Revision %(number)s does not exist yet.") % {"number": text}
            raise BadParameter("as_of", text, ALLOWED, reason)
        return int(text)
    revision = Revision.objects.made_by(_moment(text))
    return revision.number if revision else 0


def _moment(text: str) -> datetime:
    """Return the moment meant; a day counts to its end, today to now. Raises BadParameter."""
    now = datetime.now(UTC)
    try:
        moment = _end_of_day(text, now) if DAY.fullmatch(text) else _instant(text)
    except (ValueError, OverflowError):
        raise BadParameter("as_of", text, ALLOWED) from None
    if moment > now:
        raise BadParameter("as_of", text, ALLOWED, _("The state of a future day is not known."))
    return moment


def _end_of_day(text: str, now: datetime) -> datetime:
    day = date.fromisoformat(text)
    return now if day == now.date() else datetime.combine(day, time.max, UTC)


def _instant(text: str) -> datetime:
    """Return the moment in UTC; no offset is UTC. Raises ValueError or OverflowError."""
    if not INSTANT.fullmatch(text):
        raise ValueError(text)
    moment = datetime.fromisoformat(text.replace(" ", "+"))
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
