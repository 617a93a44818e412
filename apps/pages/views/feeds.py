"""Atom feeds of changes: of the whole, of one record, of the records that a filter keeps."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.pages import addresses, changelog, feeds, names
from apps.pages.views.changes import latest_changes
from apps.pages.views.histories import changes_of, made, newest_of
from apps.pages.views.records import RecordView
from apps.records.asking import SHARED, Question, read
from apps.records.catalogue import Entry
from apps.revisions.models import Change
from apps.revisions.parameters import UnknownParameter

ENTRIES = 20
FEW = 1000
# What tells how a list is shown; a feed has an order and a length of its own.
NOT_OF_A_FEED = {"cursor", "ordering", "page_size", "fields", "expand", "facets", "format"}


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Give the newest revisions that changed something public. Raises UnknownParameter."""
    _refuse_all_but(("as_of",), request)
    page = reverse("pages:changes")
    atom = feeds.feed(request, _("Changes in sahelref"), page, "changes")
    for one in latest_changes(ENTRIES):
        number = one["revision"].number
        there = reverse("pages:revision", args=[number])
        feeds.add_revision(atom, request, there, f"changes/{number}", one)
    return feeds.answer(atom)


@require_safe
def filtered(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Give the newest changes to the records that the parameters of the list keep.

    Raises BadParameter.
    """
    allowed = {*entry.filters.base_filters, *SHARED} - NOT_OF_A_FEED
    _refuse_all_but(allowed, request)
    question = read(entry, request.GET)
    kind = str(entry.model._meta.model_name)
    of_them = Change.objects.filter(record_type=kind, record_id__in=_kept(question))
    newest = of_them.select_related("revision").order_by("-revision_id", "-pk")[:ENTRIES]
    chosen = {name: value for name, value in question.parameters.items() if name != "as_of"}
    page = addresses.with_parameters(reverse(f"pages:{kind}-list"), **chosen)
    name = addresses.with_parameters(entry.name, **chosen)
    atom = feeds.feed(request, _title(entry, chosen), page, name)
    for change in changelog.logged(newest):
        feeds.add_record(atom, request, change)
    return feeds.answer(atom)


class RecordFeed(RecordView):
    """The newest revisions that changed a record or what hangs on it, and what differs."""

    role = "feed"

    def answer(self, record: Any) -> HttpResponse:
        _refuse_all_but(("as_of",), self.request)
        concerning = changes_of(record)
        title = _("Changes to %(title)s") % {"title": self.title(record)}
        page = reverse(f"pages:{self.name}-history", args=[record.key])
        name = f"{self.name}/{record.public_id}/history"
        atom = feeds.feed(self.request, title, page, name)
        for one in made(concerning, record, newest_of(concerning, ENTRIES)):
            number = one["revision"].number
            there = addresses.pinned(record.get_absolute_url(), number)
            feeds.add_revision(atom, self.request, there, f"{name}@{number}", one)
        return feeds.answer(atom)


def _kept(question: Question) -> Any:
    """Return the keys that the filters keep: few are looked up, among many the newest come soon."""
    kept = question.filters.qs.order_by().values_list("pk", flat=True)
    few = list(kept[: FEW + 1])
    return few if len(few) <= FEW else kept


def _refuse_all_but(allowed: Collection[str], request: HttpRequest) -> None:
    for name, value in request.GET.items():
        if name not in allowed:
            raise UnknownParameter(name, str(value), sorted(allowed))


def _title(entry: Entry, chosen: dict[str, str]) -> str:
    records = names.types_of(entry.model)
    title = _("Changes to %(title)s") % {"title": records}
    conditions = ", ".join(f"{name} {value}" for name, value in chosen.items())
    return f"{title} ({conditions})" if conditions else title
