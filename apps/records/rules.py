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


def _owner(tracking: Tracking, alias: str) -> str:
    """Return a join that gives `owner`: the record that decides whether the row is public."""
    if not tracking.part_of:
        return f"JOIN public.{tracking.table} AS owner ON owner.id = {alias}.id"
    key = tracking.foreign_key.column
    return f"JOIN public.{tracking.parent.table} AS owner ON owner.id = {alias}.{key}"


def _written(table: str, column: str = "id", since: str = "since_revision") -> str:
    return f"(SELECT {column} FROM public.{table}_history WHERE {since} = $1)"


def _owner_table(tracking: Tracking) -> str:
    return tracking.parent.table if tracking.part_of else tracking.table


def _cited(name: str, tracking: Tracking) -> Rule:
    citation = Citation._meta.db_table
    label = tracking.model._meta.verbose_name
    return Rule(
        name=f"published_{name}_is_cited",
        message=f"A published {label} needs a published citation: source, paragraph, excerpt.",
        tables=tuple({tracking.table, _owner_table(tracking), citation}),
        query=f"""
            SELECT '{label} of ' || owner.public_id FROM public.{tracking.table} AS t
            {_owner(tracking, "t")}
            WHERE owner.{PUBLISHED} AND (
                t.id IN {_written(tracking.table)}
                OR owner.id IN {_written(_owner_table(tracking))}
                OR t.id IN {_written(citation, f"{name}_id", "until_revision")})
            AND NOT EXISTS (SELECT FROM public.{citation} AS c
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
    other_owner = _owner_table(referred)
    other_key = referred.foreign_key.column if referred.part_of else "id"
    return Rule(
        name=f"published_{tracking.model._meta.model_name}_{key.name}",
        message=f"A published {label} names a record that is not published (its {key.name}).",
        tables=tuple({tracking.table, _owner_table(tracking), referred.table, other_owner}),
        query=f"""
            SELECT owner.public_id || ' refers to ' || other.public_id
            FROM public.{tracking.table} AS t {_owner(tracking, "t")}
            JOIN public.{referred.table} AS r ON r.id = t.{key.column}
            JOIN public.{other_owner} AS other ON other.id = r.{other_key}
            WHERE owner.{PUBLISHED} AND NOT other.{PUBLISHED} AND (
                t.id IN {_written(tracking.table)}
                OR owner.id IN {_written(_owner_table(tracking))}
                OR r.id IN {_written(referred.table)}
                OR other.id IN {_written(other_owner)})
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
            SELECT s.public_id FROM public.records_strengthfigure AS s
            JOIN public.records_contributor AS c ON c.id = s.contributor_id
            WHERE c.operation_id <> s.operation_id AND (
                s.id IN (SELECT id FROM public.records_strengthfigure_history
                    WHERE since_revision = $1)
                OR c.id IN (SELECT id FROM public.records_contributor_history
                    WHERE since_revision = $1))
        """,
    ),
    Rule(
        name="citation_paragraph_exists",
        message="A citation names a paragraph that its source does not have.",
        tables=(_table(Citation), _table(Source)),
        query="""
            SELECT c.public_id || ': paragraph ' || c.paragraph || ' of ' || s.paragraphs
            FROM public.records_citation AS c
            JOIN public.records_source AS s ON s.id = c.source_id
            WHERE c.paragraph > s.paragraphs AND (
                c.id IN (SELECT id FROM public.records_citation_history WHERE since_revision = $1)
                OR s.id IN (SELECT id FROM public.records_source_history WHERE since_revision = $1))
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
                FROM public.records_citation AS c WHERE c.id IN (
                    SELECT id FROM public.records_citation_history WHERE since_revision = $1)
                OR c.source_id IN (
                    SELECT source_id FROM public.records_sourcetext_history
                    WHERE since_revision = $1)
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
            SELECT s.public_id FROM public.records_sourcetext AS t
            JOIN public.records_source AS s ON s.id = t.source_id
            WHERE s.text_sha256 <> encode(sha256(convert_to(t.text, 'UTF8')), 'hex') AND (
                t.id IN (SELECT id FROM public.records_sourcetext_history WHERE since_revision = $1)
                OR s.id IN (SELECT id FROM public.records_source_history WHERE since_revision = $1))
        """,
    ),
]
