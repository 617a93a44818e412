"""Atom feeds (RFC 4287) of what changed."""

import unicodedata
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from apps.pages import facts
from apps.pages.addresses import keep_as_of, pinned, state_of
from apps.pages.changelog import LoggedChange
from apps.pages.citing import AUTHOR, LICENCE

# Since when ids have this form. It never changes, or readers would see all entries anew.
MINTED = 2026
EMPTY = datetime(1970, 1, 1, tzinfo=UTC)


class AtomFeed(Atom1Feed):
    """Django's feed, whose time is that of the state it shows and never of the clock."""

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=self.feed["made_at"])


def feed(request: HttpRequest, title: str, page: str, name: str) -> AtomFeed:
    """Return a feed without entries; `page` is what it is a feed of, `name` its part of the id."""
    state = state_of(request)
    made_at = state.made_at if state else None
    absolute = request.build_absolute_uri
    return AtomFeed(
        title=in_xml(title),
        link=absolute(keep_as_of(request, page)),
        description=None,
        language=facts.language(),
        author_name=AUTHOR,
        author_link=absolute("/"),
        feed_url=absolute(),
        feed_guid=tag(request, name),
        feed_copyright=LICENCE,
        made_at=made_at or EMPTY,
    )


def answer(made: AtomFeed) -> HttpResponse:
    return HttpResponse(made.writeString("utf-8"), content_type=AtomFeed.content_type)


def add_record(made: AtomFeed, request: HttpRequest, change: LoggedChange) -> None:
    """Add what happened to one record: named by its id and the revision, linked as of then."""
    revision, record = change.change.revision, change.record
    page = pinned(record.get_absolute_url(), revision.number) if record else change.last_address
    words = {"name": change.title, "what": change.change.get_action_display().lower()}
    name = f"{change.change.record_type}/{change.change.public_id}@{revision.number}"
    made.add_item(
        title=in_xml(_("%(name)s: %(what)s") % words),
        link=request.build_absolute_uri(page),
        description=_told(request, {"reason": revision.reason, "changes": [change]}),
        unique_id=tag(request, name),
        updateddate=revision.made_at,
    )


def add_revision(
    made: AtomFeed, request: HttpRequest, page: str, name: str, one: dict[str, Any]
) -> None:
    """Add what one revision changed, `page` being where to read it, `one` what a page shows."""
    revision = one["revision"]
    made.add_item(
        title=_("Revision %(number)d") % {"number": revision.number},
        link=request.build_absolute_uri(page),
        description=_told(request, {"reason": revision.reason, **one}),
        unique_id=tag(request, name),
        updateddate=revision.made_at,
    )


def _told(request: HttpRequest, context: dict[str, Any]) -> str:
    """Return the reason and the changes in HTML, which Atom carries escaped."""
    return in_xml(render_to_string("feeds/changes.html", context, request=request).strip())


def tag(request: HttpRequest, name: str) -> str:
    """Return the id of something here, which stays when its address changes (RFC 4151)."""
    return f"tag:{urlsplit('//' + request.get_host()).hostname},{MINTED}:{name}"


def in_xml(text: str) -> str:
    """Return the text without the control characters that XML cannot hold."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
