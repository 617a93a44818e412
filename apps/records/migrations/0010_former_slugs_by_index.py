"""A slug that was another record's is looked up by index, however small the table was when planned."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0009_withdrawals'),
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
        pgtrigger.migrations.AddTrigger(
            model_name='operation',
            trigger=pgtrigger.compiler.Trigger(name='keep_former_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE taken boolean;', func="\nEXECUTE 'SELECT EXISTS (SELECT FROM public.records_operation AS other'\n    ' WHERE other.former_slugs @> ARRAY[$1]::varchar[] AND other.id <> $2)'\n    INTO taken USING NEW.slug, NEW.id;\nIF taken THEN\n    RAISE EXCEPTION 'The address “%” was that of another record and still leads to it.', NEW.slug\n    USING ERRCODE = 'unique_violation', TABLE = 'records_operation', COLUMN = 'slug',\n        CONSTRAINT = 'address_is_of_no_other_record';\nEND IF;\nIF TG_OP = 'UPDATE' THEN\n    IF OLD.slug <> NEW.slug AND (OLD.publication = 'published' OR OLD.withdrawal_reason > '') THEN\n        NEW.former_slugs := array_append(array_remove(OLD.former_slugs, NEW.slug), OLD.slug);\n    END IF;\nEND IF;\nRETURN NEW;\n", hash='54f6369691cc687055ab6404151626c079225912', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_keep_former_slugs_1cdba', table='records_operation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organization',
            trigger=pgtrigger.compiler.Trigger(name='keep_former_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE taken boolean;', func="\nEXECUTE 'SELECT EXISTS (SELECT FROM public.records_organization AS other'\n    ' WHERE other.former_slugs @> ARRAY[$1]::varchar[] AND other.id <> $2)'\n    INTO taken USING NEW.slug, NEW.id;\nIF taken THEN\n    RAISE EXCEPTION 'The address “%” was that of another record and still leads to it.', NEW.slug\n    USING ERRCODE = 'unique_violation', TABLE = 'records_organization', COLUMN = 'slug',\n        CONSTRAINT = 'address_is_of_no_other_record';\nEND IF;\nIF TG_OP = 'UPDATE' THEN\n    IF OLD.slug <> NEW.slug AND (OLD.publication = 'published' OR OLD.withdrawal_reason > '') THEN\n        NEW.former_slugs := array_append(array_remove(OLD.former_slugs, NEW.slug), OLD.slug);\n    END IF;\nEND IF;\nRETURN NEW;\n", hash='8b948621d8ef5730330ded59bcc0472a7f90b3fb', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_keep_former_slugs_776ad', table='records_organization', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='keep_former_slugs', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE taken boolean;', func="\nEXECUTE 'SELECT EXISTS (SELECT FROM public.records_person AS other'\n    ' WHERE other.former_slugs @> ARRAY[$1]::varchar[] AND other.id <> $2)'\n    INTO taken USING NEW.slug, NEW.id;\nIF taken THEN\n    RAISE EXCEPTION 'The address “%” was that of another record and still leads to it.', NEW.slug\n    USING ERRCODE = 'unique_violation', TABLE = 'records_person', COLUMN = 'slug',\n        CONSTRAINT = 'address_is_of_no_other_record';\nEND IF;\nIF TG_OP = 'UPDATE' THEN\n    IF OLD.slug <> NEW.slug AND (OLD.publication = 'published' OR OLD.withdrawal_reason > '') THEN\n        NEW.former_slugs := array_append(array_remove(OLD.former_slugs, NEW.slug), OLD.slug);\n    END IF;\nEND IF;\nRETURN NEW;\n", hash='4ea526202a118b2510e8ffde3d795f0947b76d5d', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_keep_former_slugs_435ab', table='records_person', when='BEFORE')),
        ),
    ]
