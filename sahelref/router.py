"""Sends the faces that the public reads to the `public` database and refuses their writes."""

from typing import Any

from django.db.models import Model

from apps.revisions.public import PUBLIC, reading_publicly


class FaceRouter:
    """While a public request is answered, everything is read from `public`, without exception.

    A query for a session or a draft then fails in PostgreSQL instead of answering.
    """

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return PUBLIC if reading_publicly() else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        return PUBLIC if reading_publicly() else None

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db != PUBLIC
