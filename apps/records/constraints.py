"""A database CHECK whose message a form shows at a field; models declare it in Meta.constraints."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import CheckConstraint


class FieldCheckConstraint(CheckConstraint):
    """A CHECK that forms test too, with its message at the last of `fields` that is in the form.

    Django skips a CHECK that mentions a column outside the form, as the bounds always are, and the
    database then answers with an IntegrityError.
    """

    def __init__(self, *, fields: Collection[str], **kwargs: Any) -> None:
        self.fields = tuple(fields)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "fields": self.fields}

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Collection[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        shown = [name for name in self.fields if name not in (exclude or ())]
        if not shown:
            return
        try:
            super().validate(model, instance, using=using)
        except ValidationError as error:
            raise ValidationError({shown[-1]: error}) from error
