"""Rules over several records, checked by PostgreSQL at the end of every transaction.

A published record is cited; what it refers to is published; a figure's contributor belongs to its
operation; a citation names a paragraph that exists, and words that stand there where the text is
stored; a stored text has the recorded hash; an address is not one that leads to another record.
"""

from collections.abc import Iterator

from django.db import models

from apps.records.models import TARGETS, Citation, Source
from apps.records.models.addressed import Addressed
from apps.records.written import for_each, row_of, versions
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
    for model in Addressed.__subclasses__():
        register(_address_is_its_own(_table(model)))
    for rule in SINGLE_RULES:
        register(rule)


def _owner(tracking: Tracking, alias: str, name: str = "owner") -> str:
    """Return a join that gives the record that decides whether the row `alias` is public."""
    if not tracking.part_of:
        return f"CROSS JOIN LATERAL (SELECT {alias}.*) AS {name}"
    return row_of(_owner_table(tracking), f"{alias}.{tracking.foreign_key.column}", name)


def _owner_table(tracking: Tracking) -> str:
    return tracking.parent.table if tracking.part_of else tracking.table


def _written(tracking: Tracking, owner: str = PUBLISHED, naming: str = "id") -> str:
    """Return the ids of the rows that were written, or whose `owner` was and now is so.

    Only those written that are `naming` something: that have no NULL in this column.
    """
    rows = versions(tracking.table, where=f"{naming} IS NOT NULL")
    if not tracking.part_of:
        return rows
    key = tracking.foreign_key.column
    of_owners = versions(_owner_table(tracking), where=owner)
    parts = f"SELECT part.id FROM public.{tracking.table} AS part WHERE part.{key} = w.id"
    return f"{rows} UNION {for_each(of_owners, parts)}"


def _naming_unpublished(tracking: Tracking, column: str, referred: Tracking) -> str:
    """Return the ids of the rows that name what was written and is not published now."""
    naming = f"""
        SELECT naming.id FROM public.{referred.table} AS r {_owner(referred, "r")}
        JOIN public.{tracking.table} AS naming ON naming.{column} = r.id
        WHERE r.id = w.id AND NOT owner.{PUBLISHED}"""
    return for_each(_written(referred, f"NOT {PUBLISHED}"), naming)


def _cited(name: str, tracking: Tracking) -> Rule:
    citation = Citation._meta.db_table
    label = tracking.model._meta.verbose_name
    return Rule(
        name=f"published_{name}_is_cited",
        message=f"A published {label} needs a published citation: source, paragraph, excerpt.",
        tables=tuple({tracking.table, _owner_table(tracking), citation}),
        query=for_each(
            f"{_written(tracking)} UNION {versions(citation, f'{name}_id', 'until')}",
            f"""
            SELECT '{label} of ' || owner.public_id
            FROM public.{tracking.table} AS t {_owner(tracking, "t")}
            WHERE t.id = w.id AND owner.{PUBLISHED} AND NOT EXISTS (
                SELECT FROM public.{citation} AS c WHERE c.{name}_id = t.id AND c.{PUBLISHED})
            """,
        ),
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
        query=for_each(
            f"{_written(tracking, naming=str(key.column))}"
            f" UNION {_naming_unpublished(tracking, str(key.column), referred)}",
            f"""
            SELECT owner.public_id || ' refers to ' || other.public_id
            FROM public.{tracking.table} AS t {_owner(tracking, "t")}
            {row_of(referred.table, f"t.{key.column}", "r")} {_owner(referred, "r", "other")}
            WHERE t.id = w.id AND owner.{PUBLISHED} AND NOT other.{PUBLISHED}
            """,
        ),
    )


def _address_is_its_own(table: str) -> Rule:
    return Rule(
        name=f"address_is_of_no_other_{table}",
        message="This address was that of another record and still leads to it.",
        tables=(table,),
        query=for_each(
            versions(table),
            f"""
            SELECT t.slug || ' leads to ' || other.public_id FROM public.{table} AS t
            JOIN public.{table} AS other ON other.former_slugs @> ARRAY[t.slug]::varchar[]
                AND other.former_slugs <> '{{}}' AND other.id <> t.id
            WHERE t.id = w.id
            """,
        ),
    )


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


def _with_those_of(table: str, column: str, other: str) -> str:
    """Return the ids of the rows written, and of those whose `column` names what `other` did."""
    key = "source_id" if other == "records_sourcetext" else "id"
    naming = f"SELECT named.id FROM public.{table} AS named WHERE named.{column} = w.id"
    return f"{versions(table)} UNION {for_each(versions(other, key), naming)}"


SINGLE_RULES = [
    Rule(
        name="strength_contributor_is_of_its_operation",
        message="The contributor of a strength figure belongs to another operation.",
        tables=("records_strengthfigure", "records_contributor"),
        query=for_each(
            _with_those_of("records_strengthfigure", "contributor_id", "records_contributor"),
            f"""
            SELECT s.public_id FROM public.records_strengthfigure AS s
            {row_of("records_contributor", "s.contributor_id", "c")}
            WHERE s.id = w.id AND c.operation_id <> s.operation_id
            """,
        ),
    ),
    Rule(
        name="citation_paragraph_exists",
        message="A citation names a paragraph that its source does not have.",
        tables=(_table(Citation), _table(Source)),
        query=for_each(
            _with_those_of("records_citation", "source_id", "records_source"),
            f"""
            SELECT c.public_id || ': paragraph ' || c.paragraph || ' of ' || s.paragraphs
            FROM public.records_citation AS c {row_of("records_source", "c.source_id", "s")}
            WHERE c.id = w.id AND c.paragraph > s.paragraphs
            """,
        ),
    ),
    Rule(
        # Paragraphs as `paragraphs_of` counts them.
        name="citation_excerpt_stands_in_its_source",
        message="An excerpt does not stand, letter by letter, in the paragraph cited.",
        tables=(_table(Citation), "records_sourcetext"),
        # The paragraphs of a text are told apart once, however many passages of it were written.
        query=f"""
            SELECT c.public_id || ': paragraph ' || c.paragraph || ', “' || c.excerpt || '”'
            FROM (
                SELECT c.source_id, array_agg(c.id) AS ids FROM ({
            for_each(
                _with_those_of("records_citation", "source_id", "records_sourcetext"),
                "SELECT * FROM public.records_citation AS c WHERE c.id = w.id",
            )
        }) AS c GROUP BY c.source_id
            ) AS cited
            CROSS JOIN LATERAL (
                SELECT ARRAY(
                    SELECT b.words FROM unnest(
                        string_to_array(replace(t.text, E'\\r\\n', E'\\n'), E'\\n\\n')
                    ) WITH ORDINALITY AS b(words, place)
                    WHERE b.words ~ '\\S' ORDER BY b.place
                ) AS words
                FROM public.records_sourcetext AS t WHERE t.source_id = cited.source_id OFFSET 0
            ) AS paragraphs
            CROSS JOIN LATERAL (
                SELECT * FROM public.records_citation AS c WHERE c.id = ANY(cited.ids) OFFSET 0
            ) AS c
            WHERE strpos(coalesce(paragraphs.words[c.paragraph], ''), c.excerpt) = 0
        """,
    ),
    Rule(
        name="stored_text_has_the_recorded_hash",
        message="The stored text of a source does not have the SHA-256 recorded for it.",
        tables=("records_sourcetext", _table(Source)),
        query=for_each(
            f"{versions('records_sourcetext', 'source_id')} UNION {versions(_table(Source))}",
            f"""
            SELECT s.public_id FROM public.records_sourcetext AS t
            {row_of("records_source", "t.source_id", "s")}
            WHERE t.source_id = w.id
                AND s.text_sha256 <> encode(sha256(convert_to(t.text, 'UTF8')), 'hex')
            """,
        ),
    ),
]
