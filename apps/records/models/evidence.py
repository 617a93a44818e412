"""The evidence: the citations that tie a fact to a passage of a source."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.lookups import Exact

from apps.records.models.actors import Membership, Office, Organization, Person
from apps.records.models.base import Part, Record, RecordQuerySet, search_vector
from apps.records.models.contributors import Contributor, LadderStep, StrengthFigure
from apps.records.models.operations import Milestone, Operation
from apps.records.models.places import Country
from apps.records.models.sources import Source
from apps.records.models.statements import Statement
from apps.records.vocabularies import Caveat, Rank, Standing, all_within, within
from apps.revisions.tracking import tracked

# What a citation can support, by the name of its foreign key.
TARGETS: dict[str, type[models.Model]] = {
    "operation": Operation,
    "milestone": Milestone,
    "country": Country,
    "organization": Organization,
    "membership": Membership,
    "person": Person,
    "office": Office,
    "contributor": Contributor,
    "ladder_step": LadderStep,
    "strength": StrengthFigure,
    "statement": Statement,
}


def _target(model: type[models.Model]) -> Any:
    return models.ForeignKey(
        model,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="citations",
        db_index=False,
    )


# What to fetch with a citation, so that the record it supports can be named and linked.
TARGET_NAMES = (
    *TARGETS,
    "milestone__operation",
    "membership__organization",
    "membership__country",
    "office__person",
    "contributor__operation",
    "contributor__country",
    "contributor__organization",
    "ladder_step__contributor__operation",
    "ladder_step__contributor__country",
    "ladder_step__contributor__organization",
    "strength__operation",
    "strength__contributor__operation",
    "strength__contributor__country",
    "strength__contributor__organization",
    "statement__speaker_person",
    "statement__speaker_country",
    "statement__speaker_organization",
)

# Which parts belong to what a citation can support: the name of their key, and of the owner's.
PARTS = {
    "operation": ("milestone", "operation"),
    "organization": ("membership", "organization"),
    "person": ("office", "person"),
    "contributor": ("ladder_step", "contributor"),
}


def citable_fields(model: type[models.Model]) -> list[str]:
    """Return the fields of `model` that a citation can support: those that hold facts."""
    left_out = {"id", "public_id", "slug", "note", "translation"}
    left_out |= {"publication", "withdrawal_reason", "withheld"}
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [field.name for field in fields if field.editable and field.name not in left_out]


def _field_constraint(name: str, model: type[models.Model]) -> models.CheckConstraint:
    """Return the CHECK that the field cited is one of the record's."""
    return models.CheckConstraint(
        name=f"citation_field_is_one_of_{name}",
        condition=models.Q(**{name: None}) | models.Q(field__in=citable_fields(model)),
        violation_error_message=f"Choose one of: {', '.join(citable_fields(model))}.",
    )


class CitationQuerySet(RecordQuerySet):
    """Citations by what they support."""

    def for_reading(self) -> Self:
        return self.select_related("source", *TARGET_NAMES)

    def supporting_any(self, names: Collection[str]) -> Self:
        """Keep citations of the kinds of record that `names`, of TARGETS, name."""
        kinds = [models.Q(**{f"{name}__isnull": False}) for name in names]
        return self.filter(reduce(or_, kinds))

    def about(self, *records: models.Model) -> Self:
        """Keep citations of any of `records`, all of one kind, or of a part of one of them."""
        (name,) = (name for name, model in TARGETS.items() if isinstance(records[0], model))
        own = Citation.objects.filter(**{f"{name}__in": records})
        if name not in PARTS:
            return self.filter(pk__in=own.order_by().values("pk"))
        part, owner = PARTS[name]
        rows = TARGETS[part]._default_manager.filter(**{f"{owner}__in": records})
        of_parts = Citation.objects.filter(**{f"{part}__in": rows.order_by().values("pk")})
        # Each is found by its index; one condition OR the other is looked for in all citations.
        both = own.order_by().values("pk").union(of_parts.order_by().values("pk"))
        return self.filter(pk__in=both)

    def supporting(self, target: models.Model) -> "CitationQuerySet":
        """Keep citations of `target`, any of its fields."""
        names = [name for name, model in TARGETS.items() if isinstance(target, model)]
        return self.filter(**{names[0]: target})


@tracked(shown_with=TARGETS)
class Citation(Record):
    """The passage of a source that supports one field of one record, with the value as written."""

    # Looked for by `citation_in_order`, which begins with it.
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="citations", db_index=False
    )
    paragraph = models.PositiveIntegerField(
        help_text="Which paragraph, counted from 1; paragraphs are separated by blank lines."
    )
    excerpt = models.CharField(
        max_length=200, help_text="A short phrase, letter by letter, that pins the passage."
    )
    operation = _target(Operation)
    milestone = _target(Milestone)
    country = _target(Country)
    organization = _target(Organization)
    membership = _target(Membership)
    person = _target(Person)
    office = _target(Office)
    contributor = _target(Contributor)
    ladder_step = _target(LadderStep)
    strength = _target(StrengthFigure)
    statement = _target(Statement)
    field = models.CharField(max_length=40, help_text="The field it supports: status, start.")
    as_written = models.CharField(
        max_length=200, blank=True, help_text="The value as the source prints it: 4,500-strong."
    )
    standing = models.CharField(max_length=20, choices=Standing, default=Standing.ACCEPTED)
    rank = models.CharField(max_length=20, choices=Rank, default=Rank.NORMAL)
    rank_reason = models.CharField(max_length=200, blank=True)
    caveats = ArrayField(models.CharField(max_length=40, choices=Caveat), default=list, blank=True)
    search = search_vector(excerpt="A", as_written="A")

    objects: ClassVar = CitationQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["source", "paragraph", "id"]
        indexes = [
            *Record.Meta.indexes,
            GinIndex(fields=["search"], name="citation_search"),
            models.Index(fields=["source", "paragraph", "id"], name="citation_in_order"),
        ] + [
            models.Index(
                fields=[name],
                name=f"citation_of_{name}",
                condition=models.Q(**{f"{name}__isnull": False}),
            )
            for name in TARGETS
        ]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="citation_supports_one_record",
                condition=Exact(
                    models.Func(
                        *TARGETS, function="num_nonnulls", output_field=models.IntegerField()
                    ),
                    1,
                ),
                violation_error_message="A citation supports exactly one record.",
            ),
            models.CheckConstraint(
                name="citation_names_a_passage",
                condition=models.Q(paragraph__gte=1, excerpt__regex=r"\S"),
                violation_error_message="Name the paragraph, from 1, and the excerpt.",
            ),
            *(_field_constraint(name, model) for name, model in TARGETS.items()),
            models.CheckConstraint(
                name="citation_choices_are_known",
                condition=within("standing", Standing)
                & within("rank", Rank)
                & all_within("caveats", Caveat),
            ),
            models.CheckConstraint(
                name="citation_rank_has_a_reason",
                condition=models.Q(rank=Rank.NORMAL) | ~models.Q(rank_reason=""),
                violation_error_message="Say why this citation is preferred or deprecated.",
            ),
            models.UniqueConstraint(
                fields=["source", "paragraph", "excerpt", "field", *TARGETS],
                nulls_distinct=False,
                name="citation_is_entered_once",
                violation_error_message="This passage is already cited for this field.",
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.excerpt}” (¶ {self.paragraph})"

    def clean(self) -> None:
        super().clean()
        if self.target is not None and self.field not in citable_fields(type(self.target)):
            allowed = ", ".join(citable_fields(type(self.target)))
            raise ValidationError({"field": f"“{self.field}” is no field here. Choose: {allowed}."})

    @property
    def target_name(self) -> str:
        """The name of the foreign key that is set; "" on an unsaved citation without one."""
        return next((n for n in TARGETS if getattr(self, f"{n}_id") is not None), "")

    @property
    def target(self) -> Record | Part | None:
        """The record or part that the passage supports."""
        return getattr(self, self.target_name) if self.target_name else None

    @property
    def owner(self) -> Record | None:
        """The record supported, or the record that the supported part belongs to."""
        target = self.target
        for part, owner in PARTS.values():
            if self.target_name == part:
                return getattr(target, owner)
        return target if isinstance(target, Record) else None

    def get_absolute_url(self) -> str:
        return f"{self.source.get_absolute_url()}#citation-{self.public_id}"
