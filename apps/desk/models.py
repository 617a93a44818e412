"""What the desk keeps for itself: a place for a permission, and what is said about records."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from apps.records.models import Record


class Publishing(models.Model):
    """Holds the permission `desk.publish_record`, so that no record's Meta has to. No table."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [("publish_record", "Can publish and withdraw records")]

    def __str__(self) -> str:
        return "Publishing"


class CommentQuerySet(models.QuerySet["Comment"]):
    def about(self, record: Record) -> Self:
        """Keep what was said about `record`, the first first."""
        return self.filter(record_type=record._meta.model_name, public_id=record.public_id)


class Comment(models.Model):
    """Something said at the desk about a record, never public; kept when the record goes."""

    record_type = models.CharField(max_length=40, help_text="Model name, in lower case.")
    public_id = models.CharField(max_length=12)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    text = models.TextField(max_length=4000)

    objects: ClassVar = CommentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["record_type", "public_id"], name="comment_by_record")]
        constraints = [
            models.CheckConstraint(name="comment_says_something", condition=~models.Q(text=""))
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:80]}"
