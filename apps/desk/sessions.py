"""Sessions that know whose they are, so that people can see them and end them."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

AGENT, STARTED = "agent", "started"
LONGEST_AGENT = 200
# By which the clocks of two machines may differ.
SLACK = timedelta(hours=1)


class SessionStore(DatabaseStore):
    """Django's sessions in the database, in a table with an account."""

    @classmethod
    def get_model_class(cls) -> Any:
        from apps.desk.models import DeskSession

        return DeskSession

    def _get_session_from_db(self) -> Any:
        """Return the session; None where it would last longer than one can: the clock went back."""
        longest = timedelta(seconds=settings.SESSION_COOKIE_AGE) + SLACK
        session: Any = super()._get_session_from_db()  # type: ignore[misc]
        if session and session.expire_date > timezone.now() + longest:
            self._session_key = None
            return None
        return session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.account_id = data.get(SESSION_KEY)
        row.agent = data.get(AGENT, "")
        row.started_at = parse_datetime(data.get(STARTED, "")) or timezone.now()
        return row


def begin(request: HttpRequest) -> None:
    """Note in the session of somebody who logged in what he needs to know it again."""
    request.session[AGENT] = request.headers.get("User-Agent", "")[:LONGEST_AGENT]
    request.session[STARTED] = timezone.now().isoformat()
    SessionStore.get_model_class().objects.filter(expire_date__lt=timezone.now()).delete()


def sessions_of(user: Any) -> "QuerySet[Any]":
    """Return the sessions of a user that have not expired, the newest first."""
    sessions = SessionStore.get_model_class().objects
    return sessions.filter(account=user, expire_date__gt=timezone.now()).order_by("-started_at")
