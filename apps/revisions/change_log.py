"""The SQL that logs, when a revision is closed, what it did to the published records.

A record that appears, differs or goes counts, and so does a published record one of whose parts
was written. Drafts never reach the log.
"""

from apps.revisions.tracking import Tracking
from apps.revisions.views import PUBLISHED

RECORD = """
IF '{table}' = ANY(touched) THEN
    INSERT INTO public.revisions_change
        (revision_id, record_type, record_id, public_id, action, fields)
    SELECT * FROM (
        SELECT $1, '{record_type}', coalesce(n.id, o.id), coalesce(n.public_id, o.public_id),
            CASE WHEN o.id IS NULL THEN 'insert' WHEN n.id IS NULL THEN 'delete'
                ELSE 'update' END AS action,
            CASE WHEN o.id IS NULL OR n.id IS NULL THEN '{{}}'::text[]
                ELSE array_remove(ARRAY[{differences}], NULL) END AS fields
        FROM (SELECT * FROM public.{history} WHERE since_revision = $1 AND {published}) AS n
        FULL JOIN (SELECT * FROM public.{history} WHERE until_revision = $1 AND {published}) AS o
            ON o.id = n.id
    ) AS changes
    WHERE action <> 'update' OR fields <> '{{}}';
END IF;
"""

PART = """
IF '{table}' = ANY(touched) THEN
    INSERT INTO public.revisions_change
        (revision_id, record_type, record_id, public_id, action, fields)
    SELECT $1, '{record_type}', p.id, p.public_id, 'update', ARRAY['{part}']
    FROM public.{parent} AS p
    WHERE p.{published} AND p.id IN (
        SELECT {key} FROM public.{history} WHERE since_revision = $1
        UNION SELECT {key} FROM public.{history} WHERE until_revision = $1)
    ON CONFLICT (revision_id, record_type, record_id) DO UPDATE
        SET fields = revisions_change.fields || excluded.fields
        WHERE revisions_change.action = 'update';
END IF;
"""


def function(tracked: list[Tracking]) -> str:
    """Return the function that writes the log of one revision: records first, then their parts."""
    public = [tracking for tracking in tracked if tracking.public]
    steps = [_record(t) for t in public if not t.part_of] + [_part(t) for t in public if t.part_of]
    return f"""
        CREATE OR REPLACE FUNCTION public.revisions_log(number bigint, touched text[])
        RETURNS void LANGUAGE plpgsql AS $log$
        BEGIN
        {"".join(steps)}
        END
        $log$;
    """


def _record(tracking: Tracking) -> str:
    return RECORD.format(
        table=tracking.table,
        history=tracking.history,
        record_type=tracking.model._meta.model_name,
        published=PUBLISHED,
        differences=", ".join(_difference(tracking)),
    )


def _difference(tracking: Tracking) -> list[str]:
    """Compare what an editor writes; bounds of dates and search vectors follow from it."""
    return [
        f'CASE WHEN o."{field.column}" IS DISTINCT FROM n."{field.column}"'
        f" THEN '{field.name}' END"
        for field in tracking.model._meta.local_concrete_fields
        if field.editable
    ]


def _part(tracking: Tracking) -> str:
    return PART.format(
        table=tracking.table,
        history=tracking.history,
        record_type=tracking.parent.model._meta.model_name,
        part=tracking.part_name,
        parent=tracking.parent.table,
        key=tracking.foreign_key.column,
        published=PUBLISHED,
    )
