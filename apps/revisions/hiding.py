"""The SQL that hides the past of withheld records from every public read, for a legal cause.

Nothing is taken out of the history. `hidden_before` of a version says as of which revisions the
views pass it over; it follows from the tracked column `withheld` of the records and is worked out
anew, for all, by each revision that writes a withheld record. So that no reference leads nowhere,
what names a hidden version is hidden as long as that is: citations, figures, theatres ...
"""

from collections.abc import Iterator

from django.db import models

from apps.revisions.tracking import REGISTRY, Tracking
from apps.revisions.views import PUBLISHED

# The index of withdrawn versions finds these: what is withheld has a reason. Each table is asked by
# itself: of one that was not written, no query is even begun.
CONCERNED = """
    IF NOT concerned AND '{table}' = ANY(touched) THEN
        concerned := EXISTS (SELECT FROM public.{history}
            WHERE withdrawal_reason > '' AND withheld
            AND (since_revision = number OR until_revision = number));
    END IF;
"""
ANEW = """
    UPDATE public.{history} SET hidden_before = 0 WHERE hidden_before > 0;
"""
# Of a record that is withheld, or was when it was removed: the revision in which it last became so,
# or was last withdrawn while it was. What was before is hidden.
WITHHELD = """
    SELECT w.id, max(w.since_revision) AS number
    FROM public.{history} AS w
    JOIN public.{history} AS p ON p.id = w.id AND p.until_revision = w.since_revision
    WHERE w.withdrawal_reason > '' AND w.withheld
        AND (NOT p.withheld OR (p.{published} AND NOT w.{published}))
        AND (SELECT l.withheld FROM public.{history} AS l WHERE l.id = w.id
            ORDER BY l.since_revision DESC LIMIT 1)
    GROUP BY w.id
"""
WITHHOLD = f"""
    UPDATE public.{{history}} AS v SET hidden_before = event.number FROM ({WITHHELD}) AS event
    WHERE v.id = event.id AND v.since_revision < event.number;
"""
SHOWN = f"""
    SELECT DISTINCT v.id FROM public.{{history}} AS v JOIN ({WITHHELD}) AS event ON event.id = v.id
    WHERE v.since_revision < event.number AND v.hidden_before < event.number
    ORDER BY v.id LIMIT 100
"""
# `least` passes over NULL, which is no end.
FOLLOW = """
    UPDATE public.{history} AS v SET hidden_before = named.number FROM (
        SELECT n.version, max(least(x.until_revision, x.hidden_before)) AS number
        FROM public.{named} AS x JOIN public.{history} AS n ON n.{column} = x.id
        WHERE x.hidden_before > 0
            AND n.since_revision < least(x.until_revision, x.hidden_before)
            AND (n.until_revision IS NULL OR n.until_revision > x.since_revision)
        GROUP BY n.version) AS named
    WHERE v.version = named.version AND v.hidden_before < named.number;
    more := more OR FOUND;
"""
# That a record is gone is told all the same: who has a copy needs to know.
UNTELL = """
    UPDATE public.revisions_change AS c SET hidden = true FROM public.{history} AS h
    WHERE h.hidden_before > 0 AND c.record_type = '{record_type}' AND c.record_id = h.id
        AND c.revision_id >= h.since_revision
        AND c.revision_id < least(h.until_revision, h.hidden_before) AND c.action <> 'delete';
"""


def function(tracked: list[Tracking]) -> str:
    """Return the function that works out what is hidden, where a revision concerns that."""
    public = [tracking for tracking in tracked if tracking.public]
    records = [tracking for tracking in public if not tracking.part_of]
    return f"""
        CREATE OR REPLACE FUNCTION public.revisions_hide(number bigint, touched text[])
        RETURNS void LANGUAGE plpgsql AS $hide$
        DECLARE more boolean := true; concerned boolean := false;
        BEGIN
        {"".join(_filled(CONCERNED, each) for each in records)}
        IF NOT concerned THEN RETURN; END IF;
        {"".join(_filled(ANEW, each) for each in public)}
        UPDATE public.revisions_change SET hidden = false WHERE hidden;
        {"".join(_filled(WITHHOLD, each) for each in records)}
        WHILE more LOOP
            more := false;
            {"".join(_following(public))}
        END LOOP;
        {"".join(_filled(UNTELL, each) for each in records)}
        END
        $hide$;
    """


def shown(tracking: Tracking) -> str:
    """Return the query for the withheld records whose past is not hidden: there should be none."""
    return _filled(SHOWN, tracking)


def _filled(template: str, tracking: Tracking, **more: str) -> str:
    return template.format(
        table=tracking.table,
        history=tracking.history,
        record_type=tracking.model._meta.model_name,
        published=PUBLISHED,
        **more,
    )


def _following(public: list[Tracking]) -> Iterator[str]:
    """Give a step for each foreign key between public tables."""
    for tracking in public:
        fields = tracking.model._meta.local_concrete_fields
        for field in (each for each in fields if isinstance(each, models.ForeignKey)):
            named = REGISTRY.get(field.related_model)
            if named in public and named is not None:
                yield _filled(FOLLOW, tracking, named=named.history, column=str(field.column))
