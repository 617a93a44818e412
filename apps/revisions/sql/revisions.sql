-- How a revision is opened, filled and closed. Installed by the first migration; a later change of
-- a function here is a new migration that runs this file again. Every name is qualified, because a
-- restore runs with an empty search path.

-- One writer at a time, until its transaction ends: numbers are then in the order of commits.
CREATE OR REPLACE FUNCTION public.revisions_lock() RETURNS void LANGUAGE sql AS $$
    SELECT pg_catalog.pg_advisory_xact_lock(72435, 1)  -- "sahel" on a telephone
$$;

-- The transaction that opened a revision, which alone may add to it. A setting tells the number, and
-- anybody may set that; this nobody can.
ALTER TABLE public.revisions_revision ADD COLUMN IF NOT EXISTS opened_by xid8;

-- The number of the revision of this transaction, made by its first write. `touched` is the table.
CREATE OR REPLACE FUNCTION public.revisions_open(touched text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    opened bigint := nullif(current_setting('sahelref.revision', true), '')::bigint;
BEGIN
    IF opened IS NULL THEN
        PERFORM public.revisions_lock();
        INSERT INTO public.revisions_revision
            (number, made_at, editor_id, reason, tables, hash, opened_by)
        SELECT coalesce(max(number), 0) + 1,
               clock_timestamp(),
               nullif(current_setting('sahelref.editor', true), '')::bigint,
               coalesce(current_setting('sahelref.reason', true), ''),
               ARRAY[touched],
               '',
               pg_current_xact_id()
        FROM public.revisions_revision
        RETURNING number INTO opened;
        PERFORM set_config('sahelref.revision', opened::text, true);
    ELSIF NOT EXISTS (SELECT FROM public.revisions_revision
                      WHERE number = opened AND opened_by = pg_current_xact_id()) THEN
        RAISE EXCEPTION 'Revision % is closed: nothing can be added to it.', opened;
    ELSE
        -- A write after the revision was closed early (SET CONSTRAINTS) opens it again.
        UPDATE public.revisions_revision
        SET hash = '',
            tables = CASE WHEN touched = ANY(tables) THEN tables ELSE tables || touched END
        WHERE number = opened AND (hash <> '' OR NOT touched = ANY(tables));
    END IF;
    RETURN opened;
END
$$;

-- The digest of what a revision did to one table: a line for each version it ended or began.
CREATE OR REPLACE FUNCTION public.revisions_table_digest(number bigint, history text, columns text[])
RETURNS text LANGUAGE plpgsql STABLE
SET TimeZone = 'UTC' SET DateStyle = 'ISO' SET extra_float_digits = 1 AS $$
DECLARE
    listed text := (SELECT string_agg(format('%I', name), ', ' ORDER BY place)
                    FROM unnest(columns) WITH ORDINALITY AS c(name, place));
    digest text;
BEGIN
    EXECUTE format(
        $query$
        SELECT encode(sha256(convert_to(coalesce(string_agg(line, E'\n' ORDER BY line COLLATE "C"), ''), 'UTF8')), 'hex')
        FROM (
            SELECT encode(sha256(convert_to('-' || id || ' ' || since_revision, 'UTF8')), 'hex') AS line
            FROM public.%1$I WHERE until_revision = $1
            UNION ALL
            SELECT encode(sha256(convert_to('+' || jsonb_build_array(%2$s)::text, 'UTF8')), 'hex')
            FROM public.%1$I WHERE since_revision = $1
        ) AS lines
        $query$, history, listed)
    INTO digest USING number;
    RETURN digest;
END
$$;

-- The digests of all tables that a revision touched, by the columns that they had then.
CREATE OR REPLACE FUNCTION public.revisions_digests(wanted bigint, touched text[]) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT coalesce(string_agg(E'\n' || shape.name || ' '
        || public.revisions_table_digest(wanted, shape.name || '_history', shape.columns), ''
        ORDER BY shape.name COLLATE "C"), '')
    FROM (SELECT DISTINCT ON (table_name COLLATE "C") table_name AS name, columns
        FROM public.revisions_shape
        WHERE since_revision <= wanted AND table_name = ANY(touched)
        ORDER BY table_name COLLATE "C", since_revision DESC) AS shape
$$;

-- The hash of a revision: who, when, why, what, and the hash before, which is read as stored.
CREATE OR REPLACE FUNCTION public.revisions_hash_of(revision public.revisions_revision, digests text)
RETURNS text LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN encode(sha256(convert_to(jsonb_build_array(
        coalesce((SELECT hash FROM public.revisions_revision WHERE number = revision.number - 1), ''),
        revision.number, revision.editor_id, revision.reason,
        to_char(revision.made_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'))::text
        || digests || E'\n' || coalesce((
            SELECT string_agg(jsonb_build_array(record_type, record_id, public_id, action, fields)::text,
                              E'\n' ORDER BY record_type COLLATE "C", record_id)
            FROM public.revisions_change WHERE revision_id = revision.number), ''), 'UTF8')), 'hex');
END
$$;
CREATE OR REPLACE FUNCTION public.revisions_hash(wanted bigint) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT public.revisions_hash_of(revision, public.revisions_digests(wanted, revision.tables))
    FROM public.revisions_revision AS revision WHERE number = wanted
$$;

-- Written anew after each migrate from the tracked models (schemas.py); empty until then.
CREATE OR REPLACE FUNCTION public.revisions_log(number bigint, touched text[]) RETURNS void
LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE OR REPLACE FUNCTION public.revisions_check(number bigint, touched text[]) RETURNS void
LANGUAGE plpgsql AS $$ BEGIN END $$;
-- As revisions_digests, for a revision that is being closed: no query has to be put together.
CREATE OR REPLACE FUNCTION public.revisions_digests_now(number bigint, touched text[]) RETURNS text
LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN public.revisions_digests(number, touched); END $$;

-- At the end of the transaction: check the rules, log what became public, set the time and hash.
-- The clock may step back; the time of a revision never does.
CREATE OR REPLACE FUNCTION public.revisions_close() RETURNS trigger LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    revision public.revisions_revision;
BEGIN
    SELECT * INTO revision FROM public.revisions_revision WHERE number = NEW.number AND hash = '';
    IF NOT FOUND THEN RETURN NULL; END IF;
    PERFORM public.revisions_check(revision.number, revision.tables);
    IF TG_OP = 'UPDATE' THEN  -- opened again: what was logged may be otherwise now
        DELETE FROM public.revisions_change WHERE revision_id = revision.number;
    END IF;
    PERFORM public.revisions_log(revision.number, revision.tables);
    revision.made_at := greatest(
        clock_timestamp(),
        (SELECT made_at + interval '1 microsecond' FROM public.revisions_revision
         WHERE number = revision.number - 1));
    UPDATE public.revisions_revision SET made_at = revision.made_at, hash = public.revisions_hash_of(
        revision, public.revisions_digests_now(revision.number, revision.tables))
    WHERE number = revision.number;
    RETURN NULL;
END
$$;

-- Give the open revision of this transaction, if there is one, who wrote it and why (writing.py).
CREATE OR REPLACE FUNCTION public.revisions_describe(who text, why text) RETURNS void
LANGUAGE sql AS $$
    UPDATE public.revisions_revision SET editor_id = nullif(who, '')::bigint, reason = why, hash = ''
    WHERE opened_by = pg_current_xact_id()
    AND number = nullif(current_setting('sahelref.revision', true), '')::bigint
$$;

-- Revisions and their log are written by the functions above only, which triggers call. The one
-- exception is who and why of a revision while it is open, which closes it again.
CREATE OR REPLACE FUNCTION public.revisions_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'revisions_revision' AND TG_OP = 'UPDATE' THEN
        IF NEW.hash = '' AND NEW.number = OLD.number AND NEW.tables = OLD.tables
            AND NEW.opened_by = OLD.opened_by AND OLD.opened_by = pg_current_xact_id()
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION '% is written by triggers only: it is the record of what was.', TG_TABLE_NAME;
END
$$;
CREATE OR REPLACE FUNCTION public.revisions_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'TRUNCATE of % is refused: it is the record of what was.', TG_TABLE_NAME;
END
$$;
CREATE OR REPLACE TRIGGER revisions_guard BEFORE INSERT OR UPDATE OR DELETE
ON public.revisions_revision FOR EACH ROW WHEN (pg_catalog.pg_trigger_depth() = 0)
EXECUTE FUNCTION public.revisions_guard();
CREATE OR REPLACE TRIGGER revisions_guard BEFORE INSERT OR UPDATE OR DELETE
ON public.revisions_change FOR EACH ROW WHEN (pg_catalog.pg_trigger_depth() = 0)
EXECUTE FUNCTION public.revisions_guard();
CREATE OR REPLACE TRIGGER revisions_keep BEFORE TRUNCATE
ON public.revisions_revision FOR EACH STATEMENT EXECUTE FUNCTION public.revisions_keep();
CREATE OR REPLACE TRIGGER revisions_keep BEFORE TRUNCATE
ON public.revisions_change FOR EACH STATEMENT EXECUTE FUNCTION public.revisions_keep();

DROP TRIGGER IF EXISTS revisions_close ON public.revisions_revision;
CREATE CONSTRAINT TRIGGER revisions_close AFTER INSERT OR UPDATE ON public.revisions_revision
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.hash = '')
EXECUTE FUNCTION public.revisions_close();
