"""Tables that were uploaded, and the permission to import them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0002_comments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='publishing',
            options={'default_permissions': (), 'managed': False, 'permissions': [('publish_record', 'Can publish and withdraw records'), ('import_record', 'Can import tables of records')]},
        ),
        migrations.CreateModel(
            name='ImportFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record_type', models.CharField(help_text='Label of the model: records.person.', max_length=100)),
                ('name', models.CharField(max_length=255)),
                ('content', models.BinaryField(help_text='As uploaded; emptied when it is imported.')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True)),
                ('revision', models.BigIntegerField(blank=True, help_text='That imported it.', null=True)),
                ('summary', models.CharField(blank=True, help_text='What became of its rows.', max_length=200)),
                ('editor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='import_files', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['uploaded_at'], name='import_file_by_age')],
            },
        ),
    ]
