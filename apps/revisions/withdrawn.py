"""The SQL of the views that say what was withdrawn: why, when, and whether its past is hidden.

A record that was never public is in neither: to the public it never was.
"""

from collections.abc import Iterator

from apps.revisions.tracking import Tracking
from apps.revisions.views import PUBLISHED, SHOWN

# `last` is the last version that was public: until the revision that withdrew the record.
ROWS = """
    SELECT t.public_id::text, '{record_type}'::text AS record_type, t.{key}::text AS address,
        ({former})::text[] AS former_addresses, t.withdrawal_reason AS reason,
        t.withheld OR last.hidden_before >= last.until_revision AS withheld,
        last.until_revision AS revision, r.made_at
    FROM public.{table} AS t
    CROSS JOIN LATERAL (SELECT h.until_revision, h.hidden_before FROM public.{history} AS h
        WHERE h.id = t.id AND h.{published} AND h.until_revision <= {until}
        ORDER BY h.until_revision DESC LIMIT 1) AS last
    JOIN public.revisions_revision AS r ON r.number = last.until_revision
    WHERE t.withdrawal_reason > '' AND {condition}
"""
NOT_PUBLIC = f"NOT t.{PUBLISHED}"
THEN = f"t.since_revision <= {SHOWN} AND (t.until_revision IS NULL OR t.until_revision > {SHOWN})"
NEWEST = "9223372036854775807"
# Of what is withheld, whatever revision is asked for: nothing tells since when it was there.
HIDDEN_UNTIL = "(SELECT max(m.hidden_before) FROM public.{history} AS m WHERE m.id = t.id)"
NOT_WITHHELD = (
    "NOT EXISTS (SELECT FROM public.{table} AS n"
    " WHERE n.id = t.id AND n.withheld AND n.withdrawal_reason > '')"
)


def views(tracked: list[Tracking]) -> Iterator[str]:
    """Give the view of what is withdrawn now, and that of what was at a revision."""
    records = [t for t in tracked if t.public and not t.part_of]
    now = [_rows(each, each.table, NOT_PUBLIC, NEWEST) for each in records]
    yield _view("published", now)
    then = [
        _rows(each, each.history, f"{THEN} AND {NOT_PUBLIC} AND {NOT_WITHHELD}", SHOWN)
        for each in records
    ]
    always = [_rows(each, each.table, "t.withheld", HIDDEN_UNTIL) for each in records]
    yield _view("as_of", then + always)


def _view(schema: str, queries: list[str]) -> str:
    return f"CREATE VIEW {schema}.revisions_withdrawn AS {' UNION ALL '.join(queries)}"


def _rows(tracking: Tracking, table: str, condition: str, until: str) -> str:
    former = getattr(tracking.model, "FORMER_KEYS", "")
    names = {"table": tracking.table, "history": tracking.history}
    return ROWS.format(
        record_type=tracking.model._meta.model_name,
        key=getattr(tracking.model, "KEY", "public_id"),
        former=f"t.{former}" if former else "'{}'",
        published=PUBLISHED,
        table=table,
        history=tracking.history,
        condition=condition.format(**names),
        until=until.format(**names),
    )
