"""The SQL that logs, when a revision is closed, what it did to the published records.

A record that appears, differs or goes counts, and so does a published record that shows a row
which was written: one of its parts, a citation of it or of a part. Drafts never reach the log.
"""

from collections.abc import Iterable, Iterator

from apps.revisions.closing import BY_WHAT_WAS_WRITTEN
from apps.revisions.tracking import Tracking
from apps.revisions.views import PUBLISHED, WITHDRAWAL

# Steps for the same table stand under one question: each is asked at every commit.
WHERE_WRITTEN = """
IF '{table}' = ANY(touched) THEN
{steps}
END IF;
"""

RECORD = """
    INSERT INTO public.revisions_change
        (revision_id, record_type, record_id, public_id, action, fields)
    SELECT * FROM (
        SELECT $1, '{record_type}', n.id, n.public_id,
            CASE WHEN o.id IS NULL THEN 'insert' ELSE 'update' END AS action,
            CASE WHEN o.id IS NULL THEN '{{}}'::text[]
                ELSE array_remove(ARRAY[{differences}], NULL) END AS fields
        FROM (SELECT * FROM public.{history} WHERE since_revision = $1 AND {published}) AS n
        LEFT JOIN LATERAL (
            SELECT * FROM public.{history} WHERE id = n.id AND since_revision < $1
            ORDER BY since_revision DESC LIMIT 1
        ) AS o ON o.until_revision = $1 AND o.{published}
        UNION ALL
        SELECT $1, '{record_type}', o.id, o.public_id, 'delete', '{{}}'::text[]
        FROM public.{history} AS o WHERE o.until_revision = $1 AND o.{published}
        AND NOT EXISTS (SELECT FROM public.{history} AS n
            WHERE n.id = o.id AND n.since_revision = $1 AND n.{published})
        OFFSET 0  -- or the fields are compared twice: for the condition and for the row
    ) AS changes
    WHERE action <> 'update' OR fields <> '{{}}';
"""

SHOWN = """
    INSERT INTO public.revisions_change
        (revision_id, record_type, record_id, public_id, action, fields)
    SELECT $1, '{record_type}', r.id, r.public_id, 'update', ARRAY['{name}']
    FROM public.{record} AS r
    WHERE r.{published} AND r.id IN ({ids})
    ON CONFLICT (revision_id, record_type, record_id) DO UPDATE
        SET fields = revisions_change.fields || excluded.fields
        WHERE revisions_change.action = 'update' AND NOT revisions_change.fields @> excluded.fields;
"""

WRITTEN = """
    SELECT {column} FROM public.{history} AS w WHERE since_revision = $1 AND {public}
    UNION SELECT {column} FROM public.{history} AS w WHERE until_revision = $1 AND {public}
"""


def function(tracked: list[Tracking]) -> str:
    """Return the function that writes the log of one revision: records first, then what shows.

    What a revision withholds is hidden at once (hiding.py).
    """
    public = [tracking for tracking in tracked if tracking.public]
    steps = [_where_written(t, [_record(t)]) for t in public if not t.part_of]
    steps += [_where_written(t, _shown(t)) for t in public if t.shown_by]
    return f"""
        CREATE OR REPLACE FUNCTION public.revisions_log(number bigint, touched text[])
        RETURNS void LANGUAGE plpgsql {BY_WHAT_WAS_WRITTEN} AS $log$
        BEGIN
        {"".join(steps)}
        PERFORM public.revisions_hide(number, touched);
        END
        $log$;
    """


def _where_written(tracking: Tracking, steps: Iterable[str]) -> str:
    return WHERE_WRITTEN.format(table=tracking.table, steps="".join(steps))


def _record(tracking: Tracking) -> str:
    return RECORD.format(
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
        if field.editable and field.name not in WITHDRAWAL
    ]


def _shown(tracking: Tracking) -> Iterator[str]:
    """Give a step for each type of record that shows the rows of `tracking`."""
    for shower, name, column in tracking.shown_by:
        public = f"{_was_public(tracking)} AND {column} IS NOT NULL"
        written = WRITTEN.format(column=column, history=tracking.history, public=public)
        yield from _shown_by(shower, name, written)


def _held(alias: str = "") -> str:
    """Return the condition that a version held at the revision, or until it."""
    since, until = f"{alias}since_revision", f"{alias}until_revision"
    return f"{since} <= $1 AND ({until} IS NULL OR {until} >= $1)"


def _was_public(tracking: Tracking) -> str:
    """Return the condition that a version `w` could be read; a part of a draft never could."""
    if not tracking.part_of:
        return PUBLISHED
    key = tracking.foreign_key.column
    # Not EXISTS: what a load has just written has no statistics, and a join of it may be planned
    # as every row with every other. This looks into the index once a row.
    return (
        f"(SELECT true FROM public.{tracking.parent.history} AS p"
        f" WHERE p.id = w.{key} AND p.{PUBLISHED} AND {_held('p.')} LIMIT 1)"
    )


def _shown_by(shower: Tracking, name: str, ids: str) -> Iterator[str]:
    """Give the steps for the rows `ids` of `shower`; a part passes it on to what shows the part.

    A part that went in the same revision is looked for in its history.
    """
    if not shower.part_of:
        yield SHOWN.format(
            record_type=shower.model._meta.model_name,
            name=name,
            record=shower.table,
            published=PUBLISHED,
            ids=ids,
        )
        return
    for further, its_name, column in shower.shown_by:
        rows = f"SELECT {column} FROM public.{shower.history} WHERE id IN ({ids}) AND {_held()}"
        yield from _shown_by(further, its_name, rows)
