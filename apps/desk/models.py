"""What the desk keeps of its own: sessions, and files on their way in. Nothing is ever public."""

from hashlib import sha256
from typing import ClassVar

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from apps.desk.sessions import SessionStore


class Publishing(models.Model):
    """No table: a place in Django's permissions for what concerns every type of record."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [
            ("publish_record", "Can publish and withdraw records"),
            ("import_record", "Can import tables of records"),
        ]

    def __str__(self) -> str:
        return "Publishing"


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
