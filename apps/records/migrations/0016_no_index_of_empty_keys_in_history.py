"""Of keys that may be empty the history indexes the others: most rows have one of several."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0015_indexes_that_others_begin_with'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='contributorversion',
            name='contributor_by_country',
        ),
        migrations.RemoveIndex(
            model_name='contributorversion',
            name='contributor_by_organization',
        ),
        migrations.RemoveIndex(
            model_name='officeversion',
            name='office_by_country',
        ),
        migrations.RemoveIndex(
            model_name='officeversion',
            name='office_by_organization',
        ),
        migrations.RemoveIndex(
            model_name='operationversion',
            name='operation_by_predecessor',
        ),
        migrations.RemoveIndex(
            model_name='statementversion',
            name='statement_by_speaker_person',
        ),
        migrations.RemoveIndex(
            model_name='statementversion',
            name='statement_by_speaker_countr',
        ),
        migrations.RemoveIndex(
            model_name='statementversion',
            name='statement_by_speaker_organi',
        ),
        migrations.RemoveIndex(
            model_name='strengthfigureversion',
            name='strengthfig_by_contributor',
        ),
        migrations.AddIndex(
            model_name='contributorversion',
            index=models.Index(condition=models.Q(('country_id__isnull', False)), fields=['country_id', 'since_revision'], name='contributor_by_country'),
        ),
        migrations.AddIndex(
            model_name='contributorversion',
            index=models.Index(condition=models.Q(('organization_id__isnull', False)), fields=['organization_id', 'since_revision'], name='contributor_by_organization'),
        ),
        migrations.AddIndex(
            model_name='officeversion',
            index=models.Index(condition=models.Q(('country_id__isnull', False)), fields=['country_id', 'since_revision'], name='office_by_country'),
        ),
        migrations.AddIndex(
            model_name='officeversion',
            index=models.Index(condition=models.Q(('organization_id__isnull', False)), fields=['organization_id', 'since_revision'], name='office_by_organization'),
        ),
        migrations.AddIndex(
            model_name='operationversion',
            index=models.Index(condition=models.Q(('predecessor_id__isnull', False)), fields=['predecessor_id', 'since_revision'], name='operation_by_predecessor'),
        ),
        migrations.AddIndex(
            model_name='statementversion',
            index=models.Index(condition=models.Q(('speaker_person_id__isnull', False)), fields=['speaker_person_id', 'since_revision'], name='statement_by_speaker_person'),
        ),
        migrations.AddIndex(
            model_name='statementversion',
            index=models.Index(condition=models.Q(('speaker_country_id__isnull', False)), fields=['speaker_country_id', 'since_revision'], name='statement_by_speaker_countr'),
        ),
        migrations.AddIndex(
            model_name='statementversion',
            index=models.Index(condition=models.Q(('speaker_organization_id__isnull', False)), fields=['speaker_organization_id', 'since_revision'], name='statement_by_speaker_organi'),
        ),
        migrations.AddIndex(
            model_name='strengthfigureversion',
            index=models.Index(condition=models.Q(('contributor_id__isnull', False)), fields=['contributor_id', 'since_revision'], name='strengthfig_by_contributor'),
        ),
    ]
