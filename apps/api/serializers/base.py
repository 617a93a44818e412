"""What the serializers share: codes, partial dates, addresses, references, expansion.

The rules of every answer: text that no source states is "", a number, date or reference null, a
choice "not_stated". A reference is the record it names cut to a few of its fields.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, ClassVar

from django.urls import get_script_prefix, reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.records.dates import PartialDate
from apps.records.vocabularies import Vocabulary

MARK = "a-key"  # stands for one in an address


class PartialDateSerializer(serializers.Serializer):
    """A date as precise as its source: its text and the first and last day that it may mean."""

    edtf = serializers.CharField(help_text="EDTF: 2020, 2020-01, 2020-23 (autumn), 2020-01~.")
    earliest = serializers.DateField(allow_null=True, help_text="Null: no first day is known.")
    latest = serializers.DateField(allow_null=True, help_text="Null: no last day is known.")


@extend_schema_field(PartialDateSerializer)
class PartialDateField(serializers.Field):
    """A partial date as an object; null where no source states it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_null": True, **kwargs})

    def to_representation(self, value: PartialDate) -> dict[str, str | None] | None:
        if not value:
            return None
        return {
            "edtf": value.text,
            "earliest": value.earliest.isoformat() if value.earliest else None,
            "latest": value.latest.isoformat() if value.latest else None,
        }


class CodeField(serializers.CharField):
    """A code of a controlled list; /api/v1/vocabularies/ says what each one means."""

    def __init__(self, vocabulary: type[Vocabulary], **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(**kwargs)


class CodesField(serializers.ListField):
    """Several codes of one list; empty where no source says."""

    def __init__(self, vocabulary: type[Vocabulary], **kwargs: Any) -> None:
        super().__init__(child=CodeField(vocabulary), **kwargs)


class PageAddress(serializers.URLField):
    """The address of the page about a record; `reads` names the relations that it is made of."""

    def __init__(self, *reads: str) -> None:
        self.reads = reads
        super().__init__(source="*", help_text="The page for people.")

    def to_representation(self, value: Any) -> str:
        return f"{self.context['site']}{value.get_absolute_url()}"


class ApiAddress(serializers.URLField):
    """The address of a record in this API; the serializer around it names the type."""

    parent: "Reference"

    def __init__(self) -> None:
        super().__init__(source="*", help_text="The whole record.")

    def to_representation(self, value: Any) -> str:
        return api_address(self.context["site"], self.parent.entry, value)


def api_address(site: str, entry: str, record: Any) -> str:
    """Return the absolute address of `record`, which is of the catalogue's type `entry`."""
    return address_of(site, entry, record.key)


def address_of(site: str, entry: str, key: str) -> str:
    """Return the absolute address of the record with this key or public id."""
    before, after = _around_a_key(entry, get_script_prefix())
    return f"{site}{before}{key}{after}"


@cache
def _around_a_key(entry: str, prefix: str) -> tuple[str, str]:
    """Return the path of a record without its key, which is a slug: nothing in it is escaped."""
    before, _, after = reverse(f"api:{entry}-detail", args=[MARK]).rpartition(MARK)
    return before, after


class Reference(serializers.Serializer):
    """A record named by another: enough to show it and to fetch it."""

    entry: ClassVar[str]

    id = serializers.CharField(source="public_id", help_text="Stable public id.")
    api_url = ApiAddress()


class Expandable(serializers.Field):
    """A reference, which `expand=` turns into the whole record.

    Without a `reference` the field is there only when it is expanded.
    """

    def __init__(
        self,
        into: str,
        reference: type[Reference] | None = None,
        *,
        many: bool = False,
        **kwargs: Any,
    ) -> None:
        self.into, self.reference, self.many = into, reference, many
        self.shown: serializers.Serializer | None = None
        super().__init__(**kwargs)

    def show(self, serializer: serializers.Serializer) -> None:
        """Choose what the related records are written with."""
        self.shown = serializer

    def to_representation(self, value: Any) -> Any:
        assert self.shown is not None, "chosen by RecordSerializer.get_fields"
        if self.many:
            return [self.shown.to_representation(record) for record in value.all()]
        return self.shown.to_representation(value)


class OnDay(serializers.ListSerializer):
    """What held on the day that was asked for, as the query adds it; null where no day was."""

    def __init__(self, child: serializers.Serializer, **kwargs: Any) -> None:
        super().__init__(child=child, allow_null=True, **kwargs)


class RecordSerializer(Reference):
    """A whole record.

    Reads from its context `site` (scheme and host), `fields` and `expand` (names; all of the
    fields and nothing expanded where absent), and `on`: the day asked for and whether only what
    is certain counts, () where none was.
    """

    page_url = PageAddress()

    def get_fields(self) -> dict[str, serializers.Field]:
        """Keep what was asked for. Nothing is required: `fields=` may leave anything out."""
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        if "site" not in self.context:  # described for the schema, not written
            return fields
        return {name: field for name, field in fields.items() if self._is_asked_for(name, field)}

    def _is_asked_for(self, name: str, field: serializers.Field) -> bool:
        expanded = name in self.context.get("expand", ())
        chosen = self.context.get("fields", ())
        if isinstance(field, Expandable):
            self._choose(field, expanded=expanded)
        return expanded or (_is_shown(field) and (not chosen or name in chosen))

    def _choose(self, field: Expandable, *, expanded: bool) -> None:
        from apps.api.serializers import SERIALIZERS  # which imports every type from here

        context = {"site": self.context["site"]}
        if expanded:
            field.show(SERIALIZERS[field.into](context=context))
        elif field.reference is not None:
            field.show(field.reference(context=context))

    @classmethod
    def noun(cls) -> str:
        """Return what the schema calls such a record."""
        return cls.__name__.removesuffix("Serializer")

    @classmethod
    def names(cls) -> list[str]:
        """Return the fields that `fields=` may name."""
        return [name for name, field in cls._declared_fields.items() if _is_always_there(field)]

    @classmethod
    def tells_of_a_day(cls) -> bool:
        """Whether a record of this type is shown otherwise where a day is asked for."""
        return any(isinstance(field, OnDay) for field in cls._declared_fields.values())

    @classmethod
    def expansions(cls) -> list[str]:
        """Return the fields that `expand=` may name."""
        return [n for n, field in cls._declared_fields.items() if isinstance(field, Expandable)]


def _is_shown(field: serializers.Field) -> bool:
    return not isinstance(field, Expandable) or field.shown is not None


def _is_always_there(field: serializers.Field) -> bool:
    return not isinstance(field, Expandable) or field.reference is not None


def lookups(serializer: serializers.Serializer) -> Iterator[str]:
    """Give the relations that writing with `serializer` reads, as prefetch_related takes them."""
    for name, field in serializer.fields.items():
        yield from getattr(field, "reads", ())
        if nested := _nested(field):
            relation = field.source or name
            yield relation
            yield from (f"{relation}__{deeper}" for deeper in lookups(nested))


def _nested(field: serializers.Field) -> serializers.Serializer | None:
    if isinstance(field, Expandable):
        return field.shown
    if isinstance(field, OnDay):
        return None
    child = getattr(field, "child", field)
    return child if isinstance(child, serializers.Serializer) else None
