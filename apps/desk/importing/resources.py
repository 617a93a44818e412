"""What django-import-export does with each row of a table of records, and ours in its hooks."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.paginator import Paginator
from django.db import DatabaseError, models
from import_export.resources import ModelResource, modelresource_factory
from import_export.results import RowResult

from apps.desk.importing.columns import KeyColumn, KeysColumn, columns_of
from apps.desk.importing.existing import ExistingRows, attach
from apps.desk.importing.tables import Table
from apps.desk.importing.writing import creator, updater, write
from apps.desk.permissions import CLOSED, may_publish
from apps.desk.publishing import WAITING
from apps.records.models import Part, Record
from apps.records.vocabularies import Publication

EXPORTED_AT_ONCE = 500
NO_PUBLISHING = (
    "An import does not publish, withdraw or take back: leave it as it is, and use the actions of"
    " the list. A new row is draft or in_review."
)


class NoDiff:
    """Stands for the library's, which would read every field of every row to mark it up."""

    def __init__(self, *_: Any) -> None: ...

    def compare_with(self, *_: Any) -> None: ...


class UnnamedRow(RowResult):
    """What became of a row; its name would be asked of the database row by row."""

    def add_instance_info(self, instance: Any) -> None: ...


class RecordResource(ModelResource):
    """Rows of one type of record or part, in and out. `refused` is what the database refused."""

    def __init__(self, editor: Any = None, lines: list[int] | None = None) -> None:
        super().__init__()
        self.editor, self.lines = editor, lines or []
        self.line = 0
        self.given: set[str] = set()
        self.refused: list[tuple[int, DatabaseError]] = []

    # In

    @classmethod
    def get_diff_class(cls) -> type[NoDiff]:
        return NoDiff

    @classmethod
    def get_row_result_class(cls) -> type[RowResult]:
        return UnnamedRow

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        return instance_loader.get_instance(row)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.given = set(dataset.headers)

    def before_import_row(self, row: Any, row_number: int = 0, **kwargs: Any) -> None:
        self.line = self.lines[row_number - 1]

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        instance.line = self.line

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Say what is wrong with the cells; what takes the database is for the database to say."""
        errors = dict(import_validation_errors or {})
        if not instance.pk:
            errors = self._missing(instance) | errors
        if errors:
            raise ValidationError(errors)

    def after_import_row(self, row: Any, row_result: RowResult, **kwargs: Any) -> None:
        if row_result.is_new() or row_result.is_update():
            original = None if row_result.is_new() else row_result.original
            self._guard_publication(row_result.instance, original)

    def bulk_create(self, *args: Any, **kwargs: Any) -> None:
        self._write(self.create_instances, creator(self._meta.model, self._many()))

    def bulk_update(self, *args: Any, **kwargs: Any) -> None:
        given = [self.fields[name] for name in self.given]
        fields = [c.of.name for c in given if hasattr(c, "of") and not isinstance(c, KeysColumn)]
        self._write(self.update_instances, updater(self._meta.model, fields, self._many()))

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """Leave the sequences alone: no row brings its own primary key."""

    def _write(self, instances: list[Any], save: Any) -> None:
        self.refused += [(row.line, fault) for row, fault in write(instances, save)]
        instances.clear()

    def _many(self) -> list[KeysColumn]:
        return [column for column in self.fields.values() if isinstance(column, KeysColumn)]

    def _missing(self, instance: Any) -> dict[str, ValidationError]:
        return {
            column.attribute: ValidationError("A new row needs this.")
            for column in self.fields.values()
            if column.is_required and column.get_value(instance) in (None, "")
        }

    def _guard_publication(self, instance: Any, original: Any) -> None:
        """Refuse to publish by a table, and to change what is public to those who may not."""
        if not isinstance(instance, Record):
            return
        was = original.publication if original else Publication.DRAFT
        if instance.publication != was and not {instance.publication, was} <= WAITING:
            raise ValidationError({"publication": NO_PUBLISHING})
        if was in CLOSED and not may_publish(self.editor):
            raise ValidationError("Only a reviewer may change what is published.")

    # Out

    @property
    def fields_in_order(self) -> list[Any]:
        return [self.fields[name] for name in self.get_export_headers()]

    @property
    def explanation(self) -> tuple[list[str], list[list[str]]]:
        """What each column is, as a table."""
        rows = [
            [c.column_name, "yes" if c.is_required else "", c.allowed] for c in self.fields_in_order
        ]
        return ["column", "needed in a new row", "what it holds"], rows

    def rows(self, queryset: "models.QuerySet[Any]") -> Iterator[list[str]]:
        """Give the rows of a table of the records, fetched in chunks."""
        keys = [c.of.name for c in self.fields.values() if isinstance(c, KeyColumn)]
        read = queryset.select_related(*keys, *_names_of_parts(self._meta.model))
        read = read.prefetch_related(*(column.of.name for column in self._many()))
        for page in Paginator(read, EXPORTED_AT_ONCE):
            records = list(page)
            attach(records)
            yield from (self.export_resource(record) for record in records)


def _names_of_parts(model: type[models.Model]) -> list[str]:
    """Return what the keys of parts that the columns name read of other rows."""
    return [
        f"{field.name}__{name}"
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, Part)
        for name in field.related_model.IDENTITY
        if field.related_model._meta.get_field(name).is_relation
    ]


def resource_for(model: type[models.Model]) -> type[RecordResource]:
    """Return the resource of a type of record or part."""
    columns = columns_of(model)
    options = {
        "fields": tuple(columns),
        "instance_loader_class": ExistingRows,
        "use_bulk": True,
        "batch_size": None,
        "skip_unchanged": True,
        "report_skipped": True,
        "skip_html_diff": True,
        "store_instance": True,
        "store_row_values": True,
        "clean_model_instances": False,
    }
    made: type[RecordResource] = modelresource_factory(
        model, RecordResource, meta_options=options, custom_fields=columns
    )
    return made


def run(resource: RecordResource, table: Table) -> Any:
    """Write the rows of `table` and return what became of each; a fault of ours is raised.

    To be called in a transaction, which is to be taken back where anything is wrong.
    """
    result = resource.import_data(table.dataset(), use_transactions=False)
    for error in [*result.base_errors, *(e for _, errors in result.row_errors() for e in errors)]:
        raise error.error
    return result


def errors_at_columns(
    resource: RecordResource, error: ValidationError
) -> Iterable[tuple[str, str]]:
    """Give column and message of each error of a row; "" for one of the whole row."""
    if not hasattr(error, "error_dict"):
        yield "", " ".join(error.messages)
        return
    column_of = {column.attribute: name for name, column in resource.fields.items()}
    for attribute, messages in error.message_dict.items():
        name = "" if attribute == NON_FIELD_ERRORS else column_of.get(attribute, attribute)
        yield name, " ".join(messages)
