"""The SQL of the views in the schemas `published` (now) and `as_of` (at a past revision).

Both hold views of the same names and columns as the tables, so that the same querysets answer
for now and for then. Rows are those that were published.
"""

from collections.abc import Iterator

from apps.revisions.tracking import Tracking

PUBLISHED = "publication = 'published'"
# The columns that say why a record is not public any more, and whether its past is hidden.
WITHDRAWAL = ("withdrawal_reason", "withheld")
SHOWN = "(SELECT current_setting('sahelref.as_of')::bigint)"
# Once more as the planner can read it, who has to know that an early revision held little of what
# is there now: it is found by its revision, where the order of a list would be walked to its end.
PLANNED = "since_revision <= current_setting('sahelref.as_of')::bigint"
HELD = (
    f"since_revision <= {SHOWN} AND (until_revision IS NULL OR until_revision > {SHOWN})"
    f" AND {PLANNED}"
)
# Said twice, so that the planner expects what is: that hardly anything is hidden.
NOT_HIDDEN = f"(hidden_before = 0 OR hidden_before <= {SHOWN})"
# Who edited and what drafts were touched is not for the public; nor is a reason that tells of
# drafts alone. The least id is found by index; EXISTS reads all changes where most are of one
# revision.
REVISION = """
    number, made_at, NULL::integer AS editor_id,
    CASE WHEN (SELECT min(c.id) FROM public.revisions_change AS c
        WHERE c.revision_id = number AND NOT c.hidden)
        IS NOT NULL THEN reason ELSE '' END AS reason,
    '{}'::text[] AS tables, hash
"""
SUCCESSOR = "id, record_type, former_id, former_key, public_id, public"


def published(tracked: list[Tracking]) -> Iterator[str]:
    """Give the views of rows that are published now."""
    for tracking in _parents_first(tracked):
        yield _view("published", tracking, f"public.{tracking.table}", "true")
    yield from _revision_views("published", "true", "true")
    yield _successor_view("published", "public.revisions_successor", "public")


def as_of(tracked: list[Tracking]) -> Iterator[str]:
    """Give the views of rows that were published at the revision in the setting sahelref.as_of."""
    for tracking in _parents_first(tracked):
        yield _view("as_of", tracking, f"public.{tracking.history}", f"{HELD} AND {NOT_HIDDEN}")
    yield from _revision_views("as_of", f"number <= {SHOWN}", f"revision_id <= {SHOWN}")
    then = f"public AND {HELD} AND {NOT_HIDDEN}"
    yield _successor_view("as_of", "public.revisions_successor_history", then)


def _parents_first(tracked: list[Tracking]) -> list[Tracking]:
    return sorted((t for t in tracked if t.public), key=lambda t: bool(t.part_of))


def _view(schema: str, tracking: Tracking, table: str, held: str) -> str:
    columns = ", ".join(f'"{column}"' for column in tracking.columns)
    # Parts are searched by no index of words, so a barrier costs nothing: without one, an error in
    # a condition could tell the reader of a row that the view leaves out. What holds keys alone
    # has no words to tell, and a barrier would keep the planner from finding its rows by a key.
    barrier = " WITH (security_barrier)" if tracking.part_of and not _keys_alone(tracking) else ""
    return (
        f"CREATE VIEW {schema}.{tracking.table}{barrier} AS SELECT {columns} FROM {table} AS t"
        f" WHERE {held} AND {_public(schema, tracking)}"
    )


def _keys_alone(tracking: Tracking) -> bool:
    fields = tracking.model._meta.local_concrete_fields
    return all(field.primary_key or field.remote_field for field in fields)


def _public(schema: str, tracking: Tracking) -> str:
    if not tracking.part_of:
        return PUBLISHED
    key = tracking.foreign_key.column
    return f"EXISTS (SELECT FROM {schema}.{tracking.parent.table} AS p WHERE p.id = t.{key})"


def _revision_views(schema: str, revisions: str, changes: str) -> Iterator[str]:
    yield (
        f"CREATE VIEW {schema}.revisions_revision AS"
        f" SELECT {REVISION} FROM public.revisions_revision WHERE {revisions}"
    )
    yield (
        f"CREATE VIEW {schema}.revisions_change AS"
        f" SELECT id, revision_id, record_type, record_id, public_id, action, fields, hidden"
        f" FROM public.revisions_change WHERE NOT hidden AND {changes}"
    )


def _successor_view(schema: str, table: str, condition: str) -> str:
    return (
        f"CREATE VIEW {schema}.revisions_successor AS SELECT {SUCCESSOR}"
        f" FROM {table} WHERE {condition}"
    )
