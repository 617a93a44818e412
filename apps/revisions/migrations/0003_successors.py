"""Where records that were merged go on."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('revisions', '0002_rights'),
    ]

    operations = [
        migrations.CreateModel(
            name='Successor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record_type', models.TextField(help_text='Model name of both records, in lower case.')),
                ('former_id', models.TextField(help_text='Public id of the record that was merged.')),
                ('former_key', models.TextField(help_text='Its readable key.')),
                ('public_id', models.TextField(help_text='Of the record that it went on in.')),
                ('public', models.BooleanField(default=False)),
                ('since_revision', models.BigIntegerField()),
                ('until_revision', models.BigIntegerField(blank=True, null=True)),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['record_type', 'former_key'], name='successor_by_key'), models.Index(fields=['record_type', 'former_id'], name='successor_by_id')],
            },
        ),
    ]
