"""Who writes the log is asked without calling a function for each row of a load of millions."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):

    beside_the_old_code = "The same writes are refused, with the same words."

    dependencies = [
        ('revisions', '0009_no_second_index_of_a_revision'),
    ]

    operations = [
        migrations.RunSQL(
            (Path(__file__).parent.parent / "sql" / "revisions.sql").read_text(),
            migrations.RunSQL.noop,
        ),
    ]
