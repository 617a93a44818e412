"""The log is found by its revision in `change_in_order`: a second index is dear at every write."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('revisions', '0008_keep_the_plan_of_one'),
    ]

    operations = [
        migrations.AlterField(
            model_name='change',
            name='revision',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='revisions.revision'),
        ),
    ]
