"""Import and export of every list of the desk: what stands above it, and the pages behind."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from apps.desk.forms import LONGEST_REASON, REASON_HELP
from apps.desk.importing import uploads
from apps.desk.importing.csv_files import write_csv
from apps.desk.importing.plans import preview
from apps.desk.importing.resources import RecordResource, resource_for
from apps.desk.importing.tables import FileRefused
from apps.desk.importing.xlsx_files import write_xlsx
from apps.desk.models import ImportFile
from apps.desk.permissions import may_import
from apps.desk.refusals import refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


class CarryOutForm(forms.Form):
    """Why a file is imported, and whether over what others changed since it was exported."""

    reason = forms.CharField(
        label="Reason for this change",
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=REASON_HELP,
    )
    over_newer = forms.BooleanField(
        label="Put the rows of the file over what others changed since it was exported",
        required=False,
    )


class TransferAdmin(ModelAdmin):
    """A list that can be exported as it is filtered, and to which a table can be imported."""

    change_list_template = "desk/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        views: dict[str, tuple[Callable[..., HttpResponse], str]] = {
            "export.<str:kind>": (self.export_view, "export"),
            "import/template.<str:kind>": (self.template_view, "template"),
            "import/": (self.import_view, "import"),
            "import/<int:number>/": (self.plan_view, "plan"),
        }
        info = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path(route, self.admin_site.admin_view(view), name=f"{info}_{name}")
            for route, (view, name) in views.items()
        ]
        return [*own, *super().get_urls()]

    def has_import_permission(self, request: HttpRequest) -> bool:
        names = [
            f"{self.opts.app_label}.{verb}_{self.opts.model_name}" for verb in ("add", "change")
        ]
        return may_import(request.user) and request.user.has_perms(names)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        shown = {
            "may_import": self.has_import_permission(request),
            "filtered": request.GET.urlencode(),
        }
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    def export_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Answer with the rows of the list as filtered, all its pages, ready to be imported."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            found = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect(self._address("changelist"))
        resource = self._resource()
        try:
            return self._file(resource, resource.rows(found), self.opts.model_name or "", kind)
        except FileRefused as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return redirect(self._address("changelist"))

    def template_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Answer with an empty table, and in a workbook what each column allows."""
        self._require_import(request)
        return self._file(self._resource(), [], f"{self.opts.model_name}-template", kind)

    def import_view(self, request: HttpRequest) -> HttpResponse:
        self._require_import(request)
        form = uploads.UploadForm(self.model, request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            kept = uploads.keep(self.model, file.name, form.content, request.user)
            return redirect(self._address("plan", kept.pk))
        title = f"Import {self.opts.verbose_name_plural}"
        shown = {"form": form, "columns": self._resource().fields_in_order, "title": title}
        return self._transfer_page(request, "desk/import.html", shown)

    def plan_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show what a file would do; asked to, do it."""
        self._require_import(request)
        file = get_object_or_404(
            ImportFile, pk=number, editor=request.user, record_type=self.opts.label_lower
        )
        form = CarryOutForm(request.POST or None)
        imported = uploads.Imported(file)
        if request.method == "POST" and form.is_valid():
            imported = self._import(request, file, form.cleaned_data)
        if imported.file.revision is not None:
            return self._done(request, imported.file)
        plan = imported.plan or preview(self.model, self._table(file), request.user)
        title = f"Import “{file.name}”"
        shown = {"form": form, "plan": plan, "file": file, "title": title}
        return self._transfer_page(request, "desk/import_plan.html", shown)

    def _import(
        self, request: HttpRequest, file: ImportFile, given: dict[str, Any]
    ) -> uploads.Imported:
        try:
            imported = uploads.import_once(
                file, self.model, given["reason"], over_newer=given["over_newer"]
            )
        except DatabaseError as fault:
            self.message_user(request, refusal(fault, self.model).message, messages.ERROR)
            return uploads.Imported(file)
        if imported.plan:
            self.message_user(request, "Nothing was imported.", messages.ERROR)
        return imported

    def _done(self, request: HttpRequest, file: ImportFile) -> HttpResponseRedirect:
        said = f"“{file.name}” is imported in revision {file.revision}: {file.summary}."
        self.message_user(request, said, messages.SUCCESS)
        return redirect(self._address("changelist"))

    def _table(self, file: ImportFile) -> Any:
        return uploads.read(self.model, file.name, bytes(file.content))

    def _resource(self) -> RecordResource:
        return resource_for(self.model)()

    def _file(self, resource: RecordResource, rows: Any, name: str, kind: str) -> HttpResponse:
        headers = resource.get_export_headers()
        if kind == "xlsx":
            sheets = {"Records": (headers, rows), "Columns": resource.explanation}
            response = HttpResponse(write_xlsx(sheets), content_type=XLSX)
        else:
            response = HttpResponse("".join(write_csv(headers, rows)), content_type=CSV)
        extension = "xlsx" if kind == "xlsx" else "csv"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
        return response

    def _require_import(self, request: HttpRequest) -> None:
        if not self.has_import_permission(request):
            raise PermissionDenied

    def _address(self, role: str, *args: Any) -> str:
        name = f"{self.opts.app_label}_{self.opts.model_name}_{role}"
        return reverse(f"{self.admin_site.name}:{name}", args=args)

    def _transfer_page(
        self, request: HttpRequest, template: str, shown: dict[str, Any]
    ) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **shown}
        return TemplateResponse(request, template, context)
