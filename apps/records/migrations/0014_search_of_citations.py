"""The words of a citation are a column, as of every other record: phrases are found in them.

In an index alone there are no places of words, so each citation that might have a phrase had its
words made anew to see.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


# The past gets the words too, by the expression of the column; its triggers refuse an UPDATE. How
# common a word is, nobody would count before the tables are written to again.
FILL = """
DO $$ BEGIN
    EXECUTE format(
        'ALTER TABLE public.records_citation_history ALTER COLUMN search TYPE tsvector USING (%s)',
        (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef AS d
         JOIN pg_attribute AS a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
         WHERE d.adrelid = 'public.records_citation'::regclass AND a.attname = 'search'));
END $$;
ANALYZE public.records_citation, public.records_citation_history;
"""


class Migration(migrations.Migration):

    beside_the_old_code = "A column that it does not name; its search of citations is slow a while."

    dependencies = [
        ('records', '0013_keep_the_plan_of_one'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='citation',
            name='history_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='citation',
            name='history_update',
        ),
        migrations.RemoveIndex(
            model_name='citation',
            name='citation_search',
        ),
        migrations.RemoveIndex(
            model_name='citationversion',
            name='citation_search_past',
        ),
        migrations.AddField(
            model_name='citation',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('excerpt', config='extensions.sahelref_en', weight='A'), '||', django.contrib.postgres.search.SearchVector('as_written', config='extensions.sahelref_en', weight='A'), django.contrib.postgres.search.SearchConfig('extensions.sahelref_en')), '||', django.contrib.postgres.search.SearchVector('excerpt', config='extensions.sahelref_fr', weight='A'), django.contrib.postgres.search.SearchConfig('extensions.sahelref_en')), '||', django.contrib.postgres.search.SearchVector('as_written', config='extensions.sahelref_fr', weight='A'), django.contrib.postgres.search.SearchConfig('extensions.sahelref_en')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddField(
            model_name='citationversion',
            name='search',
            field=django.contrib.postgres.search.SearchVectorField(db_column='search', editable=False, null=True),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='citation',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='citation_search'),
        ),
        migrations.AddIndex(
            model_name='citationversion',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='citation_search_past'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citation',
            trigger=pgtrigger.compiler.Trigger(name='history_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_citation\');\nINSERT INTO public.records_citation_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "source_id", "paragraph", "excerpt", "operation_id", "milestone_id", "country_id", "organization_id", "membership_id", "person_id", "office_id", "contributor_id", "ladder_step_id", "strength_id", "statement_id", "field", "as_written", "standing", "rank", "rank_reason", "caveats", "search", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."source_id", n."paragraph", n."excerpt", n."operation_id", n."milestone_id", n."country_id", n."organization_id", n."membership_id", n."person_id", n."office_id", n."contributor_id", n."ladder_step_id", n."strength_id", n."statement_id", n."field", n."as_written", n."standing", n."rank", n."rank_reason", n."caveats", n."search", revision FROM new_rows AS n;\nRETURN NULL;\n', hash='05d6a6a243468984ce0470a43593273c735999f2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_history_insert_06c89', referencing='REFERENCING NEW TABLE AS new_rows ', table='records_citation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citation',
            trigger=pgtrigger.compiler.Trigger(name='history_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[]; moved boolean;', func='\nSELECT array_agg(n.id) FILTER (WHERE n.* IS DISTINCT FROM o.*), bool_or(o.id IS NULL)\nINTO changed, moved FROM new_rows AS n LEFT JOIN old_rows AS o ON o.id = n.id AND o.public_id = n.public_id;\nIF moved THEN\n    RAISE EXCEPTION \'The key of a row of records_citation cannot be changed: its history hangs on it.\';\nEND IF;\nIF changed IS NULL THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_citation\');\n\nIF cardinality(changed) = 1 THEN\n    UPDATE public.records_citation_history AS h SET until_revision = revision\n    WHERE h.id = changed[1] AND h.until_revision IS NULL AND h.since_revision < revision;\n    IF NOT FOUND THEN\n        DELETE FROM public.records_citation_history AS h WHERE h.id = changed[1] AND h.until_revision IS NULL;\n    END IF;\nELSE\n    DELETE FROM public.records_citation_history AS h\n    WHERE h.id = ANY(changed) AND h.until_revision IS NULL AND h.since_revision = revision;\n    UPDATE public.records_citation_history AS h SET until_revision = revision\n    WHERE h.id = ANY(changed) AND h.until_revision IS NULL;\nEND IF;\n\nINSERT INTO public.records_citation_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "source_id", "paragraph", "excerpt", "operation_id", "milestone_id", "country_id", "organization_id", "membership_id", "person_id", "office_id", "contributor_id", "ladder_step_id", "strength_id", "statement_id", "field", "as_written", "standing", "rank", "rank_reason", "caveats", "search", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."source_id", n."paragraph", n."excerpt", n."operation_id", n."milestone_id", n."country_id", n."organization_id", n."membership_id", n."person_id", n."office_id", n."contributor_id", n."ladder_step_id", n."strength_id", n."statement_id", n."field", n."as_written", n."standing", n."rank", n."rank_reason", n."caveats", n."search", revision FROM new_rows AS n WHERE n.id = ANY(changed);\nRETURN NULL;\n', hash='d07d21a1d640f0b01ccbb1ff58b523d84b5b0be4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_history_update_6dc4c', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='records_citation', when='AFTER')),
        ),
    ]
