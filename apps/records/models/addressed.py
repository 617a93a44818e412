"""Records with a slug in their address, which answer to every slug they were published under."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from apps.records.models.base import Record

# Planned for each row: a plan made while the table is small would read all of it for each row of a
# load that fills it.
KEEP = """
EXECUTE 'SELECT EXISTS (SELECT FROM public.{meta.db_table} AS other'
    ' WHERE other.former_slugs @> ARRAY[$1]::varchar[] AND other.id <> $2)'
    INTO taken USING NEW.slug, NEW.id;
IF taken THEN
    RAISE EXCEPTION 'The address “%” was that of another record and still leads to it.', NEW.slug
    USING ERRCODE = 'unique_violation', TABLE = '{meta.db_table}', COLUMN = 'slug',
        CONSTRAINT = 'address_is_of_no_other_record';
END IF;
IF TG_OP = 'UPDATE' THEN
    IF OLD.slug <> NEW.slug AND (OLD.publication = 'published' OR OLD.withdrawal_reason > '') THEN
        NEW.former_slugs := array_append(array_remove(OLD.former_slugs, NEW.slug), OLD.slug);
    END IF;
END IF;
RETURN NEW;
"""


class FormerSlugs(pgtrigger.Trigger):
    """Keeps a slug that was public and is changed, and refuses one that was another record's."""

    name = "keep_former_slugs"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.UpdateOf("slug")
    declare = [("taken", "boolean")]
    func = pgtrigger.Func(KEEP)


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
        indexes: ClassVar = [
            *Record.Meta.indexes,
            GinIndex(fields=["former_slugs"], name="%(class)s_former_slug"),
        ]
        triggers: ClassVar = [FormerSlugs()]
