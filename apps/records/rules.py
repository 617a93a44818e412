"""Rules over several records, checked by PostgreSQL at the end of every transaction.

A published record is cited; what it refers to is published; a figure's contributor belongs to its
operation; a citation names a paragraph that exists, and words that stand there where the text is
stored; a stored text has the recorded hash.
"""

from collections.abc import Iterator

from django.db import models

from apps.records.models import TARGETS, Citation, Source
from apps.revisions.rules import Rule, register
from apps.revisions.tracking import REGISTRY, Tracking, trackings

PUBLISHED = "publication = 'published'"


def register_all() -> None:
    """Put every rule in force; called once the models are loaded."""
    for name, model in TARGETS.items():
        register(_cited(name, REGISTRY[model]))
    for tracking in trackings():
        for key in _references(tracking):
            register(_reference_is_published(tracking, key))
    for rule in SINGLE_RULES:
        register(rule)


def _owner(tracking: Tracking, alias: str, name: str = "owner") -> str:
    """Return a join that gives the record that decides whether the row `alias` is public."""
    key = tracking.foreign_key.column if tracking.part_of else "id"
    return f"JOIN public.{_owner_table(tracking)} AS {name} ON {name}.id = {alias}.{key}"


def _owner_table(tracking: Tracking) -> str:
    return tracking.parent.table if tracking.part_of else tracking.table


# A rule begins at the rows that were written and never at the table: a commit then costs what it
# wrote, however much there is.
def _written(tracking: Tracking, owner: str = PUBLISHED, naming: str = "id") -> str:
    """Return the ids of the rows that were written, or whose `owner` was and now is so.

    Only those written that are `naming` something: that have no NULL in this column.
    """
    rows = (
        f"SELECT id FROM public.{tracking.table}_history"
        f" WHERE since_revision = $1 AND {naming} IS NOT NULL"
    )
    if not tracking.part_of:
        return rows
    key = tracking.foreign_key.column
    return f"""{rows} UNION
        SELECT part.id FROM public.{_owner_table(tracking)}_history AS w
        JOIN public.{tracking.table} AS part ON part.{key} = w.id
        WHERE w.since_revision = $1 AND {owner}"""


def _naming_unpublished(tracking: Tracking, column: str, referred: Tracking) -> str:
    """Return the ids of the rows that name what was written and is not published now."""
    return f"""
        SELECT naming.id FROM ({_written(referred, f"NOT {PUBLISHED}")}) AS w
        JOIN public.{referred.table} AS r ON r.id = w.id {_owner(referred, "r")}
        JOIN public.{tracking.table} AS naming ON naming.{column} = r.id
        WHERE NOT owner.{PUBLISHED}"""


def _cited(name: str, tracking: Tracking) -> Rule:
    citation = Citation._meta.db_table
    label = tracking.model._meta.verbose_name
    return Rule(
        name=f"published_{name}_is_cited",
        message=f"A published {label} needs a published citation: source, paragraph, excerpt.",
        tables=tuple({tracking.table, _owner_table(tracking), citation}),
        query=f"""
            SELECT '{label} of ' || owner.public_id
            FROM ({_written(tracking)} UNION
                SELECT {name}_id FROM public.{citation}_history
                WHERE until_revision = $1 AND {name}_id IS NOT NULL) AS w
            JOIN public.{tracking.table} AS t ON t.id = w.id {_owner(tracking, "t")}
            WHERE owner.{PUBLISHED} AND NOT EXISTS (SELECT FROM public.{citation} AS c
                WHERE c.{name}_id = t.id AND c.{PUBLISHED})
        """,
    )


def _references(tracking: Tracking) -> Iterator["models.ForeignKey[models.Model, models.Model]"]:
    """Give the foreign keys to tracked rows, but not that of a part to its own."""
    for field in tracking.model._meta.local_concrete_fields:
        if (
            tracking.public
            and isinstance(field, models.ForeignKey)
            and field.name != tracking.part_of
            and field.related_model in REGISTRY
        ):
            yield field


def _reference_is_published(
    tracking: Tracking, key: "models.ForeignKey[models.Model, models.Model]"
) -> Rule:
    referred = REGISTRY[key.related_model]
    label = tracking.model._meta.verbose_name
    return Rule(
        name=f"published_{tracking.model._meta.model_name}_{key.name}",
        message=f"A published {label} names a record that is not published (its {key.name}).",
        tables=tuple(
            {tracking.table, _owner_table(tracking), referred.table, _owner_table(referred)}
        ),
        query=f"""
            SELECT owner.public_id || ' refers to ' || other.public_id
            FROM ({_written(tracking, naming=str(key.column))}
                UNION {_naming_unpublished(tracking, str(key.column), referred)}) AS w
            JOIN public.{tracking.table} AS t ON t.id = w.id {_owner(tracking, "t")}
            JOIN public.{referred.table} AS r ON r.id = t.{key.column}
            {_owner(referred, "r", "other")}
            WHERE owner.{PUBLISHED} AND NOT other.{PUBLISHED}
        """,
    )


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


SINGLE_RULES = [
    Rule(
        name="strength_contributor_is_of_its_operation",
        message="The contributor of a strength figure belongs to another operation.",
        tables=("records_strengthfigure", "records_contributor"),
        query="""
            SELECT s.public_id FROM (
                SELECT id FROM public.records_strengthfigure_history WHERE since_revision = $1
                UNION SELECT figure.id FROM public.records_contributor_history AS h
                JOIN public.records_strengthfigure AS figure ON figure.contributor_id = h.id
                WHERE h.since_revision = $1) AS w
            JOIN public.records_strengthfigure AS s ON s.id = w.id
            JOIN public.records_contributor AS c ON c.id = s.contributor_id
            WHERE c.operation_id <> s.operation_id
        """,
    ),
    Rule(
        name="citation_paragraph_exists",
        message="A citation names a paragraph that its source does not have.",
        tables=(_table(Citation), _table(Source)),
        query="""
            SELECT c.public_id || ': paragraph ' || c.paragraph || ' of ' || s.paragraphs
            FROM (
                SELECT id FROM public.records_citation_history WHERE since_revision = $1
                UNION SELECT passage.id FROM public.records_source_history AS h
                JOIN public.records_citation AS passage ON passage.source_id = h.id
                WHERE h.since_revision = $1) AS w
            JOIN public.records_citation AS c ON c.id = w.id
            JOIN public.records_source AS s ON s.id = c.source_id
            WHERE c.paragraph > s.paragraphs
        """,
    ),
    Rule(
        # Paragraphs as `paragraphs_of` counts them.
        name="citation_excerpt_stands_in_its_source",
        message="An excerpt does not stand, letter by letter, in the paragraph cited.",
        tables=(_table(Citation), "records_sourcetext"),
        query="""
            WITH written AS MATERIALIZED (
                SELECT c.id, c.public_id, c.source_id, c.paragraph, c.excerpt
                FROM (
                    SELECT id FROM public.records_citation_history WHERE since_revision = $1
                    UNION SELECT passage.id FROM public.records_sourcetext_history AS h
                    JOIN public.records_citation AS passage ON passage.source_id = h.source_id
                    WHERE h.since_revision = $1) AS w
                JOIN public.records_citation AS c ON c.id = w.id
            ), paragraphs AS MATERIALIZED (
                SELECT t.source_id, b.words,
                    row_number() OVER (PARTITION BY t.source_id ORDER BY b.place) AS number
                FROM public.records_sourcetext AS t,
                    unnest(string_to_array(replace(t.text, E'\\r\\n', E'\\n'), E'\\n\\n'))
                    WITH ORDINALITY AS b(words, place)
                WHERE b.words ~ '\\S' AND t.source_id IN (SELECT source_id FROM written)
            )
            SELECT w.public_id || ': paragraph ' || w.paragraph || ', “' || w.excerpt || '”'
            FROM written AS w
            JOIN public.records_sourcetext AS t ON t.source_id = w.source_id
            LEFT JOIN paragraphs AS p
                ON p.source_id = w.source_id AND p.number = w.paragraph
            WHERE strpos(coalesce(p.words, ''), w.excerpt) = 0
        """,
    ),
    Rule(
        name="stored_text_has_the_recorded_hash",
        message="The stored text of a source does not have the SHA-256 recorded for it.",
        tables=("records_sourcetext", _table(Source)),
        query="""
            SELECT s.public_id FROM (
                SELECT source_id FROM public.records_sourcetext_history WHERE since_revision = $1
                UNION SELECT id FROM public.records_source_history WHERE since_revision = $1) AS w
            JOIN public.records_sourcetext AS t ON t.source_id = w.source_id
            JOIN public.records_source AS s ON s.id = t.source_id
            WHERE s.text_sha256 <> encode(sha256(convert_to(t.text, 'UTF8')), 'hex')
        """,
    ),
]
