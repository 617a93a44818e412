"""Records with a slug in their address, which answer to every slug they were published under."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from apps.records.models.base import Record

KEEP = """
IF OLD.slug <> NEW.slug AND (OLD.publication = 'published' OR OLD.withdrawal_reason > '') THEN
    NEW.former_slugs := array_append(array_remove(OLD.former_slugs, NEW.slug), OLD.slug);
END IF;
RETURN NEW;
"""


class FormerSlugs(pgtrigger.Trigger):
    """Keeps a slug that was public and is changed; that no other record takes it is a rule."""

    name = "keep_former_slugs"
    when = pgtrigger.Before
    operation = pgtrigger.UpdateOf("slug")
    func = KEEP


class Addressed(Record):
    """A record whose address is readable. The address may change; the old one still leads to it."""

    KEY = "slug"
    FORMER_KEYS = "former_slugs"

    former_slugs = ArrayField(
        models.CharField(max_length=80),
        default=list,
        db_default=[],
        editable=False,
        help_text="Its addresses before; kept by the database.",
    )

    class Meta(Record.Meta):
        abstract = True
        # Of the few that have one: each row that has none would be one more for a load to search.
        indexes: ClassVar = [
            *Record.Meta.indexes,
            GinIndex(
                fields=["former_slugs"],
                condition=~models.Q(former_slugs=[]),
                name="%(class)s_former_slug",
            ),
        ]
        triggers: ClassVar = [FormerSlugs()]
