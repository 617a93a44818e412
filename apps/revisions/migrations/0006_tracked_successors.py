"""Where merged records went on is tracked like a record: under the hash, and undone with the rest.

What was merged before stands in the history from this migration on; as of revisions between the
merge and it an old address is not found. Its record is, as of revisions before the merge.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

UNDONE = "DELETE FROM public.revisions_successor WHERE until_revision IS NOT NULL"
RECORD = """
INSERT INTO public.revisions_shape (table_name, since_revision, columns)
SELECT 'revisions_successor', coalesce(max(number), 0) + 1,
    ARRAY['id', 'record_type', 'former_id', 'former_key', 'public_id', 'public']
FROM public.revisions_revision;
SELECT set_config('sahelref.reason', 'Keep the history of where merged records went on', true);
CREATE TEMPORARY TABLE kept_successors ON COMMIT DROP AS SELECT * FROM public.revisions_successor;
DELETE FROM public.revisions_successor;
INSERT INTO public.revisions_successor SELECT * FROM kept_successors;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('revisions', '0005_withdrawals'),
    ]

    operations = [
        migrations.CreateModel(
            name='SuccessorVersion',
            fields=[
                ('row', models.BigIntegerField(db_column='id')),
                ('record_type', models.TextField(db_column='record_type', editable=False)),
                ('former_id', models.TextField(db_column='former_id', editable=False)),
                ('former_key', models.TextField(db_column='former_key', editable=False)),
                ('public_id', models.TextField(db_column='public_id', editable=False)),
                ('public', models.BooleanField(db_column='public', default=False, editable=False)),
                ('version', models.BigAutoField(primary_key=True, serialize=False)),
                ('since_revision', models.BigIntegerField()),
                ('until_revision', models.BigIntegerField(null=True)),
                ('hidden_before', models.BigIntegerField(db_default=0, default=0)),
            ],
            options={
                'db_table': 'revisions_successor_history',
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='successor',
            options={},
        ),
        migrations.RunSQL(UNDONE, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='successor',
            name='since_revision',
        ),
        migrations.RemoveField(
            model_name='successor',
            name='until_revision',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='successor',
            trigger=pgtrigger.compiler.Trigger(name='history_lock', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM public.revisions_lock(); RETURN NULL;', hash='dacf718eb2c9ef3992d591fe33cd82433fb75ec5', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_history_lock_712c6', table='revisions_successor', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='successor',
            trigger=pgtrigger.compiler.Trigger(name='history_keep', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nRAISE EXCEPTION 'TRUNCATE of % is refused: it would leave no history. Use DELETE.', TG_TABLE_NAME;\n", hash='beaaa8480755f43250d80621867b5af864963a49', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_history_keep_5e7a9', table='revisions_successor', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='successor',
            trigger=pgtrigger.compiler.Trigger(name='history_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'revisions_successor\');\nINSERT INTO public.revisions_successor_history ("id", "record_type", "former_id", "former_key", "public_id", "public", since_revision)\nSELECT n."id", n."record_type", n."former_id", n."former_key", n."public_id", n."public", revision FROM new_rows AS n;\nRETURN NULL;\n', hash='8cb581f82b35d8f6d123ee1f8804ba53243c3f28', level='STATEMENT', operation='INSERT', pgid='pgtrigger_history_insert_fca32', referencing='REFERENCING NEW TABLE AS new_rows ', table='revisions_successor', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='successor',
            trigger=pgtrigger.compiler.Trigger(name='history_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF EXISTS (SELECT FROM new_rows n WHERE NOT EXISTS (\n    SELECT FROM old_rows o WHERE o.id = n.id AND o.public_id = n.public_id)) THEN\n    RAISE EXCEPTION \'The key of a row of revisions_successor cannot be changed: its history hangs on it.\';\nEND IF;\nchanged := ARRAY(SELECT n.id FROM new_rows n JOIN old_rows o ON o.id = n.id\n    WHERE n.* IS DISTINCT FROM o.*);\nIF cardinality(changed) = 0 THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'revisions_successor\');\n\nDELETE FROM public.revisions_successor_history AS h\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL AND h.since_revision = revision;\nUPDATE public.revisions_successor_history AS h SET until_revision = revision\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL;\n\nINSERT INTO public.revisions_successor_history ("id", "record_type", "former_id", "former_key", "public_id", "public", since_revision)\nSELECT n."id", n."record_type", n."former_id", n."former_key", n."public_id", n."public", revision FROM new_rows AS n WHERE n.id = ANY(changed);\nRETURN NULL;\n', hash='7359386fdceca5f412f65f514d8bb8f09c4f5bd0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_history_update_7a0ce', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='revisions_successor', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='successor',
            trigger=pgtrigger.compiler.Trigger(name='history_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func="\nchanged := ARRAY(SELECT o.id FROM old_rows o);\nIF cardinality(changed) = 0 THEN RETURN NULL; END IF;\nrevision := public.revisions_open('revisions_successor');\n\nDELETE FROM public.revisions_successor_history AS h\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL AND h.since_revision = revision;\nUPDATE public.revisions_successor_history AS h SET until_revision = revision\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL;\n\nRETURN NULL;\n", hash='13fc884f3e292f90efa82615cb60d07479882751', level='STATEMENT', operation='DELETE', pgid='pgtrigger_history_delete_80522', referencing='REFERENCING OLD TABLE AS old_rows ', table='revisions_successor', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='successorversion',
            index=models.Index(fields=['since_revision'], name='revisions_successor_since'),
        ),
        migrations.AddIndex(
            model_name='successorversion',
            index=models.Index(condition=models.Q(('until_revision__isnull', False)), fields=['until_revision'], name='revisions_successor_until'),
        ),
        migrations.AddIndex(
            model_name='successorversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='revisions_successor_hidden'),
        ),
        migrations.AddIndex(
            model_name='successorversion',
            index=models.Index(fields=['record_type', 'former_key'], name='successor_by_key_past'),
        ),
        migrations.AddIndex(
            model_name='successorversion',
            index=models.Index(fields=['record_type', 'former_id'], name='successor_by_id_past'),
        ),
        migrations.AddConstraint(
            model_name='successorversion',
            constraint=models.UniqueConstraint(fields=('row', 'since_revision'), name='revisions_successor_one_version'),
        ),
        migrations.AddConstraint(
            model_name='successorversion',
            constraint=models.UniqueConstraint(condition=models.Q(('until_revision', None)), fields=('row',), name='revisions_successor_one_open'),
        ),
        migrations.AddConstraint(
            model_name='successorversion',
            constraint=models.CheckConstraint(condition=models.Q(('until_revision__gt', models.F('since_revision'))), name='revisions_successor_held_a_while'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='successorversion',
            trigger=pgtrigger.compiler.Trigger(name='written_by_triggers', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF pg_trigger_depth() = 1 THEN\n    RAISE EXCEPTION '% is written by triggers only: it is the record of what was.', TG_TABLE_NAME;\nEND IF;\nRETURN NULL;\n", hash='3793184063b42549ab816a2b5ad4d5e0719808ff', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_written_by_triggers_60c18', table='revisions_successor_history', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='successorversion',
            trigger=pgtrigger.compiler.Trigger(name='history_keep', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nRAISE EXCEPTION 'TRUNCATE of % is refused: it would leave no history. Use DELETE.', TG_TABLE_NAME;\n", hash='58dd2269f6affc875c4366a7e1f1db20df3453f3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_history_keep_084b6', table='revisions_successor_history', when='BEFORE')),
        ),
        migrations.RunSQL(RECORD, migrations.RunSQL.noop),
    ]
