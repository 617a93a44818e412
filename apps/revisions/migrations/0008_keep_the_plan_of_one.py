"""An edit of one row plans nothing anew: its version, its hash and the end of its revision."""

from pathlib import Path

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    beside_the_old_code = "The functions take and do what they did; no code calls those that differ."

    dependencies = [
        ('revisions', '0007_removals'),
    ]

    operations = [
        migrations.RunSQL(
            (Path(__file__).parent.parent / "sql" / "revisions.sql").read_text(),
            migrations.RunSQL.noop,
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='successor',
            name='history_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='successor',
            name='history_delete',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='successor',
            trigger=pgtrigger.compiler.Trigger(name='history_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[]; moved boolean;', func='\nSELECT array_agg(n.id) FILTER (WHERE n.* IS DISTINCT FROM o.*), bool_or(o.id IS NULL)\nINTO changed, moved FROM new_rows AS n LEFT JOIN old_rows AS o ON o.id = n.id AND o.public_id = n.public_id;\nIF moved THEN\n    RAISE EXCEPTION \'The key of a row of revisions_successor cannot be changed: its history hangs on it.\';\nEND IF;\nIF changed IS NULL THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'revisions_successor\');\n\nIF cardinality(changed) = 1 THEN\n    UPDATE public.revisions_successor_history AS h SET until_revision = revision\n    WHERE h.id = changed[1] AND h.until_revision IS NULL AND h.since_revision < revision;\n    IF NOT FOUND THEN\n        DELETE FROM public.revisions_successor_history AS h WHERE h.id = changed[1] AND h.until_revision IS NULL;\n    END IF;\nELSE\n    DELETE FROM public.revisions_successor_history AS h\n    WHERE h.id = ANY(changed) AND h.until_revision IS NULL AND h.since_revision = revision;\n    UPDATE public.revisions_successor_history AS h SET until_revision = revision\n    WHERE h.id = ANY(changed) AND h.until_revision IS NULL;\nEND IF;\n\nINSERT INTO public.revisions_successor_history ("id", "record_type", "former_id", "former_key", "public_id", "public", since_revision)\nSELECT n."id", n."record_type", n."former_id", n."former_key", n."public_id", n."public", revision FROM new_rows AS n WHERE n.id = ANY(changed);\nRETURN NULL;\n', hash='b0d795f692c39530832ba06d59e98d9be6a58a2a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_history_update_7a0ce', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='revisions_successor', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='successor',
            trigger=pgtrigger.compiler.Trigger(name='history_delete', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func="\nchanged := ARRAY(SELECT o.id FROM old_rows o);\nIF cardinality(changed) = 0 THEN RETURN NULL; END IF;\nrevision := public.revisions_open('revisions_successor');\n\nIF cardinality(changed) = 1 THEN\n    UPDATE public.revisions_successor_history AS h SET until_revision = revision\n    WHERE h.id = changed[1] AND h.until_revision IS NULL AND h.since_revision < revision;\n    IF NOT FOUND THEN\n        DELETE FROM public.revisions_successor_history AS h WHERE h.id = changed[1] AND h.until_revision IS NULL;\n    END IF;\nELSE\n    DELETE FROM public.revisions_successor_history AS h\n    WHERE h.id = ANY(changed) AND h.until_revision IS NULL AND h.since_revision = revision;\n    UPDATE public.revisions_successor_history AS h SET until_revision = revision\n    WHERE h.id = ANY(changed) AND h.until_revision IS NULL;\nEND IF;\n\nRETURN NULL;\n", hash='2c45fde8eb51c16600ee70cec57c808fd536e7c8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_history_delete_80522', referencing='REFERENCING OLD TABLE AS old_rows ', table='revisions_successor', when='AFTER')),
        ),
    ]
