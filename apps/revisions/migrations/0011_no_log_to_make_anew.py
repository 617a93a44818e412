"""A revision that is closed for the first time has no log to be made anew."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):

    beside_the_old_code = "The same log is written."

    dependencies = [
        ('revisions', '0010_the_guard_asks_for_less'),
    ]

    operations = [
        migrations.RunSQL(
            (Path(__file__).parent.parent / "sql" / "revisions.sql").read_text(),
            migrations.RunSQL.noop,
        ),
    ]
