"""Model and form fields for partial dates, their constraints, and their questions in SQL.

A model declares three fields and lists the constraints:

    start = PartialDateField()
    start_earliest = EarliestField(of="start")
    start_latest = LatestField(of="start")

    constraints = [*partial_date_constraints("operation", "start"), ...]

The text is the fact. The bounds follow it wherever an instance is written (save, bulk_create,
loaddata, update_or_create); the record queryset adds them to update() and bulk_update() with the
functions here. `save(update_fields=["start"])` must name the bounds too: see `bound_names`.
"""

from collections.abc import Collection
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.db.models.query_utils import DeferredAttribute
from django.utils.functional import cached_property

from apps.records.constraints import FieldCheckConstraint
from apps.records.dates import MAX_LENGTH, SHAPE, PartialDate, PartialDateError

if TYPE_CHECKING:  # at run time Django's fields take no type parameters
    TextField = models.CharField[PartialDate | date | str | None, PartialDate]
    DayField = models.DateField[date | None, date | None]
else:
    TextField, DayField = models.CharField, models.DateField

BLANK = PartialDate("")


def read_partial_date(value: object) -> PartialDate:
    """Return `value`, a text, a `date`, None or a PartialDate, as one; raises ValidationError."""
    if isinstance(value, PartialDate):
        return value
    try:
        return PartialDate.parse("" if value is None else str(value))
    except PartialDateError as error:
        raise ValidationError(str(error), code="partial_date") from error


class PartialDateFormField(forms.CharField):
    """A text input for a partial date; its error names the text seen and what is allowed."""

    empty_values = [*forms.CharField.empty_values, BLANK]

    def to_python(self, value: object) -> Any:  # a PartialDate, where CharField has str
        return read_partial_date(super().to_python(str(value or "")))

    def run_validators(self, value: PartialDate) -> None:
        super().run_validators(str(value))

    def prepare_value(self, value: object) -> str:
        return str(value or "")

    def has_changed(self, initial: object, data: object) -> bool:
        return str(initial or "").strip() != str(data or "").strip()


class PartialDateAttribute(DeferredAttribute):
    """Holds a PartialDate, whichever of text and date was assigned.

    What cannot be read is kept as it is, so that full_clean() names the field; saving refuses it.
    The bounds count as loaded together with the text, so that save() never leaves them behind.
    """

    field: "PartialDateField"

    def __set__(self, instance: models.Model, value: object) -> None:
        with suppress(ValidationError):
            value = read_partial_date(value)
        instance.__dict__[self.field.attname] = value
        for name in self.field.bound_names:
            instance.__dict__.setdefault(name, None)


class BoundAttribute(DeferredAttribute):
    """Reads the bound off the text of the same instance; off the column where that is deferred."""

    field: "BoundField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None or self.field.of not in instance.__dict__:
            return super().__get__(instance, cls)
        return self.field.bound_of(instance.__dict__[self.field.of])

    def __set__(self, instance: models.Model, value: date | None) -> None:
        instance.__dict__[self.field.attname] = value


class PartialDateField(TextField):
    """A partial date, stored as its text; its Python value is always a PartialDate."""

    descriptor_class = PartialDateAttribute
    empty_values = [*models.CharField.empty_values, BLANK]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args, **{"max_length": MAX_LENGTH, "blank": True, "default": "", **kwargs}
        )

    def deconstruct(self) -> Any:
        """Name `blank` even where it is Django's own default, which is not ours."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "blank": self.blank}

    @cached_property
    def bound_names(self) -> tuple[str, ...]:
        """The names of the fields that hold its bounds; none where the model declares none."""
        return bound_names(self.model, self.name)

    def to_python(self, value: object) -> PartialDate:
        return read_partial_date(value)

    def from_db_value(self, value: str | None, *_: object) -> PartialDate:
        return read_partial_date(value)

    def get_prep_value(self, value: object) -> str:
        return str(read_partial_date(value))

    def run_validators(self, value: PartialDate) -> None:
        super().run_validators(str(value))

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PartialDateFormField, **kwargs})


class BoundField(DayField):
    """The first or last day that the partial date `of` may mean; NULL is no bound.

    Never edited, never in a fixture: it is read off the text, which says it already.
    """

    descriptor_class = BoundAttribute
    bound = ""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        fixed = {"null": True, "blank": True, "editable": False, "serialize": False}
        super().__init__(*args, **{**kwargs, **fixed})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def bound_of(self, value: object) -> date | None:
        return getattr(value, self.bound, None)


class EarliestField(BoundField):
    """The first day that the partial date `of` may mean."""

    bound = "earliest"


class LatestField(BoundField):
    """The last day that the partial date `of` may mean."""

    bound = "latest"


def bound_names(model: type[models.Model], name: str) -> tuple[str, ...]:
    """Return the names of the fields that hold the bounds of `name`; none for any other field.

    For bulk_update() and save(update_fields=...), which write only what they are told.
    """
    return tuple(field.name for field in _bounds(model, name))


def expand_partial_dates(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """Return the `values` of an update() with the bounds of every partial date among them.

    Raises ValidationError for a text that is not one, and FieldError for an expression that comes
    without its bounds, because only Python can read them off a text.
    """
    expanded = dict(values)
    for name, value in values.items():
        bounds = _bounds(model, name)
        if hasattr(value, "resolve_expression"):
            _require_bounds(name, [field.name for field in bounds], values)
        elif bounds:
            partial = read_partial_date(value)
            expanded |= {field.name: field.bound_of(partial) for field in bounds}
    return expanded


def _bounds(model: type[models.Model], name: str) -> list[BoundField]:
    fields = model._meta.concrete_fields
    return [field for field in fields if isinstance(field, BoundField) and field.of == name]


def _require_bounds(name: str, bounds: list[str], values: Collection[str]) -> None:
    if missing := [bound for bound in bounds if bound not in values]:
        raise FieldError(
            f"{name} is a partial date: give update() a text, "
            f"or give {' and '.join(missing)} beside the expression."
        )


def partial_date_constraints(prefix: str, field: str) -> list[CheckConstraint]:
    """Return the CHECKs that hold whoever writes: a readable text, its bounds there and in order.

    Their names begin with `prefix`, the model's name, and `field`. A NULL bound passes a CHECK.
    """
    earliest, latest = f"{field}_earliest", f"{field}_latest"
    unbounded = Q(**{f"{earliest}__isnull": True, f"{latest}__isnull": True})
    blank = Q(**{field: ""})
    return [
        CheckConstraint(
            name=f"{prefix}_{field}_is_a_partial_date",
            condition=Q(**{f"{field}__regex": SHAPE}),
            violation_error_message=f"The text of {field} is not a partial date.",
        ),
        CheckConstraint(
            name=f"{prefix}_{field}_has_its_bounds",
            condition=(blank & unbounded) | (~blank & ~unbounded),
            violation_error_message=f"The bounds of {field} must be those of its text.",
        ),
        CheckConstraint(
            name=f"{prefix}_{field}_bounds_are_in_order",
            condition=Q(**{f"{earliest}__lte": F(latest)}),
            violation_error_message=f"The earliest {field} cannot be after the latest.",
        ),
    ]


def span_constraint(prefix: str, start: str = "start", end: str = "end") -> CheckConstraint:
    """Return the CHECK that it may have ended on or after a day when it may have started."""
    earliest, latest = f"{start}_earliest", f"{end}_latest"
    return FieldCheckConstraint(
        name=f"{prefix}_{end}_is_not_before_its_{start}",
        fields=(start, end),
        condition=Q(**{f"{earliest}__lte": F(latest)}),
        violation_error_message=f"The {end} cannot be before the {start}.",
    )
