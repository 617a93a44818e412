"""What every record has: a stable public id, a state of publication, an editorial note."""

import secrets
from collections.abc import Collection, Iterable
from functools import reduce
from operator import add
from typing import Any, ClassVar, Self, TypeGuard

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Coalesce

from apps.records.addresses import page_of
from apps.records.dates import PartialDate
from apps.records.fields import (
    bound_names,
    expand_partial_dates,
)
from apps.records.models.functions import Filed, IsAnyOf, Keys
from apps.records.text_search import CONFIGURATIONS, words_of
from apps.records.vocabularies import Publication, within
from apps.revisions.models import Successor

# Crockford's alphabet: no i, l, o, u, so that an id survives being read aloud.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_public_id() -> str:
    """Return twelve random characters (60 bits): the id never tells how many records there are."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


def storable(keys: Collection[str]) -> list[str]:
    """Leave out what PostgreSQL cannot hold, and so no record can be called."""
    return [key for key in keys if "\0" not in key]


IS_PUBLISHED = models.Q(publication=Publication.PUBLISHED)


class RecordQuerySet(models.QuerySet[Any]):
    """Questions that can be put to every kind of record; methods chain."""

    def published(self) -> Self:
        """Keep what the public may read."""
        return self.filter(publication=Publication.PUBLISHED)

    def with_key(self, key: str) -> Self:
        """Keep the record whose readable key (slug, ISO code) or stable public id is `key`."""
        return self.with_keys([key])

    def with_keys(self, keys: Collection[str]) -> Self:
        """Keep the records that answer to any of `keys`: readable keys or stable public ids.

        A readable key that a record had before, and was public under, is still one of its own.
        """
        known = storable(keys)
        answering = models.Q(public_id__in=known)
        if self.model.KEY != "public_id":
            answering |= models.Q(**{f"{self.model.KEY}__in": known})
        if self.model.FORMER_KEYS:
            former = self.model.FORMER_KEYS
            # Not empty: the index is of those few.
            answering |= models.Q(**{f"{former}__overlap": known}) & ~models.Q(**{former: []})
        return self.filter(answering)

    def succeeding(self, key: str) -> Any:
        """Return the record that the one called `key` was merged into, however often, or None."""
        if not storable([key]):
            return None
        for public_id in Successor.objects.after(str(self.model._meta.model_name), key):
            if found := self.filter(public_id=public_id).first():
                return found
        return None

    def among(self, found: models.QuerySet[Any]) -> Self:
        """Keep the rows that `found`, a queryset that may be cut off, has."""
        return self.filter(IsAnyOf(models.F("pk"), ArraySubquery(found.values("pk"))))

    def with_pks(self, keys: str) -> Self:
        """Keep the rows with these primary keys, thousands of them: a text as `UpTo` gives it."""
        held = models.Value(keys, output_field=models.TextField())
        return self.filter(IsAnyOf(models.F("pk"), Keys(held)))

    def matching(self, text: str) -> Self:
        """Keep records with the words of `text`, in English or French, accents or none."""
        return self.filter(search=words_of(text))

    def with_sort_name(self, *names: str) -> Self:
        """Add `sort_name`: the first of the fields `names` that is there, as an index files it.

        In small letters and without accents, so that Épervier stands under E.
        """
        name = Coalesce(*names) if len(names) > 1 else models.F(*names)
        return self.annotate(sort_name=Filed(name))

    def for_reading(self) -> Self:
        """Fetch with the records what a list of them shows, in a fixed number of queries."""
        return self

    def get_by_natural_key(self, *key: Any) -> Any:
        """Return the row whose `natural_key` in fixtures is `key`. Raises DoesNotExist."""
        return self.get(**dict(zip(self.model.identity_lookups(), key, strict=True)))

    def update(self, **values: Any) -> int:
        """Update as Django does, and the bounds of every partial date among `values` with it."""
        return super().update(**expand_partial_dates(self.model, values))

    def bulk_update(
        self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        """Update as Django does, and the bounds of every partial date among `fields` with it."""
        bounds = [bound for name in fields for bound in bound_names(self.model, name)]
        return super().bulk_update(objs, [*fields, *bounds], batch_size)


RowManager = models.Manager.from_queryset(RecordQuerySet)


class Record(models.Model):
    """A row that can be cited and published by itself; `KEY` names the field of its address."""

    KEY: ClassVar[str] = "public_id"
    # The field with the keys that it had before; "" where keys never change.
    FORMER_KEYS: ClassVar[str] = ""

    public_id = models.CharField(
        "public id", max_length=12, unique=True, default=new_public_id, editable=False
    )
    publication = models.CharField(
        max_length=20,
        choices=Publication,
        default=Publication.DRAFT,
        help_text="Drafts are seen at the desk only. A published record needs a citation.",
    )
    note = models.TextField(
        "editorial note",
        blank=True,
        help_text="Public. How a vague, relative or contested passage was read, in our own words.",
    )
    withdrawal_reason = models.TextField(
        "public reason of the withdrawal",
        blank=True,
        default="",
        db_default="",
        help_text="Public: why it was withdrawn, in words that do not tell again what was wrong.",
    )
    withheld = models.BooleanField(
        "withdrawn for a legal cause",
        default=False,
        db_default=False,
        help_text="Its past is then hidden too, from every public page, answer and download.",
    )

    objects: ClassVar = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["id"],
                condition=models.Q(withdrawal_reason__gt=""),
                name="%(class)s_withdrawn",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # It stands in addresses and in JSON as it is.
            models.CheckConstraint(
                name="%(class)s_id_has_letters_and_digits",
                condition=models.Q(public_id__regex=r"^[0-9a-z]{12}$"),
                violation_error_message="A public id has twelve small letters and digits.",
            ),
            models.CheckConstraint(
                name="%(class)s_publication_is_known",
                condition=within("publication", Publication),
                violation_error_message="The publication state is not one of the list.",
            ),
            models.CheckConstraint(
                name="%(class)s_withdrawal_has_a_reason",
                condition=models.Q(withdrawal_reason__regex=r"\S")
                | (~models.Q(publication=Publication.WITHDRAWN) & models.Q(withheld=False)),
                violation_error_message="Say why it is withdrawn: its address shows the reason.",
            ),
            models.CheckConstraint(
                name="%(class)s_that_is_public_is_not_withdrawn",
                condition=~models.Q(publication=Publication.PUBLISHED)
                | models.Q(withdrawal_reason="")
                | models.Q(withheld=True),
                violation_error_message="What is published has no reason of a withdrawal.",
            ),
        ]

    def get_absolute_url(self) -> str:
        return page_of(str(self._meta.model_name), self.key)

    @property
    def key(self) -> str:
        """The readable name of the record in addresses and fixtures."""
        return str(getattr(self, self.KEY))

    def answers_to(self, key: str) -> bool:
        """Whether `key` names this record, as `with_keys` reads it."""
        former = getattr(self, self.FORMER_KEYS) if self.FORMER_KEYS else ()
        return key in (self.key, self.public_id, *former)

    @classmethod
    def identity_lookups(cls) -> list[str]:
        """Return the lookups that take the values of a natural key."""
        return [cls.KEY]

    def natural_key(self) -> tuple[str]:
        return (self.key,)


class ByIdentity(models.Model):
    """A row that a fixture names by `IDENTITY`: fields that no two rows share all of."""

    IDENTITY: ClassVar[tuple[str, ...]]

    class Meta:
        abstract = True

    @classmethod
    def identity_lookups(cls) -> list[str]:
        """Return the lookups that take the values of a natural key, in its order."""
        related = [cls._meta.get_field(name).related_model for name in cls.IDENTITY]
        keys = [f"__{m.KEY}" if _is_record(m) else "" for m in related]
        return [name + key for name, key in zip(cls.IDENTITY, keys, strict=True)]

    def natural_key(self) -> tuple[Any, ...]:
        """Return what identifies the row: keys of records, texts of dates, plain values."""
        return tuple(_plain(getattr(self, name)) for name in self.IDENTITY)


def _is_record(model: object) -> TypeGuard[type[Record]]:
    return isinstance(model, type) and issubclass(model, Record)


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it; Any because a field may hold what it likes."""
    if isinstance(value, Record):
        return value.key
    return str(value) if isinstance(value, PartialDate) else value


class Part(ByIdentity):
    """A row of facts that belongs to one record and is public wherever that record is."""

    note = models.TextField(
        "editorial note", blank=True, help_text="Public. How the passage was read, in our words."
    )

    class Meta:
        abstract = True


def address_constraints(model: str) -> list[models.BaseConstraint]:
    """Return the CHECKs of a record with a slug: it can stand in an address, and has a name."""
    return [
        models.CheckConstraint(
            name=f"{model}_slug_can_stand_in_an_address",
            condition=models.Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
            violation_error_message="Small letters and digits, with single hyphens between.",
        ),
        models.CheckConstraint(
            name=f"{model}_has_a_name",
            condition=models.Q(name__regex=r"\S"),
            violation_error_message="Give the name, or one of ours in square brackets.",
        ),
    ]


def search_vector(**fields: str) -> models.GeneratedField:
    """Return a column that PostgreSQL keeps: the words of `fields` for search, English and French.

    Keywords are field names, values their weights (A before B before C). Accents are folded and
    words stemmed by the configurations of migration 0001.
    """
    vectors = [
        SearchVector(name, weight=weight, config=config)
        for config in CONFIGURATIONS
        for name, weight in fields.items()
    ]
    return models.GeneratedField(
        expression=reduce(add, vectors), output_field=SearchVectorField(), db_persist=True
    )
