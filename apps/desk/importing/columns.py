"""The columns of a table, made from the fields of its model: what is editable, and no more."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from import_export.fields import Field

from apps.desk.importing.widgets import (
    CodesWidget,
    CodeWidget,
    KeysWidget,
    KeyWidget,
    NumberWidget,
    TextWidget,
    how_named,
    listed,
)
from apps.records.models import Part, Record

# Nothing is withdrawn by a table.
OF_A_WITHDRAWAL = ("withdrawal_reason", "withheld")


class Column(Field):
    """A column that holds a model field; what differs only in blanks at its ends is the same."""

    def __init__(self, of: Any, widget: Any, **kwargs: Any) -> None:
        self.of = of
        super().__init__(**{"attribute": of.name, "column_name": of.name, **kwargs}, widget=widget)

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        cleaned = self.clean(row, **kwargs)
        if as_typed(cleaned) != as_typed(self.get_value(instance)):
            setattr(instance, self.attribute, cleaned)

    def told(self, instance: Any) -> str:
        """Return the value of a record as the table has it."""
        return self.export(instance)

    @property
    def is_required(self) -> bool:
        return not (self.of.blank or self.of.has_default())

    @property
    def allowed(self) -> str:
        """What may stand in the column, for a person."""
        if isinstance(self.widget, CodeWidget | CodesWidget):
            base = self.of.base_field if isinstance(self.widget, CodesWidget) else self.of
            joined_by = ", joined by |" if isinstance(self.widget, CodesWidget) else ""
            return listed(dict(base.flatchoices)) + joined_by
        return str(self.of.help_text)


class KeyColumn(Column):
    """A column that names another record."""

    def __init__(self, of: Any) -> None:
        super().__init__(of, KeyWidget(of.related_model), attribute=of.attname)

    def export(self, instance: Any, **kwargs: Any) -> str:
        return self.widget.render(getattr(instance, self.of.name))

    @property
    def allowed(self) -> str:
        return how_named(self.of.related_model)


class KeysColumn(Column):
    """A column that names other records; they are rows of a table of their own.

    An instance holds their primary keys as `<field>_keys`, put there when it is loaded.
    """

    def __init__(self, of: Any) -> None:
        super().__init__(of, KeysWidget(of.related_model), attribute=f"{of.name}_keys")

    def get_value(self, instance: Any) -> tuple[int, ...]:
        return getattr(instance, self.attribute, ())

    def export(self, instance: Any, **kwargs: Any) -> str:
        return self.widget.render(getattr(instance, self.of.name).all())

    def told(self, instance: Any) -> str:
        """Name those of the instance as it was loaded, whatever was written since."""
        rows = self.of.related_model._default_manager
        return self.widget.render(rows.filter(pk__in=self.get_value(instance)))

    @property
    def is_required(self) -> bool:
        return False

    @property
    def allowed(self) -> str:
        return f"{how_named(self.of.related_model)}; several joined by |"


class ToldColumn(Field):
    """A column that says which row it is, or of which revision; it is compared and not written."""

    def __init__(self, name: str, attribute: str, allowed: str) -> None:
        self.allowed, self.is_required = allowed, False
        super().__init__(attribute=attribute, column_name=name, readonly=True)

    def told(self, instance: Any) -> str:
        return self.export(instance)

    def export(self, instance: Any, **kwargs: Any) -> str:
        return str(self.get_value(instance) or "")


def columns_of(model: type[models.Model]) -> dict[str, Any]:
    """Return the columns of a table of `model`, by name, in their order."""
    columns: dict[str, Any] = {}
    if issubclass(model, Record):
        columns["id"] = ToldColumn("id", "public_id", "blank for a new row")
    columns["revision"] = ToldColumn(
        "revision", "revision", "as exported: tells a row that somebody changed since"
    )
    written = [
        field
        for field in model._meta.local_concrete_fields
        if field.editable and not field.primary_key and field.name not in OF_A_WITHDRAWAL
    ]
    for field in sorted([*written, *many_of(model)], key=lambda field: field.creation_counter):
        columns[field.name] = _column(field)
    # First in every model, of least interest in a table.
    columns |= {name: columns.pop(name) for name in ("note", "publication") if name in columns}
    return columns


def many_of(model: type[models.Model]) -> "list[models.ManyToManyField[Any, Any]]":
    """Return the many-to-many fields that are mere pairs: a membership is a fact of its own."""
    return [field for field in model._meta.many_to_many if not issubclass(through(field), Part)]


def through(field: Any) -> type[models.Model]:
    """Return the model of the rows that a many-to-many field consists of."""
    model: type[models.Model] = field.remote_field.through
    return model


def _column(field: Any) -> Column:
    if isinstance(field, models.ManyToManyField):
        return KeysColumn(field)
    if isinstance(field, models.ForeignKey):
        return KeyColumn(field)
    if isinstance(field, ArrayField):
        return Column(field, CodesWidget(field))
    if isinstance(field, models.IntegerField):
        return Column(field, NumberWidget(field))
    return Column(field, (CodeWidget if field.choices else TextWidget)(field))


def as_typed(value: Any) -> Any:
    """Return the value without the blanks and line ends that a spreadsheet or form may change."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
