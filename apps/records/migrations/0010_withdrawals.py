"""A withdrawn record says why, and what is withheld for a legal cause hides its past."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from apps.revisions.migrating import Together

TABLES = """
    citation contributor country operation organization person source statement strengthfigure
""".split()
PARTS = """
    ladderstep membership milestone office operationcountry statementcountry statementoperation
""".split()
COLUMNS = "withdrawal_reason, withheld"
# What was withdrawn before has to have a reason too; it is one revision, as any other write.
GIVE_REASONS = """
SELECT set_config('sahelref.reason', 'Say of what was withdrawn that no reason was recorded', true);
""" + "".join(
    f"""
    UPDATE public.records_{table} SET withdrawal_reason = 'No reason was recorded.'
    WHERE publication = 'withdrawn';
    """
    for table in TABLES
)
# The planner would take columns that it has never seen for rare ones. Of an empty table it is to know
# nothing: it would plan as if it stayed so while a first load fills it.
ANALYZED = {f"records_{table}": COLUMNS for table in TABLES}
ANALYZED |= {f"records_{table}_history": f"{COLUMNS}, hidden_before" for table in TABLES}
ANALYZED |= {f"records_{part}_history": "hidden_before" for part in PARTS}
ANALYZE = "".join(
    f"""
    DO $$ BEGIN
        IF EXISTS (SELECT FROM public.{table}) THEN ANALYZE public.{table} ({columns}); END IF;
    END $$;
    """
    for table, columns in ANALYZED.items()
)


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0009_former_slugs_that_are'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='operation',
            name='keep_former_slugs',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='organization',
            name='keep_former_slugs',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='keep_former_slugs',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='citation',
            name='history_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='citation',
            name='history_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contributor',
            name='history_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contributor',
            name='history_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='country',
            name='history_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='country',
            name='history_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='operation',
            name='history_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='operation',
            name='history_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='organization',
            name='history_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='organization',
            name='history_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='history_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='history_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='source',
            name='history_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='source',
            name='history_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='statement',
            name='history_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='statement',
            name='history_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='strengthfigure',
            name='history_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='strengthfigure',
            name='history_update',
        ),
        migrations.AddField(
            model_name='citation',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_default='', default='', help_text='Public: why it was withdrawn, in words that do not tell again what was wrong.', verbose_name='public reason of the withdrawal'),
        ),
        migrations.AddField(
            model_name='citation',
            name='withheld',
            field=models.BooleanField(db_default=False, default=False, help_text='Its past is then hidden too, from every public page, answer and download.', verbose_name='withdrawn for a legal cause'),
        ),
        migrations.AddField(
            model_name='citationversion',
            name='hidden_before',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='citationversion',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_column='withdrawal_reason', db_default='', default='', editable=False),
        ),
        migrations.AddField(
            model_name='citationversion',
            name='withheld',
            field=models.BooleanField(db_column='withheld', db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='contributor',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_default='', default='', help_text='Public: why it was withdrawn, in words that do not tell again what was wrong.', verbose_name='public reason of the withdrawal'),
        ),
        migrations.AddField(
            model_name='contributor',
            name='withheld',
            field=models.BooleanField(db_default=False, default=False, help_text='Its past is then hidden too, from every public page, answer and download.', verbose_name='withdrawn for a legal cause'),
        ),
        migrations.AddField(
            model_name='contributorversion',
            name='hidden_before',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='contributorversion',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_column='withdrawal_reason', db_default='', default='', editable=False),
        ),
        migrations.AddField(
            model_name='contributorversion',
            name='withheld',
            field=models.BooleanField(db_column='withheld', db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='country',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_default='', default='', help_text='Public: why it was withdrawn, in words that do not tell again what was wrong.', verbose_name='public reason of the withdrawal'),
        ),
        migrations.AddField(
            model_name='country',
            name='withheld',
            field=models.BooleanField(db_default=False, default=False, help_text='Its past is then hidden too, from every public page, answer and download.', verbose_name='withdrawn for a legal cause'),
        ),
        migrations.AddField(
            model_name='countryversion',
            name='hidden_before',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='countryversion',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_column='withdrawal_reason', db_default='', default='', editable=False),
        ),
        migrations.AddField(
            model_name='countryversion',
            name='withheld',
            field=models.BooleanField(db_column='withheld', db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='ladderstepversion',
            name='hidden_before',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='membershipversion',
            name='hidden_before',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='milestoneversion',
            name='hidden_before',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='officeversion',
            name='hidden_before',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='operation',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_default='', default='', help_text='Public: why it was withdrawn, in words that do not tell again what was wrong.', verbose_name='public reason of the withdrawal'),
        ),
        migrations.AddField(
            model_name='operation',
            name='withheld',
            field=models.BooleanField(db_default=False, default=False, help_text='Its past is then hidden too, from every public page, answer and download.', verbose_name='withdrawn for a legal cause'),
        ),
        migrations.AddField(
            model_name='operationcountryversion',
            name='hidden_before',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='operationversion',
            name='hidden_before',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='operationversion',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_column='withdrawal_reason', db_default='', default='', editable=False),
        ),
        migrations.AddField(
            model_name='operationversion',
            name='withheld',
            field=models.BooleanField(db_column='withheld', db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='organization',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_default='', default='', help_text='Public: why it was withdrawn, in words that do not tell again what was wrong.', verbose_name='public reason of the withdrawal'),
        ),
        migrations.AddField(
            model_name='organization',
            name='withheld',
            field=models.BooleanField(db_default=False, default=False, help_text='Its past is then hidden too, from every public page, answer and download.', verbose_name='withdrawn for a legal cause'),
        ),
        migrations.AddField(
            model_name='organizationversion',
            name='hidden_before',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='organizationversion',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_column='withdrawal_reason', db_default='', default='', editable=False),
        ),
        migrations.AddField(
            model_name='organizationversion',
            name='withheld',
            field=models.BooleanField(db_column='withheld', db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='person',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_default='', default='', help_text='Public: why it was withdrawn, in words that do not tell again what was wrong.', verbose_name='public reason of the withdrawal'),
        ),
        migrations.AddField(
            model_name='person',
            name='withheld',
            field=models.BooleanField(db_default=False, default=False, help_text='Its past is then hidden too, from every public page, answer and download.', verbose_name='withdrawn for a legal cause'),
        ),
        migrations.AddField(
            model_name='personversion',
            name='hidden_before',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='personversion',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_column='withdrawal_reason', db_default='', default='', editable=False),
        ),
        migrations.AddField(
            model_name='personversion',
            name='withheld',
            field=models.BooleanField(db_column='withheld', db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='source',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_default='', default='', help_text='Public: why it was withdrawn, in words that do not tell again what was wrong.', verbose_name='public reason of the withdrawal'),
        ),
        migrations.AddField(
            model_name='source',
            name='withheld',
            field=models.BooleanField(db_default=False, default=False, help_text='Its past is then hidden too, from every public page, answer and download.', verbose_name='withdrawn for a legal cause'),
        ),
        migrations.AddField(
            model_name='sourcetextversion',
            name='hidden_before',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='sourceversion',
            name='hidden_before',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='sourceversion',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_column='withdrawal_reason', db_default='', default='', editable=False),
        ),
        migrations.AddField(
            model_name='sourceversion',
            name='withheld',
            field=models.BooleanField(db_column='withheld', db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='statement',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_default='', default='', help_text='Public: why it was withdrawn, in words that do not tell again what was wrong.', verbose_name='public reason of the withdrawal'),
        ),
        migrations.AddField(
            model_name='statement',
            name='withheld',
            field=models.BooleanField(db_default=False, default=False, help_text='Its past is then hidden too, from every public page, answer and download.', verbose_name='withdrawn for a legal cause'),
        ),
        migrations.AddField(
            model_name='statementcountryversion',
            name='hidden_before',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='statementoperationversion',
            name='hidden_before',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='statementversion',
            name='hidden_before',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='statementversion',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_column='withdrawal_reason', db_default='', default='', editable=False),
        ),
        migrations.AddField(
            model_name='statementversion',
            name='withheld',
            field=models.BooleanField(db_column='withheld', db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='strengthfigure',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_default='', default='', help_text='Public: why it was withdrawn, in words that do not tell again what was wrong.', verbose_name='public reason of the withdrawal'),
        ),
        migrations.AddField(
            model_name='strengthfigure',
            name='withheld',
            field=models.BooleanField(db_default=False, default=False, help_text='Its past is then hidden too, from every public page, answer and download.', verbose_name='withdrawn for a legal cause'),
        ),
        migrations.AddField(
            model_name='strengthfigureversion',
            name='hidden_before',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='strengthfigureversion',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_column='withdrawal_reason', db_default='', default='', editable=False),
        ),
        migrations.AddField(
            model_name='strengthfigureversion',
            name='withheld',
            field=models.BooleanField(db_column='withheld', db_default=False, default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name='citation',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['id'], name='citation_withdrawn'),
        ),
        migrations.AddIndex(
            model_name='citationversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='records_citation_hidden'),
        ),
        migrations.AddIndex(
            model_name='citationversion',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['row'], name='citation_withdrawn_past'),
        ),
        migrations.AddIndex(
            model_name='contributor',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['id'], name='contributor_withdrawn'),
        ),
        migrations.AddIndex(
            model_name='contributorversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='records_contributor_hidden'),
        ),
        migrations.AddIndex(
            model_name='contributorversion',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['row'], name='contributor_withdrawn_past'),
        ),
        migrations.AddIndex(
            model_name='country',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['id'], name='country_withdrawn'),
        ),
        migrations.AddIndex(
            model_name='countryversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='records_country_hidden'),
        ),
        migrations.AddIndex(
            model_name='countryversion',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['row'], name='country_withdrawn_past'),
        ),
        migrations.AddIndex(
            model_name='ladderstepversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='records_ladderstep_hidden'),
        ),
        migrations.AddIndex(
            model_name='membershipversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='records_membership_hidden'),
        ),
        migrations.AddIndex(
            model_name='milestoneversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='records_milestone_hidden'),
        ),
        migrations.AddIndex(
            model_name='officeversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='records_office_hidden'),
        ),
        migrations.AddIndex(
            model_name='operation',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['id'], name='operation_withdrawn'),
        ),
        migrations.AddIndex(
            model_name='operationcountryversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='cords_operationcountry_hidden'),
        ),
        migrations.AddIndex(
            model_name='operationversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='records_operation_hidden'),
        ),
        migrations.AddIndex(
            model_name='operationversion',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['row'], name='operation_withdrawn_past'),
        ),
        migrations.AddIndex(
            model_name='organization',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['id'], name='organization_withdrawn'),
        ),
        migrations.AddIndex(
            model_name='organizationversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='records_organization_hidden'),
        ),
        migrations.AddIndex(
            model_name='organizationversion',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['row'], name='organization_withdrawn_past'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['id'], name='person_withdrawn'),
        ),
        migrations.AddIndex(
            model_name='personversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='records_person_hidden'),
        ),
        migrations.AddIndex(
            model_name='personversion',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['row'], name='person_withdrawn_past'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['id'], name='source_withdrawn'),
        ),
        migrations.AddIndex(
            model_name='sourcetextversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='records_sourcetext_hidden'),
        ),
        migrations.AddIndex(
            model_name='sourceversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='records_source_hidden'),
        ),
        migrations.AddIndex(
            model_name='sourceversion',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['row'], name='source_withdrawn_past'),
        ),
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['id'], name='statement_withdrawn'),
        ),
        migrations.AddIndex(
            model_name='statementcountryversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='cords_statementcountry_hidden'),
        ),
        migrations.AddIndex(
            model_name='statementoperationversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='rds_statementoperation_hidden'),
        ),
        migrations.AddIndex(
            model_name='statementversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='records_statement_hidden'),
        ),
        migrations.AddIndex(
            model_name='statementversion',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['row'], name='statement_withdrawn_past'),
        ),
        migrations.AddIndex(
            model_name='strengthfigure',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['id'], name='strengthfigure_withdrawn'),
        ),
        migrations.AddIndex(
            model_name='strengthfigureversion',
            index=models.Index(condition=models.Q(('hidden_before__gt', 0)), fields=['row'], name='records_strengthfigure_hidden'),
        ),
        migrations.AddIndex(
            model_name='strengthfigureversion',
            index=models.Index(condition=models.Q(('withdrawal_reason__gt', '')), fields=['row'], name='strengthfigure_withdrawn_past'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='operation',
            trigger=pgtrigger.compiler.Trigger(name='keep_former_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF OLD.slug <> NEW.slug AND (OLD.publication = 'published' OR OLD.withdrawal_reason > '') THEN\n    NEW.former_slugs := array_append(array_remove(OLD.former_slugs, NEW.slug), OLD.slug);\nEND IF;\nRETURN NEW;\n", hash='000d0a0c2eda541e3c74f89b0b1ced954dbe2253', operation='UPDATE OF "slug"', pgid='pgtrigger_keep_former_slugs_1cdba', table='records_operation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organization',
            trigger=pgtrigger.compiler.Trigger(name='keep_former_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF OLD.slug <> NEW.slug AND (OLD.publication = 'published' OR OLD.withdrawal_reason > '') THEN\n    NEW.former_slugs := array_append(array_remove(OLD.former_slugs, NEW.slug), OLD.slug);\nEND IF;\nRETURN NEW;\n", hash='cf13f870f38648a30132a349e78fed3ef35ddc69', operation='UPDATE OF "slug"', pgid='pgtrigger_keep_former_slugs_776ad', table='records_organization', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='keep_former_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF OLD.slug <> NEW.slug AND (OLD.publication = 'published' OR OLD.withdrawal_reason > '') THEN\n    NEW.former_slugs := array_append(array_remove(OLD.former_slugs, NEW.slug), OLD.slug);\nEND IF;\nRETURN NEW;\n", hash='b09576cb59ed317406e8595b7004592748d6c024', operation='UPDATE OF "slug"', pgid='pgtrigger_keep_former_slugs_435ab', table='records_person', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citation',
            trigger=pgtrigger.compiler.Trigger(name='history_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_citation\');\nINSERT INTO public.records_citation_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "source_id", "paragraph", "excerpt", "operation_id", "milestone_id", "country_id", "organization_id", "membership_id", "person_id", "office_id", "contributor_id", "ladder_step_id", "strength_id", "statement_id", "field", "as_written", "standing", "rank", "rank_reason", "caveats", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."source_id", n."paragraph", n."excerpt", n."operation_id", n."milestone_id", n."country_id", n."organization_id", n."membership_id", n."person_id", n."office_id", n."contributor_id", n."ladder_step_id", n."strength_id", n."statement_id", n."field", n."as_written", n."standing", n."rank", n."rank_reason", n."caveats", revision FROM new_rows AS n;\nRETURN NULL;\n', hash='5d43438ce3b860d3b18f99badac1a3f4449a1e8c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_history_insert_06c89', referencing='REFERENCING NEW TABLE AS new_rows ', table='records_citation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citation',
            trigger=pgtrigger.compiler.Trigger(name='history_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF EXISTS (SELECT FROM new_rows n WHERE NOT EXISTS (\n    SELECT FROM old_rows o WHERE o.id = n.id AND o.public_id = n.public_id)) THEN\n    RAISE EXCEPTION \'The key of a row of records_citation cannot be changed: its history hangs on it.\';\nEND IF;\nchanged := ARRAY(SELECT n.id FROM new_rows n JOIN old_rows o ON o.id = n.id\n    WHERE n.* IS DISTINCT FROM o.*);\nIF cardinality(changed) = 0 THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_citation\');\n\nDELETE FROM public.records_citation_history AS h\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL AND h.since_revision = revision;\nUPDATE public.records_citation_history AS h SET until_revision = revision\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL;\n\nINSERT INTO public.records_citation_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "source_id", "paragraph", "excerpt", "operation_id", "milestone_id", "country_id", "organization_id", "membership_id", "person_id", "office_id", "contributor_id", "ladder_step_id", "strength_id", "statement_id", "field", "as_written", "standing", "rank", "rank_reason", "caveats", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."source_id", n."paragraph", n."excerpt", n."operation_id", n."milestone_id", n."country_id", n."organization_id", n."membership_id", n."person_id", n."office_id", n."contributor_id", n."ladder_step_id", n."strength_id", n."statement_id", n."field", n."as_written", n."standing", n."rank", n."rank_reason", n."caveats", revision FROM new_rows AS n WHERE n.id = ANY(changed);\nRETURN NULL;\n', hash='6737ba233353978200b2d08996f7fdff664cb6ec', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_history_update_6dc4c', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='records_citation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contributor',
            trigger=pgtrigger.compiler.Trigger(name='history_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_contributor\');\nINSERT INTO public.records_contributor_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "operation_id", "country_id", "organization_id", "roles", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."operation_id", n."country_id", n."organization_id", n."roles", revision FROM new_rows AS n;\nRETURN NULL;\n', hash='99d5c87473c454d6dfa55a09dbc82cd950b7fd44', level='STATEMENT', operation='INSERT', pgid='pgtrigger_history_insert_d1857', referencing='REFERENCING NEW TABLE AS new_rows ', table='records_contributor', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contributor',
            trigger=pgtrigger.compiler.Trigger(name='history_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF EXISTS (SELECT FROM new_rows n WHERE NOT EXISTS (\n    SELECT FROM old_rows o WHERE o.id = n.id AND o.public_id = n.public_id)) THEN\n    RAISE EXCEPTION \'The key of a row of records_contributor cannot be changed: its history hangs on it.\';\nEND IF;\nchanged := ARRAY(SELECT n.id FROM new_rows n JOIN old_rows o ON o.id = n.id\n    WHERE n.* IS DISTINCT FROM o.*);\nIF cardinality(changed) = 0 THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_contributor\');\n\nDELETE FROM public.records_contributor_history AS h\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL AND h.since_revision = revision;\nUPDATE public.records_contributor_history AS h SET until_revision = revision\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL;\n\nINSERT INTO public.records_contributor_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "operation_id", "country_id", "organization_id", "roles", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."operation_id", n."country_id", n."organization_id", n."roles", revision FROM new_rows AS n WHERE n.id = ANY(changed);\nRETURN NULL;\n', hash='aae2b422b25a9677d771d645eeb1c633fc7cb650', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_history_update_1d4ce', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='records_contributor', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='country',
            trigger=pgtrigger.compiler.Trigger(name='history_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_country\');\nINSERT INTO public.records_country_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "iso2", "iso3", "numeric", "name_en", "name_fr", "search", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."iso2", n."iso3", n."numeric", n."name_en", n."name_fr", n."search", revision FROM new_rows AS n;\nRETURN NULL;\n', hash='652b4978537d4ee23188cf0be706e55ce493c7a1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_history_insert_75295', referencing='REFERENCING NEW TABLE AS new_rows ', table='records_country', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='country',
            trigger=pgtrigger.compiler.Trigger(name='history_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF EXISTS (SELECT FROM new_rows n WHERE NOT EXISTS (\n    SELECT FROM old_rows o WHERE o.id = n.id AND o.public_id = n.public_id)) THEN\n    RAISE EXCEPTION \'The key of a row of records_country cannot be changed: its history hangs on it.\';\nEND IF;\nchanged := ARRAY(SELECT n.id FROM new_rows n JOIN old_rows o ON o.id = n.id\n    WHERE n.* IS DISTINCT FROM o.*);\nIF cardinality(changed) = 0 THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_country\');\n\nDELETE FROM public.records_country_history AS h\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL AND h.since_revision = revision;\nUPDATE public.records_country_history AS h SET until_revision = revision\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL;\n\nINSERT INTO public.records_country_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "iso2", "iso3", "numeric", "name_en", "name_fr", "search", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."iso2", n."iso3", n."numeric", n."name_en", n."name_fr", n."search", revision FROM new_rows AS n WHERE n.id = ANY(changed);\nRETURN NULL;\n', hash='1683e57d953da00892ae7266ca05ba77ef2271e4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_history_update_764cf', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='records_country', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='operation',
            trigger=pgtrigger.compiler.Trigger(name='history_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_operation\');\nINSERT INTO public.records_operation_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "former_slugs", "slug", "name", "short_name", "type", "conducting_body", "functions", "mandate", "legal_basis", "focus_area", "start", "start_earliest", "start_latest", "end", "end_earliest", "end_latest", "status", "predecessor_id", "search", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."former_slugs", n."slug", n."name", n."short_name", n."type", n."conducting_body", n."functions", n."mandate", n."legal_basis", n."focus_area", n."start", n."start_earliest", n."start_latest", n."end", n."end_earliest", n."end_latest", n."status", n."predecessor_id", n."search", revision FROM new_rows AS n;\nRETURN NULL;\n', hash='5ec53f4788e5f740c3849200f17ecc39b715c7b2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_history_insert_844b9', referencing='REFERENCING NEW TABLE AS new_rows ', table='records_operation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='operation',
            trigger=pgtrigger.compiler.Trigger(name='history_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF EXISTS (SELECT FROM new_rows n WHERE NOT EXISTS (\n    SELECT FROM old_rows o WHERE o.id = n.id AND o.public_id = n.public_id)) THEN\n    RAISE EXCEPTION \'The key of a row of records_operation cannot be changed: its history hangs on it.\';\nEND IF;\nchanged := ARRAY(SELECT n.id FROM new_rows n JOIN old_rows o ON o.id = n.id\n    WHERE n.* IS DISTINCT FROM o.*);\nIF cardinality(changed) = 0 THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_operation\');\n\nDELETE FROM public.records_operation_history AS h\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL AND h.since_revision = revision;\nUPDATE public.records_operation_history AS h SET until_revision = revision\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL;\n\nINSERT INTO public.records_operation_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "former_slugs", "slug", "name", "short_name", "type", "conducting_body", "functions", "mandate", "legal_basis", "focus_area", "start", "start_earliest", "start_latest", "end", "end_earliest", "end_latest", "status", "predecessor_id", "search", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."former_slugs", n."slug", n."name", n."short_name", n."type", n."conducting_body", n."functions", n."mandate", n."legal_basis", n."focus_area", n."start", n."start_earliest", n."start_latest", n."end", n."end_earliest", n."end_latest", n."status", n."predecessor_id", n."search", revision FROM new_rows AS n WHERE n.id = ANY(changed);\nRETURN NULL;\n', hash='a62bc3dbd1a9a3aab450d7bd4417548630d62587', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_history_update_e8be1', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='records_operation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organization',
            trigger=pgtrigger.compiler.Trigger(name='history_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_organization\');\nINSERT INTO public.records_organization_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "former_slugs", "slug", "name", "abbreviation", "kind", "search", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."former_slugs", n."slug", n."name", n."abbreviation", n."kind", n."search", revision FROM new_rows AS n;\nRETURN NULL;\n', hash='1f71dcbc888640539b6b595d9864df236b986cf4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_history_insert_3b453', referencing='REFERENCING NEW TABLE AS new_rows ', table='records_organization', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organization',
            trigger=pgtrigger.compiler.Trigger(name='history_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF EXISTS (SELECT FROM new_rows n WHERE NOT EXISTS (\n    SELECT FROM old_rows o WHERE o.id = n.id AND o.public_id = n.public_id)) THEN\n    RAISE EXCEPTION \'The key of a row of records_organization cannot be changed: its history hangs on it.\';\nEND IF;\nchanged := ARRAY(SELECT n.id FROM new_rows n JOIN old_rows o ON o.id = n.id\n    WHERE n.* IS DISTINCT FROM o.*);\nIF cardinality(changed) = 0 THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_organization\');\n\nDELETE FROM public.records_organization_history AS h\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL AND h.since_revision = revision;\nUPDATE public.records_organization_history AS h SET until_revision = revision\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL;\n\nINSERT INTO public.records_organization_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "former_slugs", "slug", "name", "abbreviation", "kind", "search", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."former_slugs", n."slug", n."name", n."abbreviation", n."kind", n."search", revision FROM new_rows AS n WHERE n.id = ANY(changed);\nRETURN NULL;\n', hash='0aec05f826bea72380351e3577f2bc92625744e1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_history_update_be80b', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='records_organization', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='history_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_person\');\nINSERT INTO public.records_person_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "former_slugs", "slug", "name", "search", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."former_slugs", n."slug", n."name", n."search", revision FROM new_rows AS n;\nRETURN NULL;\n', hash='e56c2f84292a950b64268a9e9526ebe470528d9f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_history_insert_59151', referencing='REFERENCING NEW TABLE AS new_rows ', table='records_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='history_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF EXISTS (SELECT FROM new_rows n WHERE NOT EXISTS (\n    SELECT FROM old_rows o WHERE o.id = n.id AND o.public_id = n.public_id)) THEN\n    RAISE EXCEPTION \'The key of a row of records_person cannot be changed: its history hangs on it.\';\nEND IF;\nchanged := ARRAY(SELECT n.id FROM new_rows n JOIN old_rows o ON o.id = n.id\n    WHERE n.* IS DISTINCT FROM o.*);\nIF cardinality(changed) = 0 THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_person\');\n\nDELETE FROM public.records_person_history AS h\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL AND h.since_revision = revision;\nUPDATE public.records_person_history AS h SET until_revision = revision\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL;\n\nINSERT INTO public.records_person_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "former_slugs", "slug", "name", "search", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."former_slugs", n."slug", n."name", n."search", revision FROM new_rows AS n WHERE n.id = ANY(changed);\nRETURN NULL;\n', hash='9ddbb23a156331be1e95c480b8ef5186e95d7255', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_history_update_5eb2f', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='records_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='history_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_source\');\nINSERT INTO public.records_source_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "type", "title", "publisher", "author", "dateline", "published", "published_earliest", "published_latest", "url", "archive_url", "language", "paragraphs", "text_sha256", "search", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."type", n."title", n."publisher", n."author", n."dateline", n."published", n."published_earliest", n."published_latest", n."url", n."archive_url", n."language", n."paragraphs", n."text_sha256", n."search", revision FROM new_rows AS n;\nRETURN NULL;\n', hash='2114477d43b791f5c6f57ad8bab82b4e815aa301', level='STATEMENT', operation='INSERT', pgid='pgtrigger_history_insert_a5659', referencing='REFERENCING NEW TABLE AS new_rows ', table='records_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='history_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF EXISTS (SELECT FROM new_rows n WHERE NOT EXISTS (\n    SELECT FROM old_rows o WHERE o.id = n.id AND o.public_id = n.public_id)) THEN\n    RAISE EXCEPTION \'The key of a row of records_source cannot be changed: its history hangs on it.\';\nEND IF;\nchanged := ARRAY(SELECT n.id FROM new_rows n JOIN old_rows o ON o.id = n.id\n    WHERE n.* IS DISTINCT FROM o.*);\nIF cardinality(changed) = 0 THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_source\');\n\nDELETE FROM public.records_source_history AS h\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL AND h.since_revision = revision;\nUPDATE public.records_source_history AS h SET until_revision = revision\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL;\n\nINSERT INTO public.records_source_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "type", "title", "publisher", "author", "dateline", "published", "published_earliest", "published_latest", "url", "archive_url", "language", "paragraphs", "text_sha256", "search", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."type", n."title", n."publisher", n."author", n."dateline", n."published", n."published_earliest", n."published_latest", n."url", n."archive_url", n."language", n."paragraphs", n."text_sha256", n."search", revision FROM new_rows AS n WHERE n.id = ANY(changed);\nRETURN NULL;\n', hash='2269db71573e1f91843c71f922de3d8e4f2a6077', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_history_update_9968d', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='records_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statement',
            trigger=pgtrigger.compiler.Trigger(name='history_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_statement\');\nINSERT INTO public.records_statement_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "speaker_person_id", "speaker_country_id", "speaker_organization_id", "speaker_label", "office", "speaker_kind", "attribution", "quote_form", "act", "cue", "words", "summary", "language", "original_language", "translation", "said", "said_earliest", "said_latest", "setting", "occasion", "place", "addressee", "stance", "search", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."speaker_person_id", n."speaker_country_id", n."speaker_organization_id", n."speaker_label", n."office", n."speaker_kind", n."attribution", n."quote_form", n."act", n."cue", n."words", n."summary", n."language", n."original_language", n."translation", n."said", n."said_earliest", n."said_latest", n."setting", n."occasion", n."place", n."addressee", n."stance", n."search", revision FROM new_rows AS n;\nRETURN NULL;\n', hash='cbc8374a25c3d5ac38acc4ed6ba3034349ff1490', level='STATEMENT', operation='INSERT', pgid='pgtrigger_history_insert_1033f', referencing='REFERENCING NEW TABLE AS new_rows ', table='records_statement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statement',
            trigger=pgtrigger.compiler.Trigger(name='history_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF EXISTS (SELECT FROM new_rows n WHERE NOT EXISTS (\n    SELECT FROM old_rows o WHERE o.id = n.id AND o.public_id = n.public_id)) THEN\n    RAISE EXCEPTION \'The key of a row of records_statement cannot be changed: its history hangs on it.\';\nEND IF;\nchanged := ARRAY(SELECT n.id FROM new_rows n JOIN old_rows o ON o.id = n.id\n    WHERE n.* IS DISTINCT FROM o.*);\nIF cardinality(changed) = 0 THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_statement\');\n\nDELETE FROM public.records_statement_history AS h\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL AND h.since_revision = revision;\nUPDATE public.records_statement_history AS h SET until_revision = revision\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL;\n\nINSERT INTO public.records_statement_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "speaker_person_id", "speaker_country_id", "speaker_organization_id", "speaker_label", "office", "speaker_kind", "attribution", "quote_form", "act", "cue", "words", "summary", "language", "original_language", "translation", "said", "said_earliest", "said_latest", "setting", "occasion", "place", "addressee", "stance", "search", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."speaker_person_id", n."speaker_country_id", n."speaker_organization_id", n."speaker_label", n."office", n."speaker_kind", n."attribution", n."quote_form", n."act", n."cue", n."words", n."summary", n."language", n."original_language", n."translation", n."said", n."said_earliest", n."said_latest", n."setting", n."occasion", n."place", n."addressee", n."stance", n."search", revision FROM new_rows AS n WHERE n.id = ANY(changed);\nRETURN NULL;\n', hash='2d27932cead64cc12ddbb688751ca8dde0ce0932', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_history_update_3efe9', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='records_statement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strengthfigure',
            trigger=pgtrigger.compiler.Trigger(name='history_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_strengthfigure\');\nINSERT INTO public.records_strengthfigure_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "operation_id", "contributor_id", "date", "date_earliest", "date_latest", "least", "most", "bound", "basis", "scope", "personnel_type", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."operation_id", n."contributor_id", n."date", n."date_earliest", n."date_latest", n."least", n."most", n."bound", n."basis", n."scope", n."personnel_type", revision FROM new_rows AS n;\nRETURN NULL;\n', hash='d755ce4543ad0ce3de972c14127d02f457f431f6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_history_insert_36373', referencing='REFERENCING NEW TABLE AS new_rows ', table='records_strengthfigure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strengthfigure',
            trigger=pgtrigger.compiler.Trigger(name='history_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE revision bigint; changed bigint[];', func='\nIF EXISTS (SELECT FROM new_rows n WHERE NOT EXISTS (\n    SELECT FROM old_rows o WHERE o.id = n.id AND o.public_id = n.public_id)) THEN\n    RAISE EXCEPTION \'The key of a row of records_strengthfigure cannot be changed: its history hangs on it.\';\nEND IF;\nchanged := ARRAY(SELECT n.id FROM new_rows n JOIN old_rows o ON o.id = n.id\n    WHERE n.* IS DISTINCT FROM o.*);\nIF cardinality(changed) = 0 THEN RETURN NULL; END IF;\nrevision := public.revisions_open(\'records_strengthfigure\');\n\nDELETE FROM public.records_strengthfigure_history AS h\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL AND h.since_revision = revision;\nUPDATE public.records_strengthfigure_history AS h SET until_revision = revision\nWHERE h.id = ANY(changed) AND h.until_revision IS NULL;\n\nINSERT INTO public.records_strengthfigure_history ("id", "public_id", "publication", "note", "withdrawal_reason", "withheld", "operation_id", "contributor_id", "date", "date_earliest", "date_latest", "least", "most", "bound", "basis", "scope", "personnel_type", since_revision)\nSELECT n."id", n."public_id", n."publication", n."note", n."withdrawal_reason", n."withheld", n."operation_id", n."contributor_id", n."date", n."date_earliest", n."date_latest", n."least", n."most", n."bound", n."basis", n."scope", n."personnel_type", revision FROM new_rows AS n WHERE n.id = ANY(changed);\nRETURN NULL;\n', hash='4bb68c89cd83278284a8350c16bb1d95f3cd4ec5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_history_update_2b8dc', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='records_strengthfigure', when='AFTER')),
        ),
        migrations.RunSQL(GIVE_REASONS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawal_reason__regex', '\\S'), models.Q(models.Q(('publication', 'withdrawn'), _negated=True), ('withheld', False)), _connector='OR'), name='citation_withdrawal_has_a_reason', violation_error_message='Say why it is withdrawn: its address shows the reason.'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('publication', 'published'), _negated=True), ('withdrawal_reason', ''), ('withheld', True), _connector='OR'), name='citation_that_is_public_is_not_withdrawn', violation_error_message='What is published has no reason of a withdrawal.'),
        ),
        migrations.AddConstraint(
            model_name='contributor',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawal_reason__regex', '\\S'), models.Q(models.Q(('publication', 'withdrawn'), _negated=True), ('withheld', False)), _connector='OR'), name='contributor_withdrawal_has_a_reason', violation_error_message='Say why it is withdrawn: its address shows the reason.'),
        ),
        migrations.AddConstraint(
            model_name='contributor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('publication', 'published'), _negated=True), ('withdrawal_reason', ''), ('withheld', True), _connector='OR'), name='contributor_that_is_public_is_not_withdrawn', violation_error_message='What is published has no reason of a withdrawal.'),
        ),
        migrations.AddConstraint(
            model_name='country',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawal_reason__regex', '\\S'), models.Q(models.Q(('publication', 'withdrawn'), _negated=True), ('withheld', False)), _connector='OR'), name='country_withdrawal_has_a_reason', violation_error_message='Say why it is withdrawn: its address shows the reason.'),
        ),
        migrations.AddConstraint(
            model_name='country',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('publication', 'published'), _negated=True), ('withdrawal_reason', ''), ('withheld', True), _connector='OR'), name='country_that_is_public_is_not_withdrawn', violation_error_message='What is published has no reason of a withdrawal.'),
        ),
        migrations.AddConstraint(
            model_name='operation',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawal_reason__regex', '\\S'), models.Q(models.Q(('publication', 'withdrawn'), _negated=True), ('withheld', False)), _connector='OR'), name='operation_withdrawal_has_a_reason', violation_error_message='Say why it is withdrawn: its address shows the reason.'),
        ),
        migrations.AddConstraint(
            model_name='operation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('publication', 'published'), _negated=True), ('withdrawal_reason', ''), ('withheld', True), _connector='OR'), name='operation_that_is_public_is_not_withdrawn', violation_error_message='What is published has no reason of a withdrawal.'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawal_reason__regex', '\\S'), models.Q(models.Q(('publication', 'withdrawn'), _negated=True), ('withheld', False)), _connector='OR'), name='organization_withdrawal_has_a_reason', violation_error_message='Say why it is withdrawn: its address shows the reason.'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('publication', 'published'), _negated=True), ('withdrawal_reason', ''), ('withheld', True), _connector='OR'), name='organization_that_is_public_is_not_withdrawn', violation_error_message='What is published has no reason of a withdrawal.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawal_reason__regex', '\\S'), models.Q(models.Q(('publication', 'withdrawn'), _negated=True), ('withheld', False)), _connector='OR'), name='person_withdrawal_has_a_reason', violation_error_message='Say why it is withdrawn: its address shows the reason.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('publication', 'published'), _negated=True), ('withdrawal_reason', ''), ('withheld', True), _connector='OR'), name='person_that_is_public_is_not_withdrawn', violation_error_message='What is published has no reason of a withdrawal.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawal_reason__regex', '\\S'), models.Q(models.Q(('publication', 'withdrawn'), _negated=True), ('withheld', False)), _connector='OR'), name='source_withdrawal_has_a_reason', violation_error_message='Say why it is withdrawn: its address shows the reason.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('publication', 'published'), _negated=True), ('withdrawal_reason', ''), ('withheld', True), _connector='OR'), name='source_that_is_public_is_not_withdrawn', violation_error_message='What is published has no reason of a withdrawal.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawal_reason__regex', '\\S'), models.Q(models.Q(('publication', 'withdrawn'), _negated=True), ('withheld', False)), _connector='OR'), name='statement_withdrawal_has_a_reason', violation_error_message='Say why it is withdrawn: its address shows the reason.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('publication', 'published'), _negated=True), ('withdrawal_reason', ''), ('withheld', True), _connector='OR'), name='statement_that_is_public_is_not_withdrawn', violation_error_message='What is published has no reason of a withdrawal.'),
        ),
        migrations.AddConstraint(
            model_name='strengthfigure',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawal_reason__regex', '\\S'), models.Q(models.Q(('publication', 'withdrawn'), _negated=True), ('withheld', False)), _connector='OR'), name='strengthfigure_withdrawal_has_a_reason', violation_error_message='Say why it is withdrawn: its address shows the reason.'),
        ),
        migrations.AddConstraint(
            model_name='strengthfigure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('publication', 'published'), _negated=True), ('withdrawal_reason', ''), ('withheld', True), _connector='OR'), name='strengthfigure_that_is_public_is_not_withdrawn', violation_error_message='What is published has no reason of a withdrawal.'),
        ),
        migrations.RunSQL(ANALYZE, migrations.RunSQL.noop),
    ]
    # The rows are given reasons between: each of these is done by itself.
    operations = [
        Together(operations[:130]),
        operations[130],
        Together(operations[131:149]),
        operations[149],
    ]
