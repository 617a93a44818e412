"""Files between upload and import: read, kept for a day, imported once in one revision."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils import timezone

from apps.desk.importing.csv_files import read_csv
from apps.desk.importing.plans import Plan, carry_out
from apps.desk.importing.resources import resource_for
from apps.desk.importing.tables import MOST_BYTES, FileRefused, Table
from apps.desk.importing.xlsx_files import read_xlsx
from apps.desk.models import ImportFile
from apps.revisions.models import Revision
from apps.revisions.writing import revision

KEPT = timedelta(days=1)


class UploadForm(forms.Form):
    """A file that is a table of `model`, or an error that says why it is none."""

    file = forms.FileField(help_text=f"CSV in UTF-8 or .xlsx, at most {MOST_BYTES // 10**6} MB.")

    def __init__(self, model: type[models.Model], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.model = model
        self.content = b""

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                f"The file has {file.size:,} bytes; at most {MOST_BYTES:,} are read."
                " Import it in several files."
            )
        self.content = file.read()
        try:
            read(self.model, file.name or "", self.content)
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        return file


def read(model: type[models.Model], name: str, content: bytes) -> Table:
    """Return the table in a file, by its name an .xlsx or else CSV. Raises FileRefused."""
    columns = resource_for(model)().get_export_headers()
    reader = read_xlsx if name.lower().endswith(".xlsx") else read_csv
    return reader(content, columns)


def keep(model: type[models.Model], name: str, content: bytes, editor: Any) -> ImportFile:
    """Keep a file until it is imported, and forget those that nobody imported in a day."""
    waiting = ImportFile.objects.filter(revision=None)
    waiting.filter(uploaded_at__lt=timezone.now() - KEPT).delete()
    return ImportFile.objects.create(
        record_type=model._meta.label_lower, name=name[:255], content=content, editor=editor
    )


@dataclass(frozen=True)
class Imported:
    """The file, which has its revision where it was imported, and the plan where it was not."""

    file: ImportFile
    plan: Plan | None = None


def import_once(file: ImportFile, model: Any, reason: str, *, over_newer: bool) -> Imported:
    """Import a file in one revision, unless it is imported already or anything stands against it.

    Raises DatabaseError where the writers' lock is not free.
    """
    with revision(editor=file.editor, reason=reason):
        file = ImportFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
        if file.revision is not None:
            return Imported(file)
        plan = carry_out(model, read(model, file.name, bytes(file.content)), file.editor)
        if not plan.may_be_carried_out(over_newer=over_newer):
            transaction.set_rollback(True)
            return Imported(file, plan)
        newest = Revision.objects.newest()
        file.revision, file.summary = newest.number if newest else None, plan.summary
        file.content = b""
        file.save(update_fields=["revision", "summary", "content"])
    return Imported(file)
