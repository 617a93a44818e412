"""What the desk keeps for itself, never public: comments, sessions, files on their way in."""

from hashlib import sha256
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from apps.desk.sessions import SessionStore
from apps.records.models import Record, Source


class Publishing(models.Model):
    """Holds the permission `desk.publish_record`, so that no record's Meta has to. No table."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [
            ("publish_record", "Can publish and withdraw records"),
            ("import_record", "Can import tables of records"),
        ]

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


class CodingQuerySet(models.QuerySet["Coding"]):
    def blind_to(self, user: AbstractBaseUser) -> Self:
        """Keep what the other coder does of the sources that `user` codes, while one still works.

        Both see all from the moment when both have finished.
        """
        unfinished = Coding.objects.filter(finished_at=None).values("source")
        own = Coding.objects.filter(coder=user.pk, source__in=unfinished).values("source")
        return self.filter(source__in=own).exclude(coder=user.pk)


class Coding(models.Model):
    """One of the two who code a source independently."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="codings")
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(help_text="1 or 2: the column of the comparison.")
    begun_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = CodingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["source", "place"]
        constraints = [
            models.CheckConstraint(name="coding_is_by_two", condition=models.Q(place__in=(1, 2))),
            models.UniqueConstraint(
                fields=["source", "place"], name="coding_has_one_coder_a_place"
            ),
            models.UniqueConstraint(
                fields=["source", "coder"],
                name="coding_is_by_two_people",
                violation_error_message="Two people code a source, not one of them twice.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coder} codes {self.source}"


class ImportFile(models.Model):
    """A table that was uploaded: kept until it is imported, and then only what became of it."""

    record_type = models.CharField(max_length=100, help_text="Label of the model: records.person.")
    name = models.CharField(max_length=255)
    content = models.BinaryField(help_text="As uploaded; emptied when it is imported.")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="import_files"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    revision = models.BigIntegerField(null=True, blank=True, help_text="That imported it.")
    summary = models.CharField(max_length=200, blank=True, help_text="What became of its rows.")

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [models.Index(fields=["uploaded_at"], name="import_file_by_age")]

    def __str__(self) -> str:
        return self.name


class DeskSession(AbstractBaseSession):
    """A session at the desk, with its account, so that it can be listed and ended."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sessions"
    )
    agent = models.CharField(max_length=200, blank=True, help_text="The browser, as it says.")
    started_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.account}, since {self.started_at}"

    @property
    def number(self) -> str:
        """What names the session on a page: its key would let in who reads it there."""
        return sha256(self.session_key.encode()).hexdigest()[:16]

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore
