"""What another index begins with has no index of its own: each is dear at every write."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0014_search_of_citations'),
    ]

    operations = [
        migrations.AlterField(
            model_name='citation',
            name='source',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='records.source'),
        ),
        migrations.AlterField(
            model_name='statementcountry',
            name='statement',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='about_countries', to='records.statement'),
        ),
        migrations.AlterField(
            model_name='statementoperation',
            name='statement',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='about_operations', to='records.statement'),
        ),
    ]
