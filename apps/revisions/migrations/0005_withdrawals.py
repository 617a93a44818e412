"""What was withdrawn, and what of the log is told no more."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('revisions', '0004_closing'),
    ]

    operations = [
        migrations.CreateModel(
            name='Withdrawn',
            fields=[
                ('public_id', models.TextField(primary_key=True, serialize=False)),
                ('record_type', models.TextField(help_text='Model name of the record, in lower case.')),
                ('address', models.TextField(help_text='Its readable key: to be asked for, not to be told.')),
                ('former_addresses', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('reason', models.TextField(help_text='Why, for the public.')),
                ('withheld', models.BooleanField(help_text='Whether its past is hidden too.')),
                ('revision', models.BigIntegerField()),
                ('made_at', models.DateTimeField(help_text='When the revision was made.')),
            ],
            options={
                'db_table': 'revisions_withdrawn',
                'ordering': ['revision', 'public_id'],
                'managed': False,
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='change',
            name='hidden',
            field=models.BooleanField(db_default=False, default=False, help_text='In no public read, for a legal cause; it follows from the records withheld.'),
        ),
    ]
