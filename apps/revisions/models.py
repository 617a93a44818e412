"""The revision of the whole database, the log of what each one changed in public, and shapes."""

from collections.abc import Iterator
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import pgettext_lazy

from apps.revisions.tracking import REGISTRY, tracked


class RevisionQuerySet(models.QuerySet["Revision"]):
    def newest(self) -> "Revision | None":
        """Return the revision with the highest number, or None before the first."""
        return self.order_by("-number").first()

    def made_by(self, moment: Any) -> "Revision | None":
        """Return the newest revision made at or before `moment`, or None before the first."""
        return self.filter(made_at__lte=moment).order_by("-number").first()


class Revision(models.Model):
    """One write transaction: numbers are gapless and in the order of commits.

    Rows are made and closed by PostgreSQL (sql/revisions.sql), never by Python.
    """

    number = models.BigIntegerField(primary_key=True)
    made_at = models.DateTimeField()
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True, help_text="Why; shown with every change made public.")
    tables = ArrayField(models.TextField(), help_text="Record tables written to.")
    hash = models.CharField(
        max_length=64,
        blank=True,
        help_text="SHA-256 over this revision's changes and the hash before; blank until commit.",
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["made_at"], name="revision_by_moment")]

    def __str__(self) -> str:
        return f"Revision {self.number}"


class Change(models.Model):
    """What a revision did to one published record, parts of it included; drafts never come here."""

    class Action(models.TextChoices):
        INSERT = "insert", pgettext_lazy("change", "Published")
        UPDATE = "update", pgettext_lazy("change", "Changed")
        DELETE = "delete", pgettext_lazy("change", "Removed from the public")

    # No database constraint: the log is written inside the transaction that closes its revision.
    # Looked for by `change_in_order`, which begins with it.
    revision = models.ForeignKey(
        Revision,
        on_delete=models.DO_NOTHING,
        related_name="changes",
        db_constraint=False,
        db_index=False,
    )
    record_type = models.TextField(help_text="Model name of the record, in lower case.")
    record_id = models.BigIntegerField()
    public_id = models.TextField()
    action = models.CharField(max_length=6, choices=Action)
    fields = ArrayField(models.TextField(), help_text="Columns and parts that differ; for updates.")
    hidden = models.BooleanField(
        default=False,
        db_default=False,
        help_text="In no public read, for a legal cause; it follows from the records withheld.",
    )

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "record_type", "record_id"], name="one_change_a_record"
            )
        ]
        indexes = [
            models.Index(fields=["record_type", "record_id", "revision"], name="change_by_record"),
            models.Index(fields=["revision", "id"], name="change_in_order"),
            # The history of every record asks what was removed, which is little of millions.
            models.Index(
                fields=["record_type", "-revision"],
                condition=models.Q(action="delete"),
                name="change_removals",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.public_id} {self.action} in {self.revision_id}"


class WithdrawnQuerySet(models.QuerySet["Withdrawn"]):
    """What was withdrawn, as the public may know it."""

    def called(self, record_type: str, key: str) -> Self:
        """Keep what had the address `key`, or has it as its public id."""
        spellings = [key, key.upper(), key.lower()]
        return self.filter(record_type=record_type).filter(
            models.Q(public_id__in=spellings)
            | models.Q(address__in=spellings)
            | models.Q(former_addresses__overlap=[key])
        )


class Withdrawn(models.Model):
    """A record that was public and was withdrawn: a row of a view, for the public alone.

    `revision` is the one that withdrew it; as of the one before, its past begins.
    """

    public_id = models.TextField(primary_key=True)
    record_type = models.TextField(help_text="Model name of the record, in lower case.")
    address = models.TextField(help_text="Its readable key: to be asked for, not to be told.")
    former_addresses = ArrayField(models.TextField())
    reason = models.TextField(help_text="Why, for the public.")
    withheld = models.BooleanField(help_text="Whether its past is hidden too.")
    revision = models.BigIntegerField()
    made_at = models.DateTimeField(help_text="When the revision was made.")

    objects = WithdrawnQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "revisions_withdrawn"
        default_permissions = ()
        ordering = ["revision", "public_id"]

    def __str__(self) -> str:
        return f"{self.record_type} {self.public_id}, withdrawn in {self.revision}"


class Shape(models.Model):
    """The columns of a history table that the hash of a revision covers, from a revision on.

    A column added later is absent from older shapes, so that old hashes can still be computed.
    """

    table_name = models.TextField()
    since_revision = models.BigIntegerField()
    columns = ArrayField(models.TextField())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["table_name", "since_revision"], name="one_shape_a_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.table_name} from revision {self.since_revision}"


class SuccessorQuerySet(models.QuerySet["Successor"]):
    """Which records go on in which others."""

    def with_revision(self) -> Self:
        """Add `merged_in`: the revision that merged the record."""
        versions: Any = REGISTRY[Successor].version._default_manager
        made = versions.filter(row=models.OuterRef("pk"), until_revision=None)
        return self.annotate(merged_in=models.Subquery(made.values("since_revision")[:1]))

    def of(self, record_type: str, key: str) -> str | None:
        """Return the public id of what the record called `key` went on in; None if it did not."""
        known = self.filter(models.Q(former_key=key) | models.Q(former_id=key))
        newest = known.filter(record_type=record_type).order_by("-pk")
        return newest.values_list("public_id", flat=True).first()

    def after(self, record_type: str, key: str) -> Iterator[str]:
        """Give the public ids that the key leads to, one after the other, each once."""
        followed = {key}
        while (next_id := self.of(record_type, key)) and next_id not in followed:
            yield next_id
            followed.add(key := next_id)


@tracked(public=False)
class Successor(models.Model):
    """A record that was merged into another, so that its addresses lead there.

    The public reads it through views of its own, and only where it is `public`: the key of a draft
    stays at the desk.
    """

    record_type = models.TextField(help_text="Model name of both records, in lower case.")
    former_id = models.TextField(help_text="Public id of the record that was merged.")
    former_key = models.TextField(help_text="Its readable key.")
    public_id = models.TextField(help_text="Of the record that it went on in.")
    public = models.BooleanField(default=False)

    objects = SuccessorQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["record_type", "former_key"], name="successor_by_key"),
            models.Index(fields=["record_type", "former_id"], name="successor_by_id"),
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.former_key} in {self.public_id}"
