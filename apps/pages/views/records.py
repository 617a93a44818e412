"""What the pages of every record type share: one record, its history, a list."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import View

from apps.pages import addresses, citing, names
from apps.pages.evidence import Evidence
from apps.records.catalogue import CATALOGUE
from apps.records.models import Part, Record, RecordQuerySet

ENTRY_NAMES = {entry.model: entry.name for entry in CATALOGUE.values()}


class RecordView(View):
    """One record by its key; any other name that it answers to leads to its own address.

    `<key>@<revision>` leads to the record as of that revision.
    """

    model: Any = None
    role = "detail"
    template = ""
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        key, _, revision = key.partition("@")
        if revision.isdecimal():
            path = reverse(f"pages:{self.name}-{self.role}", args=[key])
            return HttpResponseRedirect(addresses.with_parameters(path, as_of=revision))
        record = self.records().with_key(key).first()
        if record is None:
            raise Http404
        if record.key != key:
            return HttpResponseRedirect(self._canonical(request, record))
        return render(request, self.template or f"pages/{self.name}.html", self.context(record))

    @property
    def name(self) -> str:
        return str(self.model._meta.model_name)

    def records(self) -> RecordQuerySet:
        """Return the records with all that the page shows of one."""
        return self.model.objects.all()

    def targets(self, record: Any) -> list[Record | Part]:
        """Return the record, the parts and the other records whose facts the page shows."""
        return [record]

    def context(self, record: Any) -> dict[str, Any]:
        return {
            "record": record,
            self.name: record,
            "section": self.name,
            "title": self.title(record),
            "type": names.types_of(self.model),
            "type_list": f"{self.name}-list",
            "evidence": Evidence(*self.targets(record)),
            "citable": citing.cited(self.request, self.title(record), record.get_absolute_url()),
            "history": self.address(f"{self.name}-history", record),
            "as_json": addresses.of_api(self.request, ENTRY_NAMES[self.model], record.key),
        }

    def title(self, record: Any) -> str:
        return names.name_of(record)

    def address(self, page: str, record: Record) -> str:
        return addresses.keep_as_of(self.request, reverse(f"pages:{page}", args=[record.key]))

    def _canonical(self, request: HttpRequest, record: Record) -> str:
        path = reverse(f"pages:{self.name}-{self.role}", args=[record.key])
        query = request.META.get("QUERY_STRING", "")
        return f"{path}?{query}" if query else path
