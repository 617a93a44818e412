"""What the pages of every record type share: one record, its citation files."""

import re
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import View

from apps.pages import addresses, citing, clocks, linked_data, names, relations
from apps.pages.evidence import Evidence
from apps.records.catalogue import CATALOGUE
from apps.records.models import Part, Record, RecordQuerySet
from apps.records.renaming import now_called
from apps.records.withdrawals import absent
from apps.revisions.as_of import shown_revision

ENTRY_NAMES = {entry.model: entry.name for entry in CATALOGUE.values()}
REVISION = re.compile(r"[0-9]{1,15}", re.ASCII)


class RecordView(View):
    """One record by its key; any other name that it answers to leads to its own address.

    `<key>@<revision>` leads to the record as of that revision, which needs to exist.
    """

    model: Any = None
    role = "detail"
    template = ""
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, key: str, **_: str) -> HttpResponse:
        """Answer with the record. Raises BadParameter for a revision that is yet to come."""
        key, at, revision = key.partition("@")
        if at:
            return self._as_of(key, revision)
        record = self.records().with_key(key).first() or self._now_called(key)
        if record is None:
            return self._moved(key)
        if record.key != key:
            return HttpResponseRedirect(self._same(record.key))
        return self.answer(record)

    def _moved(self, key: str) -> HttpResponse:
        """Lead on to what the record was merged into. Raises Http404 where it was not."""
        successor = self.model.objects.succeeding(key)
        if successor is None:
            return self.absent(absent(CATALOGUE[ENTRY_NAMES[self.model]], key))
        return HttpResponsePermanentRedirect(self._same(successor.key))

    def absent(self, why: Http404) -> HttpResponse:
        """Answer for a record that is not there. Raises `why`."""
        raise why

    def answer(self, record: Any) -> HttpResponse:
        template = self.template or f"pages/{self.name}.html"
        return render(self.request, template, self.context(record))

    @property
    def name(self) -> str:
        return str(self.model._meta.model_name)

    def records(self) -> RecordQuerySet:
        """Return the records with all that the page shows of one; here what its name takes."""
        return self.model.objects.select_related(*relations.NAMED_BY[self.model])

    def targets(self, record: Any) -> list[Record | Part]:
        """Return the record, the parts and the other records whose facts the page shows."""
        return [record]

    def context(self, record: Any) -> dict[str, Any]:
        title = self.title(record)
        return {
            "record": record,
            self.name: record,
            "section": self.name,
            "title": title,
            "description": self.description(record),
            "canonical": addresses.canonical(self.request, record.get_absolute_url()),
            "type": names.types_of(self.model),
            "type_list": f"{self.name}-list",
            "evidence": Evidence(*self.targets(record)),
            "citable": citing.cited_record(self.request, title, record),
            "node": linked_data.of_record(self.request, record, title),
            "history": clocks.keep(self.request, self.address("history", record)),
            "feed": addresses.keep_as_of(self.request, self.address("feed", record)),
            "as_json": addresses.of_api(self.request, ENTRY_NAMES[self.model], record.key),
            "as_csv": self._csv(record),
        }

    def title(self, record: Any) -> str:
        return names.title_of(record)

    def description(self, record: Any) -> str:
        """Return a sentence for those who have not opened the page yet."""
        return f"{names.type_of(self.model)}: {self.title(record)}"

    def address(self, role: str, record: Record) -> str:
        return reverse(f"pages:{self.name}-{role}", args=[record.key])

    def _csv(self, record: Record) -> str:
        whole = reverse(f"api:{ENTRY_NAMES[self.model]}-list")
        one = addresses.with_parameters(whole, id=record.public_id, format="csv")
        return addresses.keep_as_of(self.request, one)

    def _as_of(self, key: str, revision: str) -> HttpResponse:
        if not key or not REVISION.fullmatch(revision):
            raise Http404
        state = addresses.state_of(self.request)
        shown = shown_revision(revision, state.newest if state else 0)
        path = addresses.with_parameters(self._same(key), as_of=str(shown))
        return HttpResponseRedirect(path)

    def _now_called(self, key: str) -> Any:
        """Return the record that has `key` in another state only: by now, not yet then."""
        state = addresses.state_of(self.request)
        past = state is not None and state.is_past
        return now_called(self.records(), key).first() if past else None

    def _same(self, key: str) -> str:
        """Return the address of this page, its query with it, of the record `key`."""
        path = reverse(f"pages:{self.name}-{self.role}", kwargs={**self.kwargs, "key": key})
        query = self.request.META.get("QUERY_STRING", "")
        return f"{path}?{query}" if query else path


class RecordCitation(RecordView):
    """A file that cites the page of a record at the revision being read."""

    role = "cite"

    def answer(self, record: Any) -> HttpResponse:
        page = citing.cited_record(self.request, self.title(record), record)
        return citation_file(page, self.kwargs["form"], record.key)


def citation_file(page: citing.CitedPage | None, form: str, name: str) -> HttpResponse:
    """Return the file `<name>@<revision>.<form>`. Raises Http404 for a form there is none of."""
    if page is None or form not in citing.FORMS:
        raise Http404
    written = citing.FORMS[form]
    file = f"{name}@{page.revision}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return HttpResponse(written.write(page), content_type=written.media_type, headers=headers)
