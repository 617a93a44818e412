"""The SQL of the functions that close a revision: they check its rules and digest what it wrote.

Both are written anew when the tracked models change (schemas.py); revisions.sql calls them.
"""

from apps.revisions import rules
from apps.revisions.tracking import Tracking

# A commit costs what it wrote, however much there is. So each query begins where it is written to
# begin, at the rows of this revision, and goes on by indexes; and it is planned once a connection.
# Left to itself the planner knows too little of a number that has only just come up: it makes a
# plan each time, and may begin at a whole table. Nor does it make tables of hashes for the rows it
# expects of each, thousands: an edit has one, and what is looked up once is not remembered. And it
# reads no index from one end to the other because that spares it the rows.
BY_WHAT_WAS_WRITTEN = """
    SET plan_cache_mode = force_generic_plan
    SET join_collapse_limit = 1 SET from_collapse_limit = 1
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
    SET enable_hashagg = off SET enable_memoize = off SET enable_indexonlyscan = off
"""

CHECK = """
    IF touched && ARRAY[{tables}] THEN
        SELECT offenders.label INTO offender FROM ({query}) AS offenders(label) LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}',
                MESSAGE = '{message}', DETAIL = coalesce(offender, '');
        END IF;
    END IF;
"""

# To the letter what revisions_table_digest puts together from the shape that is in force.
DIGEST = """
    IF '{table}' = ANY(touched) THEN
        digests := digests || E'\\n{table} ' || (
            SELECT encode(sha256(convert_to(coalesce(
                string_agg(line, E'\\n' ORDER BY line COLLATE "C"), ''), 'UTF8')), 'hex')
            FROM (
                SELECT encode(sha256(convert_to('-' || id || ' ' || since_revision, 'UTF8')), 'hex')
                    AS line
                FROM public.{history} WHERE until_revision = $1
                UNION ALL
                SELECT encode(sha256(convert_to(
                    '+' || jsonb_build_array({columns})::text, 'UTF8')), 'hex')
                FROM public.{history} WHERE since_revision = $1
            ) AS lines);
    END IF;
"""


# While tables are altered no function can know them: it reads their shape, as verification does.
OF_ANY_SHAPE = """
    CREATE OR REPLACE FUNCTION public.revisions_digests_now(number bigint, touched text[])
    RETURNS text LANGUAGE plpgsql STABLE
    AS $$ BEGIN RETURN public.revisions_digests(number, touched); END $$;
"""


def check_function(tracked: list[Tracking]) -> str:
    """Return the function that refuses a revision whose rows break a rule."""
    tables = {tracking.table for tracking in tracked}
    ready = [rule for rule in rules.RULES.values() if tables.issuperset(rule.tables)]
    checks = "".join(_check(rule) for rule in sorted(ready, key=lambda rule: rule.name))
    return f"""
        CREATE OR REPLACE FUNCTION public.revisions_check(number bigint, touched text[])
        RETURNS void LANGUAGE plpgsql {BY_WHAT_WAS_WRITTEN} AS $check$
        DECLARE offender text;
        BEGIN
        {checks}
        END
        $check$;
    """


def _check(rule: rules.Rule) -> str:
    return CHECK.format(
        # In an order: the text of the function tells whether everything has to be built anew.
        tables=", ".join(f"'{table}'" for table in sorted(rule.tables)),
        query=rule.query,
        name=rule.name,
        message=rule.message.replace("'", "''"),
    )


def digests_function(tracked: list[Tracking]) -> str:
    """Return the function that digests what a revision did to each table."""
    tables = sorted(tracked, key=lambda tracking: tracking.table.encode())
    digests = "".join(_digest(tracking) for tracking in tables)
    return f"""
        CREATE OR REPLACE FUNCTION public.revisions_digests_now(number bigint, touched text[])
        RETURNS text LANGUAGE plpgsql STABLE {BY_WHAT_WAS_WRITTEN}
        SET TimeZone = 'UTC' SET DateStyle = 'ISO' SET extra_float_digits = 1 AS $digests$
        DECLARE digests text := '';
        BEGIN
        {digests}
        RETURN digests;
        END
        $digests$;
    """


def _digest(tracking: Tracking) -> str:
    columns = ", ".join(f'"{column}"' for column in tracking.columns)
    return DIGEST.format(table=tracking.table, history=tracking.history, columns=columns)
